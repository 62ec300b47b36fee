import type { ItemOperation } from '../../runner/operation';
import { CLIENT_ID, readApp } from './clientId';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get an OAuth app',
	description: 'Get one OAuth app by its client ID, without its secret',
	parameters: [CLIENT_ID],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/core/oauth/apps/{clientId}. */
	async execute(item) {
		return await item.siro.record(readApp(item));
	},
};
