import type { IDataObject } from 'n8n-workflow';

import type { SiroClient } from '../api/client';
import { collect, wholePages } from '../api/pagination';
import type { SiroRequest } from '../api/request';
import { mapConcurrently } from '../values/mapConcurrently';

/** Siro gives no evaluation score on pages with more than about 40 recordings (FACTS, "Requests"). */
const PAGE_SIZE_WITH_SCORE = 25;
const PAGE_SIZE = 100;

const WINDOWS_SIDE_BY_SIDE = 5;
const PAGES_PER_WINDOW = 4;
const MOST_WINDOWS = 25;

/** A stretch of the time of creation: a list's query for it, and what may come of that. */
interface Window {
	query: { 'createdAt:gt': string; 'createdAt:lt': string };
	from: number;
	to: number;
}

/** The way in which a list is sorted by the time of creation. */
type Order = 'newestFirst' | 'oldestFirst';

/** How many recordings to ask for on a page of a list. */
export function recordingPageSize(isScoreWanted: boolean): number {
	return isScoreWanted ? PAGE_SIZE_WITH_SCORE : PAGE_SIZE;
}

/**
 * All records of a list of recordings, in Siro's order. A cursor leads from page to page, one after
 * the other; but when the first page shows that the list is sorted by the time of creation, and the query
 * tells where it ends, the rest is fetched in windows of that time, side by side. Should a window
 * show anything else than expected, the cursor is followed after all.
 */
export async function collectSideBySide(
	client: SiroClient,
	request: SiroRequest,
): Promise<IDataObject[]> {
	const list = wholePages(client, request);
	const collected: IDataObject[] = [];
	for await (const { records, cursor } of list) {
		const isFirst = collected.length === 0;
		collected.push(...records);
		if (!isFirst || cursor === undefined) continue;
		const rest = await fetchRest(client, request, records);
		if (rest) return withoutRepetitions([...records, ...rest]);
	}
	return collected;
}

/** What follows the first page; `undefined` if it cannot be fetched in windows. */
async function fetchRest(
	client: SiroClient,
	request: SiroRequest,
	firstPage: IDataObject[],
): Promise<IDataObject[] | undefined> {
	const order = orderOf(firstPage);
	if (order === undefined) return undefined;
	const windows = cutRest(request, firstPage, order);
	if (windows.length === 0) return undefined;
	const lists = await mapConcurrently(
		windows,
		WINDOWS_SIDE_BY_SIDE,
		async ({ query }) =>
			await collect(client, { ...request, query: { ...request.query, ...query } }),
	);
	const isAsExpected = lists.every((records, index) => isWithin(records, windows[index], order));
	return isAsExpected ? lists.flat() : undefined;
}

/** Cuts the time that the first page leaves; into nothing when it is not worth it, or has no end. */
function cutRest({ query = {} }: SiroRequest, firstPage: IDataObject[], order: Order): Window[] {
	const endBound = order === 'newestFirst' ? 'createdAt:gt' : 'createdAt:lt';
	const end = query[endBound];
	const [begin, last] = [createdAt(firstPage[0]), createdAt(firstPage[firstPage.length - 1])];
	const far = Date.parse(String(end));
	const pagesLeft = (far - last) / (last - begin);
	const count = Math.min(MOST_WINDOWS, Math.floor(pagesLeft / PAGES_PER_WINDOW));
	if (!(count >= 2)) return [];

	const cuts = Array.from({ length: count + 1 }, (_, index) =>
		index === count ? far : Math.round(last + ((far - last) * index) / count),
	);
	const windows = cuts.slice(1).map((cut, index) => toWindow(cuts[index], cut));
	windows[count - 1].query[endBound] = String(end);
	return windows;
}

/**
 * Both bounds are exclusive, and Siro's times may be finer than milliseconds. So a window begins a
 * millisecond earlier and ends one later than its cuts: what comes twice is dropped.
 */
function toWindow(one: number, other: number): Window {
	const [from, to] = [Math.min(one, other) - 1, Math.max(one, other) + 1];
	const [after, before] = [from, to].map((time) => new Date(time).toISOString());
	return { query: { 'createdAt:gt': after, 'createdAt:lt': before }, from, to };
}

/** `undefined` if it is not sorted, or all of it is of one moment. */
function orderOf(records: IDataObject[]): Order | undefined {
	const times = records.map(createdAt);
	if (!(times[0] !== times[times.length - 1])) return undefined;
	if (isSorted(times, 'newestFirst')) return 'newestFirst';
	return isSorted(times, 'oldestFirst') ? 'oldestFirst' : undefined;
}

function isWithin(records: IDataObject[], { from, to }: Window, order: Order): boolean {
	const times = records.map(createdAt);
	return isSorted(times, order) && times.every((time) => time >= from && time <= to);
}

/** A time that cannot be read is in no order. */
function isSorted(times: number[], order: Order): boolean {
	return times
		.slice(1)
		.every((time, index) =>
			order === 'newestFirst' ? time <= times[index] : time >= times[index],
		);
}

function createdAt(record: IDataObject): number {
	return Date.parse(String(record.createdAt));
}

function withoutRepetitions(records: IDataObject[]): IDataObject[] {
	return [...new Map(records.map((record) => [record.id ?? record, record])).values()];
}
