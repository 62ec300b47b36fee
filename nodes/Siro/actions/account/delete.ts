import { ACCOUNTS } from '../../parameters/kinds';
import { ACCOUNT, located } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';

export const deleteAccount: ItemOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an account',
	description: 'Delete a customer from Siro',
	parameters: [ACCOUNT],
	isReading: false,

	/** Source: external-api.openapi.json, DELETE /v1/integrations/accounts/{id}. */
	async execute(item) {
		const { id, request } = located(item, ACCOUNTS);
		await item.siro.confirm({ method: 'DELETE', ...request });
		return { id, deleted: true };
	},
};
