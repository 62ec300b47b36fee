import type { INodeProperties } from 'n8n-workflow';

import { collect } from '../../api/pagination';
import { created, filters } from '../../parameters/filters';
import { LISTING, readLimit } from '../../parameters/listing';
import { APP_OWNER } from '../../parameters/locators';
import { ORGANIZATION, readOrganizationId } from '../../parameters/organization';
import type { ItemOperation } from '../../runner/operation';

/** Source: external-api.openapi.json, GET /v1/core/oauth/apps, `limit`. */
const LARGEST_PAGE = 100;

interface AppFilters {
	createdAfter?: string;
	createdBefore?: string;
}

interface Sorting {
	[field: string]: string | undefined;
}

const FILTERS = filters([...created('OAuth apps created')]);

const SORTING: INodeProperties[] = [
	{
		displayName: 'Sort By',
		name: 'sortField',
		type: 'options',
		options: [
			{ name: 'Date Created', value: 'dateCreated' },
			{ name: 'Date Updated', value: 'dateUpdated' },
		],
		default: 'dateCreated',
	},
	{
		displayName: 'Sort Direction',
		name: 'sortDirection',
		type: 'options',
		options: [
			{ name: 'Newest First', value: 'desc' },
			{ name: 'Oldest First', value: 'asc' },
		],
		default: 'desc',
	},
];

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many OAuth apps',
	description: 'Get the OAuth apps that one Siro user created, without their secrets',
	parameters: [APP_OWNER, ORGANIZATION, ...LISTING, FILTERS],
	sorting: SORTING,
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/core/oauth/apps. */
	async execute(item) {
		const { createdAfter, createdBefore } = item.parameter<AppFilters>('filters', {});
		const limit = readLimit(item);
		return await collect(
			item.siro,
			{
				path: '/v1/core/oauth/apps',
				query: {
					organizationId: await readOrganizationId(item),
					owner: item.parameter<string>('owner'),
					fromDate: createdAfter,
					toDate: createdBefore,
					...item.parameter<Sorting>('sort', {}),
					limit: Math.min(LARGEST_PAGE, limit),
				},
			},
			limit,
		);
	},
};
