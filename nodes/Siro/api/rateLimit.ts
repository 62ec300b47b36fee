/**
 * Siro answers 429 above 1,000 requests per token and minute. The margins cover the time that
 * requests spend on the way: what leaves here within a minute must not arrive within less.
 * Source: external-api.openapi.json, 429 answers.
 */
const REQUESTS_PER_WINDOW = 990;
const WINDOW_MS = 61_000;

/** The times of the last requests of one token, as a ring. */
interface Ring {
	times: number[];
	next: number;
	/** What the clock said at the last reservation. */
	now: number;
}

/** Shared by all executions in this n8n process; Siro counts per token, not per workflow. */
const rings = new Map<string, Ring>();

/**
 * Reserves the next free moment for a request with this token and tells how many milliseconds
 * from now it is. `key` names the token; it never leaves the process.
 */
export function reserveTurn(key: string, now = Date.now()): number {
	const ring = rings.get(key) ?? { times: [], next: 0, now };
	rings.set(key, ring);
	// A clock that is set back must not hold requests back for just as long.
	const setBack = ring.now - now;
	if (setBack > 0) ring.times = ring.times.map((time) => time - setBack);
	ring.now = now;
	const earlier = ring.times[ring.next];
	const turn = earlier === undefined ? now : Math.max(now, earlier + WINDOW_MS);
	ring.times[ring.next] = turn;
	ring.next = (ring.next + 1) % REQUESTS_PER_WINDOW;
	return turn - now;
}
