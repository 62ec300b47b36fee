import { ASK_IDENTITY } from './identity';
import type { OperationCase } from './operation-case';

const METRICS = [
	{
		id: 'metric-1',
		name: 'Conversation Time',
		description: 'Total duration of the conversation',
		value: 1800,
		unit: 'seconds',
		unitAbbreviated: 'sec',
		metricType: 'CONVERSATION_TIME',
	},
	{
		id: 'metric-2',
		name: 'Rapport',
		value: 62.5,
		passRate: 80,
		unit: 'percentage',
		unitAbbreviated: '%',
		metricType: 'AI_METRIC',
	},
];

const PERIOD = { startAt: '2026-05-31T15:00:00.000Z', endAt: '2026-06-30T15:00:00.000Z' };

const VALUES = {
	recordingsEvaluatedCount: 12,
	metricValues: METRICS,
	...PERIOD,
	filterByIds: ['user-1', 'user-2'],
	filterBy: 'USER',
};

const PARAMETERS = {
	conversationTypeId: { __rl: true, mode: 'list', value: 'type-1' },
	startAt: '2026-06-01T00:00:00',
	endAt: '2026-07-01T00:00:00',
	filterByIds: ['user-1', 'user-2'],
};

const QUERY = {
	requestedOrganizationId: 'org-1',
	conversationTypeId: 'type-1',
	...PERIOD,
	filterByIds: ['user-1', 'user-2'],
	filterBy: 'USER',
};

const REQUEST = {
	surface: 'platform',
	method: 'GET',
	path: '/v1/core/scorecards/scorecard-metrics/values',
} as const;

export const SCORECARD_CASES: OperationCase[] = [
	{
		title: 'one item per metric, grouped',
		resource: 'scorecard',
		operation: 'getMetricValues',
		credential: 'readingUser',
		parameters: {
			...PARAMETERS,
			organizationId: 'org-1',
			filterBy: ['TEAM', 'USER'],
			groupBy: ['TEAM'],
		},
		exchanges: [
			{
				...REQUEST,
				query: { ...QUERY, filterBy: ['TEAM', 'USER'], groupBy: 'TEAM' },
				answer: { data: VALUES },
			},
		],
		output: METRICS.map((metric) => ({
			...metric,
			unitAbbreviated: undefined,
			recordingsEvaluatedCount: 12,
			...PERIOD,
		})),
		failure: {
			status: 403,
			answer: { error: 'User does not have access' },
			message: /^Could not get scorecard metric values: Siro does not allow this$/,
		},
	},
	{
		title: 'one item, for the token’s own organization',
		resource: 'scorecard',
		operation: 'getMetricValues',
		credential: 'readingUser',
		parameters: { ...PARAMETERS, output: 'request' },
		exchanges: [ASK_IDENTITY, { ...REQUEST, query: QUERY, answer: { data: VALUES } }],
		output: [{ ...VALUES, byName: { 'Conversation Time': 1800, Rapport: 62.5 } }],
		failure: {
			status: 401,
			answer: { error: 'Unauthorized' },
			message:
				/^Could not get scorecard metric values: Siro did not accept the organization token$/,
		},
	},
];
