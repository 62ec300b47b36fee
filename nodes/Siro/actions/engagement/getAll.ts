import type { INodeProperties } from 'n8n-workflow';

import { collect } from '../../api/pagination';
import type { ItemOperation } from '../operation';
import { LISTING, readLimit } from '../parameters/listing';

const FILTERS: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			default: '',
			description: 'Only the appointment that has this ID in your CRM',
		},
		{
			displayName: 'Recording ID',
			name: 'recordingId',
			type: 'string',
			default: '',
			description: 'Only appointments that this recording is linked to',
		},
	],
};

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many appointments',
	description: 'Get a list of appointments, all or by external ID or recording',
	parameters: [...LISTING, FILTERS],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/integrations/engagements. */
	async execute(item) {
		const { externalId, recordingId } = item.parameter<Record<string, string>>('filters', {});
		return await collect(
			item.siro,
			{ path: '/v1/integrations/engagements', query: { externalId, recordingId } },
			readLimit(item),
		);
	},
};
