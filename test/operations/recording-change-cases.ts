import type { OperationCase } from './operation-case';

const RECORDING = {
	id: 'rec-1',
	dateCreated: '2026-06-23T15:42:30.992Z',
	transcriptionStatus: 'COMPLETE',
	organizationId: 'org-1',
	teamId: 'ab12cd',
	userId: 'user-1',
	title: 'Smith kitchen',
	notes: 'Wants an island',
	result: 'closed',
	conversationType: 'type-1',
	durationInMilliseconds: 90_000,
	isPrivate: false,
	discoverable: true,
	doNotDelete: true,
	deleted: false,
};

const OUTCOMES = {
	possibleOutcomes: [
		{ customLabel: 'deposit_paid', universalLabel: 'POSITIVE', description: 'Paid a deposit' },
	],
	selectedCustomLabels: ['deposit_paid'],
	universalOutcomeLabel: 'POSITIVE',
	edited: true,
};

const ALL_RECORDINGS = { surface: 'platform', path: '/v1/core/recordings' } as const;

const ONE_RECORDING = {
	surface: 'platform',
	path: '/v1/core/recordings/rec-1',
	documentedPath: '/v1/core/recordings/{id}',
} as const;

const OUTCOMES_OF_ONE = {
	surface: 'platform',
	path: '/v1/core/recordings/rec-1/outcomes',
	documentedPath: '/v1/core/recordings/{recordingId}/outcomes',
} as const;

const recordingId = { __rl: true, mode: 'id', value: 'rec-1' };

const notFound = (action: string) => ({
	status: 404,
	answer: { error: 'Not found' },
	message: new RegExp(`^Could not ${action}: Siro has no recording with the ID "rec-1"$`),
});

export const RECORDING_CHANGE_CASES: OperationCase[] = [
	{
		title: 'with every field',
		resource: 'recording',
		operation: 'update',
		credential: 'writingUser',
		parameters: {
			recordingId,
			updateFields: {
				conversationQualityTag: 'FULL_CONVERSATION',
				conversationType: { __rl: true, mode: 'list', value: 'type-1' },
				customerConsentAttested: true,
				dateCreated: '2026-06-24T00:42:30.992',
				discoverable: true,
				doNotDelete: 'true',
				isPrivate: false,
				notes: 'Wants an island',
				repConsentAttested: true,
				result: 'Closed',
				title: ' Smith kitchen ',
			},
		},
		exchanges: [
			{
				...ALL_RECORDINGS,
				method: 'PATCH',
				body: {
					id: 'rec-1',
					conversationQualityTag: 'FULL_CONVERSATION',
					conversationType: 'type-1',
					customerConsentAttested: true,
					dateCreated: '2026-06-23T15:42:30.992Z',
					discoverable: true,
					doNotDelete: true,
					isPrivate: false,
					notes: 'Wants an island',
					repConsentAttested: true,
					result: 'closed',
					title: 'Smith kitchen',
				},
				answer: { data: RECORDING },
			},
		],
		output: [
			{
				id: 'rec-1',
				title: 'Smith kitchen',
				dateCreated: '2026-06-23T15:42:30.992Z',
				userId: 'user-1',
				result: 'closed',
				notes: 'Wants an island',
				conversationType: 'type-1',
				isPrivate: false,
				discoverable: true,
				doNotDelete: true,
			},
		],
		failure: notFound('update a recording'),
	},
	{
		title: 'as Siro has it',
		resource: 'recording',
		operation: 'update',
		credential: 'writingUser',
		parameters: { recordingId, updateFields: { title: 'Smith kitchen' }, simplify: false },
		exchanges: [
			{
				...ALL_RECORDINGS,
				method: 'PATCH',
				body: { id: 'rec-1', title: 'Smith kitchen' },
				answer: { data: RECORDING },
			},
		],
		output: [RECORDING],
		failure: {
			parameters: { updateFields: { title: "={{ '' }}" } },
			message: /^Could not update a recording: there is nothing to change$/,
		},
	},
	{
		resource: 'recording',
		operation: 'delete',
		credential: 'writingUser',
		parameters: { recordingId },
		exchanges: [{ ...ONE_RECORDING, method: 'DELETE', answer: undefined }],
		output: [{ recordingId: 'rec-1', deleted: true }],
		failure: notFound('delete a recording'),
	},
	{
		title: 'with an ID that is none',
		resource: 'recording',
		operation: 'delete',
		credential: 'writingUser',
		parameters: { recordingId },
		exchanges: [{ ...ONE_RECORDING, method: 'DELETE', answer: undefined }],
		output: [{ recordingId: 'rec-1', deleted: true }],
		failure: {
			parameters: { recordingId: { __rl: true, mode: 'id', value: "={{ ['rec-1', 'rec-2'] }}" } },
			message: /^Could not delete a recording: Recording: a list of 2 values is not text$/,
		},
	},
	{
		resource: 'recording',
		operation: 'getOutcomes',
		credential: 'readingUser',
		parameters: { recordingId },
		exchanges: [{ ...OUTCOMES_OF_ONE, method: 'GET', answer: { data: OUTCOMES } }],
		output: [{ recordingId: 'rec-1', ...OUTCOMES }],
		failure: notFound('get the outcomes of a recording'),
	},
	{
		title: 'some',
		resource: 'recording',
		operation: 'setOutcomes',
		credential: 'writingUser',
		parameters: { recordingId, outcomes: ['deposit_paid', ' '] },
		exchanges: [
			{
				...OUTCOMES_OF_ONE,
				method: 'PATCH',
				body: { selectedCustomLabels: ['deposit_paid'] },
				answer: { data: OUTCOMES },
			},
		],
		output: [{ recordingId: 'rec-1', ...OUTCOMES }],
		failure: {
			parameters: { outcomes: '={{ [] }}' },
			message: /^Could not set the outcomes of a recording: outcomes is empty$/,
		},
	},
	{
		title: 'none',
		resource: 'recording',
		operation: 'setOutcomes',
		credential: 'writingUser',
		parameters: { recordingId, clearAll: true },
		exchanges: [
			{
				...OUTCOMES_OF_ONE,
				method: 'PATCH',
				body: { selectedCustomLabels: [] },
				answer: { data: OUTCOMES },
			},
		],
		output: [{ recordingId: 'rec-1', ...OUTCOMES }],
		failure: notFound('set the outcomes of a recording'),
	},
];
