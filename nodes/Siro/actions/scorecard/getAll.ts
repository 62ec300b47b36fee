import { collect } from '../../api/pagination';
import { filters } from '../../parameters/filters';
import { SCORECARDS } from '../../parameters/kinds';
import { LISTING, readLimit } from '../../parameters/listing';
import { CONVERSATION_TYPE } from '../../parameters/locators';
import {
	listOfOrganization,
	ORGANIZATION,
	readOrganizationId,
} from '../../parameters/organization';
import type { ItemOperation } from '../../runner/operation';

interface ScorecardFilters {
	[filter: string]: string | boolean | undefined;
}

const FILTERS = filters([
	{
		...CONVERSATION_TYPE,
		required: false,
		description: 'Only scorecards for this type of conversation',
	},
	{
		displayName: 'Include Usage',
		name: 'includeHasScoredRecordings',
		type: 'boolean',
		default: true,
		description:
			'Whether to also return, for each scorecard, whether any recordings were scored with it',
	},
	{
		displayName: 'Is Active',
		name: 'isActive',
		type: 'boolean',
		default: true,
		description: 'Whether to get only active scorecards (on) or only inactive ones (off)',
	},
]);

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many scorecards',
	description:
		'Get a list of the scorecards. Needs an OAuth app or a client app in the credential.',
	parameters: [...LISTING, ORGANIZATION, FILTERS],
	isReading: true,

	/** Source: platform-api.openapi.json, GET /v1/core/scorecards/instance-summaries. */
	async execute(item) {
		const request = listOfOrganization(SCORECARDS, await readOrganizationId(item));
		const query = { ...request.query, ...item.parameter<ScorecardFilters>('filters', {}) };
		return await collect(item.siro, { ...request, query }, readLimit(item));
	},
};
