import {
	UserError,
	type IDataObject,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { INTEGRATION_PLATFORMS } from '../parameters/integrationPlatforms';
import { SiroConnection, type SiroClient, type SiroRequest } from '../api/client';

const PAGE_SIZE = '50';
const MOST_PAGES_SEARCHED = 10;
const ENOUGH_RESULTS = 20;

/** Recordings for the resource locator, the newest first as Siro lists them, with their date. */
export const searchRecordings = createSearch({
	action: 'List recordings',
	request: { path: '/v1/core/recordings', query: { pageSize: PAGE_SIZE } },
	toName: ({ title, createdAt }) => `${text(title, 'Untitled')} (${toDay(createdAt)})`,
	toUrl: webLink,
});

/** Appointments for the resource locator, with their day. */
export const searchEngagements = createSearch({
	action: 'List appointments',
	request: { path: '/v1/integrations/engagements' },
	toName: ({ subject, startTime, externalId }) =>
		`${text(subject, 'Untitled')} (${toDay(startTime)}, ${text(externalId, 'no external ID')})`,
});

/** Siro users for the resource locator, with their email address. */
export const searchUsers = createSearch({
	action: 'List users',
	request: { path: '/v1/core/users' },
	toName: ({ firstName, lastName, email }) => {
		const name = `${text(firstName, '')} ${text(lastName, '')}`.trim();
		return `${text(name, 'No name')} (${text(email, 'no email')})`;
	},
});

/** Follow-ups for the resource locator, of any score, with their rep and recording. */
export const searchFollowups = createSearch({
	action: 'List follow-ups',
	request: {
		surface: 'platform',
		path: '/v1/core/followups',
		query: { limit: PAGE_SIZE, minimumScore: 1 },
		listName: 'followups',
	},
	idName: 'followupId',
	toName: ({ followupAction, repName, recordingTitle }) =>
		`${text(followupAction, 'No action')} (${text(repName, 'no rep')}, ${text(recordingTitle, 'Untitled')})`,
});

/** Opportunities for the resource locator, with how they stand. */
export const searchOpportunities = createSearch({
	action: 'List opportunities',
	request: { path: '/v1/integrations/opportunities' },
	toName: ({ name, disposition, externalId }) =>
		withDetails(text(name, 'Unnamed'), [
			text(disposition, '').toLowerCase(),
			text(externalId, 'no external ID'),
		]),
});

/** Accounts for the resource locator; Siro gives them in one piece. */
export const searchAccounts = createSearch({
	action: 'List accounts',
	request: { path: '/v1/integrations/accounts' },
	toName: ({ name, externalId }) =>
		`${text(name, 'Unnamed')} (${text(externalId, 'no external ID')})`,
});

/**
 * CRM users for the resource locator. Siro does not document what a CRM user looks like; the fields
 * are those with which reps are synced.
 */
export const searchCrmUsers = createSearch({
	action: 'List CRM users',
	request: { path: '/v1/integrations/users', query: { pageSize: PAGE_SIZE } },
	toName: ({ name, email, externalId }) =>
		withDetails(text(name, 'Unnamed'), [text(email, ''), text(externalId, 'no external ID')]),
});

/** CRM connections for the resource locator, with their platform. */
export const searchConnections = createSearch({
	action: 'List connections',
	request: { path: '/v1/core/integrations/connections' },
	toName: ({ name, integrationPlatform, isActive }) =>
		withDetails(text(name, 'Unnamed'), [
			platformName(integrationPlatform),
			isActive === false ? 'inactive' : '',
		]),
});

/** The kinds of CRM record that Siro lists, by its names for them. */
const CRM_SEARCHES = new Map([
	['ACCOUNT', searchAccounts],
	['ENGAGEMENT', searchEngagements],
	['OPPORTUNITY', searchOpportunities],
]);

/** Records of the kind that the parameter "Record Type" names, for the resource locator. */
export async function searchCrmRecords(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const search = CRM_SEARCHES.get(String(this.getCurrentNodeParameter('dataType')));
	if (search === undefined) {
		throw new UserError('Siro cannot list contacts and leads', {
			description: 'Enter the ID that the record has in Siro, or the one in your CRM.',
		});
	}
	return await search.call(this, filter, paginationToken);
}

interface Search {
	action: string;
	request: SiroRequest;
	/** The field that holds the ID. Default: `id`. */
	idName?: string;
	toName: (record: IDataObject) => string;
	toUrl?: (record: IDataObject) => string | undefined;
}

function createSearch(search: Search) {
	return async function (
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const siro = await SiroConnection.open(this, { maxAttempts: 2, timeout: 20_000 });
		const client = siro.client({ action: search.action });
		return await searchPages(client, search, filter?.trim().toLowerCase() ?? '', paginationToken);
	};
}

/**
 * One page of a list. Siro has no text search, so with a filter some pages are looked through: for
 * its text in names and IDs, until there is enough to show.
 */
async function searchPages(
	client: SiroClient,
	{ request, idName = 'id', toName, toUrl }: Search,
	filter: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const results: INodeListSearchItems[] = [];
	let cursor = paginationToken;
	for (let pageNumber = 1; pageNumber <= MOST_PAGES_SEARCHED; pageNumber++) {
		const page = await client.page({ ...request, query: { ...request.query, cursor } });
		const found = page.records
			.map((record) => ({
				name: toName(record),
				value: String(record[idName]),
				url: toUrl?.(record),
			}))
			.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(filter));
		results.push(...found);
		cursor = page.cursor;
		if (filter === '' || cursor === undefined || results.length >= ENOUGH_RESULTS) break;
	}
	return { results, paginationToken: cursor };
}

/** "Smith kitchen (won, opp-101)", without the details that are not known. */
function withDetails(name: string, details: string[]): string {
	return `${name} (${details.filter((detail) => detail !== '').join(', ')})`;
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

/** `SERVICE_TITAN` → "ServiceTitan". */
function platformName(value: unknown): string {
	const platform = INTEGRATION_PLATFORMS.find((option) => option.value === value);
	return platform?.name ?? text(value, 'no platform');
}
