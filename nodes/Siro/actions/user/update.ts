import type { IDataObject } from 'n8n-workflow';

import { USERS } from '../../parameters/kinds';
import { located, USER } from '../../parameters/locators';
import { requireChanges } from '../../parameters/updateFields';
import type { ItemOperation } from '../../runner/operation';
import { UPDATE_FIELDS, toUserBody } from './userFields';

export const update: ItemOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update a user',
	description: 'Change or disable a Siro user',
	parameters: [USER, UPDATE_FIELDS],
	isReading: false,
	records: USERS.fields,

	/** Source: external-api.openapi.json, PUT /v1/core/users/{id}. */
	async execute(item) {
		return await item.siro.record({
			...located(item, USERS).request,
			method: 'PUT',
			body: requireChanges(toUserBody(item.parameter<IDataObject>('updateFields', {}))),
		});
	},
};
