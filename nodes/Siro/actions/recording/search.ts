import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { created, filters } from '../../parameters/filters';
import { TEAMS, USERS } from '../../parameters/kinds';
import { LISTING, readLimit } from '../../parameters/listing';
import { CONVERSATION_TYPE_NAMES, several } from '../../parameters/several';
import { HIT_FIELDS, searchRecordings } from '../../recordings/search';
import type { ItemOperation, OperationItem } from '../../runner/operation';
import { wantsSimplified } from '../../runner/recordOutput';
import { alphabetical } from '../../values/alphabetical';
import { RESULT } from './result';

const MILLISECONDS_PER_MINUTE = 60_000;

const SEARCH_TEXT: INodeProperties = {
	displayName: 'Search Text',
	name: 'searchText',
	type: 'string',
	default: '',
	placeholder: 'e.g. financing',
	description: 'Text to look for in titles and transcripts. Leave empty to use only the filters.',
};

const texts = (
	displayName: string,
	name: string,
	button: string,
	description: string,
): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	typeOptions: { multipleValues: true, multipleValueButtonText: button },
	default: [],
	description,
});

const amount = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 0,
	description,
});

const FILTERS = filters(
	alphabetical([
		...created('recordings created'),
		CONVERSATION_TYPE_NAMES,
		texts(
			'CRM Customer IDs',
			'crmCustomerIds',
			'Add Customer',
			'Only recordings of these customers. Enter Siro’s customer IDs.',
		),
		texts(
			'Custom Outcomes',
			'extractedCustomOutcomes',
			'Add Outcome',
			'Only recordings with one of these custom outcomes',
		),
		texts(
			'Deal Types',
			'dmsDealTypes',
			'Add Type',
			'Only recordings of deals of these types (for dealerships)',
		),
		texts(
			'Excluded Tags',
			'jumpToTagsToExclude',
			'Add Tag',
			'Only recordings without these bookmarks',
		),
		{
			displayName: 'Has Comments',
			name: 'hasComments',
			type: 'boolean',
			default: true,
			description:
				'Whether to get only recordings with comments (on) or only recordings without (off)',
		},
		{
			displayName: 'Is Private',
			name: 'isPrivate',
			type: 'boolean',
			default: true,
			description: 'Whether to get only private recordings (on) or only the others (off)',
		},
		amount(
			'Maximum Deal Revenue',
			'maxDmsRevenue',
			'Only recordings of deals with this revenue or less (for dealerships)',
		),
		amount('Maximum Duration', 'maximumDuration', 'Only recordings of at most this many minutes'),
		amount(
			'Maximum Opportunity Amount',
			'maxOpportunitiesAmount',
			'Only recordings with opportunities of this amount or less, in dollars',
		),
		amount('Maximum Score', 'maxEvaluationScore', 'Only recordings with this score or a lower one'),
		amount(
			'Minimum Deal Revenue',
			'minDmsRevenue',
			'Only recordings of deals with this revenue or more (for dealerships)',
		),
		amount('Minimum Duration', 'minimumDuration', 'Only recordings of at least this many minutes'),
		amount(
			'Minimum Opportunity Amount',
			'minOpportunitiesAmount',
			'Only recordings with opportunities of this amount or more, in dollars',
		),
		amount(
			'Minimum Score',
			'minEvaluationScore',
			'Only recordings with this score or a higher one',
		),
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			description: 'Only recordings of this organization',
		},
		{
			displayName: 'Outcomes',
			name: 'universalOutcomeLabels',
			type: 'multiOptions',
			options: [
				{ name: 'Negative', value: 'NEGATIVE' },
				{ name: 'Neutral', value: 'NEUTRAL' },
				{ name: 'Positive', value: 'POSITIVE' },
			],
			default: [],
			description: 'Only recordings with one of these outcomes',
		},
		{
			displayName: 'Results',
			name: 'results',
			type: 'multiOptions',
			options: RESULT.options,
			default: [],
			description: 'Only recordings with one of these results',
		},
		texts('Tags', 'jumpToTags', 'Add Tag', 'Only recordings with these bookmarks'),
		several(TEAMS, 'Team Names or IDs', 'teamIds', 'Only recordings of reps in these teams'),
		several(USERS, 'User Names or IDs', 'userIds', 'Only recordings of these reps'),
	]),
);

const SORTING: INodeProperties[] = [
	{
		displayName: 'Sort By',
		name: 'sort',
		type: 'options',
		options: [
			{ name: 'Date Created', value: 'dateCreated' },
			{ name: 'Duration', value: 'durationInMilliseconds' },
			{ name: 'Number of Comments', value: 'numberOfComments' },
			{ name: 'Result', value: 'result' },
			{ name: 'Team Name', value: 'teamName' },
			{ name: 'Title', value: 'title' },
			{ name: 'View Count', value: 'viewCount' },
		],
		default: 'dateCreated',
	},
	{
		displayName: 'Sort Direction',
		name: 'sortDirection',
		type: 'options',
		options: [
			{ name: 'Ascending', value: 'asc' },
			{ name: 'Descending', value: 'desc' },
		],
		default: 'desc',
	},
];

interface SearchFilters extends IDataObject {
	createdAfter?: string;
	createdBefore?: string;
	minimumDuration?: number;
	maximumDuration?: number;
	userIds?: string[];
}

export const search: ItemOperation = {
	value: 'search',
	name: 'Search',
	action: 'Search recordings',
	description:
		'Find recordings by what was said, by rep, date, score or CRM customer. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [SEARCH_TEXT, ...LISTING, FILTERS],
	sorting: SORTING,
	isReading: true,
	records: HIT_FIELDS,

	/** Source: platform-api.openapi.json, POST /v1/core/recordings/search. */
	async execute(item) {
		const showRecordingEvents = !wantsSimplified(item);
		const query = { ...readQuery(item), showCrmCustomer: true, showRecordingEvents };
		return await searchRecordings(item.siro, query, readLimit(item));
	},
};

/** What is not given is left out by JSON. */
function readQuery(item: OperationItem): IDataObject {
	const { createdAfter, createdBefore, minimumDuration, maximumDuration, userIds, ...others } =
		item.parameter<SearchFilters>('filters', {});
	return {
		...others,
		...item.parameter<IDataObject>('sort', {}),
		searchText: item.parameter<string | undefined>('searchText'),
		startDate: createdAfter && Date.parse(createdAfter),
		endDate: createdBefore && Date.parse(createdBefore),
		minDurationMs: toMilliseconds(minimumDuration),
		maxDurationMs: toMilliseconds(maximumDuration),
		repUids: userIds,
	};
}

function toMilliseconds(minutes: number | undefined): number | undefined {
	return minutes === undefined ? undefined : minutes * MILLISECONDS_PER_MINUTE;
}
