import {
	activateRescuedFlow,
	countDuplicates,
	QueueModeFlow,
	type QueueModeWorld,
} from '../e2e/queue-mode-flow';
import { report } from '../e2e/report';
import { describeQueueMode, WORKER_CONCURRENCY, type Balancing } from '../n8n/queue-mode';
import type { NodeSettings } from '../n8n/row-of-nodes';
import { waitUntil } from '../n8n/wait-until';
import { packPackage } from '../support/package/pack';
import { startSiroAndQueueMode } from '../n8n/siro-and-n8n';

jest.setTimeout(1_200_000);

describeQueueMode('n8n in queue mode, with much to do', () => {
	let world: QueueModeWorld;

	beforeAll(async () => {
		world = await startSiroAndQueueMode({
			tarball: await packPackage(),
			simulator: { timeScale: 0.01, latencyMs: 300 },
		});
	});

	afterAll(async () => await world?.stop());

	describe('500 recordings through 2 webhook processes and 2 workers, both events at the same moment, one worker killed in the middle', () => {
		const RECORDINGS = 500;

		afterEach(() => {
			world.n8n.balancing = 'roundRobin';
		});

		/** Gives how many recordings have started the workflow twice. */
		async function announceAndKill(balancing: Balancing): Promise<number> {
			const { siro, n8n } = world;
			n8n.balancing = balancing;
			const { flow, outcome } = await activateRescuedFlow(world);
			const recordings = flow.addReadyRecordings(RECORDINGS);
			const deliveriesBefore = siro.deliveries.length;
			siro.clearRequests();

			const announcing = flow.announce(recordings);
			await waitUntil('the middle', 300_000, () => siro.requests.length >= RECORDINGS / 2);
			await n8n.workers[0].kill();
			await announcing;
			const { executions, failed, fetched, missing, rescued } = await outcome(recordings);
			await n8n.workers[0].start();

			const deliveries = siro.deliveries.slice(deliveriesBefore);
			const started = startedRecordings(deliveries);
			const duplicates = countDuplicates(started);
			report(expect.getState().currentTestName, {
				executions: executions.length,
				'failed with the worker': failed.length,
				'recordings fetched': fetched.size,
				'recordings missing and rescued': rescued.length,
				'started twice': duplicates,
				answers: countBy(deliveries.map(({ status }) => String(status))),
			});
			// Siro was told that each recording has started the workflow, and n8n knows of every start.
			expect(started.size).toBe(RECORDINGS);
			expect(executions).toHaveLength(RECORDINGS + duplicates);
			// n8n has executed them or marked them as failed; those can be found again.
			expect(failed.length).toBeGreaterThan(0);
			expect(failed.length).toBeLessThanOrEqual(WORKER_CONCURRENCY);
			expect(fetched.size + missing.length).toBe(RECORDINGS);
			expect(missing.length).toBeLessThanOrEqual(failed.length);
			expect(rescued).toEqual(missing);
			return duplicates;
		}

		test('none is lost or comes twice when a webhook’s path goes to always the same process', async () => {
			expect(await announceAndKill('byPath')).toBe(0);
		});

		test('none is lost when deliveries go to the processes in turn', async () => {
			await announceAndKill('roundRobin');
		});
	});

	describe('n8n’s Remove Duplicates', () => {
		const removeDuplicates = (options: { historySize?: number }): NodeSettings => ({
			name: 'Remove Duplicates',
			type: 'n8n-nodes-base.removeDuplicates',
			typeVersion: 2,
			parameters: {
				operation: 'removeItemsSeenInPreviousExecutions',
				dedupeValue: '={{ $json.recordingId }}',
				options,
			},
		});

		test('lets some through twice: it reads, compares and writes, which two executions can do at once', async () => {
			const flow = await QueueModeFlow.activateRow(world, {}, removeDuplicates({}));
			const recordings = flow.addReadyRecordings(200);
			await flow.announce(recordings);

			const times = await flow.timesThrough('Remove Duplicates');
			report(expect.getState().currentTestName, { 'came twice': countDuplicates(times) });
			expect(times.size).toBe(recordings.length);
			expect(countDuplicates(times)).toBeGreaterThan(0);
		});

		test('ends when its history is full: from then on every execution fails', async () => {
			const flow = await QueueModeFlow.activateRow(world, {}, removeDuplicates({ historySize: 2 }));
			for (const recording of flow.addReadyRecordings(4)) {
				await flow.announce([recording], ['integrations.recordingLinked']);
				await flow.settle();
			}
			const statuses = (await flow.settle()).map(({ status }) => status);
			expect(statuses).toEqual(['success', 'success', 'error', 'error']);
		});
	});
});

/** How often the trigger said that it had started the workflow, by recording. */
function startedRecordings(deliveries: ReadonlyArray<{ body: string }>): Map<string, number> {
	const times = new Map<string, number>();
	for (const { body } of deliveries) {
		const [, recordingId] = /"started":true,"recordingId":"([^"]+)"/.exec(body) ?? [];
		if (recordingId !== undefined) times.set(recordingId, (times.get(recordingId) ?? 0) + 1);
	}
	return times;
}

function countBy(names: string[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
	return counts;
}
