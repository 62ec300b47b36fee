import { TokenLimit } from '../../nodes/Siro/api/rateLimit';

const HOUR = 3_600_000;
const MINUTE = 60_000;

beforeEach(() => jest.useFakeTimers());

afterEach(() => jest.useRealTimers());

/** Reserves so many turns at one moment, and gives the longest wait. */
function reserve(limit: TokenLimit, count: number, now: number): number {
	jest.setSystemTime(now);
	const waits = Array.from({ length: count }, () => (limit.reserve()?.at ?? NaN) - now);
	return Math.max(...waits);
}

test('lets no more than 990 requests of a token go within 61 seconds', () => {
	const limit = new TokenLimit();
	expect(reserve(limit, 990, HOUR)).toBe(0);
	expect(reserve(limit, 1, HOUR + 1_000)).toBe(60_000);
	expect(reserve(limit, 989, HOUR + 61_000)).toBe(0);
	expect(reserve(limit, 1, HOUR + 61_000)).toBe(61_000);
});

test('does not hold requests back because the clock was set back', () => {
	const limit = new TokenLimit();
	reserve(limit, 990, 9 * HOUR);

	expect(reserve(limit, 1, 8 * HOUR)).toBe(61_000);
	expect(reserve(limit, 1, 8 * HOUR + 30_000)).toBe(31_000);
});

test('has room for what is given back, and counts what did not ask', () => {
	const limit = new TokenLimit();
	reserve(limit, 988, HOUR);
	limit.count();
	const turn = limit.reserve();
	expect(limit.reserve()?.at).toBe(HOUR + 61_000);
	if (turn) limit.giveBack(turn);

	expect(reserve(limit, 1, HOUR + 61_000)).toBe(0);
});

test('gives no turn that would come too late', () => {
	const limit = new TokenLimit();
	reserve(limit, 990, HOUR);

	expect(limit.reserve(HOUR + 60_000)).toBeUndefined();
	expect(limit.reserve(HOUR + 61_000)).toBeDefined();
});

describe('after Siro has refused a request', () => {
	/** Begins what may begin now, of so many requests. */
	const begin = (limit: TokenLimit, count: number) =>
		Array.from({ length: count }, () => limit.reserve(Date.now())).flatMap((turn) =>
			turn && limit.begin(turn) ? [turn] : [],
		);

	const refused = (wanted?: number) => {
		jest.setSystemTime(HOUR);
		const limit = new TokenLimit();
		const [first, ...others] = begin(limit, 5);
		limit.refuse(first, wanted);
		return { limit, others };
	};

	test('lets none go for a while, one then, and one more with each that is taken', () => {
		const { limit } = refused(10_000);
		expect(begin(limit, 5)).toHaveLength(0);

		jest.setSystemTime(HOUR + 10_000);
		const [probe, ...more] = begin(limit, 5);
		expect(more).toHaveLength(0);
		limit.accept(probe);
		const two = begin(limit, 5);
		expect(two).toHaveLength(2);
		two.forEach((turn) => limit.accept(turn));
		expect(begin(limit, 9)).toHaveLength(4);
	});

	test('is not opened by those that were under way, nor closed by them once more', () => {
		const { limit, others } = refused(10_000);
		limit.refuse(others[0]);
		limit.accept(others[1]);
		limit.release(others[2]);

		jest.setSystemTime(HOUR + 10_000);
		expect(begin(limit, 5)).toHaveLength(1);
	});

	test('takes back a turn that was reserved before', () => {
		jest.setSystemTime(HOUR);
		const limit = new TokenLimit();
		const [first] = begin(limit, 1);
		const reserved = limit.reserve();
		limit.refuse(first, 10_000);

		expect(reserved && limit.begin(reserved)).toBe(false);
	});

	test('leaves the token alone for longer each time', () => {
		const { limit } = refused();
		const waits = [1, 2, 3, 4].map(() => {
			const begun = Date.now();
			const at = limit.reserve()?.at ?? NaN;
			jest.setSystemTime(at);
			const [probe] = begin(limit, 1);
			limit.refuse(probe);
			return at - begun;
		});
		expect(waits).toEqual([...waits].sort((one, other) => one - other));
		expect(waits[3]).toBeGreaterThan(2_000);
	});

	test('asks again after five minutes, however long Siro wants to be left alone', () => {
		const { limit } = refused(24 * HOUR);
		expect(reserve(limit, 1, HOUR + MINUTE)).toBe(4 * MINUTE);
	});

	test('lets any number go again when many in a row were taken', () => {
		const { limit } = refused(0);
		for (let count = 0; count < 40; count++) limit.accept(begin(limit, 1)[0]);
		expect(begin(limit, 500)).toHaveLength(500);
	});
});
