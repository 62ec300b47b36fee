import type { OperationCase } from './operation-case';
import { SECRETS } from './secrets';

const STORAGE = 'https://storage.googleapis.com';
const SIGNATURE = { 'X-Goog-Signature': SECRETS.signature };
const signed = (path: string) => `${STORAGE}${path}?X-Goog-Signature=${SECRETS.signature}`;

const SIGNED_URL_REQUEST = {
	surface: 'platform',
	method: 'POST',
	path: '/v1/core/recordings/rec-1/signedUrl',
	documentedPath: '/v1/core/recordings/{id}/signedUrl',
} as const;

const DOWNLOAD = {
	resource: 'recording',
	operation: 'download',
	credential: 'writingUser',
	failure: {
		status: 404,
		answer: { error: 'Recording not found' },
		message: /^Could not download a recording: Siro has no recording with the ID "rec-1"$/,
	},
} satisfies Partial<OperationCase>;

const UPLOAD = {
	resource: 'recording',
	operation: 'upload',
	credential: 'writingUser',
	failure: {
		status: 422,
		answer: {
			name: 'ZodError',
			issues: [{ code: 'invalid', path: ['fileType'], message: 'Invalid file type' }],
		},
		message: /^Could not upload a recording: Siro rejected the data: .*Invalid file type/,
	},
} satisfies Partial<OperationCase>;

const audio = (fileName: string, mimeType: string) => ({
	data: Buffer.from('sound').toString('base64'),
	fileName,
	mimeType,
});

const toStorage = (fileType: string, contentType: string) => [
	{
		surface: 'platform' as const,
		method: 'POST' as const,
		path: '/v1/core/recordings/signed-urls',
		body: { fileType, fileSize: 5 },
		answer: {
			data: {
				uploadUrl: signed('/siro-audio/up-1'),
				uploadHeaders: { 'Content-Type': contentType, 'x-goog-content-length-range': '0,5' },
				downloadUrl: signed('/siro-audio/down-1'),
				expiresAt: '2026-06-23T16:42:30.992Z',
			},
		},
	},
	{
		surface: 'storage' as const,
		method: 'PUT' as const,
		path: '/siro-audio/up-1',
		query: SIGNATURE,
		headers: {
			'content-type': contentType,
			'x-goog-content-length-range': '0,5',
			'content-length': '5',
		},
		body: 'sound',
		answer: '',
	},
];

const creation = (body: object) => ({
	surface: 'platform' as const,
	method: 'POST' as const,
	path: '/v1/core/recordings/upload',
	body: { fileUrl: signed('/siro-audio/down-1'), ...body },
	status: 201,
	answer: { data: { recordingId: 'rec-9' } },
});

export const RECORDING_AUDIO_CASES: OperationCase[] = [
	{
		...DOWNLOAD,
		title: 'the audio as a file',
		parameters: { recordingId: 'rec-1' },
		exchanges: [
			{
				...SIGNED_URL_REQUEST,
				answer: {
					data: { error: false, url: signed('/siro-audio/a-1.m4a'), expiration: 1_782_228_150_992 },
				},
			},
			{
				surface: 'storage',
				method: 'GET',
				path: '/siro-audio/a-1.m4a',
				query: SIGNATURE,
				answer: 'sound',
				answerHeaders: { 'Content-Type': 'application/octet-stream' },
			},
		],
		output: [{ recordingId: 'rec-1', fileName: 'rec-1.m4a', mimeType: 'audio/mp4', bytes: 5 }],
		files: [{ data: { fileName: 'rec-1.m4a', mimeType: 'audio/mp4', content: 'sound' } }],
	},
	{
		...DOWNLOAD,
		title: 'into another field, under another name, of another type',
		parameters: {
			recordingId: 'rec-1',
			binaryPropertyName: 'audio',
			options: { fileName: 'Smith/kitchen.mp3' },
		},
		exchanges: [
			{
				...SIGNED_URL_REQUEST,
				answer: { data: { error: false, url: signed('/siro-audio/a-1'), expiration: 1 } },
			},
			{
				surface: 'storage',
				method: 'GET',
				path: '/siro-audio/a-1',
				query: SIGNATURE,
				answer: 'sound',
				answerHeaders: { 'Content-Type': 'audio/mpeg' },
			},
		],
		output: [
			{ recordingId: 'rec-1', fileName: 'Smith_kitchen.mp3', mimeType: 'audio/mpeg', bytes: 5 },
		],
		files: [{ audio: { fileName: 'Smith_kitchen.mp3', mimeType: 'audio/mpeg', content: 'sound' } }],
	},
	{
		...UPLOAD,
		title: 'with everything that Siro takes, by the rep’s ID',
		input: [{ json: {}, binary: { call: audio('call.mp3', 'audio/mpeg') } }],
		parameters: {
			binaryPropertyName: 'call',
			userId: { __rl: true, mode: 'id', value: 'user-1' },
			title: 'Call with Ann',
			dateCreated: '2026-06-23T15:00:00',
			crmObjects: {
				crmObject: [
					{ objectType: 'Opportunity', objectId: 'opp-101' },
					{ objectType: 'ServiceAppointment', objectId: 'sa-1' },
				],
			},
			connectionId: { __rl: true, mode: 'id', value: 'conn-1' },
			additionalFields: {
				contactName: 'Ann Smith',
				contactPhone: '+1 555 0100',
				conversationType: { __rl: true, mode: 'list', value: 'phone' },
				discoverable: false,
				organizationId: 'org-1',
				result: 'not closed',
			},
		},
		exchanges: [
			...toStorage('mp3', 'audio/mpeg'),
			creation({
				fileType: 'mp3',
				userId: 'user-1',
				title: 'Call with Ann',
				// The test's workflows are in Tokyo, nine hours ahead.
				dateCreated: '2026-06-23T06:00:00.000Z',
				integrationConnectionId: 'conn-1',
				crmObjects: [
					{ objectType: 'Opportunity', objectId: 'opp-101' },
					{ objectType: 'ServiceAppointment', objectId: 'sa-1' },
				],
				contactName: 'Ann Smith',
				contactPhone: '+1 555 0100',
				conversationType: 'phone',
				discoverable: false,
				organizationId: 'org-1',
				result: 'not closed',
			}),
		],
		output: [{ recordingId: 'rec-9' }],
	},
	{
		...UPLOAD,
		title: 'by the rep’s email, of a file that only its name tells the kind of',
		input: [{ json: {}, binary: { data: audio('call.WAV', 'application/octet-stream') } }],
		parameters: { userId: { __rl: true, mode: 'email', value: 'nathan@example.com' } },
		exchanges: [
			...toStorage('wav', 'audio/wav'),
			creation({ fileType: 'wav', userEmail: 'nathan@example.com' }),
		],
		output: [{ recordingId: 'rec-9' }],
	},
	{
		...UPLOAD,
		title: 'by the rep’s phone, of a file whose kind the user tells',
		input: [{ json: {}, binary: { data: audio('call.bin', 'application/octet-stream') } }],
		parameters: {
			userId: { __rl: true, mode: 'phone', value: '+15550100' },
			additionalFields: { fileType: 'aac' },
		},
		exchanges: [
			...toStorage('aac', 'audio/aac'),
			{
				...creation({ fileType: 'aac', userPhone: '+15550100' }),
				// As Siro's page on the endpoint has it.
				answer: { data: { id: 'rec-9' } },
			},
		],
		output: [{ recordingId: 'rec-9' }],
	},
];
