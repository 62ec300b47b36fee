import type { Answer } from './answer';
import { handlingOf, isHoldingBack } from './handling';
import { isHarmlessTwice, type SiroRequest } from './request';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/** A little more than the minute in which Siro counts requests. */
export const WINDOW_MS = 61_000;

/** How often a half of a batch that Siro failed at is sent: the whole has had all its attempts. */
const ATTEMPTS_OF_HALF = 2;

/** What is known of a request when it comes to sending it again. */
export type Repeatable = Pick<SiroRequest, 'method' | 'repeatable' | 'limit' | 'isHalf'>;

/**
 * How long to wait before the same request may be sent again, in milliseconds; `undefined` when
 * repeating is of no use, or might do harm. `Retry-After` is obeyed, in seconds or as a date;
 * otherwise the wait doubles with every attempt. If only one attempt is left for a token that Siro
 * holds back, it waits until the window must be over.
 *
 * `attempt` counts from 1.
 */
export function waitBeforeRepeating(
	answer: Answer,
	attempt: number,
	maxAttempts: number,
	request: Repeatable,
): number | undefined {
	if (attempt >= maxAttempts || !mayBeRepeated(answer, attempt, request)) return undefined;
	const asked = retryAfter(answer);
	if (asked !== undefined) return asked;
	return isHoldingBack(answer, request) && attempt === maxAttempts - 1
		? WINDOW_MS
		: backOff(attempt);
}

/** The wait that Siro asks for with `Retry-After`, in milliseconds. */
export function retryAfter(answer: Answer, now = Date.now()): number | undefined {
	const value = answer.status === undefined ? undefined : answer.headers['retry-after'];
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const seconds = Number(value);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** Doubles each time, with jitter so that many do not come back at once. `count` is from 1. */
export function backOff(count: number): number {
	const longest = Math.min(FIRST_WAIT_MS * 2 ** (count - 1), LONGEST_WAIT_MS);
	return longest / 2 + (Math.random() * longest) / 2;
}

/** In milliseconds; never 0, which means "no limit" to n8n's HTTP helpers. */
export function timeUntil(deadline: number): number {
	return Math.max(1, deadline - Date.now());
}

function mayBeRepeated(answer: Answer, attempt: number, request: Repeatable): boolean {
	const { repeat = 'never', halve } = handlingOf(answer) ?? {};
	// What limits a request of its own kind is not over when the token's window is.
	if (answer.status === 429 && !isHoldingBack(answer, request)) return false;
	if (request.isHalf && halve && attempt >= ATTEMPTS_OF_HALF) return false;
	return repeat === 'always' || (repeat === 'ifHarmless' && isHarmlessTwice(request));
}
