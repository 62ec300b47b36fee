import type { INodeProperties } from 'n8n-workflow';

import { CONTACT_DETAILS } from '../../parameters/crmFields';
import { fieldsOrJson } from '../../parameters/inputMode';
import type { ItemOperation } from '../../runner/operation';
import { readNewAccount } from './record';

const FIELDS: INodeProperties[] = [
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 0015e00000AbCdE',
		description: 'The ID that the account has in your CRM',
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Smith family',
		description: 'What the account is called',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'Siro needs an address, or both latitude and longitude',
		options: CONTACT_DETAILS,
	},
];

export const create: ItemOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create an account',
	description:
		'Create a customer in Siro. Not needed for accounts that are synced with an appointment or a deal.',
	parameters: fieldsOrJson(FIELDS),
	isReading: false,

	/** Source: external-api.openapi.json, POST /v1/integrations/accounts. */
	async execute(item) {
		return await item.siro.record({
			method: 'POST',
			path: '/v1/integrations/accounts',
			body: readNewAccount(item),
		});
	},
};
