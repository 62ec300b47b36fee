import { RECORDINGS } from '../../parameters/kinds';
import { located, RECORDING } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';

export const deleteRecording: ItemOperation = {
	value: 'delete',
	name: 'Delete',
	action: 'Delete a recording',
	description:
		'Delete one recording, so that nobody can open it anymore. Only its owner and admins can do this. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [RECORDING],
	isReading: false,

	/** Siro answers with nothing. Source: platform-api.openapi.json, DELETE /v1/core/recordings/{id}. */
	async execute(item) {
		const { id, request } = located(item, RECORDINGS);
		await item.siro.acknowledge({ ...request, surface: 'platform', method: 'DELETE' });
		return { recordingId: id, deleted: true };
	},
};
