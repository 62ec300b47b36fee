import { OAUTH_APPS } from '../../parameters/kinds';
import { located, OAUTH_APP } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';
import { LISTED_OWNER } from './listedOwner';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get an OAuth app',
	description: 'Get one OAuth app by its client ID, without its secret',
	parameters: [LISTED_OWNER, OAUTH_APP],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/core/oauth/apps/{clientId}. */
	async execute(item) {
		return await item.siro.record(located(item, OAUTH_APPS).request);
	},
};
