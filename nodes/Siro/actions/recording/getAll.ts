import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { collect } from '../../api/pagination';
import type { SiroRequest } from '../../api/request';
import { created, filters } from '../../parameters/filters';
import { INCLUDE_IN_LIST } from '../../parameters/include';
import { RECORDINGS, TEAMS } from '../../parameters/kinds';
import { LISTING, readLimit } from '../../parameters/listing';
import { ORGANIZATION } from '../../parameters/organization';
import { CONVERSATION_TYPE_NAMES, several } from '../../parameters/several';
import { readSource, SOURCE } from '../../parameters/source';
import { toShowFlags, type Block } from '../../recordings/fetch';
import { collectSideBySide, recordingPageSize } from '../../recordings/list';
import { withReps } from '../../recordings/rep';
import type { ItemOperation, OperationItem } from '../../runner/operation';
import { alphabetical } from '../../values/alphabetical';
import { RESULT } from './result';

/** Source: external-api.openapi.json, GET /v1/core/recordings. */
const TIME_FILTERS: Record<string, string> = {
	createdAfter: 'createdAt:gt',
	createdBefore: 'createdAt:lt',
	updatedAfter: 'updatedAt:gte',
	updatedAfterExclusive: 'updatedAt:gt',
	updatedBefore: 'updatedAt:lt',
	updatedUntil: 'updatedAt:lte',
};
const STATUS_FILTERS = ['isEntityExtractionDone', 'isProcessingDone', 'isSummaryDone'];

interface OrganizationFilters {
	[filter: string]: string | boolean | undefined;
	excludeDeleted?: boolean;
}

/** Source: platform-api.openapi.json, GET /v1/core/recordings. */
interface UserFilters {
	conversationTypes?: string[];
	createdAfter?: string;
	createdBefore?: string;
	onlyUnlinked?: boolean;
	organizationId?: string;
	result?: string;
	teamIds?: string[];
}

const ORGANIZATION_FILTERS: INodeProperties[] = [
	{
		displayName: 'Exclude Deleted',
		name: 'excludeDeleted',
		type: 'boolean',
		default: true,
		description: 'Whether to leave out deleted recordings, which Siro otherwise also lists',
	},
	{
		displayName: 'Extraction Done',
		name: 'isEntityExtractionDone',
		type: 'boolean',
		default: true,
		description: 'Whether Siro has finished extracting values',
	},
	{
		displayName: 'Processing Done',
		name: 'isProcessingDone',
		type: 'boolean',
		default: true,
		description: 'Whether Siro has finished processing the recording',
	},
	{
		displayName: 'Summary Done',
		name: 'isSummaryDone',
		type: 'boolean',
		default: true,
		description: 'Whether Siro has finished the summary',
	},
	{
		displayName: 'Updated After',
		name: 'updatedAfter',
		type: 'dateTime',
		default: '',
		description: 'Only recordings updated at this time or later',
	},
	{
		displayName: 'Updated After (Exclusive)',
		name: 'updatedAfterExclusive',
		type: 'dateTime',
		default: '',
		description: 'Only recordings updated later than this, not at this time',
	},
	{
		displayName: 'Updated Before',
		name: 'updatedBefore',
		type: 'dateTime',
		default: '',
		description: 'Only recordings updated earlier than this',
	},
	{
		displayName: 'Updated Until',
		name: 'updatedUntil',
		type: 'dateTime',
		default: '',
		description: 'Only recordings updated at this time or earlier',
	},
];

const USER_FILTERS: INodeProperties[] = [
	CONVERSATION_TYPE_NAMES,
	{
		displayName: 'Only Unlinked',
		name: 'onlyUnlinked',
		type: 'boolean',
		default: true,
		description:
			'Whether to get only recordings that are not linked to an opportunity or to an appointment with a customer',
	},
	{ ...ORGANIZATION, description: 'Only recordings of this organization' },
	{ ...RESULT, description: 'Only recordings with this result' },
	several(TEAMS, 'Team Names or IDs', 'teamIds', 'Only recordings of reps in these teams'),
];

/** Siro orders by what it filters by. */
const SORTING = shownFrom('user', [
	{
		displayName: 'Sort By',
		name: 'orderBy',
		type: 'options',
		options: [
			{ name: 'Conversation Type', value: 'conversationType' },
			{ name: 'Date Created', value: 'dateCreated' },
			{ name: 'Result', value: 'result' },
			{ name: 'Team', value: 'teamId' },
		],
		default: 'dateCreated',
	},
	{
		displayName: 'Sort Direction',
		name: 'orderDirection',
		type: 'options',
		options: [
			{ name: 'Ascending', value: 'asc' },
			{ name: 'Descending', value: 'desc' },
		],
		default: 'desc',
	},
]);

const FILTERS = filters(
	alphabetical([
		...created('recordings created'),
		...shownFrom('organization', ORGANIZATION_FILTERS),
		...shownFrom('user', USER_FILTERS),
	]),
);

/** What the user list has not, although it may have been chosen before the source was. */
const NOT_IN_USER_LIST: Block[] = ['extractions', 'summary'];

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many recordings',
	description: 'Get a list of recordings, filtered by time, processing status, team or result',
	parameters: [SOURCE, ...LISTING, FILTERS, ...INCLUDE_IN_LIST],
	sorting: SORTING,
	isReading: true,
	records: RECORDINGS.fields,

	async execute(item) {
		const include = item.parameter<Block[]>('include', []);
		const recordings =
			readSource(item, 'source') === 'platform'
				? await listOfUser(item, include)
				: await listOfOrganization(item, include);
		return include.includes('rep') ? await withReps(item.siro, recordings) : recordings;
	},
};

/** Entries of a collection that are there for one source only. */
function shownFrom(source: string, entries: INodeProperties[]): INodeProperties[] {
	return entries.map((entry) => ({ ...entry, displayOptions: { show: { '/source': [source] } } }));
}

async function listOfOrganization(item: OperationItem, include: Block[]): Promise<IDataObject[]> {
	const filters = item.parameter<OrganizationFilters>('filters', {});
	const limit = readLimit(item);
	const request: SiroRequest = {
		path: '/v1/core/recordings',
		query: {
			...toQuery(filters),
			...toShowFlags(include),
			pageSize: toPageSize(include, limit, filters),
		},
	};
	const isWanted = (recording: IDataObject) =>
		!filters.excludeDeleted || recording.deleted !== true;
	return limit === Infinity
		? (await collectSideBySide(item.siro, request)).filter(isWanted)
		: await collect(item.siro, request, limit, isWanted);
}

async function listOfUser(item: OperationItem, include: Block[]): Promise<IDataObject[]> {
	const { conversationTypes, createdAfter, createdBefore, onlyUnlinked, teamIds, ...filters } =
		item.parameter<UserFilters>('filters', {});
	const { organizationId, result } = filters;
	if (include.some((block) => NOT_IN_USER_LIST.includes(block))) {
		item.hint(
			'With Source "User", lists have no summaries or extracted values. Choose Source "Organization", or get each recording with the operation Get.',
		);
	}
	const limit = readLimit(item);
	const query = {
		'dateCreated:gt': createdAfter,
		'dateCreated:lt': createdBefore,
		conversationType: conversationTypes?.join(),
		crmLinkStatus: onlyUnlinked ? 'unlinked' : undefined,
		organizationId,
		result,
		teamId: teamIds?.join(),
		...item.parameter<{ orderBy?: string; orderDirection?: string }>('sort', {}),
		...toShowFlags(include, 'platformList'),
		limit: Math.min(recordingPageSize(include.includes('evaluationScore')), limit),
	};
	return await collect(
		item.siro,
		{ surface: 'platform', path: '/v1/core/recordings', query },
		limit,
	);
}

function toQuery(filters: OrganizationFilters): SiroRequest['query'] {
	const times = Object.entries(TIME_FILTERS).map(([filter, parameter]) => [
		parameter,
		filters[filter],
	]);
	const statuses = STATUS_FILTERS.map((filter) => [filter, filters[filter]]);
	return Object.fromEntries([...times, ...statuses]);
}

/** No larger than needed, unless some records of the page may be left out. */
function toPageSize(include: Block[], limit: number, { excludeDeleted }: OrganizationFilters) {
	const largest = recordingPageSize(include.includes('evaluationScore'));
	return excludeDeleted ? largest : Math.min(largest, limit);
}
