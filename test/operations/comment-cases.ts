import type { OperationCase } from './operation-case';

const COMMENT = {
	id: 'comment-1',
	threadId: 'thread-1',
	commenterUid: 'user-1',
	commenterFirstName: 'Ann',
	commenterLastName: 'Smith',
	recordingId: 'rec-1',
	recordingTitle: 'Kitchen',
	dateCreated: '2026-02-15T14:00:00.000Z',
	timestampStartInMilliseconds: 1000,
	timestampEndInMilliseconds: 2500,
	text: 'Well asked!',
	seenByUids: [],
	unreadUids: ['user-2'],
	isPrivate: false,
};

const SIMPLE_COMMENT = {
	id: 'comment-1',
	threadId: 'thread-1',
	recordingId: 'rec-1',
	dateCreated: '2026-02-15T14:00:00.000Z',
	commenterUid: 'user-1',
	commenterFirstName: 'Ann',
	commenterLastName: 'Smith',
	text: 'Well asked!',
	timestampStartInMilliseconds: 1000,
	isPrivate: false,
};

const SPOKEN_COMMENT = {
	...COMMENT,
	text: '',
	audio: { storageId: 'storage-1', textTranscription: 'Listen to this' },
};

const COMMENTS = {
	surface: 'platform',
	path: '/v1/core/recordings/rec-1/comments',
	documentedPath: '/v1/core/recordings/{id}/comments',
} as const;

const recordingId = { __rl: true, mode: 'id', value: 'rec-1' };

export const COMMENT_CASES: OperationCase[] = [
	{
		title: 'with everything',
		resource: 'comment',
		operation: 'create',
		credential: 'writingUser',
		parameters: {
			recordingId,
			text: ' Well asked! ',
			recipientUserIds: ['user-2'],
			recipientTeamIds: ['ab12cd'],
			start: 1000,
			end: '2500',
			additionalFields: { isPrivate: true, selectedThreadId: 'thread-1' },
		},
		exchanges: [
			{
				...COMMENTS,
				method: 'POST',
				body: {
					text: 'Well asked!',
					recipients: [
						{ type: 'user', key: 'user-2' },
						{ type: 'team', key: 'ab12cd' },
					],
					highlightRange: { start: 1000, end: 2500 },
					isPrivate: true,
					selectedThreadId: 'thread-1',
				},
				status: 201,
				answer: { data: COMMENT },
			},
		],
		output: [SIMPLE_COMMENT],
		failure: {
			parameters: { start: 3000 },
			message: /^Could not create a comment: end is before Start$/,
		},
	},
	{
		title: 'at one moment, for nobody in particular',
		resource: 'comment',
		operation: 'create',
		credential: 'writingUser',
		parameters: { recordingId, text: 'Well asked!', start: 1000 },
		exchanges: [
			{
				...COMMENTS,
				method: 'POST',
				body: {
					text: 'Well asked!',
					recipients: [],
					highlightRange: { start: 1000, end: 1000 },
				},
				status: 201,
				answer: { data: COMMENT },
			},
		],
		output: [SIMPLE_COMMENT],
		failure: {
			status: 404,
			answer: { error: 'Not found' },
			message: /^Could not create a comment: Siro has no recording with the ID "rec-1"$/,
		},
	},
	{
		title: 'simplified, with every filter',
		resource: 'comment',
		operation: 'getAll',
		credential: 'readingUser',
		parameters: {
			recordingId,
			limit: 2,
			filters: { commenterUserId: 'user-1', excludePrivate: true, threadId: 'thread-1' },
		},
		exchanges: [
			{
				...COMMENTS,
				method: 'GET',
				query: { commenterUid: 'user-1', excludePrivate: 'true', threadIds: 'thread-1' },
				answer: { data: [COMMENT, SPOKEN_COMMENT, COMMENT] },
			},
		],
		output: [SIMPLE_COMMENT, { ...SIMPLE_COMMENT, text: 'Listen to this' }],
		failure: {
			status: 404,
			answer: { error: 'Not found' },
			message: /^Could not get many comments: Siro has no recording with the ID "rec-1"$/,
		},
	},
	{
		title: 'as Siro has them',
		resource: 'comment',
		operation: 'getAll',
		credential: 'readingUser',
		parameters: { recordingId, returnAll: true, simplify: false },
		exchanges: [{ ...COMMENTS, method: 'GET', answer: { data: [COMMENT, SPOKEN_COMMENT] } }],
		output: [COMMENT, SPOKEN_COMMENT],
		failure: {
			status: 403,
			answer: { error: 'Forbidden' },
			message: /^Could not get many comments: Siro does not allow this$/,
		},
	},
];
