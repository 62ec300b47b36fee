import { report } from '../support/faults/report';
import type { Balancing } from '../support/n8n/load-balancer';
import { describeQueueMode } from '../support/n8n/queue-mode';
import { waitUntil } from '../support/n8n/wait-until';
import { packPackage } from '../support/package/pack';
import { countDuplicates, type QueueModeWorld } from '../support/queue-mode-flow';
import { RescuedFlow } from '../support/rescued-flow';
import { startSiroAndQueueMode } from '../support/siro-and-n8n';

jest.setTimeout(1_200_000);

const RECORDINGS = 500;
const WORKER_CONCURRENCY = 10;

describeQueueMode('500 recordings through 2 webhook processes and 2 workers', () => {
	let world: QueueModeWorld;

	beforeAll(async () => {
		world = await startSiroAndQueueMode({
			tarball: await packPackage(),
			simulator: { timeScale: 0.01, latencyMs: 300 },
		});
	});

	afterAll(async () => await world?.stop());

	/** What the README states: none with fixed paths, and else at most one per further process. */
	const MOST_DUPLICATES: Record<Balancing, number> = { byPath: 0, roundRobin: RECORDINGS };

	test.each(Object.entries(MOST_DUPLICATES))(
		'none is lost when a worker is killed in the middle, with the balancing %s',
		async (balancing, mostDuplicates) => {
			const { siro, n8n } = world;
			n8n.loadBalancer.balancing = balancing === 'byPath' ? 'byPath' : 'roundRobin';
			const rescuedFlow = await RescuedFlow.activate(world);
			const { flow } = rescuedFlow;
			const recordings = flow.addReadyRecordings(RECORDINGS);
			const deliveriesBefore = siro.deliveries.length;
			siro.clearRequests();

			const announcing = flow.announce(recordings);
			await waitUntil('the middle', 300_000, async () =>
				siro.requests.length >= RECORDINGS / 2 ? true : undefined,
			);
			await n8n.workers[0].kill();
			await announcing;
			const { executions, failed, fetched, missing, rescued } =
				await rescuedFlow.outcome(recordings);
			await n8n.workers[0].start();

			const deliveries = siro.deliveries.slice(deliveriesBefore);
			const started = startedRecordings(deliveries);
			report(expect.getState().currentTestName, {
				executions: executions.length,
				'executions that failed with the worker': failed.length,
				'recordings fetched': fetched.size,
				'recordings missing and rescued': rescued.length,
				duplicates: countDuplicates(started),
				'deliveries by answer': countBy(deliveries.map(({ status }) => String(status))),
			});
			// n8n's promise: what it has accepted is executed, or marked as failed.
			expect(started.size).toBe(RECORDINGS);
			expect(executions.length).toBeGreaterThanOrEqual(RECORDINGS);
			expect(failed.length).toBeLessThanOrEqual(WORKER_CONCURRENCY);
			expect(missing.length).toBeLessThanOrEqual(failed.length);
			// Ours: what was marked as failed can be found again.
			expect(rescued).toEqual(missing);
			expect(countDuplicates(started)).toBeLessThanOrEqual(mostDuplicates);
		},
	);
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
