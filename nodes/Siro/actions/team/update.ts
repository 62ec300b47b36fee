import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { fieldsOrJson, readFieldsOrJson } from '../../parameters/inputMode';
import { TEAM } from '../../parameters/locators';
import { ORGANIZATION } from '../../parameters/organization';
import { requireChanges } from '../../parameters/updateFields';
import type { ItemOperation } from '../../runner/operation';
import { alphabetical } from '../../values/alphabetical';
import { locateTeam, NAME, TEAM_FIELDS } from './team';

const FIELDS = alphabetical([NAME, ...TEAM_FIELDS]);

const UPDATE_FIELDS: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What to change. Fields that are not added, or left empty, stay as they are.',
	options: FIELDS,
};

export const update: ItemOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update a team',
	description: 'Change the name, the coaches or the members of a team',
	parameters: [TEAM, ORGANIZATION, ...fieldsOrJson([UPDATE_FIELDS])],
	isReading: false,

	/**
	 * Sending it twice does no harm: it says what the team is to be.
	 * Source: external-api.openapi.json, PATCH /v1/core/organizations/{orgId}/teams/{teamId}.
	 */
	async execute(item) {
		const body = requireChanges(
			readFieldsOrJson(item, FIELDS, () => item.parameter<IDataObject>('updateFields', {})),
		);
		const { request } = await locateTeam(item);
		return await item.siro.record({ ...request, method: 'PATCH', body, repeatable: true });
	},
};
