import type { OperationItem } from '../runner/operation';
import { filters } from './filters';
import { RECORDING } from './locators';

/**
 * The filters of lists of CRM records.
 * Source: external-api.openapi.json, GET /v1/integrations/engagements and …/opportunities.
 */
export const CRM_FILTERS = filters([
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		description: 'Only the record that has this ID in your CRM',
	},
	{
		...RECORDING,
		required: false,
		description: 'Only records that this recording is linked to',
	},
]);

/** The filters of `CRM_FILTERS` as query parameters; what is empty stays out of the request. */
export function readCrmFilters(item: OperationItem): Record<string, string | undefined> {
	const { externalId, recordingId } = item.parameter<Record<string, string>>('filters', {});
	return { externalId, recordingId };
}
