import { path } from '../../api/path';
import type { ItemOperation } from '../../runner/operation';
import { USER } from '../../parameters/locators';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a user',
	description: 'Get one Siro user, someone who can sign in to Siro',
	parameters: [USER],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/core/users/{id}. */
	async execute(item) {
		const userId = item.parameter<string>('userId');
		return await item.siro.record({
			path: path`/v1/core/users/${userId}`,
			subject: { kind: 'user', id: userId },
		});
	},
};
