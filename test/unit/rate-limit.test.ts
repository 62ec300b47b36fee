import { reserveTurn } from '../../nodes/Siro/api/rateLimit';

const HOUR = 3_600_000;

/** Reserves so many turns at one moment, and gives the longest wait. */
function reserve(token: string, count: number, now: number): number {
	return Math.max(...Array.from({ length: count }, () => reserveTurn(token, now)));
}

test('lets no more than 990 requests of a token go within 61 seconds', () => {
	expect(reserve('a', 990, HOUR)).toBe(0);
	expect(reserve('a', 1, HOUR + 1_000)).toBe(60_000);
	expect(reserve('b', 1, HOUR)).toBe(0);
	expect(reserve('a', 989, HOUR + 61_000)).toBe(0);
	expect(reserve('a', 1, HOUR + 61_000)).toBe(61_000);
});

test('does not hold requests back because the clock was set back', () => {
	reserve('c', 990, 9 * HOUR);

	expect(reserve('c', 1, 8 * HOUR)).toBe(61_000);
	expect(reserve('c', 1, 8 * HOUR + 30_000)).toBe(31_000);
});
