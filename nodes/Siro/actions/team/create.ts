import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { TEAMS } from '../../parameters/kinds';
import { inOrganization, ORGANIZATION, readOrganizationId } from '../../parameters/organization';
import type { ItemOperation } from '../../runner/operation';
import { NAME, TEAM_FIELDS } from './team';

const ADDITIONAL_FIELDS: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: TEAM_FIELDS,
};

export const create: ItemOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create a team',
	description: 'Create a team of Siro users',
	parameters: [{ ...NAME, required: true }, ORGANIZATION, ADDITIONAL_FIELDS],
	isReading: false,

	/** Source: external-api.openapi.json, POST /v1/core/organizations/{orgId}/teams. */
	async execute(item) {
		const body = {
			...item.parameter<IDataObject>('additionalFields', {}),
			name: item.parameter<string>('name'),
		};
		const path = inOrganization(TEAMS.path, await readOrganizationId(item));
		return await item.siro.record({ method: 'POST', path, body });
	},
};
