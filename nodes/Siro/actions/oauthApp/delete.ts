import type { ItemOperation } from '../../runner/operation';
import { CLIENT_ID, readApp } from './clientId';

export const deleteOAuthApp: ItemOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an OAuth app',
	description: 'Delete an OAuth app and revoke all user tokens that were made with it',
	parameters: [CLIENT_ID],
	isReading: false,

	/** Source: external-api.openapi.json, DELETE /v1/core/oauth/apps/{clientId}. */
	async execute(item) {
		const app = readApp(item);
		await item.siro.record({ method: 'DELETE', ...app });
		return { id: app.subject.id, deleted: true };
	},
};
