import { path } from '../../api/path';
import { RECORDING } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';
import { LINKED_RECORD, readLinkedRecord } from './linkedRecord';

export const unlink: ItemOperation = {
	value: 'unlink',
	name: 'Unlink',
	action: 'Unlink a recording',
	description:
		'Remove the link between a recording and a CRM record. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [RECORDING, ...LINKED_RECORD],
	isReading: false,

	/** Source: platform-api.openapi.json, DELETE /v1/core/recordings/{id}/link. */
	async execute(item) {
		const { id: recordingId } = item.locator('recordingId');
		const { body, kind, id, idName } = readLinkedRecord(item);
		await item.siro.confirm({
			method: 'DELETE',
			surface: 'platform',
			path: path`/v1/core/recordings/${recordingId}/link`,
			body,
			// A 404 may be about the recording, the record, or the link between them.
			subject: { kind: `recording "${recordingId}" linked to the ${kind}`, id, idName },
		});
		return { recordingId, ...body, unlinked: true };
	},
};
