import type { OperationCase } from './operation-case';

const RECORDING = {
	id: 'rec-1',
	organizationId: 'org-1',
	userId: 'user-1',
	title: 'Smith kitchen',
	durationInMilliseconds: 90_000,
	latitude: 41.1,
	longitude: -87.6,
	result: 'OPEN',
	createdAt: '2026-06-23T15:42:30.992Z',
	updatedAt: '2026-06-23T15:47:05.438Z',
	deleted: false,
	links: { web: { self: 'https://app.siro.ai/#/recordings/rec-1' } },
	isProcessingDone: true,
	crm: {
		integrationConnectionId: 'conn-1',
		users: [{ id: 'user-uuid', externalId: 'rep-1' }],
		engagement: { id: 'eng-uuid', externalId: 'appt-456' },
		contacts: [{ id: 'con-uuid', externalId: 'contact-1' }],
		account: { id: 'acct-uuid', externalId: 'account-789' },
		opportunity: null,
		lead: null,
	},
	summary: [{ id: 's1', name: 'Next Steps', content: 'Send a proposal.' }],
	entityExtractions: [{ name: 'Budget', value: '$40,000', mappings: [] }],
};

const SIMPLE_RECORDING = {
	id: 'rec-1',
	organizationId: 'org-1',
	userId: 'user-1',
	title: 'Smith kitchen',
	durationInMinutes: 1.5,
	latitude: 41.1,
	longitude: -87.6,
	result: 'OPEN',
	createdAt: '2026-06-23T15:42:30.992Z',
	updatedAt: '2026-06-23T15:47:05.438Z',
	deleted: false,
	webLink: 'https://app.siro.ai/#/recordings/rec-1',
	isProcessingDone: true,
	integrationConnectionId: 'conn-1',
	crmUserExternalIds: ['rep-1'],
	engagementExternalId: 'appt-456',
	contactExternalIds: ['contact-1'],
	accountExternalId: 'account-789',
	opportunityExternalId: null,
	leadExternalId: null,
	summary: 'Next Steps:\nSend a proposal.',
	extractions: { Budget: '$40,000' },
};

const GET_FAILURE = {
	status: 404,
	answer: { error: 'Not found' },
	message: /^Could not get a recording: Siro has no recording with the ID "rec-1"$/,
};
const LIST_FAILURE = {
	status: 401,
	answer: { code: 401, message: 'Invalid token' },
	message: /^Could not get many recordings: Siro did not accept the organization token$/,
};

export const RECORDING_CASES: OperationCase[] = [
	{
		title: 'simplified',
		resource: 'recording',
		operation: 'get',
		parameters: { recordingId: 'rec-1', include: ['crm', 'summary', 'extractions'] },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/recordings/rec-1',
				documentedPath: '/v1/core/recordings/{id}',
				query: { showCrmLinks: 'true', showSummary: 'true', showEntityExtractions: 'true' },
				answer: RECORDING,
			},
		],
		output: [SIMPLE_RECORDING],
		failure: GET_FAILURE,
	},
	{
		title: 'as Siro has it, with everything, from the wrapped answer of the guide',
		resource: 'recording',
		operation: 'get',
		parameters: {
			recordingId: 'rec-1',
			include: ['crm', 'evaluationScore', 'extractions', 'followups', 'summary'],
			simplify: false,
		},
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/recordings/rec-1',
				documentedPath: '/v1/core/recordings/{id}',
				query: {
					showCrmLinks: 'true',
					showEvaluationScore: 'true',
					showEntityExtractions: 'true',
					showFollowups: 'true',
					showSummary: 'true',
				},
				answer: { data: RECORDING },
			},
		],
		output: [RECORDING],
		failure: GET_FAILURE,
	},
	{
		title: 'all, page by page, with every filter',
		resource: 'recording',
		operation: 'getAll',
		parameters: {
			returnAll: true,
			include: ['evaluationScore'],
			simplify: false,
			filters: {
				createdAfter: '2026-06-01T00:00:00Z',
				createdBefore: '2026-07-01T00:00:00+02:00',
				updatedAfter: '2026-06-02T08:00:00',
				updatedAfterExclusive: '2026-06-02T00:00:00Z',
				updatedBefore: '2026-06-30T00:00:00Z',
				updatedUntil: '2026-06-29T00:00:00Z',
				isProcessingDone: true,
				isSummaryDone: false,
				isEntityExtractionDone: true,
				excludeDeleted: true,
			},
		},
		exchanges: [undefined, 'next'].map((cursor) => ({
			method: 'GET',
			path: '/v1/core/recordings',
			query: {
				'createdAt:gt': '2026-06-01T00:00:00.000Z',
				'createdAt:lt': '2026-06-30T22:00:00.000Z',
				// The test's workflows are in Tokyo, nine hours ahead.
				'updatedAt:gte': '2026-06-01T23:00:00.000Z',
				'updatedAt:gt': '2026-06-02T00:00:00.000Z',
				'updatedAt:lt': '2026-06-30T00:00:00.000Z',
				'updatedAt:lte': '2026-06-29T00:00:00.000Z',
				isProcessingDone: 'true',
				isSummaryDone: 'false',
				isEntityExtractionDone: 'true',
				showEvaluationScore: 'true',
				pageSize: '25',
				...(cursor ? { cursor } : {}),
			},
			answer: cursor
				? { data: [{ ...RECORDING, id: 'rec-3' }], cursor: null }
				: { data: [RECORDING, { ...RECORDING, id: 'rec-2', deleted: true }], cursor: 'next' },
		})),
		output: [RECORDING, { ...RECORDING, id: 'rec-3' }],
		failure: LIST_FAILURE,
	},
	{
		title: 'a few',
		resource: 'recording',
		operation: 'getAll',
		parameters: { limit: 2, include: ['crm', 'extractions', 'followups', 'summary'] },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/recordings',
				query: {
					showCrmLinks: 'true',
					showEntityExtractions: 'true',
					showFollowups: 'true',
					showSummary: 'true',
					pageSize: '2',
				},
				answer: { data: [RECORDING, RECORDING], cursor: 'more' },
			},
		],
		output: [SIMPLE_RECORDING, SIMPLE_RECORDING],
		failure: LIST_FAILURE,
	},
];
