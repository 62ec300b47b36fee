import { UserError, type IBinaryData } from 'n8n-workflow';

import type { StoredFile } from '../../api/storage';
import type { OperationItem } from '../../runner/operation';

/** What Siro takes (platform-api.openapi.json, POST /v1/core/recordings/signed-urls). */
const FILE_TYPES = ['mp3', 'aac', 'wav'];

/** The MIME types that audio files are seen with, and what such files are called. */
const EXTENSIONS = new Map([
	['audio/mpeg', 'mp3'],
	['audio/mpeg3', 'mp3'],
	['audio/mp3', 'mp3'],
	['audio/x-mp3', 'mp3'],
	['audio/x-mpeg', 'mp3'],
	['audio/aac', 'aac'],
	['audio/aacp', 'aac'],
	['audio/x-aac', 'aac'],
	['audio/wav', 'wav'],
	['audio/wave', 'wav'],
	['audio/x-wav', 'wav'],
	['audio/vnd.wave', 'wav'],
	['audio/mp4', 'm4a'],
	['audio/x-m4a', 'm4a'],
]);

/** What Siro's own audio usually is (platform-api.openapi.json, POST …/{id}/signedUrl). */
const USUAL_EXTENSION = 'm4a';

export interface AudioFile extends StoredFile {
	/** The kind of audio, as Siro calls it. */
	fileType: string;
}

/** A file of the input item, to be sent as it is. Its kind is what it says, or `givenType`. */
export async function openAudioFile(
	item: OperationItem,
	field: string,
	givenType?: string,
): Promise<AudioFile> {
	const binary = item.context.helpers.assertBinaryData(item.index, field);
	const fileType = givenType ?? detectFileType(binary);
	const file = await openFile(item, field, binary);
	if (file.size === 0) {
		throw new UserError(`The file in "${field}" is empty`, {
			description: 'Check the node that fetched the file.',
		});
	}
	return { ...file, fileType };
}

/** How a downloaded file is called and typed, by what Siro's storage says of it. */
export function nameAudioFile(
	recordingId: string,
	url: unknown,
	contentType: string,
): { fileName: string; mimeType?: string } {
	const type = typeOf(contentType);
	const extension = EXTENSIONS.get(type) ?? extensionOf(pathOf(url)) ?? USUAL_EXTENSION;
	return {
		fileName: `${recordingId}.${extension}`,
		// A storage may say no more than "bytes"; n8n knows better then, by the file's name.
		mimeType: type.startsWith('audio/') ? type : undefined,
	};
}

/** n8n keeps a file on its own, and streams it, or inside the item. */
async function openFile(
	{ context, index }: OperationItem,
	field: string,
	{ id }: IBinaryData,
): Promise<StoredFile> {
	const { helpers } = context;
	if (id === undefined) {
		const content = await helpers.getBinaryDataBuffer(index, field);
		return { size: content.length, open: async () => content };
	}
	const { fileSize } = await helpers.getBinaryMetadata(id);
	return { size: fileSize, open: async () => await helpers.getBinaryStream(id) };
}

function detectFileType({ mimeType, fileExtension, fileName = '' }: IBinaryData): string {
	const extensions = [EXTENSIONS.get(typeOf(mimeType)), fileExtension, extensionOf(fileName)];
	const fileType = extensions.find((extension) => FILE_TYPES.includes(extension ?? ''));
	if (fileType !== undefined) return fileType;
	const called = fileName || mimeType;
	const isCalled = called ? `this is "${called}"` : 'this file has neither a name nor a type';
	throw new UserError(`Siro accepts only MP3, AAC and WAV files, but ${isCalled}`, {
		description:
			'Convert the file first. If it is one of these formats under another name, choose the format under Additional Fields → File Type.',
	});
}

function typeOf(mimeType = ''): string {
	return mimeType.split(';')[0].trim().toLowerCase();
}

function extensionOf(name: string): string | undefined {
	return /\.([a-z\d]{2,4})$/i.exec(name)?.[1].toLowerCase();
}

function pathOf(url: unknown): string {
	return typeof url === 'string' && URL.canParse(url) ? new URL(url).pathname : '';
}
