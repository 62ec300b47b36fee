import type { ItemOperation } from '../../runner/operation';
import { ACCOUNT } from '../../parameters/locators';
import { accountWithId } from './accountWithId';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get an account',
	description: 'Get one customer with addresses and contact details',
	parameters: [ACCOUNT],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/integrations/accounts/{id}. */
	async execute(item) {
		return await item.siro.record(accountWithId(item));
	},
};
