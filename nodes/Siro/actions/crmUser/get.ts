import { path } from '../../api/path';
import type { ItemOperation } from '../../runner/operation';
import { CRM_USER, readLocator } from '../../parameters/locators';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a CRM user',
	description: 'Get one rep as your CRM knows them',
	parameters: [CRM_USER],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/integrations/users/{id}. */
	async execute(item) {
		const { id } = readLocator(item, 'crmUserId');
		return await item.siro.record({
			path: path`/v1/integrations/users/${id}`,
			subject: { kind: 'CRM user', id },
		});
	},
};
