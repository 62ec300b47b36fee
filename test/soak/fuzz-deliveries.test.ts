/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { gzipSync } from 'node:zlib';

import { report } from '../e2e/report';
import { attack } from '../security/fuzz/attack';
import {
	newReadyDelivery,
	startAttackedTrigger,
	type AttackedTrigger,
} from '../security/fuzz/attacked-trigger';
import { sendRaw, type RawRequest } from '../security/fuzz/raw-request';
import { headersOf, type HeaderLine } from '../security/fuzz/signed-delivery';

jest.setTimeout(600_000);

const DELIVERIES = 300;
const SEED = 4;
const MEGABYTE = 1024 * 1024;
const PATIENCE_MILLISECONDS = 300_000;

let trigger: AttackedTrigger;

beforeAll(async () => {
	trigger = await startAttackedTrigger();
});

afterAll(async () => await trigger?.stop());

// Whatever came before, n8n is alive, has started nothing and has met with nothing unforeseen.
afterEach(async () => {
	const before = await trigger.executionCount();
	expect(await trigger.deliver()).toBe(200);
	expect(await trigger.executionCount()).toBe(before + 1);
	expect(trigger.troubles()).toEqual([]);
});

const post = async (request: Partial<RawRequest>) =>
	await sendRaw(
		trigger.url,
		{ method: 'POST', headers: [], body: Buffer.alloc(0), ...request },
		PATIENCE_MILLISECONDS,
	);

/** With headers as Svix writes them; the signature is of another body. */
const forged = (body: Buffer, ...others: HeaderLine[]) => ({
	headers: [...headersOf(newReadyDelivery(trigger.secrets[0])), ...others],
	body,
});

test(`of ${DELIVERIES} hostile deliveries none is accepted and none is left unanswered`, async () => {
	const before = await trigger.executionCount();

	const outcome = await attack(trigger, { deliveries: DELIVERIES, seed: SEED });

	expect(outcome.statuses['401']).toBeGreaterThan(DELIVERIES / 2);
	expect(await trigger.executionCount()).toBe(before);
});

describe('a body of 16 MB', () => {
	const bodies: Array<[string, () => Buffer]> = [
		['one long text', () => Buffer.from(`"${'a'.repeat(16 * MEGABYTE - 2)}"`)],
		['lists in lists', () => Buffer.from('['.repeat(8 * MEGABYTE) + ']'.repeat(8 * MEGABYTE))],
		['a number', () => Buffer.alloc(16 * MEGABYTE, '9')],
		['bytes that are no text', () => Buffer.alloc(16 * MEGABYTE, 0xff)],
	];

	test.each(bodies)('is refused: %s', async (_name, newBody) => {
		const before = await trigger.executionCount();
		const begin = performance.now();
		const { status } = await post(forged(newBody()));
		report(expect.getState().currentTestName, {
			milliseconds: Math.round(performance.now() - begin),
		});
		expect(status).toBeGreaterThanOrEqual(400);
		expect(status).toBeLessThan(500);
		expect(await trigger.executionCount()).toBe(before);
	});

	test('is refused even with a valid signature: no event of Siro is that large', async () => {
		const delivery = newReadyDelivery(trigger.secrets[0], ' '.repeat(15 * MEGABYTE));
		const { status } = await post({ headers: headersOf(delivery), body: delivery.body });
		expect(status).toBe(401);
	});

	test('hidden in a few kilobytes is not unpacked beyond that', async () => {
		const { status } = await post(
			forged(gzipSync(Buffer.alloc(256 * MEGABYTE, ' ')), ['content-encoding', 'gzip']),
		);
		expect(status).toBeGreaterThanOrEqual(400);
	});

	test('and one byte is refused by n8n itself', async () => {
		const { status } = await post(forged(Buffer.alloc(16 * MEGABYTE + 1, ' ')));
		expect(status === undefined || status >= 400).toBe(true);
	});
});

describe('a slow sender', () => {
	test('does not hold up a delivery of Siro', async () => {
		const before = await trigger.executionCount();
		let slowOnesAnswered = 0;
		const slowOnes = Array.from({ length: 30 }, async () => {
			const answer = await post({
				...forged(Buffer.alloc(20_000, '9')),
				// They take a minute, so that the delivery finds them sending even on a busy machine.
				slowly: { pieces: 120, pauseMilliseconds: 500 },
			});
			slowOnesAnswered++;
			return answer.status;
		});
		const status = await trigger.deliver();
		expect({ status, slowOnesAnswered }).toEqual({ status: 200, slowOnesAnswered: 0 });
		for (const slowStatus of await Promise.all(slowOnes)) expect(slowStatus).toBe(401);
		expect(await trigger.executionCount()).toBe(before + 1);
	});

	test('is heard out when it is Siro', async () => {
		const status = await trigger.deliver({
			framing: 'chunked',
			slowly: { pieces: 10, pauseMilliseconds: 200 },
		});
		expect(status).toBe(200);
	});

	test('that hangs up in the middle does no harm', async () => {
		const before = await trigger.executionCount();
		await Promise.all(
			Array.from({ length: 20 }, async (_, index) => {
				const delivery = newReadyDelivery(trigger.secrets[0]);
				await post({ headers: headersOf(delivery), body: delivery.body, hangUpAfter: 10 * index });
			}),
		);
		expect(await trigger.executionCount()).toBe(before);
	});
});

test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'TRACE'])(
	'a delivery that Siro signed is not accepted with the method %s',
	async (method) => {
		const before = await trigger.executionCount();
		const status = await trigger.deliver({ method });
		expect(status).toBeGreaterThanOrEqual(400);
		expect(await trigger.executionCount()).toBe(before);
	},
);
