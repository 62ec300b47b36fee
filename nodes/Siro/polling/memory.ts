import type { IDataObject } from 'n8n-workflow';

import { DAY_MS } from '../values/time';
import { isRecord } from '../values/values';

/** Enough for a month of a large sales team; some 40 bytes each, 60 with what was told. */
const MOST_REMEMBERED = 20_000;

/** By the day (UTC) on which they were created, IDs; each with what was told, if that can be more than once. */
type IdsByDay = Record<string, Entry[]>;
type Entry = string | [id: string, told: string];

/**
 * What the trigger remembers from poll to poll; n8n stores it as the node's static data.
 *
 * n8n stores it when a poll emits and when the workflow is activated, and keeps it in memory only
 * after any other poll. So whatever a poll without items adds may be lost in a restart, and nothing
 * depends on it: the next poll begins at an earlier `updatedUpTo` and finds the same again.
 */
export interface Memory extends IDataObject {
	/** The "Start From" that it began with: a time, or `now`. */
	startFrom: string;
	/** What was created earlier does not start the workflow. */
	createdFrom: string;
	/** The latest `updatedAt` that Siro has shown: Siro's clock, not n8n's. */
	updatedUpTo: string;
	/** What has started the workflow. */
	emitted: IdsByDay;
	/** What was ready before the trigger began, or not wanted by its filters, and so has not started the workflow. */
	readyBefore: IdsByDay;
	/** What is due, but could not be fetched. */
	pending: IdsByDay;
	/** The filters by which all of this was decided. */
	filters: IDataObject;
}

/** What the memory keeps of a record; of the time, it gives back only the day. */
export interface Remembered {
	id: string;
	/** In milliseconds since 1970. */
	createdAt: number;
	/** What was told of it, as its kind notes it down; empty if there is only one thing to tell. */
	told?: string;
}

/** Reads what n8n has stored; `undefined` before the first poll. */
export function readMemory(stored: IDataObject): Memory | undefined {
	const { startFrom, createdFrom, updatedUpTo, emitted, readyBefore } = stored;
	const { pending = {}, filters = {} } = stored;
	if (
		typeof startFrom !== 'string' ||
		!isTime(createdFrom) ||
		!isTime(updatedUpTo) ||
		!isIdsByDay(emitted) ||
		!isIdsByDay(readyBefore) ||
		!isIdsByDay(pending) ||
		!isRecord(filters)
	) {
		return undefined;
	}
	return { startFrom, createdFrom, updatedUpTo, emitted, readyBefore, pending, filters };
}

/** What was told, by ID: with nothing further to tell, it must not start the workflow again. */
export function whatWasTold({ emitted, readyBefore }: Memory): Map<string, string> {
	return new Map([readyBefore, emitted].flatMap((ids) => Object.values(ids).flatMap(toPairs)));
}

/** What is to be fetched again, as far as is known of it. */
export function pendingRecords({ pending }: Memory): Remembered[] {
	return Object.entries(pending).flatMap(([day, ids]) =>
		toPairs(ids).map(([id]) => ({ id, createdAt: Date.parse(day) })),
	);
}

/** Adds to the IDs of each day, in place of what was told before of the same ones. */
export function addIds(ids: IdsByDay, records: Remembered[]): IdsByDay {
	const days = new Map(Object.entries(ids).map(([day, list]) => [day, new Map(toPairs(list))]));
	for (const { id, createdAt, told = '' } of records) {
		const day = toDay(createdAt);
		days.set(day, (days.get(day) ?? new Map<string, string>()).set(id, told));
	}
	return Object.fromEntries([...days].map(([day, list]) => [day, [...list].map(toEntry)]));
}

/** Remembers what has been told now: with the items of it, or silently. */
export function addTold(
	{ emitted, readyBefore, ...memory }: Memory,
	told: Remembered[],
	toldSilently: Remembered[],
): Memory {
	const emittedBefore = new Map(Object.values(emitted).flatMap(toPairs));
	const startedOnce = toldSilently.filter(({ id }) => emittedBefore.has(id));
	const neverStarted = toldSilently.filter(({ id }) => !emittedBefore.has(id));
	return {
		...memory,
		emitted: addIds(emitted, [...told, ...startedOnce]),
		readyBefore: addIds(readyBefore, neverStarted),
	};
}

/**
 * Forgets what is older than `lookBack` (in milliseconds), and the oldest days when there is too much
 * to remember. `createdFrom` moves along, so that what is forgotten is never looked at again.
 */
export function forgetOld(memory: Memory, lookBack: number): Memory {
	const { emitted, readyBefore, pending } = memory;
	const oldest = Date.parse(memory.updatedUpTo) - lookBack;
	let createdFrom = Math.max(Date.parse(memory.createdFrom), oldest);

	const days = new Set([...Object.keys(emitted), ...Object.keys(readyBefore)]);
	const [newest, ...others] = [...days].sort().reverse();
	const count = (day = '') => (emitted[day]?.length ?? 0) + (readyBefore[day]?.length ?? 0);
	let remembered = count(newest);
	for (const day of others) {
		remembered += count(day);
		if (remembered <= MOST_REMEMBERED) continue;
		createdFrom = Math.max(createdFrom, Date.parse(day) + DAY_MS);
		break;
	}
	return {
		...memory,
		createdFrom: new Date(createdFrom).toISOString(),
		emitted: keepSince(emitted, createdFrom),
		readyBefore: keepSince(readyBefore, createdFrom),
		pending: keepSince(pending, createdFrom),
	};
}

function keepSince(ids: IdsByDay, createdFrom: number): IdsByDay {
	const firstDay = toDay(createdFrom);
	return Object.fromEntries(Object.entries(ids).filter(([day]) => day >= firstDay));
}

function toPairs(list: Entry[]): Array<[id: string, told: string]> {
	return list.map((entry) => (typeof entry === 'string' ? [entry, ''] : entry));
}

function toEntry([id, told]: [id: string, told: string]): Entry {
	return told === '' ? id : [id, told];
}

function toDay(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}

function isTime(value: unknown): value is string {
	return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isIdsByDay(value: unknown): value is IdsByDay {
	return isRecord(value) && Object.values(value).every((ids) => Array.isArray(ids));
}
