import { path } from '../../api/path';
import { RECORDING } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';
import { LINKED_RECORD, readLinkedRecord } from './linkedRecord';

export const link: ItemOperation = {
	value: 'link',
	name: 'Link',
	action: 'Link a recording',
	description:
		'Link a recording to a CRM record. Existing links that conflict with it are removed. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [RECORDING, ...LINKED_RECORD],
	isReading: false,

	/** Source: platform-api.openapi.json, PUT /v1/core/recordings/{id}/link. */
	async execute(item) {
		const { id: recordingId } = item.locator('recordingId');
		const { body, kind, id, idName } = readLinkedRecord(item);
		const linked = await item.siro.record({
			surface: 'platform',
			method: 'PUT',
			path: path`/v1/core/recordings/${recordingId}/link`,
			body,
			// A 404 may be about either.
			subject: { kind: `recording "${recordingId}" or no ${kind}`, id, idName },
		});
		return { recordingId, ...linked };
	},
};
