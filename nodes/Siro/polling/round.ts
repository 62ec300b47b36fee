import type { IDataObject } from 'n8n-workflow';

import { DAY_MS } from '../values/time';
import {
	addIds,
	addTold,
	forgetOld,
	pendingRecords,
	whatWasTold,
	type Memory,
	type Remembered,
} from './memory';
import { NOW } from './properties';
import type { Settings } from './settings';
import { cutBackwards, cutUntilNow, type Slice, type Turn } from './slices';
import type { Due, Findings, Listed, Source } from './source';

const SLICES_SIDE_BY_SIDE = 4;
const RECORDS_SIDE_BY_SIDE = 5;

/** The rest of the time that n8n gives a poll is for handing over. */
const SHARE_FOR_LISTING = 0.5;
const SHARE_FOR_FETCHING = 0.8;

/** What a poll knows of time, all by n8n's clock; none of it decides what is found. */
export interface Timing extends Turn {
	/** Whether this share of the time that n8n gives a poll is used up. */
	isUsedUp(share: number): boolean;
}

/** What came of a poll. */
export interface Round {
	items: IDataObject[];
	/** What is due, but could not be fetched, and why. The next poll tries it again. */
	failed: Failed[];
	/** What to remember once the items are handed to n8n. */
	memory: Memory;
	/** Whether it got through all that it was to look at. */
	isComplete: boolean;
}

interface Failed {
	id: string;
	error: unknown;
}

/**
 * The memory to begin with. What is ready already is remembered as such, so that a later change of it
 * does not start the workflow; from a Start Date on it is left to be found.
 */
export async function begin(
	source: Source,
	{ startFrom, lookBack, filters }: Pick<Settings, 'startFrom' | 'lookBack' | 'filters'>,
	now: number,
	previous?: Memory,
): Promise<Memory> {
	const createdFrom = now - lookBack;
	const start = startFrom === NOW ? undefined : Date.parse(startFrom);
	const before: Remembered[] = [];
	let updatedUpTo = createdFrom;
	for await (const findings of search(source, cutUntilNow(createdFrom, now), start)) {
		before.push(...findings.found.map((listed) => ({ ...listed, told: source.mark(listed) })));
		updatedUpTo = Math.max(updatedUpTo, trust(findings.updatedUpTo, now));
	}
	return {
		startFrom,
		createdFrom: toTime(createdFrom),
		updatedUpTo: toTime(start ?? updatedUpTo),
		emitted: previous?.emitted ?? {},
		readyBefore: addIds({}, before),
		pending: {},
		filters,
	};
}

/**
 * Looks at what may have changed since the poll before, and at a part of the past, and gives the items
 * of what is due. When time runs out, it gives those that it has got, and remembers so little that the
 * next poll finds the others. What cannot be fetched is left out and kept as pending, so that it
 * neither holds up the others nor the time that the next poll begins at.
 */
export async function look(
	source: Source,
	memory: Memory,
	timing: Timing,
	lookBack: number,
): Promise<Round> {
	const told = whatWasTold(memory);
	const createdFrom = Date.parse(memory.createdFrom);
	const slices = source.slices(memory, timing);

	const due = new Map<string, Listed>();
	let updatedUpTo = Date.parse(memory.updatedUpTo);
	let slicesDone = 0;
	for await (const findings of search(source, slices)) {
		slicesDone += SLICES_SIDE_BY_SIDE;
		updatedUpTo = Math.max(updatedUpTo, trust(findings.updatedUpTo, timing.now));
		for (const listed of findings.found) {
			const known = { ...listed, told: told.get(listed.id) };
			const hasNews = source.mark(known) !== known.told;
			if (hasNews && listed.createdAt >= createdFrom) due.set(listed.id, known);
		}
		// Only once there is something to emit: then the next poll has less to do than this one.
		if (due.size > 0 && timing.isUsedUp(SHARE_FOR_LISTING)) break;
	}

	const pending = pendingRecords(memory).filter(({ id }) => !due.has(id));
	const all = [...[...due.values()].sort(byUpdate), ...pending];
	const { items, emitted, silent, failed, left } = await fetchAll(source, all, timing);
	const [firstLeft] = left.flatMap(({ updatedAt }) => updatedAt ?? []);
	if (firstLeft !== undefined) updatedUpTo = Math.min(updatedUpTo, firstLeft);
	const stillPending = left.filter(({ updatedAt }) => updatedAt === undefined);
	return {
		items,
		failed,
		memory: forgetOld(
			{
				...addTold(memory, emitted, silent),
				updatedUpTo: toTime(updatedUpTo),
				pending: addIds({}, [...failed, ...stillPending].map(withoutMark)),
			},
			lookBack,
		),
		isComplete: slicesDone >= slices.length && left.length === 0,
	};
}

/** The item of what was updated last among what is ready, whatever is remembered. */
export async function findLatest(
	source: Source,
	lookBack: number,
	now: number,
): Promise<IDataObject | undefined> {
	for (const slice of cutBackwards(now - lookBack, now)) {
		const { found } = await source.within(slice);
		for (const listed of found.sort(byUpdate).reverse()) {
			const items = await source.toItems(listed);
			if (items && items.length > 0) return items.at(-1);
		}
	}
	return undefined;
}

/** What is found in slices of time, some of them side by side, in their order. */
async function* search(
	source: Source,
	slices: Slice[],
	createdBefore?: number,
): AsyncGenerator<Findings, void> {
	for (const group of inGroups(slices, SLICES_SIDE_BY_SIDE)) {
		const findings = await Promise.all(
			group.map(async (slice) => await source.within(slice, createdBefore)),
		);
		yield {
			found: findings.flatMap(({ found }) => found),
			updatedUpTo: Math.max(...findings.map(({ updatedUpTo }) => updatedUpTo)),
		};
	}
}

interface Fetched {
	items: IDataObject[];
	/** What has been told now: with items, or silently, because nobody wants to know. */
	emitted: Remembered[];
	silent: Remembered[];
	failed: Array<Due & Failed>;
	left: Due[];
}

/** Turns what is due into items, one after the other, until time runs out. */
async function fetchAll(source: Source, due: Due[], timing: Timing): Promise<Fetched> {
	const items: IDataObject[] = [];
	const emitted: Remembered[] = [];
	const silent: Remembered[] = [];
	const failed: Array<Due & Failed> = [];
	let begun = 0;
	for (const group of inGroups(due, RECORDS_SIDE_BY_SIDE)) {
		// Only once something has come of it: then the next poll has less to do than this one.
		if (items.length + failed.length > 0 && timing.isUsedUp(SHARE_FOR_FETCHING)) break;
		begun += group.length;
		const outcomes = await Promise.all(
			group.map(
				async (record) =>
					await source.toItems(record).then(
						(itemsOfIt) => ({ record, itemsOfIt }),
						(error: unknown) => ({ record, failure: { error } }),
					),
			),
		);
		for (const outcome of outcomes) {
			if ('failure' in outcome) failed.push({ ...outcome.record, ...outcome.failure });
			else if (outcome.itemsOfIt) {
				const told = { ...outcome.record, told: source.mark(outcome.record) };
				(outcome.itemsOfIt.length > 0 ? emitted : silent).push(told);
				items.push(...outcome.itemsOfIt);
			}
		}
	}
	return { items, emitted, silent, failed, left: due.slice(begun) };
}

function withoutMark({ id, createdAt }: Remembered): Remembered {
	return { id, createdAt };
}

/**
 * A time that is far ahead would keep the trigger from ever looking at anything before it. To trust
 * n8n's clock that much is safe: when it is wrong, polls look at more than they need to.
 */
function trust(time: number, now: number): number {
	return Math.min(time, now + DAY_MS);
}

function byUpdate(one: Listed, other: Listed): number {
	return one.updatedAt - other.updatedAt;
}

function inGroups<T>(list: T[], size: number): T[][] {
	const count = Math.ceil(list.length / size);
	return Array.from({ length: count }, (_, group) => list.slice(group * size, (group + 1) * size));
}

function toTime(time: number): string {
	return new Date(time).toISOString();
}
