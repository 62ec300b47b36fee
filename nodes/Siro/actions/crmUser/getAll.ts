import { collect } from '../../api/pagination';
import { LISTING, readLimit } from '../../parameters/listing';
import type { ItemOperation } from '../../runner/operation';

const PAGE_SIZE = 100;

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many CRM users',
	description: 'Get a list of the reps as listed in your CRM',
	parameters: LISTING,
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/integrations/users. */
	async execute(item) {
		const limit = readLimit(item);
		const query = { pageSize: Math.min(limit, PAGE_SIZE) };
		return await collect(item.siro, { path: '/v1/integrations/users', query }, limit);
	},
};
