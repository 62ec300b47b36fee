import { collect } from '../../api/pagination';
import { CRM_FILTERS, readCrmFilters } from '../../parameters/crmFilters';
import { APPOINTMENTS } from '../../parameters/kinds';
import { LISTING, readLimit } from '../../parameters/listing';
import type { ItemOperation } from '../../runner/operation';

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many appointments',
	description: 'Get a list of appointments, all or by external ID or recording',
	parameters: [...LISTING, CRM_FILTERS],
	isReading: true,
	records: APPOINTMENTS.fields,

	/** Source: external-api.openapi.json, GET /v1/integrations/engagements. */
	async execute(item) {
		const request = { path: APPOINTMENTS.path, query: readCrmFilters(item) };
		return await collect(item.siro, request, readLimit(item));
	},
};
