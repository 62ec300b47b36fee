import { collect } from '../../api/pagination';
import { TEAMS } from '../../parameters/kinds';
import { LISTING, readLimit } from '../../parameters/listing';
import { inOrganization, ORGANIZATION, readOrganizationId } from '../../parameters/organization';
import type { ItemOperation } from '../../runner/operation';

const LARGEST_PAGE = 100;

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many teams',
	description: 'Get a list of the teams with their coaches and members',
	parameters: [...LISTING, ORGANIZATION],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/core/organizations/{orgId}/teams; it has no filters. */
	async execute(item) {
		const limit = readLimit(item);
		const path = inOrganization(TEAMS.path, await readOrganizationId(item));
		const query = { pageSize: Math.min(LARGEST_PAGE, limit) };
		return await collect(item.siro, { path, query }, limit);
	},
};
