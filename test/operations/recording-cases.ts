import type { Exchange, OperationCase } from './operation-case';

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
	title: 'Smith kitchen',
	createdAt: '2026-06-23T15:42:30.992Z',
	userId: 'user-1',
	result: 'OPEN',
	crm: RECORDING.crm,
	summary: 'Next Steps:\nSend a proposal.',
	extractions: { Budget: '$40,000' },
	webLink: 'https://app.siro.ai/#/recordings/rec-1',
	durationInMinutes: 1.5,
};

/** The same recording as its user sees it on the platform API. */
const USER_RECORDING = {
	id: 'rec-1',
	dateCreated: '2026-06-23T15:42:30.992Z',
	transcriptionStatus: 'COMPLETE',
	processingStatus: 'complete',
	organizationId: 'org-1',
	userId: 'user-1',
	title: 'Smith kitchen',
	durationInMilliseconds: 90_000,
	deleted: false,
	crmOpportunities: [
		{
			opportunityExternalId: 'opp-101',
			accountId: 'acct-uuid',
			accountName: 'Smith',
			accountExternalId: 'account-789',
			disposition: null,
			amount: 40_000,
		},
	],
	crmCustomer: {
		id: 'con-uuid',
		customerType: 'CONTACT',
		externalId: 'contact-1',
		organizationId: 'org-1',
		integrationConnectionId: 'conn-1',
		createdAt: '2026-06-01T00:00:00.000Z',
		updatedAt: '2026-06-01T00:00:00.000Z',
	},
	summary: 'Overview:\nThey liked the oak.\n\nNext Steps:\nSend a proposal.',
	entityExtractions: [
		{ id: 'ex-1', status: 'SUCCESS', extraction: [{ name: 'Budget', value: '$40,000' }] },
	],
	evaluationScore: 82,
	followups: [{ followupId: 'fol-1', score: 4 }],
};

const SIMPLE_USER_RECORDING = {
	id: 'rec-1',
	title: 'Smith kitchen',
	createdAt: '2026-06-23T15:42:30.992Z',
	userId: 'user-1',
	crm: {
		integrationConnectionId: 'conn-1',
		opportunity: { id: null, externalId: 'opp-101' },
		account: { id: 'acct-uuid', externalId: 'account-789' },
		contacts: [{ id: 'con-uuid', externalId: 'contact-1' }],
	},
	summary: 'Overview:\nThey liked the oak.\n\nNext Steps:\nSend a proposal.',
	extractions: { Budget: '$40,000' },
	evaluationScore: 82,
	followups: [{ followupId: 'fol-1', score: 4 }],
	durationInMinutes: 1.5,
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

const REP = { name: 'Alex Rep', email: 'alex@example.com', externalId: 'rep-1' };

/** Reps are kept in memory, so each case has its own. */
const repExchange = (id: string): Exchange => ({
	method: 'GET',
	path: `/v1/core/users/${id}`,
	documentedPath: '/v1/core/users/{id}',
	answer: { id, firstName: 'Alex', lastName: 'Rep', email: REP.email, externalId: 'rep-1' },
});

/** One of the list that its user sees on the platform API. */
const LISTED_FOR_USER = {
	id: 'rec-1',
	repFirstName: 'Alex',
	repLastName: 'Rep',
	dateCreated: '2026-06-23T15:42:30.992Z',
	durationInMilliseconds: 90_000,
	result: 'not closed',
	title: 'Smith kitchen',
	userId: 'user-1',
	evaluationScore: 82,
	followups: [{ id: 'fol-1', score: 4 }],
};
const SIMPLE_LISTED_FOR_USER = {
	id: 'rec-1',
	title: 'Smith kitchen',
	createdAt: '2026-06-23T15:42:30.992Z',
	userId: 'user-1',
	result: 'not closed',
	evaluationScore: 82,
	followups: [{ id: 'fol-1', score: 4 }],
	durationInMinutes: 1.5,
};
const LIST_FAILURE_FOR_USER = {
	status: 400,
	answer: 'Invalid query parameters',
	message: /^Could not get many recordings: Siro rejected the data: Invalid query parameters$/,
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
		title: 'simplified, with everything: only the web link and the length have no place',
		resource: 'recording',
		operation: 'get',
		parameters: {
			recordingId: 'rec-1',
			include: ['crm', 'evaluationScore', 'extractions', 'followups', 'summary'],
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
				answer: {
					...RECORDING,
					evaluationScore: 82,
					followups: [{ followupId: 'fol-1', score: 4 }],
				},
			},
		],
		output: [
			{
				id: 'rec-1',
				title: 'Smith kitchen',
				createdAt: '2026-06-23T15:42:30.992Z',
				userId: 'user-1',
				result: 'OPEN',
				crm: RECORDING.crm,
				summary: 'Next Steps:\nSend a proposal.',
				extractions: { Budget: '$40,000' },
				evaluationScore: 82,
				followups: [{ followupId: 'fol-1', score: 4 }],
			},
		],
		failure: GET_FAILURE,
	},
	{
		title: 'with its rep',
		resource: 'recording',
		operation: 'get',
		parameters: { recordingId: 'rec-1', include: ['rep'] },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/recordings/rec-1',
				documentedPath: '/v1/core/recordings/{id}',
				query: {},
				answer: { id: 'rec-1', userId: 'user-1' },
			},
			repExchange('user-1'),
		],
		output: [{ id: 'rec-1', rep: { ...REP, id: 'user-1' } }],
		failure: GET_FAILURE,
	},
	{
		title: 'by the address of its page, dragged',
		resource: 'recording',
		operation: 'get',
		parameters: {
			recordingId: { __rl: true, mode: 'url', value: '={{ $json.webLink }}' },
			include: [],
		},
		input: [{ json: { webLink: 'https://app.siro.ai/#/recordings/rec-1?tab=summary' } }],
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/recordings/rec-1',
				documentedPath: '/v1/core/recordings/{id}',
				query: {},
				answer: { id: 'rec-1', links: RECORDING.links },
			},
		],
		output: [{ id: 'rec-1', webLink: RECORDING.links.web.self }],
		failure: GET_FAILURE,
	},
	{
		title: 'from the user-scoped source, with the same names',
		resource: 'recording',
		operation: 'get',
		parameters: {
			recordingId: 'rec-1',
			include: ['crm', 'evaluationScore', 'extractions', 'followups', 'summary'],
			options: { source: 'user' },
		},
		credential: 'readingUser',
		exchanges: [
			{
				surface: 'platform',
				method: 'GET',
				path: '/v1/core/recordings/rec-1',
				documentedPath: '/v1/core/recordings/{id}',
				query: {
					showCrmCustomers: 'true',
					showCrmOpportunities: 'true',
					showEvaluationScore: 'true',
					showEntityExtractions: 'true',
					showFollowups: 'true',
					showSummary: 'true',
				},
				answer: { data: USER_RECORDING },
			},
		],
		output: [SIMPLE_USER_RECORDING],
		failure: GET_FAILURE,
	},
	{
		title: 'from the user-scoped source as it is, with some of its CRM records',
		resource: 'recording',
		operation: 'get',
		parameters: {
			recordingId: 'rec-1',
			include: ['crmOpportunities'],
			simplify: false,
			options: { source: 'user' },
		},
		credential: 'readingUser',
		exchanges: [
			{
				surface: 'platform',
				method: 'GET',
				path: '/v1/core/recordings/rec-1',
				documentedPath: '/v1/core/recordings/{id}',
				query: { showCrmOpportunities: 'true' },
				answer: { data: USER_RECORDING },
			},
		],
		output: [USER_RECORDING],
		failure: {
			status: 403,
			answer: { error: 'User does not have access' },
			message: /^Could not get a recording: Siro does not allow this$/,
		},
	},
	{
		title: 'its CRM customer, which the organization source has among the CRM links',
		resource: 'recording',
		operation: 'get',
		parameters: { recordingId: 'rec-1', include: ['crmCustomers'], simplify: false },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/recordings/rec-1',
				documentedPath: '/v1/core/recordings/{id}',
				query: { showCrmLinks: 'true' },
				answer: RECORDING,
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
	{
		title: 'with their reps, each asked for once',
		resource: 'recording',
		operation: 'getAll',
		parameters: { limit: 3, include: ['rep'] },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/recordings',
				query: { pageSize: '3' },
				answer: {
					data: ['user-2', 'user-3', 'user-2'].map((userId) => ({
						id: 'rec-1',
						userId,
					})),
				},
			},
			repExchange('user-2'),
			{ ...repExchange('user-3'), status: 404, answer: 'No such user' },
		],
		output: [
			{ id: 'rec-1', rep: { ...REP, id: 'user-2' } },
			{ id: 'rec-1', rep: null, userId: 'user-3' },
			{ id: 'rec-1', rep: { ...REP, id: 'user-2' } },
		],
		failure: LIST_FAILURE,
	},
	{
		title: 'as a user sees them, with every filter, in an order',
		resource: 'recording',
		operation: 'getAll',
		credential: 'readingUser',
		parameters: {
			source: 'user',
			returnAll: true,
			include: ['crm', 'evaluationScore', 'followups'],
			filters: {
				conversationTypes: ['First Visit', 'Second Visit'],
				createdAfter: '2026-06-01T00:00:00Z',
				createdBefore: '2026-07-01T00:00:00+02:00',
				onlyUnlinked: true,
				organizationId: 'org-1',
				result: 'not closed',
				teamIds: ['team-1', 'team-2'],
			},
			sort: { orderBy: 'result', orderDirection: 'asc' },
		},
		exchanges: [undefined, 'next'].map((cursor) => ({
			surface: 'platform',
			method: 'GET',
			path: '/v1/core/recordings',
			query: {
				conversationType: 'First Visit,Second Visit',
				'dateCreated:gt': '2026-06-01T00:00:00.000Z',
				'dateCreated:lt': '2026-06-30T22:00:00.000Z',
				crmLinkStatus: 'unlinked',
				organizationId: 'org-1',
				result: 'not closed',
				teamId: 'team-1,team-2',
				orderBy: 'result',
				orderDirection: 'asc',
				showCrmCustomer: 'true',
				showEvaluationScore: 'true',
				showFollowups: 'true',
				limit: '25',
				...(cursor ? { cursor } : {}),
			},
			answer: cursor
				? { data: [{ ...LISTED_FOR_USER, id: 'rec-2' }], cursor: null }
				: { data: [LISTED_FOR_USER], cursor: 'next' },
		})),
		output: [SIMPLE_LISTED_FOR_USER, { ...SIMPLE_LISTED_FOR_USER, id: 'rec-2' }],
		failure: {
			status: 403,
			answer: 'User does not have access to the organization',
			message: /^Could not get many recordings: Siro does not allow this$/,
		},
	},
	{
		title: 'a few as a user sees them, with neither filter nor order',
		resource: 'recording',
		operation: 'getAll',
		credential: 'readingUser',
		parameters: {
			source: 'user',
			limit: 1,
			include: [],
			simplify: false,
			filters: { onlyUnlinked: false },
		},
		exchanges: [
			{
				surface: 'platform',
				method: 'GET',
				path: '/v1/core/recordings',
				query: { limit: '1' },
				answer: { data: [LISTED_FOR_USER], cursor: 'more' },
			},
		],
		output: [LISTED_FOR_USER],
		failure: LIST_FAILURE_FOR_USER,
	},
	{
		resource: 'recording',
		operation: 'ask',
		credential: 'writingUser',
		parameters: { recordingId: 'rec-1', question: 'What about the price?' },
		exchanges: [
			{
				surface: 'platform',
				method: 'POST',
				path: '/v1/core/recordings/rec-1/chats',
				documentedPath: '/v1/core/recordings/{id}/chats',
				body: { id: 'rec-1', question: 'What about the price?' },
				answer: {
					answer: 'They found it high.',
					quotes: [{ quote: 'That is a lot.', startTimeInMillis: 1000, endTimeInMillis: 2000 }],
				},
			},
		],
		output: [
			{
				recordingId: 'rec-1',
				question: 'What about the price?',
				answer: 'They found it high.',
				quotes: [{ quote: 'That is a lot.', startTimeInMillis: 1000, endTimeInMillis: 2000 }],
			},
		],
		failure: {
			status: 429,
			answer: 'Rate limit exceeded',
			message: /^Could not ask about a recording: Siro received too many requests/,
		},
	},
];
