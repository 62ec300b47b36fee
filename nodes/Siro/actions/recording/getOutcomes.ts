import { RECORDINGS } from '../../parameters/kinds';
import { located, RECORDING } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';

export const getOutcomes: ItemOperation = {
	value: 'getOutcomes',
	name: 'Get Outcomes',
	action: 'Get the outcomes of a recording',
	description:
		'Get the outcomes of a recording, and the outcomes you can choose from. Needs an OAuth app or a client app in the credential.',
	parameters: [RECORDING],
	isReading: true,

	/** Source: platform-api.openapi.json, GET /v1/core/recordings/{recordingId}/outcomes. */
	async execute(item) {
		const { id, request } = located(item, RECORDINGS);
		const path = `${request.path}/outcomes`;
		return {
			recordingId: id,
			...(await item.siro.record({ ...request, surface: 'platform', path })),
		};
	},
};
