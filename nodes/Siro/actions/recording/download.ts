import type { INodeProperties } from 'n8n-workflow';

import { missingAudioError } from '../../api/errors';
import { path } from '../../api/path';
import { RECORDING } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';
import { nameAudioFile } from './audioFile';

const OUTPUT_FIELD: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the output binary field to put the file in',
	description: 'The name of the binary field of the output item',
};

const FILE_NAME: INodeProperties = {
	displayName: 'File Name',
	name: 'fileName',
	type: 'string',
	default: '',
	placeholder: 'e.g. smith-kitchen.m4a',
	description:
		'The name of the file. Leave empty to use the recording’s ID with the right file extension.',
};

export const download: ItemOperation = {
	value: 'download',
	name: 'Download',
	action: 'Download a recording',
	description:
		'Download the audio of a recording, without the redacted parts, as a binary file. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [RECORDING, OUTPUT_FIELD],
	options: [FILE_NAME],
	isReading: true,

	/**
	 * Asking for the address twice does no harm, although it is a POST.
	 * Source: platform-api.openapi.json, POST /v1/core/recordings/{id}/signedUrl.
	 */
	async execute(item) {
		const { id: recordingId } = item.locator('recordingId');
		const { url, error, errorMessage } = await item.siro.record({
			surface: 'platform',
			method: 'POST',
			path: path`/v1/core/recordings/${recordingId}/signedUrl`,
			subject: { kind: 'recording', id: recordingId },
			repeatable: true,
		});
		if (error === true) {
			const failure = item.siro.failure({ surface: 'platform' });
			throw missingAudioError(item.siro.node, failure, errorMessage);
		}

		const wantedName = item.parameter('options.fileName', '');
		const file = await item.siro.storage.download(url, async (content, contentType) => {
			const { fileName, mimeType } = nameAudioFile(recordingId, url, contentType);
			// With a name, n8n takes none from the response, and no signed address into the item.
			const name = wantedName === '' ? fileName : wantedName;
			return await item.context.helpers.prepareBinaryData(content, toFileName(name), mimeType);
		});
		const { fileName, mimeType, bytes } = file;
		return {
			items: [
				{
					json: { recordingId, fileName, mimeType, bytes },
					binary: { [item.parameter<string>('binaryPropertyName')]: file },
				},
			],
		};
	},
};

/** Without what file systems, or n8n, would take for a folder. */
function toFileName(name: string): string {
	return name.trim().replace(/[\\/:*?"<>|]/g, '_');
}
