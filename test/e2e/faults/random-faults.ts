import type { ActiveMisbehaviour, Misbehaviour, Simulator } from '../../siro';

/** How long a request of the tests may take, and how long a delayed answer takes. */
export const TIMEOUT_SECONDS = 5;
const TOO_LONG_MS = 7_000;

/** All that can go wrong between Siro and us, each as likely as the next. */
const FAULTS: Record<string, () => Misbehaviour> = {
	'429': () => ({ status: 429 }),
	'429 with Retry-After in seconds': () => ({ status: 429, headers: { 'Retry-After': '1' } }),
	'429 with Retry-After as a date': () => ({
		status: 429,
		headers: { 'Retry-After': new Date(Date.now() + 2_000).toUTCString() },
	}),
	'500': () => ({ status: 500 }),
	'502 with an HTML page': () => ({ status: 502, html: true }),
	'503 with Retry-After': () => ({ status: 503, headers: { 'Retry-After': '1' } }),
	'504 as plain text': () => ({ status: 504, body: 'upstream request timeout' }),
	'a reset before Siro acts': () => ({ reset: true }),
	'a reset after Siro acted': () => ({ reset: true, afterwards: true }),
	'an answer too late': () => ({ delayMs: TOO_LONG_MS }),
	'half an answer': () => ({ truncate: true }),
	'a connection cut in mid-answer': () => ({ cut: true }),
};

/**
 * Makes this share of all requests go wrong, by chance from the simulator's seed, until
 * `siro.behave()`. Gives how often each fault happened.
 */
export function misbehaveAtRandom(siro: Simulator, share: number): () => Record<string, number> {
	const each = share / Object.keys(FAULTS).length;
	const active: Array<[string, ActiveMisbehaviour]> = [];
	for (const [name, fault] of Object.entries(FAULTS)) {
		// The simulator asks one rule after the other, so a later one is asked more seldom.
		const probability = each / (1 - each * active.length);
		active.push([name, siro.misbehave({ ...fault(), probability })]);
	}
	return () => Object.fromEntries(active.map(([name, { count }]) => [name, count]));
}
