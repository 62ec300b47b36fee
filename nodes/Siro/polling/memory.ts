import type { IDataObject } from 'n8n-workflow';

import { DAY_MS } from '../values/time';
import { isRecord } from '../values/values';

/** Enough for a month of a large sales team; some 40 bytes each. */
const MOST_REMEMBERED = 20_000;

/** IDs of recordings by the day (UTC) on which they were created. */
type IdsByDay = Record<string, string[]>;

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
	/** Recordings that were created earlier are none of the trigger's business. */
	createdFrom: string;
	/** The latest `updatedAt` that Siro has shown: Siro's clock, not n8n's. */
	updatedUpTo: string;
	/** The recordings that have started the workflow. */
	emitted: IdsByDay;
	/** The recordings that were ready before the trigger began, and so never start the workflow. */
	readyBefore: IdsByDay;
	/** The recordings that are due, but could not be fetched. */
	pending: IdsByDay;
}

/** What the memory keeps of a recording; of the time, it gives back only the day. */
export interface Remembered {
	id: string;
	/** In milliseconds since 1970. */
	createdAt: number;
}

/** Reads what n8n has stored; `undefined` before the first poll. */
export function readMemory(stored: IDataObject): Memory | undefined {
	const { startFrom, createdFrom, updatedUpTo, emitted, readyBefore, pending = {} } = stored;
	if (
		typeof startFrom !== 'string' ||
		!isTime(createdFrom) ||
		!isTime(updatedUpTo) ||
		!isIdsByDay(emitted) ||
		!isIdsByDay(readyBefore) ||
		!isIdsByDay(pending)
	) {
		return undefined;
	}
	return { startFrom, createdFrom, updatedUpTo, emitted, readyBefore, pending };
}

/** The recordings that must not start the workflow, or not again. */
export function knownIds({ emitted, readyBefore }: Memory): Set<string> {
	return new Set([emitted, readyBefore].flatMap((ids) => Object.values(ids).flat()));
}

/** The recordings that are to be fetched again, as far as is known of them. */
export function pendingRecordings({ pending }: Memory): Remembered[] {
	return Object.entries(pending).flatMap(([day, ids]) =>
		ids.map((id) => ({ id, createdAt: Date.parse(day) })),
	);
}

/** Adds recordings to the IDs of each day. */
export function addIds(ids: IdsByDay, recordings: Remembered[]): IdsByDay {
	const added = Object.fromEntries(Object.entries(ids).map(([day, list]) => [day, [...list]]));
	for (const { id, createdAt } of recordings) (added[toDay(createdAt)] ??= []).push(id);
	return added;
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

function toDay(time: number): string {
	return new Date(time).toISOString().slice(0, 10);
}

function isTime(value: unknown): value is string {
	return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isIdsByDay(value: unknown): value is IdsByDay {
	return isRecord(value) && Object.values(value).every((ids) => Array.isArray(ids));
}
