import { path } from '../../api/path';
import { INTEGRATION_PLATFORMS } from '../../parameters/integrationPlatforms';
import { APPOINTMENTS } from '../../parameters/kinds';
import { ENGAGEMENT, isExternal } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';

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
		const named = item.locator(APPOINTMENTS.parameter);
		const { id } = named;
		const isExternalId = isExternal(named);
		await item.siro.confirm({
			method: 'DELETE',
			path: path`/v1/integrations/engagements/${id}`,
			query: isExternalId
				? {
						idType: 'external',
						integrationPlatform: item.parameter('options.integrationPlatform', ''),
					}
				: {},
			subject: {
				kind: APPOINTMENTS.noun,
				id,
				idName: isExternalId ? 'external ID' : 'ID',
			},
		});
		return { [isExternalId ? 'externalId' : 'id']: id, deleted: true };
	},
};
