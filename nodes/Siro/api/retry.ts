import type { Answer } from './answer';
import { handlingOf } from './handling';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * How long to wait before the same request may be sent again, in milliseconds; `undefined` when
 * repeating is of no use, or might do harm. `Retry-After` is obeyed, in seconds or as a date; otherwise the wait
 * doubles with every attempt, with jitter so that many items do not come back at once.
 *
 * `attempt` counts from 1.
 */
export function waitBeforeRepeating(
	answer: Answer,
	attempt: number,
	isRepeatable: boolean,
	now = Date.now(),
): number | undefined {
	if (!mayBeRepeated(answer, isRepeatable)) return undefined;
	const asked = answer.status === undefined ? undefined : retryAfter(answer.headers, now);
	if (asked !== undefined) return asked;
	const longest = Math.min(FIRST_WAIT_MS * 2 ** (attempt - 1), LONGEST_WAIT_MS);
	return longest / 2 + (Math.random() * longest) / 2;
}

/** In milliseconds; never 0, which means "no limit" to n8n's HTTP helpers. */
export function timeUntil(deadline: number): number {
	return Math.max(1, deadline - Date.now());
}

function mayBeRepeated(answer: Answer, isRepeatable: boolean): boolean {
	const repeat = handlingOf(answer)?.repeat ?? 'never';
	return repeat === 'always' || (repeat === 'ifHarmless' && isRepeatable);
}

function retryAfter(headers: Record<string, unknown>, now: number): number | undefined {
	const value = headers['retry-after'];
	if (typeof value !== 'string' || value.trim() === '') return undefined;
	const seconds = Number(value);
	if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
	const date = Date.parse(value);
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
