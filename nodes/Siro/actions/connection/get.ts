import { path } from '../../api/path';
import type { ItemOperation } from '../../runner/operation';
import { CONNECTION, readLocator } from '../../parameters/locators';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a connection',
	description: 'Get one CRM connection with the state of its synchronization',
	parameters: [CONNECTION],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/core/integrations/connections/{id}. */
	async execute(item) {
		const { id } = readLocator(item, 'connectionId');
		return await item.siro.record({
			path: path`/v1/core/integrations/connections/${id}`,
			subject: { kind: 'CRM connection', id },
		});
	},
};
