import { ASK_IDENTITY } from './identity';
import type { OperationCase } from './operation-case';

const CONVERSATION_TYPE = {
	id: 'org-1-type-1',
	conversationType: 'type-1',
	displayName: 'First visit',
	orgId: 'org-1',
	displayBookmarksInDebrief: true,
	expressions: [],
	debriefQuestions: [],
	tagConfigurations: [],
	belongsToConfigGroups: [],
	bookmarkGroupIds: ['group-1'],
	halftimeModeEnabled: false,
	summaryPrompts: [
		{ id: 'prompt-1', promptHeader: 'Next steps', prompt: 'What is next?', promptIndex: 0 },
	],
};

export const CONVERSATION_TYPE_CASES: OperationCase[] = [
	{
		title: 'simplified',
		resource: 'conversationType',
		operation: 'getAll',
		credential: 'readingUser',
		parameters: { limit: 1 },
		exchanges: [
			ASK_IDENTITY,
			{
				surface: 'platform',
				method: 'GET',
				path: '/v1/core/conversation-configurations',
				query: { organizationId: 'org-1' },
				answer: { data: [CONVERSATION_TYPE, { ...CONVERSATION_TYPE, id: 'ab12cd-type-1' }] },
			},
		],
		output: [
			{
				id: 'org-1-type-1',
				conversationType: 'type-1',
				displayName: 'First visit',
				orgId: 'org-1',
				debriefQuestions: [],
				summaryPrompts: CONVERSATION_TYPE.summaryPrompts,
				halftimeModeEnabled: false,
			},
		],
		failure: {
			status: 401,
			answer: { code: 401, message: 'Invalid token' },
			message:
				/^Could not get many conversation types: Siro did not accept the organization token$/,
		},
	},
	{
		title: 'as Siro has them',
		resource: 'conversationType',
		operation: 'getAll',
		credential: 'readingUser',
		parameters: { returnAll: true, organizationId: 'org-2', simplify: false },
		exchanges: [
			{
				surface: 'platform',
				method: 'GET',
				path: '/v1/core/conversation-configurations',
				query: { organizationId: 'org-2' },
				answer: { data: [CONVERSATION_TYPE] },
			},
		],
		output: [CONVERSATION_TYPE],
		failure: {
			status: 403,
			answer: { error: 'Forbidden' },
			message: /^Could not get many conversation types: Siro does not allow this/,
		},
	},
];
