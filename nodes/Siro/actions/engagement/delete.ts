import { path } from '../../api/path';
import { APPOINTMENTS } from '../../crm/lookup';
import { deleteRecord } from '../deleteRecord';
import type { ItemOperation } from '../../runner/operation';
import { INTEGRATION_PLATFORMS } from '../../parameters/integrationPlatforms';
import { ENGAGEMENT, readLocator } from '../../parameters/locators';

export const deleteEngagement: ItemOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete an appointment',
	description: 'Delete an appointment from Siro, by Siro’s own ID or the ID in your CRM',
	parameters: [ENGAGEMENT],
	options: [
		{
			displayName: 'Integration Platform',
			name: 'integrationPlatform',
			type: 'options',
			options: INTEGRATION_PLATFORMS,
			default: 'SIRO_CUSTOM_INPUT',
			description:
				'Which system the external ID belongs to, if Siro is connected to several. Not needed with Siro’s own ID.',
		},
	],
	isReading: false,

	/** Source: external-api.openapi.json, DELETE /v1/integrations/engagements/{id}. */
	async execute(item) {
		const { id, isExternalId } = readLocator(item, APPOINTMENTS.locator);
		await deleteRecord(item, {
			path: path`/v1/integrations/engagements/${id}`,
			query: isExternalId
				? {
						idType: 'external',
						integrationPlatform: item.parameter('options.integrationPlatform', ''),
					}
				: {},
			subject: {
				kind: APPOINTMENTS.kind,
				id,
				idName: isExternalId ? 'external ID' : 'ID',
			},
		});
		return { [isExternalId ? 'externalId' : 'id']: id, deleted: true };
	},
};
