import type { IDataObject, ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { SiroConnection, type SiroRequest } from '../api/client';

const PAGE_SIZE = '50';

/** Recordings for the resource locator, the newest first as Siro lists them, with their date. */
export async function searchRecordings(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchPage(this, filter, paginationToken, {
		action: 'List recordings',
		request: { path: '/v1/core/recordings', query: { pageSize: PAGE_SIZE } },
		toName: ({ title, createdAt }) => `${text(title, 'Untitled')} (${toDay(createdAt)})`,
		toUrl: webLink,
	});
}

/** Appointments for the resource locator, with their day. */
export async function searchEngagements(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	return await searchPage(this, filter, paginationToken, {
		action: 'List appointments',
		request: { path: '/v1/integrations/engagements' },
		toName: ({ subject, startTime, externalId }) =>
			`${text(subject, 'Untitled')} (${toDay(startTime)}, ${text(externalId, 'no external ID')})`,
	});
}

interface Search {
	action: string;
	request: SiroRequest;
	toName: (record: IDataObject) => string;
	toUrl?: (record: IDataObject) => string | undefined;
}

/**
 * One page of a list. Siro has no text search, so the filter looks at what the page shows; a record
 * is also found by its ID.
 */
async function searchPage(
	context: ILoadOptionsFunctions,
	filter: string | undefined,
	cursor: string | undefined,
	{ action, request, toName, toUrl }: Search,
): Promise<INodeListSearchResult> {
	const siro = await SiroConnection.open(context, { maxAttempts: 2, timeout: 20_000 });
	const page = await siro
		.client({ action })
		.page({ ...request, query: { ...request.query, cursor } });
	const wanted = filter?.trim().toLowerCase() ?? '';
	const results = page.records
		.map((record) => ({
			name: toName(record),
			value: String(record.id),
			url: toUrl?.(record),
		}))
		.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
	return { results, paginationToken: page.cursor };
}

function text(value: unknown, fallback: string): string {
	return typeof value === 'string' && value.trim() !== '' ? value : fallback;
}

function toDay(value: unknown): string {
	return typeof value === 'string' && value.length >= 10 ? value.slice(0, 10) : 'no date';
}

function webLink({ links }: IDataObject): string | undefined {
	const web = (links as { web?: { self?: unknown } } | undefined)?.web;
	return typeof web?.self === 'string' ? web.self : undefined;
}
