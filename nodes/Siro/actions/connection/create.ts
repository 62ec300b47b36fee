import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { INTEGRATION_PLATFORMS } from '../../parameters/integrationPlatforms';
import type { ItemOperation } from '../../runner/operation';
import { IS_ACTIVE, NAME } from './fields';

/** Source: external-api.openapi.json, POST /v1/core/integrations/connections, `integrationPlatform`. */
const CREATABLE_PLATFORMS = new Set([
	'COMPANY_CAM',
	'INGAGE',
	'LEAD_PERFECTION',
	'MERGE',
	'SERVICE_TITAN',
	'SIRO_CUSTOM_INPUT',
	'SPOTIO',
]);

const PARAMETERS: INodeProperties[] = [
	{ ...NAME, required: true },
	{
		displayName: 'Integration Platform',
		name: 'integrationPlatform',
		type: 'options',
		options: INTEGRATION_PLATFORMS.filter(({ value }) => CREATABLE_PLATFORMS.has(String(value))),
		default: 'SIRO_CUSTOM_INPUT',
		required: true,
		description:
			'The CRM or other system to connect. If yours is not listed, choose Siro Custom Input.',
	},
	{
		displayName: 'External Account ID',
		name: 'externalAccountId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. our-crm',
		description: 'Your account in that system, for example its tenant ID or your company’s name',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [IS_ACTIVE],
	},
];

export const create: ItemOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create a connection',
	description:
		'Create a CRM connection, for example for a CRM that Siro does not connect to by itself. To link recordings by your CRM’s IDs, you need a connection.',
	parameters: PARAMETERS,
	isReading: false,

	/** Source: external-api.openapi.json, POST /v1/core/integrations/connections. */
	async execute(item) {
		return await item.siro.record({
			method: 'POST',
			path: '/v1/core/integrations/connections',
			body: {
				...item.parameter<IDataObject>('additionalFields', {}),
				name: item.parameter<string>('name'),
				integrationPlatform: item.parameter<string>('integrationPlatform'),
				externalAccountId: item.parameter<string>('externalAccountId'),
			},
		});
	},
};
