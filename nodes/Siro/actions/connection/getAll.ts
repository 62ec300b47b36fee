import { collect } from '../../api/pagination';
import { filters } from '../../parameters/filters';
import { INTEGRATION_PLATFORMS } from '../../parameters/integrationPlatforms';
import { LISTING, readLimit } from '../../parameters/listing';
import type { ItemOperation } from '../../runner/operation';

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many connections',
	description: 'Get a list of the CRM connections with the state of their synchronization',
	parameters: [
		...LISTING,
		filters([
			{
				displayName: 'Integration Platform',
				name: 'integrationPlatform',
				type: 'options',
				options: INTEGRATION_PLATFORMS,
				default: 'SIRO_CUSTOM_INPUT',
				description: 'Only connections to this system',
			},
		]),
	],
	isReading: true,

	/**
	 * Source: external-api.openapi.json, GET /v1/core/integrations/connections. Its answer has a
	 * `cursor` although it documents no parameter for it; should one come, it is followed.
	 */
	async execute(item) {
		const { integrationPlatform } = item.parameter<Record<string, string>>('filters', {});
		return await collect(
			item.siro,
			{ path: '/v1/core/integrations/connections', query: { integrationPlatform } },
			readLimit(item),
		);
	},
};
