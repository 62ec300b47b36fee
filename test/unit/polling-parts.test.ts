import {
	addIds,
	addTold,
	forgetOld,
	readMemory,
	whatWasTold,
	type Memory,
} from '../../nodes/Siro/polling/memory';
import { look, type Timing } from '../../nodes/Siro/polling/round';
import {
	chooseInTurn,
	cutBackwards,
	cutEvenly,
	cutInTurn,
	cutUntilNow,
	type Slice,
} from '../../nodes/Siro/polling/slices';
import type { Listed, Source } from '../../nodes/Siro/polling/source';
import { DAY, HOUR, MINUTE } from './polling/polled-siro';

const NOW = Date.parse('2026-03-01T12:00:00.000Z');

const time = (milliseconds: number) => new Date(milliseconds).toISOString();

function newMemory(change: Partial<Memory> = {}): Memory {
	return {
		startFrom: 'now',
		createdFrom: time(NOW - 30 * DAY),
		updatedUpTo: time(NOW),
		emitted: {},
		readyBefore: {},
		pending: {},
		filters: {},
		...change,
	};
}

describe('slices of time', () => {
	const length = ({ from, to = NaN }: Slice) => to - from;

	/** Nothing between them, nothing in two of them. */
	const expectNoGaps = (slices: Slice[]) =>
		expect(slices.slice(1).map(({ from }) => from)).toEqual(
			slices.slice(0, -1).map(({ to }) => to),
		);

	test('cover a stretch of time, cut at the same moments wherever it begins', () => {
		const slices = cutEvenly(NOW - 10 * DAY, NOW);

		expectNoGaps(slices);
		expect(slices[0].from).toBe(NOW - 10 * DAY);
		expect(slices.at(-1)?.to).toBe(NOW);
		expect(Math.max(...slices.map(length))).toBe(3 * DAY);
		expect(cutEvenly(NOW - 10 * DAY + HOUR, NOW).slice(1)).toEqual(slices.slice(1));
		expect(cutEvenly(NOW, NOW)).toEqual([]);
	});

	test('until now have an open end, even if n8n’s clock is behind', () => {
		const slices = cutUntilNow(NOW - 10 * DAY, NOW);

		expectNoGaps(slices);
		expect(slices.at(-1)).not.toHaveProperty('to');
		expect(cutUntilNow(NOW, NOW - DAY)).toEqual([{ from: NOW }]);
	});

	test('backwards begin with the latest and end with the beginning', () => {
		const slices = cutBackwards(NOW - 30 * DAY, NOW);

		expect(slices[0]).toEqual({ from: NOW - DAY });
		expectNoGaps([...slices].reverse());
		expect(slices.at(-1)?.from).toBe(NOW - 30 * DAY);
		expect(slices).toHaveLength(5);
	});

	test.each([1, 5, 7, 20, 59])(
		'have their turn once an hour when n8n polls every %i minutes',
		(minutes) => {
			const slices = cutEvenly(NOW - 30 * DAY, NOW);
			const turns: number[] = [];
			const step = minutes * MINUTE;
			for (let now = NOW; now < NOW + 10 * HOUR; now += step) {
				const chosen = chooseInTurn(slices, now - step, now);
				turns.push(...chosen.map((slice) => slices.indexOf(slice)));
			}
			for (const index of slices.keys()) {
				expect(turns.filter((turn) => turn === index).length).toBeGreaterThanOrEqual(9);
			}
			expect(turns.length).toBeLessThanOrEqual(slices.length * 11);
		},
	);

	test('have all their turn after an hour, and one without a last poll or with a clock set back', () => {
		const slices = cutEvenly(NOW - 28 * DAY, NOW);
		expect(chooseInTurn(slices, NOW - HOUR, NOW)).toEqual(slices);
		expect(chooseInTurn(slices, NOW - 30 * DAY, NOW)).toEqual(slices);

		const some = (lastPoll?: number) => chooseInTurn(slices, lastPoll, NOW).length;
		expect(some()).toBeLessThanOrEqual(1);
		expect(some(NOW + DAY)).toBeLessThanOrEqual(1);
		expect(some(NOW)).toBe(0);
	});
});

describe('the memory', () => {
	const many = (count: number, createdAt: number) =>
		Array.from({ length: count }, (_, index) => ({ id: `${createdAt}-${index}`, createdAt }));

	test('knows what was emitted and what was ready before', () => {
		const memory = newMemory({
			emitted: addIds(addIds({}, many(2, NOW)), many(1, NOW - DAY)),
			readyBefore: addIds({}, many(1, NOW - 2 * DAY)),
		});

		expect(Object.keys(memory.emitted)).toEqual(['2026-03-01', '2026-02-28']);
		expect(new Set(whatWasTold(memory).keys())).toEqual(
			new Set([`${NOW}-0`, `${NOW}-1`, `${NOW - DAY}-0`, `${NOW - 2 * DAY}-0`]),
		);
	});

	test('holds of each the latest that was told, with the workflow started or silently', () => {
		const one = (id: string, told: string) => ({ id, createdAt: NOW, told });
		const first = addTold(newMemory(), [one('a', '0 TO_DO')], [one('b', '0 TO_DO')]);
		const memory = addTold(first, [one('b', '1 COMPLETE')], [one('a', '1 COMPLETE')]);

		expect(Object.fromEntries(whatWasTold(readMemory(memory) ?? first))).toEqual({
			a: '1 COMPLETE',
			b: '1 COMPLETE',
		});
		// What has started the workflow is remembered as such, whatever else is begun anew.
		expect(memory.emitted['2026-03-01']).toHaveLength(2);
	});

	test('is read as n8n stores it, and taken for none when it is something else', () => {
		const memory = newMemory({ emitted: addIds({}, many(2, NOW)) });

		expect(readMemory(JSON.parse(JSON.stringify(memory)))).toEqual(memory);
		expect(readMemory({})).toBeUndefined();
		expect(readMemory({ ...memory, updatedUpTo: 'long ago' })).toBeUndefined();
		expect(readMemory({ ...memory, emitted: ['a'] })).toBeUndefined();
		expect(readMemory({ ...memory, readyBefore: { '2026-03-01': 'a' } })).toBeUndefined();
	});

	test('forgets what is too old, and moves the bound along', () => {
		const ids = addIds(addIds({}, many(1, NOW)), many(1, NOW - 40 * DAY));
		const kept = forgetOld(newMemory({ emitted: ids, readyBefore: ids }), 20 * DAY);

		expect(kept.createdFrom).toBe(time(NOW - 20 * DAY));
		expect(Object.keys(kept.emitted)).toEqual(['2026-03-01']);
		expect(Object.keys(kept.readyBefore)).toEqual(['2026-03-01']);
		// Looking back further later on does not bring back what was forgotten.
		expect(forgetOld(kept, 60 * DAY).createdFrom).toBe(kept.createdFrom);
	});

	test('keeps 20,000 recordings at most, unless one day has more', () => {
		let emitted = {};
		for (let day = 0; day < 25; day++) emitted = addIds(emitted, many(1000, NOW - day * DAY));
		const kept = forgetOld(newMemory({ emitted }), 30 * DAY);

		expect(whatWasTold(kept).size).toBe(20_000);
		expect(kept.createdFrom).toBe('2026-02-10T00:00:00.000Z');
		expect(Object.keys(kept.emitted).sort()[0]).toBe('2026-02-10');
		expect(JSON.stringify(kept).length).toBeLessThan(1_000_000);

		const oneDay = newMemory({ emitted: addIds({}, many(30_000, NOW)) });
		expect(whatWasTold(forgetOld(oneDay, 30 * DAY)).size).toBe(30_000);
	});
});

describe('a poll', () => {
	const LOOK_BACK = 30 * DAY;
	const timing = (change: Partial<Timing> = {}): Timing => ({
		now: NOW,
		lastPoll: NOW,
		isUsedUp: () => false,
		...change,
	});

	/** Something that has so many records ready, a day apart, the last one updated now. */
	function sourceOf(count: number) {
		const ready = Array.from({ length: count }, (_, index): Listed => {
			const moment = NOW - (count - 1 - index) * DAY;
			return { id: `rec-${index}`, createdAt: moment, updatedAt: moment, record: {} };
		});
		const listed: Slice[] = [];
		const source: Source = {
			noun: 'record',
			slices: ({ createdFrom, updatedUpTo }, turn) =>
				cutInTurn(Date.parse(updatedUpTo) - 2 * HOUR, Date.parse(createdFrom), turn),
			async within(slice) {
				listed.push(slice);
				const { from, to = Infinity } = slice;
				const found = ready.filter(({ updatedAt }) => updatedAt >= from && updatedAt < to);
				const updatedUpTo = Math.max(-Infinity, ...found.map(({ updatedAt }) => updatedAt));
				return { found, updatedUpTo };
			},
			mark: () => '',
			toItems: async ({ id }) => [{ recordingId: id }],
			describeNone: () => ({ message: '', description: '' }),
		};
		return { source, listed };
	}

	test('that runs out of time emits what it has, and the next ones emit the rest', async () => {
		const { source } = sourceOf(28);
		let memory = newMemory({ updatedUpTo: time(NOW - 30 * DAY) });
		const emitted: unknown[] = [];
		for (let polls = 0; polls < 6; polls++) {
			const round = await look(source, memory, timing({ isUsedUp: () => true }), LOOK_BACK);
			expect(round.items.length).toBeGreaterThan(0);
			expect(round.isComplete).toBe(round.items.at(-1)?.recordingId === 'rec-27');
			emitted.push(...round.items.map(({ recordingId }) => recordingId));
			memory = round.memory;
			if (round.isComplete) break;
		}

		expect(emitted).toEqual(Array.from({ length: 28 }, (_, index) => `rec-${index}`));
		expect(memory.updatedUpTo).toBe(time(NOW));
	});

	test('gives up what it cannot fetch only for that poll, and tries it after all that is new', async () => {
		const { source } = sourceOf(12);
		const broken = new Set(['rec-0', 'rec-3']);
		const fetched: string[] = [];
		source.toItems = async ({ id }) => {
			fetched.push(id);
			if (broken.has(id)) throw new Error(`${id} is broken`);
			return [{ recordingId: id }];
		};
		let memory = newMemory({ updatedUpTo: time(NOW - 30 * DAY) });
		const poll = async (isUsedUp = () => false) => {
			fetched.splice(0);
			const round = await look(source, memory, timing({ isUsedUp }), LOOK_BACK);
			({ memory } = round);
			return round;
		};

		const first = await poll(() => fetched.length > 0);
		expect(first.items.map(({ recordingId }) => recordingId)).toEqual(['rec-1', 'rec-2', 'rec-4']);
		expect(first.failed.map(({ id }) => id)).toEqual(['rec-0', 'rec-3']);
		expect(first.isComplete).toBe(false);

		broken.delete('rec-3');
		const second = await poll();
		expect(fetched.slice(-2).sort()).toEqual(['rec-0', 'rec-3']);
		expect(second.items).toHaveLength(8);
		expect(memory.pending).toEqual({ [time(NOW - 11 * DAY).slice(0, 10)]: ['rec-0'] });
		expect(memory.updatedUpTo).toBe(time(NOW));

		expect(await poll()).toMatchObject({ items: [], failed: [{ id: 'rec-0' }] });

		broken.clear();
		expect((await poll()).items).toMatchObject([{ recordingId: 'rec-0' }]);
		expect(memory.pending).toEqual({});
		expect((await poll()).items).toEqual([]);
	});

	test('goes on until it finds something, however long it takes', async () => {
		const { source, listed } = sourceOf(1);
		const memory = newMemory({ updatedUpTo: time(NOW - 30 * DAY) });

		const { items } = await look(source, memory, timing({ isUsedUp: () => true }), LOOK_BACK);

		expect(items).toHaveLength(1);
		expect(listed.length).toBeGreaterThanOrEqual(10);
	});

	test('is not led astray by a time far ahead', async () => {
		const { source } = sourceOf(1);
		const within = source.within.bind(source);
		source.within = async (slice) => ({ ...(await within(slice)), updatedUpTo: NOW + 900 * DAY });

		const { memory } = await look(source, newMemory(), timing(), LOOK_BACK);

		expect(memory.updatedUpTo).toBe(time(NOW + DAY));
	});
});
