import { TEAM } from '../../parameters/locators';
import { ORGANIZATION } from '../../parameters/organization';
import type { ItemOperation } from '../../runner/operation';
import { locateTeam } from './team';

export const deleteTeam: ItemOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a team',
	description: 'Delete a team permanently. This cannot be undone.',
	parameters: [TEAM, ORGANIZATION],
	isReading: false,

	/** Source: external-api.openapi.json, DELETE /v1/core/organizations/{orgId}/teams/{teamId}. */
	async execute(item) {
		const { id, request } = await locateTeam(item);
		await item.siro.record({ ...request, method: 'DELETE' });
		return { id, deleted: true };
	},
};
