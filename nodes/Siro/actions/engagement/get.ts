import { path } from '../../api/path';
import type { ItemOperation } from '../operation';
import { ENGAGEMENT } from '../parameters/locators';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get an appointment',
	description: 'Get one appointment, with the recording that is linked to it',
	parameters: [ENGAGEMENT],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/integrations/engagements/{id}. */
	async execute(item) {
		const engagementId = item.parameter<string>('engagementId');
		return await item.siro.record({
			path: path`/v1/integrations/engagements/${engagementId}`,
			subject: { kind: 'appointment', id: engagementId },
		});
	},
};
