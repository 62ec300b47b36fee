import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { CONNECTIONS } from '../../parameters/kinds';
import { CONNECTION, located } from '../../parameters/locators';
import { requireChanges } from '../../parameters/updateFields';
import type { ItemOperation } from '../../runner/operation';
import { IS_ACTIVE, NAME } from './fields';

const UPDATE_FIELDS: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What to change. Fields that are not added, or left empty, stay as they are.',
	options: [
		IS_ACTIVE,
		NAME,
		{
			displayName: 'Sync Transcript',
			name: 'syncTranscript',
			type: 'boolean',
			default: true,
			description: 'Whether Siro also sends transcripts to this CRM',
		},
	],
};

export const update: ItemOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update a connection',
	description: 'Rename a CRM connection, or switch it on or off',
	parameters: [CONNECTION, UPDATE_FIELDS],
	isReading: false,

	/**
	 * Sending it twice does no harm: it says what the connection is to be.
	 * Source: external-api.openapi.json, PATCH /v1/core/integrations/connections/{id}.
	 */
	async execute(item) {
		return await item.siro.record({
			...located(item, CONNECTIONS).request,
			method: 'PATCH',
			body: requireChanges(item.parameter<IDataObject>('updateFields', {})),
			repeatable: true,
		});
	},
};
