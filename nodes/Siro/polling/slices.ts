import { DAY_MS } from '../values/time';

/** Long enough that a small team's month is a few requests, short enough for a large team's pages. */
const SLICE_MS = 3 * DAY_MS;

/** Within an hour each slice of the past has its turn, six minutes each, one after the other. */
const TURN_MS = 360_000;
const TURNS = 10;

/** A stretch of time that includes its beginning and not its end; without `to` it has no end. */
export interface Slice {
	from: number;
	to?: number;
}

/** What a poll knows of its turn, by n8n's clock; it does not decide what is found. */
export interface Turn {
	now: number;
	/** When the poll before ended well, if that was in this process. */
	lastPoll?: number;
}

/** All since `from`, and of the time from `earliest` until then the slices whose turn has come. */
export function cutInTurn(from: number, earliest: number, { lastPoll, now }: Turn): Slice[] {
	const begin = Math.max(earliest, from);
	return [...cutUntilNow(begin, now), ...chooseInTurn(cutEvenly(earliest, begin), lastPoll, now)];
}

/** Cuts a stretch of time every three days, always at the same moments, whatever it begins with. */
export function cutEvenly(from: number, to: number): Slice[] {
	const slices: Slice[] = [];
	for (let start = from; start < to;) {
		const end = Math.min((numberOf(start) + 1) * SLICE_MS, to);
		slices.push({ from: start, to: end });
		start = end;
	}
	return slices;
}

/**
 * Cuts the time since `from` in the same way. The last slice is open: `now` is n8n's clock, and Siro's may be
 * ahead of it.
 */
export function cutUntilNow(from: number, now: number): Slice[] {
	const slices = cutEvenly(from, now);
	const last = slices.pop() ?? { from };
	return [...slices, { from: last.from }];
}

/** Cuts the time since `from`, the latest first: a day, then twice as long each time. */
export function cutBackwards(from: number, now: number): Slice[] {
	const slices: Slice[] = [];
	let to: number | undefined;
	for (let end = now, length = DAY_MS; slices.length === 0 || end > from; length *= 2) {
		end = Math.max(from, end - length);
		slices.push({ from: end, to });
		to = end;
	}
	return slices;
}

/**
 * The slices whose turn has come since the last poll: all of them after an hour. n8n's clock only
 * deals out the turns here, so it need not be right; without a last poll one turn has come.
 */
export function chooseInTurn(slices: Slice[], lastPoll: number | undefined, now: number): Slice[] {
	const turn = Math.floor(now / TURN_MS);
	const isClockSetBack = lastPoll !== undefined && lastPoll > now;
	const turnsSince =
		lastPoll === undefined || isClockSetBack ? 1 : turn - Math.floor(lastPoll / TURN_MS);
	return slices.filter(({ from }) => {
		const turnsAgo = (turn - numberOf(from)) % TURNS;
		return (turnsAgo + TURNS) % TURNS < turnsSince;
	});
}

function numberOf(time: number): number {
	return Math.floor(time / SLICE_MS);
}
