/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import path from 'node:path';

import { newPayload, LINKED, PROCESSED, TRIGGER } from '../n8n/deliveries';
import { describeQueueMode, WEBHOOK_PROCESSES, WORKER_CONCURRENCY } from '../n8n/queue-mode';
import { siroNode } from '../n8n/row-of-nodes';
import { waitUntil } from '../n8n/wait-until';
import { packPackage } from '../support/package/pack';
import { repositoryFolder } from '../support/package/repository';
import {
	activateRescuedFlow,
	countDuplicates,
	QueueModeFlow,
	type QueueModeWorld,
} from './queue-mode-flow';
import { report } from './report';
import { newSigningSecret, startSiroAndQueueMode } from '../n8n/siro-and-n8n';
import type { WebhookEvent } from '../siro';

jest.setTimeout(600_000);

describeQueueMode('n8n in queue mode, with 2 webhook processes and 2 workers', () => {
	let world: QueueModeWorld;

	beforeAll(async () => {
		world = await startSiroAndQueueMode({
			tarball: await packPackage(),
			simulator: { timeScale: 0.01 },
		});
	});

	afterAll(async () => await world?.stop());

	const GET_RECORDING = {
		resource: 'recording',
		operation: 'get',
		recordingId: '={{ $json.recordingId }}',
	};

	/** The executions of which a process says this. */
	const executionsIn = (logs: string, what: RegExp) =>
		[...logs.matchAll(what)].map(([, executionId]) => executionId);

	test('deliveries come in through both webhook processes and are executed by the workers', async () => {
		const flow = await QueueModeFlow.activateRow(
			world,
			{},
			siroNode(world.credential, GET_RECORDING),
		);
		const recordings = flow.addReadyRecordings(16);
		await flow.announce(recordings, [LINKED]);

		const executions = await flow.executionsThrough('Siro');
		const { main, webhookProcesses, workers } = world.n8n;
		const ids = executions.map(({ id }) => id);
		expect(executions).toHaveLength(16);
		for (const execution of executions) {
			const [{ recordingId }] = execution.json(TRIGGER);
			expect(recordings.map(({ id }) => id)).toContain(recordingId);
			expect(execution.json('Siro')).toMatchObject([{ id: recordingId }]);
		}
		for (const { logs } of webhookProcesses) {
			expect(ids).toEqual(expect.arrayContaining(executionsIn(logs, /Enqueued execution (\d+)/g)));
			expect(executionsIn(logs, /Enqueued execution (\d+)/g)).not.toEqual([]);
		}
		const inWorkers = workers.flatMap(({ logs }) =>
			executionsIn(logs, /Worker started execution (\d+)/g),
		);
		expect(inWorkers.sort()).toEqual(ids.sort());
		expect(main.logs).not.toMatch(/Enqueued execution|Worker started execution/);
	});

	test('both webhook processes answer what they are to answer, and start only what is ready', async () => {
		const flow = await QueueModeFlow.activateRow(world, {
			events: [PROCESSED],
			include: ['summary'],
		});
		const { siro, signingSecret: secret } = world;
		const { pathname } = new URL(flow.url);
		for (const { url: base } of world.n8n.webhookProcesses) {
			const url = `${base}${pathname}`;
			const [{ id: recordingId }] = flow.addReadyRecordings(1);
			const ready = newPayload({ recordingId });
			const started = { status: 200, body: JSON.stringify({ started: true, recordingId }) };
			const ignored = { status: 200, body: expect.stringContaining('"ignored":true') as string };
			const deliver = async (payload: unknown, signedWith = secret) =>
				await siro.webhooks.deliver(payload, { url, secret: signedWith });

			expect((await deliver(ready, newSigningSecret())).status).toBe(401);
			expect((await deliver(newPayload({ recordingId: 7 }))).status).toBe(400);
			expect(await deliver({ ...ready, recordingLinked: false })).toEqual(ignored);
			expect(await deliver({ ...ready, eventType: LINKED })).toEqual(ignored);
			const trouble = siro.misbehave({ path: /recordings/, status: 400 });
			expect((await deliver(ready)).status).toBe(503);
			trouble.stop();
			expect(await deliver(ready)).toEqual(started);
			expect(await deliver(ready)).toEqual(ignored);
		}
		expect(await flow.settle()).toHaveLength(world.n8n.webhookProcesses.length);
	});

	test('the workers share one user token, and renew it when it has expired', async () => {
		const flow = await QueueModeFlow.activateRow(
			world,
			{},
			siroNode(world.credential, { resource: 'followup', operation: 'getAll' }),
		);
		const mints = () => world.siro.requestsTo('POST', /access-token/).length;
		const run = async (executions: number) => {
			const before = mints();
			await flow.announce(flow.addReadyRecordings(executions), [LINKED]);
			const statuses = (await flow.settle()).map(({ status }) => status);
			expect(new Set(statuses)).toEqual(new Set(['success']));
			return mints() - before;
		};

		expect(await run(1)).toBe(1);
		expect(await run(8)).toBe(0);
		world.siro.expireTokens();
		expect(await run(1)).toBe(1);
		expect(await run(8)).toBe(0);

		// Those that find it expired at the same time share a mint within a worker only.
		world.siro.expireTokens();
		const renewals = await run(8);
		report(expect.getState().currentTestName, { 'mints of 8 executions at once': renewals });
		expect(renewals).toBeGreaterThanOrEqual(1);
		expect(renewals).toBeLessThanOrEqual(8);
		expect(await run(8)).toBe(0);
	});

	test('a file that a worker has downloaded can be read in the editor', async () => {
		const flow = await QueueModeFlow.activateRow(
			world,
			{},
			siroNode(world.credential, { ...GET_RECORDING, operation: 'download' }),
		);
		const audio = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000)));
		const recording = world.siro.addRecording({ processed: true, audio });
		world.siro.linkRecording(recording.id, { engagementExternalId: 'appt-1', createMissing: true });

		const [execution] = await flow.executionsThrough('Siro');
		const [{ binary }] = execution.items('Siro');
		expect(binary && (await world.client.executions.binary(binary.data))).toEqual(audio);
	});

	describe('once only', () => {
		const RECORDINGS = 24;

		afterEach(() => {
			world.n8n.balancing = 'roundRobin';
		});

		/** Announces recordings, with all events at once; gives how often each came through a node. */
		async function announce(
			flow: QueueModeFlow,
			{ node, events }: { node?: string; events?: WebhookEvent[] } = {},
		): Promise<Map<string, number>> {
			const recordings = flow.addReadyRecordings(RECORDINGS);
			await flow.announce(recordings, events);
			const times = await flow.timesThrough(node);
			report(expect.getState().currentTestName, { duplicates: countDuplicates(times) });
			expect([...times.keys()].sort()).toEqual(recordings.map(({ id }) => id).sort());
			return times;
		}

		test('holds across webhook processes when the second event comes after the answer to the first', async () => {
			const flow = await QueueModeFlow.activateRow(world, {});
			const recordings = flow.addReadyRecordings(8);
			for (const recording of recordings) {
				await flow.announce([recording], [LINKED]);
				await flow.announce([recording], [PROCESSED]);
			}
			expect(await flow.timesThrough()).toEqual(new Map(recordings.map(({ id }) => [id, 1])));
		});

		test('holds when both events reach two webhook processes at once', async () => {
			const flow = await QueueModeFlow.activateRow(world, {});
			expect(countDuplicates(await announce(flow))).toBe(0);
		});

		test('does not hold when one event comes in two messages at once, but each process starts a recording at most once', async () => {
			const flow = await QueueModeFlow.activateRow(world, {});
			const times = await announce(flow, { events: [LINKED, PROCESSED, LINKED, PROCESSED] });
			expect(Math.max(...times.values())).toBeLessThanOrEqual(WEBHOOK_PROCESSES);
		});

		test('holds with one event only, which then comes with its third delivery at the latest', async () => {
			const flow = await QueueModeFlow.activateRow(world, {});
			expect(countDuplicates(await announce(flow, { events: [PROCESSED] }))).toBe(0);
		});

		test('always holds when the load balancer sends a webhook’s path to always the same process', async () => {
			world.n8n.balancing = 'byPath';
			const flow = await QueueModeFlow.activateRow(world, {});
			expect(countDuplicates(await announce(flow))).toBe(0);
		});

		test('always holds with the example that counts in Redis', async () => {
			const { redis } = world.n8n;
			const redisCredential = await world.client.credentials.create({
				name: 'Redis',
				type: 'redis',
				data: { host: '127.0.0.1', port: redis.port, password: redis.password },
			});
			const example = path.join(repositoryFolder, 'examples/siro-recording-once-with-redis.json');
			const workflow = await world.client.workflows.importFile(example, {
				credentials: [world.credential, redisCredential],
			});
			const flow = await QueueModeFlow.activate(world, workflow);
			const times = await announce(flow, { node: 'Your Nodes Here' });
			expect(countDuplicates(times)).toBe(0);
			const [execution] = await flow.executionsThrough('Your Nodes Here');
			expect(execution.json('Your Nodes Here')).toEqual(execution.json(TRIGGER));
		});
	});

	describe('a worker', () => {
		/** Both workers are busy with as much as they take, and some executions wait for their turn. */
		async function keepBusy(flow: QueueModeFlow) {
			const { siro } = world;
			let answer = () => {};
			const answering = new Promise<void>((resolve) => {
				answer = resolve;
			});
			siro.clearRequests();
			siro.misbehave({ path: /recordings\//, until: answering });
			const recordings = flow.addReadyRecordings(2 * WORKER_CONCURRENCY + 4);
			await flow.announce(recordings, [LINKED]);
			const most = 2 * WORKER_CONCURRENCY;
			await waitUntil('busy workers', 120_000, () => siro.requests.length === most);
			return { recordings, answer };
		}

		afterEach(() => world.siro.behave());

		test('that is stopped in good order ends what it has begun, and the other one does the rest', async () => {
			const [worker] = world.n8n.workers;
			const flow = await QueueModeFlow.activateRow(
				world,
				{},
				siroNode(world.credential, GET_RECORDING),
			);
			const { recordings, answer } = await keepBusy(flow);

			const restarting = worker.restart();
			await waitUntil('the worker to end what it has begun', 60_000, () =>
				worker.logs.includes(`Waiting for ${WORKER_CONCURRENCY} active executions`),
			);
			answer();
			await restarting;

			const fetched = await flow.timesThrough('Siro');
			expect(fetched).toEqual(new Map(recordings.map(({ id }) => [id, 1])));
		});

		test('that is killed loses what it was executing: n8n marks it as failed and calls the error workflow, which can fetch it again', async () => {
			const { client, n8n } = world;
			const { flow, outcome } = await activateRescuedFlow(world);
			const { recordings, answer } = await keepBusy(flow);

			await n8n.workers[0].kill();
			answer();

			const { executions, failed, missing, rescued } = await outcome(recordings);
			expect(executions).toHaveLength(recordings.length);
			expect(failed).toHaveLength(WORKER_CONCURRENCY);
			expect(missing).toHaveLength(WORKER_CONCURRENCY);
			expect(rescued).toEqual(missing);

			// What the trigger had put out is gone from n8n, so there is nothing to retry there.
			const execution = await client.executions.read(failed[0].id);
			expect(execution.error).toMatch(/failed to be processed too many times/);
			expect(execution.runs(TRIGGER)).toEqual([]);
		});
	});

	test('no secret is in any log line', () => {
		const { siro, n8n, signingSecret } = world;
		for (const secret of [signingSecret, siro.organizationToken, siro.oauthApp.clientSecret]) {
			expect(n8n.logs).not.toContain(secret);
		}
	});
});
