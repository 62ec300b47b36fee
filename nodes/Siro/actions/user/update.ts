import type { IDataObject } from 'n8n-workflow';

import { path } from '../../api/path';
import type { ItemOperation } from '../../runner/operation';
import { USER } from '../../parameters/locators';
import { requireChanges } from '../../parameters/updateFields';
import { UPDATE_FIELDS, toUserBody } from './userFields';

export const update: ItemOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update a user',
	description: 'Change or disable a Siro user',
	parameters: [USER, UPDATE_FIELDS],
	isReading: false,

	/** Source: external-api.openapi.json, PUT /v1/core/users/{id}. */
	async execute(item) {
		const userId = item.parameter<string>('userId');
		return await item.siro.record({
			method: 'PUT',
			path: path`/v1/core/users/${userId}`,
			body: requireChanges(toUserBody(item.parameter<IDataObject>('updateFields', {}))),
			subject: { kind: 'user', id: userId },
		});
	},
};
