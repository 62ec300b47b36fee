import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { malformedAnswerError } from '../../api/errors';
import type { SiroRequest } from '../../api/request';
import { CONVERSATION_TYPE, USER } from '../../parameters/locators';
import type { ItemOperation, OperationItem } from '../../runner/operation';
import { isBlank } from '../../values/values';
import { openAudioFile } from './audioFile';
import { CRM_OBJECTS, readCrmObjects } from './crmObjects';
import { RESULT } from './result';

const INPUT_FIELD: INodeProperties = {
	displayName: 'Input Binary Field',
	name: 'binaryPropertyName',
	type: 'string',
	default: 'data',
	required: true,
	hint: 'The name of the input binary field containing the file to be uploaded',
	description: 'The binary field that holds the audio: an MP3, AAC or WAV file',
};

/** Siro knows its users by three things. */
const REP: INodeProperties = {
	...USER,
	displayName: 'Rep',
	modes: [
		...(USER.modes ?? []),
		{
			displayName: 'By Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. nathan@example.com',
		},
		{ displayName: 'By Phone', name: 'phone', type: 'string', placeholder: 'e.g. +1 555 0100' },
	],
	description:
		'The rep who had the conversation. Choosing from the list or entering the ID works best.',
};

const TITLE: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	placeholder: 'e.g. Call with Ann Smith',
	default: '',
	description: 'The title of the recording',
};

const RECORDED_AT: INodeProperties = {
	displayName: 'Recorded At',
	name: 'dateCreated',
	type: 'dateTime',
	default: '',
	description:
		'When the conversation took place. Times without a time zone are in the workflow’s time zone.',
};

const ADDITIONAL_FIELDS: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Contact Name',
			name: 'contactName',
			type: 'string',
			default: '',
			description: 'Siro uses it to find the CRM record, unless you add CRM Records',
		},
		{
			displayName: 'Contact Phone',
			name: 'contactPhone',
			type: 'string',
			default: '',
			description: 'Siro uses it to find the CRM record, unless you add CRM Records',
		},
		{
			...CONVERSATION_TYPE,
			name: 'conversationType',
			required: false,
			description:
				'The conversation type that Siro uses to analyze the recording. Leave empty for the default.',
		},
		{
			displayName: 'Discoverable',
			name: 'discoverable',
			type: 'boolean',
			default: true,
			description: 'Whether to share the recording with the team',
		},
		{
			displayName: 'File Type',
			name: 'fileType',
			type: 'options',
			options: [
				{ name: 'AAC', value: 'aac' },
				{ name: 'MP3', value: 'mp3' },
				{ name: 'WAV', value: 'wav' },
			],
			default: 'mp3',
			description: 'The audio format, if the file’s name and type do not tell',
		},
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			description: 'The organization that the recording belongs to',
		},
		RESULT,
	],
};

interface UploadFields extends IDataObject {
	fileType?: string;
}

export const upload: ItemOperation = {
	value: 'upload',
	name: 'Upload',
	action: 'Upload a recording',
	description:
		'Upload the audio of a phone call to Siro as a rep’s recording, and link it to CRM records. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [INPUT_FIELD, REP, TITLE, RECORDED_AT, ...CRM_OBJECTS, ADDITIONAL_FIELDS],
	isReading: false,

	/**
	 * The file goes to Siro's storage first; then the recording is made of it. Only this last step
	 * must not be repeated: it would make a second recording.
	 *
	 * Source: platform-api.openapi.json, POST /v1/core/recordings/signed-urls and …/upload.
	 */
	async execute(item) {
		const { fileType: givenType, ...fields } = item.parameter<UploadFields>('additionalFields', {});
		const field = item.parameter<string>('binaryPropertyName');
		const file = await openAudioFile(item, field, givenType);
		const { fileType, size: fileSize } = file;
		const recording = { ...readRep(item), ...readRecording(item, fields) };

		const place = await item.siro.record({
			surface: 'platform',
			method: 'POST',
			path: '/v1/core/recordings/signed-urls',
			body: { fileType, fileSize },
			repeatable: true,
		});
		await item.siro.storage.upload(place.uploadUrl, place.uploadHeaders, file);
		return await createRecording(item, { fileUrl: place.downloadUrl, fileType, ...recording });
	},
};

function readRep(item: OperationItem): IDataObject {
	const { id, mode } = item.locator('userId');
	if (id === '') {
		throw new UserError('Rep is empty', {
			description:
				'Choose the Siro user who had the conversation, or enter their ID, email address or phone number.',
		});
	}
	if (mode === 'email') return { userEmail: id };
	return mode === 'phone' ? { userPhone: id } : { userId: id };
}

function readRecording(item: OperationItem, fields: IDataObject): IDataObject {
	const title = item.parameter('title', '');
	const dateCreated = item.parameter('dateCreated', '');
	return {
		...(title === '' ? {} : { title }),
		...(dateCreated === '' ? {} : { dateCreated }),
		...readCrmObjects(item),
		...fields,
	};
}

/** The document gives the ID as `recordingId`, Siro's page on the endpoint as `id`. */
async function createRecording(item: OperationItem, body: IDataObject): Promise<IDataObject> {
	const request: SiroRequest = {
		surface: 'platform',
		method: 'POST',
		path: '/v1/core/recordings/upload',
		body,
	};
	const { id, recordingId = id, ...rest } = await item.siro.record(request);
	if (isBlank(recordingId)) {
		const failure = item.siro.failure(request);
		throw malformedAnswerError(item.siro.node, failure, rest, 'the ID of the new recording');
	}
	return { recordingId, ...rest };
}
