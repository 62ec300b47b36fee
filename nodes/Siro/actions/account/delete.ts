import { deleteRecord } from '../deleteRecord';
import type { ItemOperation } from '../../runner/operation';
import { ACCOUNT } from '../../parameters/locators';
import { accountWithId } from './accountWithId';

export const deleteAccount: ItemOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an account',
	description: 'Delete a customer from Siro',
	parameters: [ACCOUNT],
	isReading: false,

	/** Source: external-api.openapi.json, DELETE /v1/integrations/accounts/{id}. */
	async execute(item) {
		const account = accountWithId(item);
		await deleteRecord(item, account);
		return { id: account.subject.id, deleted: true };
	},
};
