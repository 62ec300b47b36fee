import './environment';

import { BinaryDataConfig, BinaryDataService } from 'n8n-core';
import type { IBinaryData } from 'n8n-workflow';

import { Container } from './container';

/**
 * Chooses where n8n keeps files: in the item itself (`default`, which these tests start with), or on
 * disk with only an id in the item (`filesystem`, which an installed n8n starts with).
 */
export async function useBinaryDataMode(mode: 'default' | 'filesystem'): Promise<void> {
	Container.get(BinaryDataConfig).mode = mode;
	await Container.get(BinaryDataService).init();
}

/** A file for an input item: `{ json: {}, binary: { data: await storeFile(…) } }`. */
export async function storeFile(
	content: Buffer | string,
	{ fileName, mimeType }: Pick<IBinaryData, 'fileName' | 'mimeType'>,
): Promise<IBinaryData> {
	const location = { type: 'execution', workflowId: 'earlier', executionId: 'earlier' } as const;
	return await Container.get(BinaryDataService).store(location, Buffer.from(content), {
		data: '',
		fileName,
		mimeType,
	});
}

/** The content of a file in an output item. */
export const readFile = async (file: IBinaryData): Promise<Buffer> =>
	await Container.get(BinaryDataService).getAsBuffer(file);
