import type { INodeProperties } from 'n8n-workflow';

import { collect } from '../../api/pagination';
import { created, filters } from '../../parameters/filters';
import { STATUSES } from '../../parameters/followupStatuses';
import { CONVERSATION_TYPES, FOLLOWUPS, TEAMS, USERS } from '../../parameters/kinds';
import { LISTING, readLimit } from '../../parameters/listing';
import { several } from '../../parameters/several';
import type { ItemOperation } from '../../runner/operation';

/** Source: platform-api.openapi.json, GET /v1/core/followups, `limit`. */
const LARGEST_PAGE = 100;

interface FollowupFilters {
	conversationTypes?: string[];
	createdAfter?: string;
	createdBefore?: string;
	minimumScore?: number;
	organizationId?: string;
	scores?: number[];
	starred?: boolean;
	statuses?: string[];
	teamIds?: string[];
	userIds?: string[];
}

interface FollowupOptions {
	excludeCrmCustomer?: boolean;
	includeHistory?: boolean;
}

const FILTERS = filters([
	several(
		CONVERSATION_TYPES,
		'Conversation Type Names or IDs',
		'conversationTypes',
		'Only follow-ups of these types of conversation, 10 at most',
	),
	...created('follow-ups created'),
	{
		displayName: 'Minimum Score',
		name: 'minimumScore',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 5, numberPrecision: 0 },
		default: 3,
		description: 'Only follow-ups with this score or a higher one, 1 to 5. Siro’s default is 3.',
	},
	{
		displayName: 'Organization ID',
		name: 'organizationId',
		type: 'string',
		default: '',
		description: 'Only follow-ups of this organization',
	},
	{
		displayName: 'Scores',
		name: 'scores',
		type: 'multiOptions',
		options: [1, 2, 3, 4, 5].map((score) => ({ name: String(score), value: score })),
		default: [],
		description: 'Only follow-ups with one of these scores',
	},
	{
		displayName: 'Starred',
		name: 'starred',
		type: 'boolean',
		default: true,
		description: 'Whether to get only starred follow-ups (on) or only unstarred ones (off)',
	},
	{
		displayName: 'Statuses',
		name: 'statuses',
		type: 'multiOptions',
		options: STATUSES,
		default: [],
		description: 'Only follow-ups with one of these statuses',
	},
	several(TEAMS, 'Team Names or IDs', 'teamIds', 'Only follow-ups of reps in these teams'),
	several(USERS, 'User Names or IDs', 'userIds', 'Only follow-ups of these Siro users'),
]);

const EXCLUDE_CRM_CUSTOMER: INodeProperties = {
	displayName: 'Exclude CRM Customer',
	name: 'excludeCrmCustomer',
	type: 'boolean',
	default: true,
	description: 'Whether to leave out the CRM customer of each follow-up',
};

const INCLUDE_HISTORY: INodeProperties = {
	displayName: 'Include History',
	name: 'includeHistory',
	type: 'boolean',
	default: true,
	description:
		'Whether to get all status changes and notes of each follow-up. A simplified follow-up does not show them.',
};

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many follow-ups',
	description:
		'Get the follow-ups that Siro suggests after conversations. Users see their own, coaches those of their teams, admins all. Needs an OAuth app or a client app in the credential.',
	parameters: [...LISTING, FILTERS],
	options: [EXCLUDE_CRM_CUSTOMER, INCLUDE_HISTORY],
	isReading: true,
	records: FOLLOWUPS.fields,

	/** Source: platform-api.openapi.json, GET /v1/core/followups. */
	async execute(item) {
		const { excludeCrmCustomer, includeHistory } = item.parameter<FollowupOptions>('options', {});
		const limit = readLimit(item);
		return await collect(
			item.siro,
			{
				surface: 'platform',
				path: '/v1/core/followups',
				query: {
					...item.parameter<FollowupFilters>('filters', {}),
					excludeCrmCustomer,
					includeHistory,
					limit: Math.min(LARGEST_PAGE, limit),
				},
				listName: 'followups',
			},
			limit,
		);
	},
};
