const DAY_MS = 86_400_000;

/** Within an hour each past day has its turn, two minutes each, day after day. */
const TURN_MS = 120_000;
const TURNS = 30;

/** A stretch of time that includes its beginning and not its end; without `to` it has no end. */
export interface Slice {
	from: number;
	to?: number;
}

/** Cuts a stretch of time at each midnight (UTC), so that the cuts are the same in every poll. */
export function cutByDay(from: number, to: number): Slice[] {
	const slices: Slice[] = [];
	for (let start = from; start < to;) {
		const midnight = (Math.floor(start / DAY_MS) + 1) * DAY_MS;
		const end = Math.min(midnight, to);
		slices.push({ from: start, to: end });
		start = end;
	}
	return slices;
}

/**
 * Cuts the time since `from` by day. The last slice is open: `now` is n8n's clock, and Siro's may be
 * ahead of it.
 */
export function cutUntilNow(from: number, now: number): Slice[] {
	const slices = cutByDay(from, now);
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
 * The past days whose turn has come since the last poll: all of them after an hour. n8n's clock only
 * deals out the turns here, so it need not be right; without a last poll one turn has come.
 */
export function chooseDaysInTurn(
	days: Slice[],
	lastPoll: number | undefined,
	now: number,
): Slice[] {
	const turn = Math.floor(now / TURN_MS);
	const isClockSetBack = lastPoll !== undefined && lastPoll > now;
	const turnsSince =
		lastPoll === undefined || isClockSetBack ? 1 : turn - Math.floor(lastPoll / TURN_MS);
	return days.filter(({ from }) => {
		const dayNumber = Math.floor(from / DAY_MS);
		return (((turn - dayNumber) % TURNS) + TURNS) % TURNS < turnsSince;
	});
}
