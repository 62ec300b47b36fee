/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
/** How the Siro simulator delivers webhooks: as Svix does. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'svix';

import { startSimulator, svixSchedule, type Simulator, type SimulatorOptions } from '../siro';
import type { WebhookEvent } from '../siro/state';
import { waitUntil } from '../n8n/wait-until';

interface Received {
	headers: IncomingHttpHeaders;
	body: string;
	at: number;
}

const running: Array<{ stop(): Promise<void> }> = [];

afterEach(async () => {
	for (const something of running.splice(0)) await something.stop();
});

/** An endpoint that answers as told, one status after the other, and then 200. */
async function startReceiver(statuses: Array<number | 'hang'> = []) {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		let body = '';
		request.setEncoding('utf8').on('data', (part: string) => (body += part));
		request.on('end', () => {
			received.push({ headers: request.headers, body, at: Date.now() });
			const status = statuses.shift() ?? 200;
			if (status === 'hang') return;
			response.writeHead(status, { location: '/elsewhere' }).end(`answer ${status}`);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const stop = async () => {
		server.closeAllConnections();
		await new Promise<void>((resolve) => server.close(() => resolve()));
	};
	running.push({ stop });
	const address = Object(server.address());
	return { url: `http://127.0.0.1:${address.port}/hook`, received, stop };
}

const secretOf = (text: string) => `whsec_${Buffer.from(text.padEnd(24, '.')).toString('base64')}`;
const SECRET = secretOf('first');

/** A Siro, and an endpoint that is subscribed to its events. */
async function start(
	statuses: Array<number | 'hang'> = [],
	options: SimulatorOptions = {},
	endpoint: { secret?: string | string[]; events?: WebhookEvent[] } = {},
) {
	const simulator = await startSimulator(options);
	running.push(simulator);
	const receiver = await startReceiver(statuses);
	simulator.webhooks.addEndpoint({ url: receiver.url, secret: SECRET, ...endpoint });
	return { simulator, ...receiver };
}

const arrived = async (deliveries: readonly object[], count: number) =>
	await waitUntil(`${count} deliveries`, 3_000, () => deliveries.length >= count);

/** Announces a recording, and waits for the first attempt to deliver that. */
async function announce(simulator: Simulator) {
	const message = simulator.processRecording(simulator.addRecording().id);
	await simulator.webhooks.idle();
	return message;
}

const verify = (secret: string, { headers, body }: Received) =>
	new Webhook(secret).verify(
		body,
		Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
	);

test('announce both events with the current state of both flags, signed', async () => {
	const { simulator, received } = await start();
	const { id } = simulator.addRecording();
	simulator.processRecording(id);
	await simulator.webhooks.idle();
	simulator.linkRecording(id, { engagementExternalId: 'appt-456' });
	await simulator.webhooks.idle();

	const [processed, linked] = received.map(({ body }) => JSON.parse(body));
	expect(processed).toEqual({
		recordingId: id,
		siroUserId: simulator.rep.id,
		recordingProcessed: true,
		recordingLinked: false,
		eventType: 'integrations.recordingProcessed',
	});
	expect(linked).toMatchObject({
		recordingProcessed: true,
		recordingLinked: true,
		eventType: 'integrations.recordingLinked',
		crm: { engagement: { externalId: 'appt-456' }, account: { externalId: 'account-789' } },
	});
	expect(linked.crm).not.toHaveProperty('lead');
	for (const delivery of received) {
		expect(delivery.headers['content-type']).toBe('application/json');
		expect(() => verify(SECRET, delivery)).not.toThrow();
		expect(() => verify(secretOf('another'), delivery)).toThrow('No matching signature found');
	}
	expect(simulator.webhooks.attempts).toMatchObject([
		{ status: 200, delivered: true, body: 'answer 200', attempt: 1, cause: 'event' },
		{ status: 200, delivered: true },
	]);
});

test('go to those on this machine who subscribed to the event', async () => {
	const { simulator, received } = await start([], {}, { events: ['integrations.recordingLinked'] });
	const all = await startReceiver();
	simulator.webhooks.addEndpoint({ url: all.url, secret: SECRET });
	const { id } = simulator.addRecording();
	simulator.processRecording(id);
	simulator.linkRecording(id, { accountExternalId: 'account-789' });
	await simulator.webhooks.idle();
	expect([all.received.length, received.length]).toEqual([2, 1]);
	const elsewhere = { url: 'https://example.com/hook', secret: SECRET };
	expect(() => simulator.webhooks.addEndpoint(elsewhere)).toThrow('this machine only');
});

test('are signed with both secrets during a rotation', async () => {
	const secret = [secretOf('old'), secretOf('new')];
	const { simulator, received } = await start([], {}, { secret });
	await announce(simulator);
	const [delivery] = received;
	expect(String(delivery.headers['svix-signature']).split(' ')).toHaveLength(2);
	for (const one of secret) expect(() => verify(one, delivery)).not.toThrow();
});

test('are redelivered on the schedule of Svix until a 2xx comes', async () => {
	expect(svixSchedule.map((wait) => wait / 1_000)).toEqual([
		5, 300, 1_800, 7_200, 18_000, 36_000, 36_000,
	]);
	const { simulator, received } = await start([500, 302, 404], { timeScale: 1 / 10_000 });
	const { id } = await announce(simulator);
	await arrived(received, 4);
	await simulator.webhooks.idle();

	const attempts = simulator.webhooks.attempts.map(({ status, cause, attempt }) => [
		status,
		cause,
		attempt,
	]);
	expect(attempts).toEqual([
		[500, 'event', 1],
		[302, 'retry', 2],
		[404, 'retry', 3],
		[200, 'retry', 4],
	]);
	expect(new Set(received.map(({ headers }) => headers['svix-id']))).toEqual(new Set([id]));
	const [, second, third, fourth] = received;
	expect(third.at - second.at).toBeGreaterThanOrEqual(28);
	expect(fourth.at - third.at).toBeGreaterThanOrEqual(175);
	expect(simulator.webhooks.pendingRedeliveries).toBe(0);
});

test('give up after eight attempts', async () => {
	const { simulator } = await start(
		Array.from({ length: 20 }, () => 500),
		{ timeScale: 1 / 1_000_000 },
	);
	await announce(simulator);
	await arrived(simulator.webhooks.attempts, 8);
	await new Promise((resolve) => setTimeout(resolve, 60));
	expect([simulator.webhooks.attempts.length, simulator.webhooks.pendingRedeliveries]).toEqual([
		8, 0,
	]);
});

test('time out, and fail when nobody listens', async () => {
	const { simulator, stop } = await start(['hang'], { deliveryTimeoutMs: 60 });
	await announce(simulator);
	await stop();
	running.pop();
	await announce(simulator);
	expect(simulator.webhooks.attempts).toMatchObject([
		{ status: null, delivered: false, error: expect.stringContaining('abort') },
		{ status: null, delivered: false, error: expect.stringContaining('ECONNREFUSED') },
	]);
	expect(simulator.webhooks.pendingRedeliveries).toBe(2);
});

test('can be replayed: the same id, signed anew', async () => {
	const { simulator, received } = await start();
	const { id } = await announce(simulator);
	expect(await simulator.webhooks.replay(id)).toMatchObject([{ status: 200, cause: 'replay' }]);
	expect(received.map(({ headers }) => headers['svix-id'])).toEqual([id, id]);
	expect(received[1].body).toBe(received[0].body);
	expect(() => verify(SECRET, received[1])).not.toThrow();
});

test('can be made by hand, rightly and wrongly signed', async () => {
	const { simulator, received, url } = await start([200, 401]);
	const [recording] = simulator.state.recordings.all();
	const payload = simulator.webhookPayload(recording, 'integrations.recordingProcessed');
	const proper = await simulator.webhooks.deliver(payload, { url, secret: SECRET });
	const wrong = await simulator.webhooks.deliver(payload, { url, secret: secretOf('wrong') });

	expect([proper, wrong]).toEqual([
		{ status: 200, body: 'answer 200' },
		{ status: 401, body: 'answer 401' },
	]);
	expect(() => verify(SECRET, received[0])).not.toThrow();
	expect(() => verify(SECRET, received[1])).toThrow('No matching signature found');
	expect(simulator.webhooks.pendingRedeliveries).toBe(0);
});

test('end with the simulator', async () => {
	const { simulator, received } = await start([500, 'hang']);
	await announce(simulator);
	simulator.processRecording(simulator.addRecording().id);
	await arrived(received, 2);
	await simulator.stop();
	expect(simulator.webhooks.pendingRedeliveries).toBe(0);
	await expect(fetch(simulator.platformApiUrl)).rejects.toThrow();
});
