import {
	UserError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';

import {
	ACCOUNTS,
	APPOINTMENTS,
	KINDS,
	OPPORTUNITIES,
	type Kind,
	type Listing,
} from '../parameters/kinds';
import { openList } from './openList';

const MOST_PAGES_SEARCHED = 10;
const ENOUGH_RESULTS = 20;

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

/** The kinds of CRM record that Siro lists, by its names for them. */
const CRM_KINDS = new Map([
	['ACCOUNT', ACCOUNTS],
	['ENGAGEMENT', APPOINTMENTS],
	['OPPORTUNITY', OPPORTUNITIES],
]);

/** The methods that fill the lists of resource locators, one for each kind of record that Siro lists. */
export const listSearch: Record<string, Search> = {
	...Object.fromEntries(
		KINDS.flatMap((kind): Array<[string, Search]> =>
			kind.listing ? [[kind.listing.method, createSearch(kind, kind.listing)]] : [],
		),
	),
	searchCrmRecords,
};

/** Records of the kind that the parameter "Record Type" names, for the resource locator. */
async function searchCrmRecords(
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
): Promise<INodeListSearchResult> {
	const kind = CRM_KINDS.get(String(this.getCurrentNodeParameter('dataType')));
	if (kind?.listing === undefined) {
		throw new UserError('Siro cannot list contacts and leads', {
			description: 'Enter the ID that the record has in Siro, or the one in your CRM.',
		});
	}
	return await createSearch(kind, kind.listing).call(this, filter, paginationToken);
}

/**
 * One page of a list. Siro has no text search, so with a filter some pages are looked through: for
 * its text in names and IDs, until there is enough to show.
 */
function createSearch(kind: Kind, listing: Listing): Search {
	const { toName, toUrl } = listing;
	const { idName = 'id' } = kind;
	return async function (filter = '', paginationToken) {
		const { client, list } = await openList(this, kind, listing);
		const wanted = filter.trim().toLowerCase();
		const results: INodeListSearchItems[] = [];
		let cursor = paginationToken;
		for (let pageNumber = 1; pageNumber <= MOST_PAGES_SEARCHED; pageNumber++) {
			const page = await client.page({ ...list, query: { ...list.query, cursor } });
			const found = page.records
				.map((record) => ({
					name: toName(record),
					value: String(record[idName]),
					url: toUrl?.(record),
				}))
				.filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
			results.push(...found);
			cursor = page.cursor;
			if (wanted === '' || cursor === undefined || results.length >= ENOUGH_RESULTS) break;
		}
		return { results, paginationToken: cursor };
	};
}
