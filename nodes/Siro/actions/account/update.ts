import type { INodeProperties } from 'n8n-workflow';

import { CONTACT_DETAILS, NAME } from '../../parameters/crmFields';
import { fieldsOrJson } from '../../parameters/inputMode';
import { ACCOUNTS } from '../../parameters/kinds';
import { ACCOUNT, located } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';
import { alphabetical } from '../../values/alphabetical';
import { readAccountChanges } from './record';

const UPDATE_FIELDS: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What to change. Fields that are not added, or left empty, are not sent.',
	options: alphabetical([...CONTACT_DETAILS, NAME]),
};

export const update: ItemOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update an account',
	description: 'Change the name, the location or the contact details of a customer in Siro',
	parameters: [ACCOUNT, ...fieldsOrJson([UPDATE_FIELDS])],
	isReading: false,

	/** Source: external-api.openapi.json, PUT /v1/integrations/accounts/{id}. */
	async execute(item) {
		return await item.siro.record({
			...located(item, ACCOUNTS).request,
			method: 'PUT',
			body: readAccountChanges(item),
		});
	},
};
