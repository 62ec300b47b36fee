import { collect } from '../../api/pagination';
import { LISTING, readLimit } from '../../parameters/listing';
import type { ItemOperation } from '../../runner/operation';

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many accounts',
	description: 'Get a list of customers with addresses and contact details',
	parameters: LISTING,
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/integrations/accounts; it has no filters. */
	async execute(item) {
		return await collect(item.siro, { path: '/v1/integrations/accounts' }, readLimit(item));
	},
};
