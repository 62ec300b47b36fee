import type { Exchange, OperationCase } from './operation-case';

const HIT = {
	recordingId: 'rec-1',
	title: 'Smith kitchen',
	repFirstName: 'Ann',
	repLastName: 'Hill',
	userId: 'user-1',
	teamId: 'ab12cd',
	teamName: 'Sales North',
	result: 'closed',
	dateCreated: 1_782_229_350_992,
	transcript: 'Hello …',
	durationInMilliseconds: 90_000,
	evaluation: {
		recordingId: 'rec-1',
		hasScorecard: true,
		pointsEarned: 72.5,
		evaluatedNodes: [],
		metricRubrics: [],
		sectionWeights: [],
		colorConfigurations: [],
	},
	crmCustomer: {
		id: 'con-uuid',
		name: 'Smith',
		customerType: 'CONTACT',
		externalId: 'contact-1',
		organizationId: 'org-1',
		createdAt: '2026-02-01T00:00:00.000Z',
		updatedAt: '2026-02-01T00:00:00.000Z',
	},
};

const PLAIN_HIT = { recordingId: 'rec-2', dateCreated: 1_782_229_350_992 };

const SIMPLE_HIT = {
	recordingId: 'rec-1',
	title: 'Smith kitchen',
	createdAt: '2026-06-23T15:42:30.992Z',
	userId: 'user-1',
	repName: 'Ann Hill',
	teamName: 'Sales North',
	result: 'closed',
	durationInMinutes: 1.5,
	evaluationScore: 72.5,
	crmCustomer: {
		id: 'con-uuid',
		name: 'Smith',
		customerType: 'CONTACT',
		externalId: 'contact-1',
	},
};

const PAGE = { limit: 25, estimatedTotalHits: 26, processingTimeMs: 3, query: '' };

const FULL_PAGE = Array.from({ length: 25 }, (_, index) => ({
	...PLAIN_HIT,
	recordingId: `found-${index}`,
}));

const searchFor = (body: object, data: object): Exchange => ({
	surface: 'platform',
	method: 'POST',
	path: '/v1/core/recordings/search',
	body,
	answer: { data },
});

const RAW = { showCrmCustomer: true, showRecordingEvents: true };

export const RECORDING_SEARCH_CASES: OperationCase[] = [
	{
		title: 'simplified, with every filter',
		resource: 'recording',
		operation: 'search',
		credential: 'writingUser',
		parameters: {
			searchText: ' financing ',
			limit: 1,
			filters: {
				conversationTypes: ['type-1'],
				createdAfter: '2026-06-01T00:00:00',
				createdBefore: '2026-07-01T00:00:00',
				crmCustomerIds: ['con-uuid'],
				dmsDealTypes: ['LEASE'],
				extractedCustomOutcomes: ['deposit_paid'],
				hasComments: true,
				isPrivate: false,
				jumpToTags: ['Price'],
				jumpToTagsToExclude: ['Filler'],
				maxDmsRevenue: 9000,
				maxEvaluationScore: 80,
				maximumDuration: 60,
				maxOpportunitiesAmount: 50_000,
				minDmsRevenue: 1000,
				minEvaluationScore: '50',
				minimumDuration: 3,
				minOpportunitiesAmount: 10_000,
				organizationId: 'org-1',
				results: ['Closed'],
				teamIds: ['ab12cd'],
				universalOutcomeLabels: ['POSITIVE'],
				userIds: ['user-1'],
			},
			sort: { sort: 'dateCreated', sortDirection: 'desc' },
		},
		exchanges: [
			searchFor(
				{
					query: {
						searchText: 'financing',
						conversationTypes: ['type-1'],
						startDate: Date.parse('2026-05-31T15:00:00Z'),
						endDate: Date.parse('2026-06-30T15:00:00Z'),
						crmCustomerIds: ['con-uuid'],
						dmsDealTypes: ['LEASE'],
						extractedCustomOutcomes: ['deposit_paid'],
						hasComments: true,
						isPrivate: false,
						jumpToTags: ['Price'],
						jumpToTagsToExclude: ['Filler'],
						maxDmsRevenue: 9000,
						maxEvaluationScore: 80,
						maxDurationMs: 3_600_000,
						maxOpportunitiesAmount: 50_000,
						minDmsRevenue: 1000,
						minEvaluationScore: 50,
						minDurationMs: 180_000,
						minOpportunitiesAmount: 10_000,
						organizationId: 'org-1',
						results: ['closed'],
						sort: 'dateCreated',
						sortDirection: 'desc',
						teamIds: ['ab12cd'],
						universalOutcomeLabels: ['POSITIVE'],
						repUids: ['user-1'],
						showCrmCustomer: true,
						showRecordingEvents: false,
					},
					pageSize: 1,
					page: 1,
				},
				{ ...PAGE, hits: [HIT], limit: 1, offset: 0 },
			),
		],
		output: [SIMPLE_HIT],
		failure: {
			status: 200,
			answer: { data: { found: [] } },
			message: /^Could not search recordings: Siro’s answer is not in the documented format/,
		},
	},
	{
		title: 'what little Siro may know of one',
		resource: 'recording',
		operation: 'search',
		credential: 'writingUser',
		parameters: { limit: 25 },
		exchanges: [
			searchFor(
				{ query: { showCrmCustomer: true, showRecordingEvents: false }, pageSize: 25, page: 1 },
				{ ...PAGE, hits: [PLAIN_HIT], offset: 0 },
			),
		],
		output: [
			{
				recordingId: 'rec-2',
				title: null,
				createdAt: '2026-06-23T15:42:30.992Z',
				userId: null,
				repName: null,
				teamName: null,
				result: null,
				durationInMinutes: null,
				evaluationScore: null,
				crmCustomer: null,
			},
		],
		failure: {
			status: 403,
			answer: { error: 'Forbidden' },
			message: /^Could not search recordings: Siro does not allow this$/,
		},
	},
	{
		title: 'page by page, counted from 1',
		resource: 'recording',
		operation: 'search',
		credential: 'writingUser',
		parameters: { returnAll: true, simplify: false },
		exchanges: [
			searchFor({ query: RAW, pageSize: 25, page: 1 }, { ...PAGE, hits: FULL_PAGE, offset: 0 }),
			searchFor({ query: RAW, pageSize: 25, page: 2 }, { ...PAGE, hits: [HIT], offset: 25 }),
		],
		output: [...FULL_PAGE, HIT],
		failure: {
			status: 404,
			answer: { code: 404, message: 'The current request is not defined by this API.' },
			message: /^Could not search recordings: /,
		},
	},
	{
		title: 'page by page, counted from 0',
		resource: 'recording',
		operation: 'search',
		credential: 'writingUser',
		parameters: { returnAll: true, simplify: false },
		exchanges: [
			searchFor({ query: RAW, pageSize: 25, page: 1 }, { ...PAGE, hits: [HIT], offset: 25 }),
			searchFor({ query: RAW, pageSize: 25, page: 0 }, { ...PAGE, hits: [HIT], offset: 0 }),
		],
		output: [HIT],
		failure: {
			status: 422,
			answer: { error: 'Unknown team' },
			message: /^Could not search recordings: Siro rejected the data: Unknown team$/,
		},
	},
];
