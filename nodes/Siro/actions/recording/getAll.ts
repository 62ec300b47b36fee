import type { IDataObject } from 'n8n-workflow';

import { collect } from '../../api/pagination';
import type { SiroRequest } from '../../api/request';
import { created, filters } from '../../parameters/filters';
import { INCLUDE } from '../../parameters/include';
import { RECORDINGS } from '../../parameters/kinds';
import { LISTING, readLimit } from '../../parameters/listing';
import { toShowFlags, type Block } from '../../recordings/fetch';
import { collectSideBySide, recordingPageSize } from '../../recordings/list';
import { withReps } from '../../recordings/rep';
import type { ItemOperation } from '../../runner/operation';

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

interface RecordingFilters {
	[filter: string]: string | boolean | undefined;
	excludeDeleted?: boolean;
}

const FILTERS = filters([
	...created('recordings created'),
	{
		displayName: 'Exclude Deleted',
		name: 'excludeDeleted',
		type: 'boolean',
		default: true,
		description: 'Whether to leave out recordings that were deleted. Siro lists them otherwise.',
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
]);

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many recordings',
	description: 'Get a list of recordings, filtered by time and processing status',
	parameters: [...LISTING, FILTERS, INCLUDE],
	isReading: true,
	records: RECORDINGS.fields,

	async execute(item) {
		const include = item.parameter<Block[]>('include', []);
		const filters = item.parameter<RecordingFilters>('filters', {});
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
		const recordings =
			limit === Infinity
				? (await collectSideBySide(item.siro, request)).filter(isWanted)
				: await collect(item.siro, request, limit, isWanted);
		return include.includes('rep') ? await withReps(item.siro, recordings) : recordings;
	},
};

function toQuery(filters: RecordingFilters): SiroRequest['query'] {
	const times = Object.entries(TIME_FILTERS).map(([filter, parameter]) => [
		parameter,
		filters[filter],
	]);
	const statuses = STATUS_FILTERS.map((filter) => [filter, filters[filter]]);
	return Object.fromEntries([...times, ...statuses]);
}

/** No larger than needed, unless some records of the page may be left out. */
function toPageSize(include: Block[], limit: number, { excludeDeleted }: RecordingFilters) {
	const largest = recordingPageSize(include.includes('evaluationScore'));
	return excludeDeleted ? largest : Math.min(largest, limit);
}
