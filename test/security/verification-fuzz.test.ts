import fc from 'fast-check';
import { UserError } from 'n8n-workflow';

import { decide, EVENTS } from '../../nodes/Siro/webhook/delivery';
import { isGenuine, readSigningSecrets } from '../../nodes/Siro/webhook/signature';
import { hostileDeliveries } from './fuzz/hostile-delivery';
import { MUTATIONS } from './fuzz/mutations';
import {
	headersOf,
	isExactlySigned,
	sign,
	toNodeHeaders,
	type SignedDelivery,
} from './fuzz/signed-delivery';

const HOSTILE_DELIVERIES = 100_000;
/** To replay a failure, put the seed and the path that it names here. */
const REPLAY = { seed: 20_261_121 };

jest.setTimeout(300_000);

const STACK_TRACE_LIMIT = Error.stackTraceLimit;
const NOW = Date.UTC(2026, 10, 21, 12);
const nowSeconds = NOW / 1000;

/** The same at each run, so that a failure can be replayed. */
const secretOf = (name: string) => `whsec_${Buffer.from(name.padEnd(24)).toString('base64')}`;
const secrets = [secretOf('of the production URL'), secretOf('of the test URL')];
const webhooks = readSigningSecrets(secrets.join(', '));

beforeEach(() => jest.useFakeTimers({ now: NOW, doNotFake: ['performance', 'hrtime'] }));

afterEach(() => {
	jest.useRealTimers();
	Error.stackTraceLimit = STACK_TRACE_LIMIT;
});

test(`of ${HOSTILE_DELIVERIES} hostile deliveries none is accepted, and none throws`, () => {
	const occurrences = new Map(Object.keys(MUTATIONS).map((name) => [name, 0]));
	const aHostileDelivery = fc.property(
		hostileDeliveries(secrets, () => nowSeconds),
		({ deeds, headers, body, signed }) => {
			const received = toNodeHeaders(headers);
			const isSigned = isExactlySigned(body, received, signed, nowSeconds);
			if (isGenuine(body, received, webhooks) !== isSigned) {
				throw new Error(isSigned ? 'Siro is refused' : 'Somebody else is accepted');
			}
			// As if Siro had signed it all the same.
			const decision = decide(body, Object.values(EVENTS));
			if (decision.kind === 'ready') {
				const { recordingProcessed, recordingLinked } = decision.event;
				if (recordingProcessed !== true || recordingLinked !== true) throw new Error('Not ready');
			}
			// What is harmless, such as a replay in time, does not count.
			fc.pre(!isSigned);
			for (const deed of deeds) occurrences.set(deed, (occurrences.get(deed) ?? 0) + 1);
		},
	);

	// Svix's library throws at each; nobody reads where, and to find that out takes most of the time.
	Error.stackTraceLimit = 0;
	fc.assert(aHostileDelivery, { ...REPLAY, numRuns: HOSTILE_DELIVERIES });

	for (const name of Object.keys(MUTATIONS)) {
		expect([name, (occurrences.get(name) ?? 0) > 100]).toEqual([name, true]);
	}
	expect(Object.keys(Object.prototype)).toEqual([]);
	expect({}).not.toHaveProperty('polluted');
});

describe('a delivery that Svix signed', () => {
	const body = Buffer.from('{"text":"José\ufffd"}');

	const newDelivery = (
		change: Partial<SignedDelivery> = {},
		signingSecrets = secrets.slice(0, 1),
	) => sign(signingSecrets, { id: 'msg_1', timestamp: String(nowSeconds), body, ...change });

	const isAccepted = (delivery: SignedDelivery, headers: Record<string, string> = {}) =>
		isGenuine(delivery.body, { ...toNodeHeaders(headersOf(delivery)), ...headers }, webhooks);

	test.each(secrets.map((secret, index) => [index + 1, secret]))(
		'is accepted with secret number %d',
		(_number, secret) => {
			expect(isAccepted(newDelivery({}, [String(secret)]))).toBe(true);
		},
	);

	test('is accepted with several signatures, of other versions and unknown secrets too', () => {
		const delivery = newDelivery({}, [secretOf('old'), secrets[1], secretOf('new')]);
		expect(isAccepted(delivery)).toBe(true);
		const signatures = `v1a,${'A'.repeat(86)}== ${delivery.signatures.join(' ')}`;
		expect(isAccepted(delivery, { 'svix-signature': signatures })).toBe(true);
	});

	test.each([
		[-300, true],
		[300, true],
		[-301, false],
		[301, false],
	])('%d seconds from now is accepted: %s', (seconds, accepted) => {
		expect(isAccepted(newDelivery({ timestamp: String(nowSeconds + seconds) }))).toBe(accepted);
	});

	test('is accepted up to a million bytes', () => {
		const ofSize = (size: number) => newDelivery({ body: Buffer.alloc(size, ' ') });
		expect(isAccepted(ofSize(1_000_000))).toBe(true);
		expect(isAccepted(ofSize(1_000_001))).toBe(false);
	});

	// Svix's library reads the number at the beginning.
	test.each(['x', '.5', 'e3', ' ', ', 1', '\0'])(
		'is refused with "%s" behind its timestamp',
		(addition) => {
			const delivery = newDelivery();
			const headers = { 'svix-timestamp': delivery.timestamp + addition };
			expect(isAccepted(delivery, headers)).toBe(false);
		},
	);

	test('is refused when a full stop moves from the body to the ID', () => {
		const rest = '{"recordingId":"1"}';
		const delivery = newDelivery({ body: Buffer.from(`{"a":1.${nowSeconds}.${rest}`) });
		const id = `msg_1.${nowSeconds}.{"a":1`;
		expect(isAccepted({ ...delivery, id, body: Buffer.from(rest) })).toBe(false);
	});

	test('is refused with the headers of another brand', () => {
		const delivery = newDelivery();
		const headers = toNodeHeaders(
			headersOf(delivery).map(([name, value]) => [name.replace('svix-', 'webhook-'), value]),
		);
		expect(isGenuine(delivery.body, headers, webhooks)).toBe(false);
	});

	test('is refused when a header is a list', () => {
		const delivery = newDelivery();
		const headers = toNodeHeaders(headersOf(delivery));
		for (const name of ['svix-id', 'svix-timestamp', 'svix-signature']) {
			expect(isGenuine(delivery.body, { ...headers, [name]: [headers[name]] }, webhooks)).toBe(
				false,
			);
		}
	});

	test('is refused with bytes that would read the same as text', () => {
		const delivery = newDelivery();
		const bytes = Buffer.from(delivery.body.toString('latin1').replace('ï¿½', '\xff'), 'latin1');
		expect(bytes.toString('utf8')).toBe(delivery.body.toString('utf8'));
		expect(isAccepted({ ...delivery, body: bytes })).toBe(false);
	});

	test('is refused when there is no secret', () => {
		const delivery = newDelivery();
		expect(isGenuine(delivery.body, toNodeHeaders(headersOf(delivery)), [])).toBe(false);
	});
});

test('a malformed signing secret is reported without showing it', () => {
	const ALTERATIONS: Array<(secret: string) => string> = [
		(secret) => secret.slice(0, 20),
		(secret) => secret.slice(1),
		(secret) => secret.toUpperCase(),
		...['!', '===', '-', '_', 'é', '\0', '😀'].map((end) => (secret: string) => secret + end),
		...['', '-', ' '].map((dash) => (secret: string) => secret.replace('_', dash)),
		(secret) => secret.replace('whsec_', 'whsec_==='),
	];
	const secret = secretOf('of another endpoint');
	for (const alter of ALTERATIONS) {
		const malformed = alter(secret);
		for (const text of [malformed, `${secrets[0]}, ${malformed}`, `${malformed} ${secrets[0]}`]) {
			let message = '';
			try {
				readSigningSecrets(text);
			} catch (error) {
				expect(error).toBeInstanceOf(UserError);
				message = JSON.stringify(error, Object.getOwnPropertyNames(error));
			}
			expect([malformed, message]).toEqual([malformed, expect.stringContaining('is not valid')]);
			expect(message).not.toContain(secret.slice(6, 20));
		}
	}
});
