/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';

import { AT_A_TIME } from '../e2e/messages';
import {
	activateRescuedFlow,
	countDuplicates,
	QueueModeFlow,
	type QueueModeWorld,
} from '../e2e/queue-mode-flow';
import { report } from '../e2e/report';
import { describeQueueMode, WORKER_CONCURRENCY, type Balancing } from '../n8n/queue-mode';
import { LINKED, TRIGGER } from '../n8n/deliveries';
import { itemsWithIds, siroNode } from '../n8n/row-of-nodes';
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

	describe('500 recordings through 2 webhook processes and 2 workers, both events at the same moment', () => {
		const RECORDINGS = 500;

		afterEach(() => {
			world.n8n.balancing = 'roundRobin';
		});

		/** Announces all, does something in the middle, and gives what has become of them. */
		async function announceAll(
			inTheMiddle: () => Promise<void>,
			balancing: Balancing = 'roundRobin',
		) {
			const { siro, n8n } = world;
			n8n.balancing = balancing;
			const { flow, outcome } = await activateRescuedFlow(world);
			const recordings = flow.addReadyRecordings(RECORDINGS);
			const deliveriesBefore = siro.webhooks.attempts.length;
			siro.clearRequests();

			const announcing = flow.announce(recordings);
			await waitUntil('the middle', 300_000, () => siro.requests.length >= RECORDINGS / 2);
			await inTheMiddle();
			await announcing;
			const { executions, failed, fetched, missing, rescued } = await outcome(recordings);

			const deliveries = siro.webhooks.attempts.slice(deliveriesBefore);
			const started = startedRecordings(deliveries);
			const figures = {
				executions: executions.length,
				'failed with the worker': failed.length,
				'recordings fetched': fetched.size,
				'recordings missing and rescued': rescued.length,
				'answered that it was started': started.size,
				'answered so twice': countDuplicates(started),
				'executed twice': countDuplicates(fetched),
				'deliveries of a message': countBy(deliveries.map(({ attempt }) => String(attempt))),
				answers: countBy(deliveries.map(({ status }) => String(status))),
			};
			report(expect.getState().currentTestName, figures);
			// n8n has executed them or marked them as failed; those can be found again.
			expect(fetched.size + missing.length).toBe(RECORDINGS);
			expect(missing.length).toBeLessThanOrEqual(failed.length);
			expect(rescued).toEqual(missing);
			return figures;
		}

		const ONCE_EACH = { executions: RECORDINGS, 'answered so twice': 0, 'executed twice': 0 };

		/** It is found to be down a second later, and is back as soon as it is ready. */
		async function killWebhookProcess() {
			const { n8n } = world;
			const [one, other] = n8n.webhookProcesses;
			await one.kill();
			await sleep(1000);
			n8n.inRotation = [other];
			await one.start();
			n8n.inRotation = [one, other];
		}

		test('in turn: none is lost, and none comes twice', async () => {
			expect(await announceAll(async () => {})).toMatchObject({
				...ONCE_EACH,
				'failed with the worker': 0,
				'answered that it was started': RECORDINGS,
			});
		});

		test('in turn, with a worker that is killed in the middle: the same, but for what it was executing', async () => {
			const { workers } = world.n8n;
			const figures = await announceAll(async () => await workers[0].kill());
			await workers[0].start();
			expect(figures).toMatchObject(ONCE_EACH);
			expect(figures['failed with the worker']).toBeGreaterThan(0);
			expect(figures['failed with the worker']).toBeLessThanOrEqual(WORKER_CONCURRENCY);
		});

		test('in turn, with a webhook process that is killed in the middle: none is lost, and only what it was receiving can come twice', async () => {
			const figures = await announceAll(killWebhookProcess);
			expect(figures['executions']).toBe(RECORDINGS + figures['executed twice']);
			expect(figures['executed twice']).toBeLessThanOrEqual(AT_A_TIME);
		});

		test('always to the same process: none comes twice', async () => {
			expect(await announceAll(async () => {}, 'byPath')).toMatchObject({
				...ONCE_EACH,
				'answered that it was started': RECORDINGS,
			});
		});
	});

	test('n8n’s Remove Duplicates ends when its history is full: from then on every execution fails', async () => {
		const flow = await QueueModeFlow.activateRow(
			world,
			{},
			{
				name: 'Remove Duplicates',
				type: 'n8n-nodes-base.removeDuplicates',
				typeVersion: 2,
				parameters: {
					operation: 'removeItemsSeenInPreviousExecutions',
					dedupeValue: '={{ $json.recordingId }}',
					options: { historySize: 2 },
				},
			},
		);
		for (const recording of flow.addReadyRecordings(4)) {
			await flow.announce([recording], ['integrations.recordingLinked']);
			await flow.settle();
		}
		const statuses = (await flow.settle()).map(({ status }) => status);
		expect(statuses).toEqual(['success', 'success', 'error', 'error']);
	});
});

describeQueueMode('n8n in queue mode, whose processes share the limit of a token', () => {
	let world: QueueModeWorld;

	beforeAll(async () => {
		world = await startSiroAndQueueMode({
			tarball: await packPackage(),
			simulator: { timeScale: 0.05, latencyMs: 50, rateLimit: 1000 },
		});
	});

	afterAll(async () => await world?.stop());

	test.each([
		['as they come', 100, 150],
		['in batches so small that the limit is exceeded', 5, 400],
	])(
		'two executions sync 2,000 appointments each, beside deliveries with details, %s: none is lost',
		async (_how, batchSize, deliveries) => {
			const { siro } = world;
			const appointments = Array.from({ length: 2000 }, (_, index) => `${batchSize}-${index}`);
			const syncing = await QueueModeFlow.activateRow(
				world,
				{},
				...itemsWithIds(appointments),
				siroNode(world.credential, {
					resource: 'engagement',
					operation: 'sync',
					externalId: `={{ $('${TRIGGER}').first().json.recordingId }}-{{ $json.id }}`,
					subject: 'Kitchen',
					options: { batchSize },
				}),
			);
			siro.clearRequests();
			const synced = syncing.addReadyRecordings(2);
			await syncing.announce(synced, [LINKED]);
			const receiving = await QueueModeFlow.activateRow(world, { include: ['summary'] });
			const recordings = receiving.addReadyRecordings(deliveries);
			await receiving.announce(recordings, [LINKED]);

			const times = await receiving.timesThrough();
			const executions = await syncing.settle();
			const ids = synced.flatMap(({ id }) => appointments.map((name) => `${id}-${name}`));
			const lost = ids.filter((id) => siro.state.engagements.find(id) === undefined);
			report(expect.getState().currentTestName, {
				requests: siro.requests.length,
				'answered 429': siro.requests.filter(({ status }) => status === 429).length,
				'not in Siro': lost.length,
				recordings: times.size,
				'started twice': countDuplicates(times),
			});
			expect(executions.map(({ status }) => status)).toEqual(['success', 'success']);
			expect(lost).toEqual([]);
			expect(times).toEqual(new Map(recordings.map(({ id }) => [id, 1])));
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
