import { getCrmRecord } from '../../crm/lookup';
import { APPOINTMENTS } from '../../parameters/kinds';
import { ENGAGEMENT } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get an appointment',
	description:
		'Get one appointment by Siro’s own ID or the ID in your CRM, with the recording that is linked to it',
	parameters: [ENGAGEMENT],
	isReading: true,
	records: APPOINTMENTS.fields,

	/** Source: external-api.openapi.json, GET /v1/integrations/engagements/{id}. */
	async execute(item) {
		return await getCrmRecord(item, APPOINTMENTS);
	},
};
