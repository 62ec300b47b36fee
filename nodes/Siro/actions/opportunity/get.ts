import { getCrmRecord } from '../../crm/lookup';
import { OPPORTUNITIES } from '../../parameters/kinds';
import { OPPORTUNITY } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get an opportunity',
	description:
		'Get one deal by Siro’s own ID or the ID in your CRM, with its amount, outcome and linked recording',
	parameters: [OPPORTUNITY],
	isReading: true,
	records: OPPORTUNITIES.fields,

	/** Source: external-api.openapi.json, GET /v1/integrations/opportunities/{id}. */
	async execute(item) {
		return await getCrmRecord(item, OPPORTUNITIES);
	},
};
