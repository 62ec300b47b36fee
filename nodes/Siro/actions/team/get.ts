import { TEAM } from '../../parameters/locators';
import { ORGANIZATION } from '../../parameters/organization';
import type { ItemOperation } from '../../runner/operation';
import { locateTeam } from './team';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a team',
	description: 'Get one team with its coaches and members',
	parameters: [TEAM, ORGANIZATION],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/core/organizations/{orgId}/teams/{teamId}. */
	async execute(item) {
		const { request } = await locateTeam(item);
		return await item.siro.record(request);
	},
};
