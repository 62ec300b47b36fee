/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { sleep, type INode } from 'n8n-workflow';

import { activateTrigger, TRIGGER, triggerNode } from '../n8n/deliveries';
import { startN8n } from '../n8n/instance';
import { startReadinessGate } from '../n8n/reverse-proxy';
import { packPackage } from '../support/package/pack';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import {
	AT_A_TIME,
	deliver as deliverMessage,
	deliverAll as deliverAllMessages,
	newMessage,
	newTwins,
	shuffle,
	type Message,
} from './messages';

jest.setTimeout(600_000);

let world: SiroAndN8n;

beforeAll(async () => {
	world = await startSiroAndN8n({
		tarball: await packPackage(),
		// Many deliveries at a time, as docs/scaling.md recommends.
		environment: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
	});
});

afterAll(async () => await world?.stop());

const deliver = async (url: string, message: Message) =>
	await deliverMessage(url, world.signingSecret, message);

const deliverAll = async (url: string, messages: Message[]) =>
	await deliverAllMessages(url, world.signingSecret, messages);

const activate = async (parameters: INode['parameters'] = {}) =>
	await activateTrigger(world, parameters);

const REPEATED = {
	status: 200,
	body: { ignored: true, reason: 'This recording has already started the workflow' },
};

test('two events, redeliveries and replays of a recording start the workflow once', async () => {
	const { url, executions } = await activate();
	const [processed, linked] = newTwins();

	const answers = await Promise.all([deliver(url, processed), deliver(url, linked)]);
	expect(answers.map(({ status }) => status)).toEqual([200, 200]);
	expect(answers).toContainEqual(REPEATED);

	expect(await deliver(url, processed)).toEqual(REPEATED);
	expect(await deliver(url, linked)).toEqual(REPEATED);
	expect(await executions()).toHaveLength(1);
});

test('a message whose first attempt failed goes through when it is delivered again', async () => {
	const { url, executions } = await activate({ include: ['summary'] });
	const recording = world.siro.addRecording({ processed: true });
	const message = newMessage({ recordingId: recording.id });
	const trouble = world.siro.misbehave({ path: /recordings/, status: 400 });

	expect((await deliver(url, message)).status).toBe(503);
	trouble.stop();
	expect((await deliver(url, message)).status).toBe(200);
	expect(await deliver(url, message)).toEqual(REPEATED);
	expect(await executions()).toHaveLength(1);
});

test('with "recordingAndCrm" other CRM links start the workflow again', async () => {
	const { url, executions } = await activate({ options: { deduplicate: 'recordingAndCrm' } });
	const recordingId = crypto.randomUUID();
	const linkedTo = (...contacts: string[]) =>
		newMessage({
			recordingId,
			crm: {
				integrationConnectionId: 'connection-1',
				contacts: contacts.map((externalId) => ({ id: `siro-${externalId}`, externalId })),
			},
		});
	const first = linkedTo('ann', 'bob');

	expect((await deliver(url, first)).body).toMatchObject({ started: true });
	expect(await deliver(url, linkedTo('bob', 'ann'))).toEqual(REPEATED);
	expect((await deliver(url, linkedTo('cay'))).body).toMatchObject({ started: true });
	expect(await deliver(url, first)).toEqual(REPEATED);
	expect(await executions()).toHaveLength(2);
});

test('with "off" every ready delivery starts the workflow', async () => {
	const { url, executions } = await activate({ options: { deduplicate: 'off' } });
	const message = newMessage();
	for (let attempt = 0; attempt < 3; attempt++) await deliver(url, message);
	expect(await executions()).toHaveLength(3);
});

test('two triggers of one workflow do not disturb each other', async () => {
	const { client, credential } = world;
	const names = ['One', 'Two'];
	const workflow = await client.workflows.create({
		name: 'Two triggers',
		nodes: names.map((name) => triggerNode({}, credential, name)),
		connections: {},
		settings: { executionOrder: 'v1' },
	});
	await client.workflows.activate(workflow);
	const [one, two] = await Promise.all(
		names.map(async (name) => await client.workflows.webhookUrl(workflow, name)),
	);
	const message = newMessage();

	for (const url of [one, two, one, two]) expect((await deliver(url, message)).status).toBe(200);

	expect(await client.executions.count({ workflowId: workflow.id })).toBe(2);
});

describe('the memory', () => {
	test('survives a restart of n8n, also for what came last', async () => {
		const { url, executions } = await activate();
		const messages = [newTwins(), newTwins(), newTwins()];
		for (const [processed] of messages) await deliver(url, processed);

		await world.n8n.restart();

		for (const [processed, linked] of messages) {
			expect(await deliver(url, processed)).toEqual(REPEATED);
			expect(await deliver(url, linked)).toEqual(REPEATED);
		}
		expect(await executions()).toHaveLength(3);
	});

	test('survives the killing of n8n', async () => {
		const { url, executions } = await activate();
		const [processed, linked] = newTwins();
		await deliver(url, processed);

		await world.n8n.kill();
		await world.n8n.restart();

		expect(await deliver(url, linked)).toEqual(REPEATED);
		expect(await executions()).toHaveLength(1);
	});

	test('survives that the workflow is switched off and on', async () => {
		const { url, workflow, executions } = await activate();
		const [processed, linked] = newTwins();
		await deliver(url, processed);
		await world.client.workflows.deactivate(workflow);
		await world.client.workflows.activate(workflow);
		expect(await deliver(url, linked)).toEqual(REPEATED);
		expect(await executions()).toHaveLength(1);
	});

	test('survives that the trigger is renamed, and renamed back, each time with a restart', async () => {
		const { workflow, executions } = await activate();
		const { workflows } = world.client;
		const twins = [newTwins(), newTwins()];
		for (const name of ['When a recording is ready', TRIGGER]) {
			const [[processed]] = twins;
			await deliver(await workflows.webhookUrl(await workflows.read(workflow.id)), processed);
			twins.push(...twins.splice(0, 1));

			await workflows.activate(await workflows.rename(workflow, name));
			await world.n8n.restart();
			await workflows.waitUntilActive(workflow);
		}

		const url = await workflows.webhookUrl(await workflows.read(workflow.id));
		for (const [, linked] of twins) expect(await deliver(url, linked)).toEqual(REPEATED);
		expect(await executions()).toHaveLength(2);
	});
});

test('150 recordings, 2 events each, delivered up to 4 times, shuffled, 16 at a time, with a restart in the middle: 150 executions', async () => {
	const RECORDINGS = 150;
	const { url, executions } = await activate();
	const messages = Array.from({ length: RECORDINGS }, () => newTwins()).flat();
	const deliveries = shuffle(
		messages.flatMap((message, index) => Array.from({ length: 1 + (index % 4) }, () => message)),
	);
	const half = Math.floor(deliveries.length / 2);

	await deliverAll(url, deliveries.slice(0, half));
	await world.n8n.restart();
	await deliverAll(url, deliveries.slice(half));

	expect((await executions()).length).toBe(RECORDINGS);
});

test('n8n killed amid 16 deliveries: nothing is lost, and only what was in flight may come twice', async () => {
	const RECORDINGS = 60;
	const { url, executions } = await activate();
	const messages = shuffle(Array.from({ length: RECORDINGS }, () => newTwins()).flat());

	const gate = await startReadinessGate(world.n8n.url);

	const delivering = deliverAll(url.replace(world.n8n.url, gate.url), messages);
	while ((await executions()).length < RECORDINGS / 4) await Promise.resolve();
	await world.n8n.kill();
	await world.n8n.restart();
	await delivering;
	await gate.stop();

	const count = (await executions()).length;
	expect(count).toBeGreaterThanOrEqual(RECORDINGS);
	expect(count).toBeLessThanOrEqual(RECORDINGS + AT_A_TIME);
});

test('while n8n starts it answers 200 to everything, which a readiness check in front of it keeps from Siro', async () => {
	const folder = await mkdtemp(path.join(tmpdir(), 'siro-n8n-'));
	const database = path.join(folder, 'database.sqlite');
	const n8n = await startN8n({ environment: { DB_SQLITE_DATABASE: database } });
	const gate = await startReadinessGate(n8n.url);
	const statuses = { direct: new Set<number>(), behindGate: new Set<number>() };
	let isStarting = true;
	const ask = async (url: string, answered: Set<number>) => {
		while (isStarting) {
			const answer = await fetch(`${url}/webhook/unknown`).catch(() => undefined);
			if (answer) answered.add(answer.status);
			await sleep(1);
		}
	};

	await n8n.end();
	// To make it anew takes n8n seconds.
	await rm(database);
	const asking = [ask(n8n.url, statuses.direct), ask(gate.url, statuses.behindGate)];
	try {
		await n8n.start();
	} finally {
		isStarting = false;
		await Promise.all(asking);
		await gate.stop();
		await n8n.stop();
		await rm(folder, { recursive: true });
	}

	expect(statuses.direct).toContain(200);
	expect(statuses.behindGate).not.toContain(200);
});
