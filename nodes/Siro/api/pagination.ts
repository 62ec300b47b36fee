import type { IDataObject } from 'n8n-workflow';

import type { SiroClient } from './client';
import { endlessListError } from './errors';
import type { SiroRequest } from './request';
import type { Page } from './shapes';

const MOST_PAGES = 100_000;
const MOST_EMPTY_PAGES = 20;

/**
 * Goes through a list page by page, following Siro's opaque `cursor` until there is none.
 * Throws when Siro gives the same cursor twice or pages without end.
 */
export async function* wholePages(
	client: SiroClient,
	request: SiroRequest,
): AsyncGenerator<Page, void> {
	const seenCursors = new Set<string>();
	let cursor: string | undefined;
	let emptyPages = 0;

	for (let pageNumber = 1; pageNumber <= MOST_PAGES; pageNumber++) {
		const page = await client.page({ ...request, query: { ...request.query, cursor } });
		yield page;

		if (page.cursor === undefined) return;
		if (seenCursors.has(page.cursor)) throw endless('Siro returned the same page twice');
		seenCursors.add(page.cursor);
		emptyPages = page.records.length === 0 ? emptyPages + 1 : 0;
		if (emptyPages >= MOST_EMPTY_PAGES) throw endless('Siro keeps returning empty pages');
		cursor = page.cursor;
	}
	throw endless(`the list has more than ${MOST_PAGES} pages`);

	function endless(reason: string) {
		return endlessListError(client.node, client.failure(request), reason);
	}
}

/** Page by page the records of a list. */
export async function* pages(
	client: SiroClient,
	request: SiroRequest,
): AsyncGenerator<IDataObject[], void> {
	for await (const { records } of wholePages(client, request)) yield records;
}

/** Up to `limit` records of a list that match, in Siro's order; all of them without a limit. */
export async function collect(
	client: SiroClient,
	request: SiroRequest,
	limit = Infinity,
	matches: (record: IDataObject) => boolean = () => true,
): Promise<IDataObject[]> {
	const collected: IDataObject[] = [];
	if (limit <= 0) return collected;
	for await (const records of pages(client, request)) {
		for (const record of records) {
			if (!matches(record)) continue;
			collected.push(record);
			if (collected.length >= limit) return collected;
		}
	}
	return collected;
}
