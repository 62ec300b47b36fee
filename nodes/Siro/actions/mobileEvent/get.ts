import { path } from '../../api/path';
import type { ItemOperation } from '../../runner/operation';
import { MOBILE_EVENT, readLocator } from '../../parameters/locators';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a mobile event',
	description: 'Get one event of Siro’s mobile app, such as the start of a recording',
	parameters: [MOBILE_EVENT],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/core/mobile-events/{id}. */
	async execute(item) {
		const { id } = readLocator(item, 'mobileEventId');
		return await item.siro.record({
			path: path`/v1/core/mobile-events/${id}`,
			subject: { kind: 'mobile event', id },
		});
	},
};
