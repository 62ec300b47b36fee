import { OAUTH_APPS } from '../../parameters/kinds';
import { located, OAUTH_APP } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';
import { LISTED_OWNER } from './listedOwner';

export const deleteOAuthApp: ItemOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an OAuth app',
	description: 'Delete an OAuth app and revoke all user tokens that were made with it',
	parameters: [LISTED_OWNER, OAUTH_APP],
	isReading: false,

	/** Source: external-api.openapi.json, DELETE /v1/core/oauth/apps/{clientId}. */
	async execute(item) {
		const { id, request } = located(item, OAUTH_APPS);
		await item.siro.record({ ...request, method: 'DELETE' });
		return { id, deleted: true };
	},
};
