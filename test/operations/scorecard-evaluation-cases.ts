import { ASK_IDENTITY } from './identity';
import type { OperationCase } from './operation-case';

const SCORECARD = {
	id: 'card-1',
	organizationId: 'org-1',
	name: 'First visit',
	description: null,
	conversationType: 'type-1',
	isActive: true,
	createdAt: '2026-01-01T00:00:00.000Z',
	updatedAt: '2026-01-01T00:00:00.000Z',
};

const node = (
	nodeType: string,
	id: string,
	parentId: string,
	indexNumber: number,
	points: number,
) => ({
	id,
	name: `The ${id}`,
	indexNumber,
	parentId,
	nodeType,
	metadata: {},
	pointsPossible: 100,
	pointsEarned: points,
	color: points < 50 ? 'RED' : 'GREEN',
});

const evaluationOf = (filterBy: string, id: string) => ({
	id: 'card-1',
	name: 'First visit',
	recordingsEvaluatedCount: 12,
	recordingsWonCount: 3,
	pointsPossible: 100,
	pointsEarned: 72.5,
	evaluatedNodes: [
		node('METRIC', 'price', 'close', 1, 40),
		node('ROOT', 'whole', '', 0, 72.5),
		node('SECTION', 'close', 'whole', 1, 55),
		node('SECTION', 'opening', 'whole', 0, 90),
		node('METRIC', 'ask', 'close', 0, 70),
		node('METRIC', 'name', 'opening', 0, 90),
		node('METRIC', 'pace', 'whole', 2, 30),
	],
	metricRubrics: [],
	sectionWeights: [{ scorecardNodeId: 'close', weight: 60 }],
	colorConfigurations: [],
	filterByIds: [id],
	filterBy,
	startAt: '2026-05-31T15:00:00.000Z',
	endAt: '2026-06-30T15:00:00.000Z',
});

const flatEvaluationOf = (filterBy: string, id: string) => ({
	scorecardId: 'card-1',
	name: 'First visit',
	filterBy,
	id,
	points: 72.5,
	color: 'GREEN',
	recordingsEvaluatedCount: 12,
	recordingsWonCount: 3,
	sections: [
		{
			name: 'The opening',
			weight: null,
			points: 90,
			color: 'GREEN',
			metrics: [{ name: 'The name', points: 90, color: 'GREEN' }],
		},
		{
			name: 'The close',
			weight: 60,
			points: 55,
			color: 'GREEN',
			metrics: [
				{ name: 'The ask', points: 70, color: 'GREEN' },
				{ name: 'The price', points: 40, color: 'RED' },
			],
		},
		{
			name: null,
			weight: null,
			points: null,
			color: null,
			metrics: [{ name: 'The pace', points: 30, color: 'RED' }],
		},
	],
	byName: { 'The ask': 70, 'The name': 90, 'The price': 40, 'The pace': 30 },
});

const EVALUATION = {
	surface: 'platform',
	method: 'GET',
	path: '/v1/core/scorecards/evaluated-instances/card-1',
	documentedPath: '/v1/core/scorecards/evaluated-instances/{id}',
} as const;

const POPULATIONS = {
	...EVALUATION,
	path: `${EVALUATION.path}/populations`,
	documentedPath: `${EVALUATION.documentedPath}/populations`,
};

const JUNE = { period: 'dates', startAt: '2026-06-01T00:00:00', endAt: '2026-07-01T00:00:00' };
const JUNE_IN_UTC = { startAt: '2026-05-31T15:00:00.000Z', endAt: '2026-06-30T15:00:00.000Z' };

/** In Tokyo, nine hours ahead of UTC. */
function monthFromNow(monthsAway: number) {
	const nineHours = 9 * 3_600_000;
	const tokyo = new Date(Date.now() + nineHours);
	const begin = (away: number) =>
		Date.UTC(tokyo.getUTCFullYear(), tokyo.getUTCMonth() + away, 1) - nineHours;
	return {
		startAt: new Date(begin(monthsAway)).toISOString(),
		endAt: new Date(begin(monthsAway + 1) - 1).toISOString(),
	};
}

const scorecardId = { __rl: true, mode: 'list', value: 'card-1' };

const HISTORY = {
	organizationId: 'org-1',
	horizon: 30,
	granularity: 'day',
	timezone: 'Asia/Tokyo',
	startAt: '2026-05-31T15:00:00.000Z',
	endAt: '2026-06-30T15:00:00.000Z',
};
const SUMMARY = { averageWeightedScore: 72.5, recordingCount: 12 };

export const SCORECARD_EVALUATION_CASES: OperationCase[] = [
	{
		title: 'with every filter',
		resource: 'scorecard',
		operation: 'getAll',
		credential: 'readingUser',
		parameters: {
			limit: 1,
			filters: {
				conversationTypeId: { __rl: true, mode: 'id', value: 'type-1' },
				includeHasScoredRecordings: true,
				isActive: true,
			},
		},
		exchanges: [
			ASK_IDENTITY,
			{
				surface: 'platform',
				method: 'GET',
				path: '/v1/core/scorecards/instance-summaries',
				query: {
					organizationId: 'org-1',
					conversationTypeId: 'type-1',
					includeHasScoredRecordings: 'true',
					isActive: 'true',
				},
				answer: { data: { scorecardInstances: [SCORECARD, { ...SCORECARD, id: 'card-2' }] } },
			},
		],
		output: [SCORECARD],
		failure: {
			status: 401,
			answer: { code: 401, message: 'Invalid token' },
			message: /^Could not get many scorecards: Siro did not accept the organization token$/,
		},
	},
	{
		title: 'of two users, between two dates',
		resource: 'scorecard',
		operation: 'getEvaluation',
		credential: 'readingUser',
		parameters: { scorecardId, ...JUNE, filterByIds: ['user-1', 'user-2'] },
		exchanges: [
			{
				...POPULATIONS,
				query: { ...JUNE_IN_UTC, filterBy: 'USER', filterByIds: ['user-1', 'user-2'] },
				answer: {
					data: {
						evaluatedInstances: [evaluationOf('USER', 'user-1'), evaluationOf('USER', 'user-2')],
					},
				},
			},
		],
		output: [flatEvaluationOf('USER', 'user-1'), flatEvaluationOf('USER', 'user-2')],
		failure: {
			status: 404,
			answer: { error: 'Not found' },
			message: /^Could not get scorecard evaluations: Siro has no scorecard with the ID "card-1"$/,
		},
	},
	{
		title: 'of a team, this month',
		resource: 'scorecard',
		operation: 'getEvaluation',
		credential: 'readingUser',
		parameters: { scorecardId, filterBy: 'TEAM', filterByIds: ['ab12cd'] },
		exchanges: [
			{
				...POPULATIONS,
				query: { ...monthFromNow(0), filterBy: 'TEAM', filterByIds: 'ab12cd' },
				answer: { data: { evaluatedInstances: [evaluationOf('TEAM', 'ab12cd')] } },
			},
		],
		output: [flatEvaluationOf('TEAM', 'ab12cd')],
		failure: {
			status: 200,
			answer: { data: { evaluatedInstances: [{ id: 'card-1' }] } },
			message:
				/^Could not get scorecard evaluations: Siro’s answer is not in the documented format/,
		},
	},
	{
		title: 'of two recordings, one request each',
		resource: 'scorecard',
		operation: 'getEvaluation',
		credential: 'readingUser',
		parameters: { scorecardId, ...JUNE, filterBy: 'RECORDING', filterByIds: ['rec-1', 'rec-2'] },
		exchanges: ['rec-1', 'rec-2'].map((id) => ({
			...EVALUATION,
			query: { ...JUNE_IN_UTC, filterBy: 'RECORDING', filterByIds: id },
			answer: { data: evaluationOf('RECORDING', id) },
		})),
		output: [flatEvaluationOf('RECORDING', 'rec-1'), flatEvaluationOf('RECORDING', 'rec-2')],
		failure: {
			parameters: { filterByIds: '={{ [] }}' },
			message:
				/^Could not get scorecard evaluations: user, team or recording names or IDs is empty$/i,
		},
	},
	{
		title: 'of the organization, last month',
		resource: 'scorecard',
		operation: 'getEvaluation',
		credential: 'readingUser',
		parameters: { scorecardId, filterBy: 'ORGANIZATION', period: 'lastMonth' },
		exchanges: [
			ASK_IDENTITY,
			{
				...EVALUATION,
				query: { ...monthFromNow(-1), filterBy: 'ORGANIZATION', filterByIds: 'org-1' },
				answer: { data: { ...evaluationOf('ORGANIZATION', 'org-1'), filterByIds: 'org-1' } },
			},
		],
		output: [flatEvaluationOf('ORGANIZATION', 'org-1')],
		failure: {
			parameters: { scorecardId: { __rl: true, mode: 'id', value: "={{ '' }}" } },
			message: /^Could not get scorecard evaluations: an ID is empty$/,
		},
	},
	{
		title: 'of a user',
		resource: 'scorecard',
		operation: 'getScoreHistory',
		credential: 'readingUser',
		parameters: {
			userId: { __rl: true, mode: 'list', value: 'user-1' },
			organizationId: 'org-1',
			conversationTypeId: { __rl: true, mode: 'id', value: 'type-1' },
		},
		exchanges: [
			{
				surface: 'platform',
				method: 'GET',
				path: '/v1/core/scorecards/users/user-1/weighted-score-history',
				documentedPath: '/v1/core/scorecards/users/{userId}/weighted-score-history',
				query: {
					organizationId: 'org-1',
					horizon: '30',
					timezone: 'Asia/Tokyo',
					conversationType: 'type-1',
				},
				answer: { data: { userId: 'user-1', ...HISTORY, summary: SUMMARY, buckets: [] } },
			},
		],
		output: [{ userId: 'user-1', ...HISTORY, ...SUMMARY }],
		failure: {
			status: 404,
			answer: { error: 'Not found' },
			message: /^Could not get a score history: Siro has no user with the ID "user-1"$/,
		},
	},
	{
		title: 'of a team',
		resource: 'scorecard',
		operation: 'getScoreHistory',
		credential: 'readingUser',
		parameters: {
			scoreOf: 'team',
			teamId: { __rl: true, mode: 'id', value: 'ab12cd' },
			horizon: 7,
		},
		exchanges: [
			ASK_IDENTITY,
			{
				surface: 'platform',
				method: 'GET',
				path: '/v1/core/scorecards/teams/ab12cd/weighted-score-history',
				documentedPath: '/v1/core/scorecards/teams/{teamId}/weighted-score-history',
				query: { organizationId: 'org-1', horizon: '7', timezone: 'Asia/Tokyo' },
				answer: { data: { teamId: 'ab12cd', ...HISTORY, summary: SUMMARY, buckets: [] } },
			},
		],
		output: [{ teamId: 'ab12cd', ...HISTORY, ...SUMMARY }],
		failure: {
			status: 401,
			answer: { code: 401, message: 'Invalid token' },
			message: /^Could not get a score history: Siro did not accept the organization token$/,
		},
	},
];
