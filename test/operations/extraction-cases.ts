import type { OperationCase } from './operation-case';

const BUDGET = {
	name: 'Budget',
	value: '$40,000',
	mappings: [{ crmModelName: 'Opportunity', crmFieldName: 'Budget__c' }],
};
const DECISION_MAKERS = { name: 'Decision Makers', value: ['Ann', 'Bob'], mappings: [] };

const RECORDING = {
	id: 'rec-1',
	crm: {
		integrationConnectionId: 'conn-1',
		users: [],
		opportunity: { id: 'opp-uuid', externalId: 'opp-101' },
	},
	entityExtractions: [BUDGET, { ...DECISION_MAKERS, mappings: null }],
};

const REQUEST = {
	method: 'GET',
	path: '/v1/core/recordings/rec-1',
	documentedPath: '/v1/core/recordings/{id}',
	query: { showEntityExtractions: 'true' },
} as const;

const CASE = {
	resource: 'extraction',
	operation: 'get',
	parameters: { recordingId: 'rec-1' },
	exchanges: [{ ...REQUEST, answer: RECORDING }],
} satisfies Partial<OperationCase>;

/** The platform API nests the values, and gives unfinished ones, too. */
const USER_RECORDING = {
	data: {
		id: 'rec-1',
		entityExtractions: [
			{ id: 'ex-1', siroEntityDefinitionName: 'Budget', status: 'SYNCED', extraction: [BUDGET] },
			{
				id: 'ex-2',
				siroEntityDefinitionName: 'Decision Makers',
				status: 'SUCCESS',
				extraction: [{ ...DECISION_MAKERS, mappings: null }],
				mappings: null,
			},
			{ id: 'ex-3', siroEntityDefinitionName: 'Timeline', status: 'IN_PROGRESS', extraction: null },
			{
				id: 'ex-4',
				siroEntityDefinitionName: 'Objection',
				status: 'FAIL',
				extraction: [{ name: 'Objection', value: null }],
			},
		],
	},
};

const notFound = (action: string) => ({
	status: 404,
	answer: { error: 'Not found' },
	message: new RegExp(`^Could not ${action}: Siro has no recording with the ID "rec-1"$`),
});

export const EXTRACTION_CASES: OperationCase[] = [
	{
		...CASE,
		title: 'one item per value',
		output: [
			{ recordingId: 'rec-1', ...BUDGET, number: 40_000 },
			{ recordingId: 'rec-1', ...DECISION_MAKERS, number: null },
		],
		failure: notFound('get extracted values'),
	},
	{
		...CASE,
		title: 'one item per recording',
		parameters: { recordingId: 'rec-1', output: 'recording' },
		output: [
			{
				recordingId: 'rec-1',
				extractions: [
					{ ...BUDGET, number: 40_000 },
					{ ...DECISION_MAKERS, number: null },
				],
				byName: { Budget: '$40,000', 'Decision Makers': ['Ann', 'Bob'] },
			},
		],
		failure: notFound('get extracted values'),
	},
	{
		...CASE,
		title: 'the same from the user-scoped source',
		parameters: { recordingId: 'rec-1', options: { source: 'user' } },
		credential: 'readingUser',
		exchanges: [{ ...REQUEST, surface: 'platform', answer: USER_RECORDING }],
		output: [
			{ recordingId: 'rec-1', ...BUDGET, number: 40_000 },
			{ recordingId: 'rec-1', ...DECISION_MAKERS, number: null },
		],
		failure: notFound('get extracted values'),
	},
	{
		...CASE,
		operation: 'getCrmUpdates',
		exchanges: [
			{
				...REQUEST,
				query: { showCrmLinks: 'true', showEntityExtractions: 'true' },
				answer: RECORDING,
			},
		],
		output: [
			{
				kind: 'opportunity',
				crmModelName: 'Opportunity',
				externalId: 'opp-101',
				id: 'opp-uuid',
				integrationConnectionId: 'conn-1',
				fields: { Budget__c: '$40,000' },
				numbers: { Budget__c: 40_000 },
			},
		],
		failure: notFound('get CRM updates from a recording'),
	},
	{
		...CASE,
		title: 'with lists as the text that HubSpot and Salesforce take',
		operation: 'getCrmUpdates',
		parameters: { recordingId: 'rec-1', options: { listFormat: 'semicolons' } },
		exchanges: [
			{
				...REQUEST,
				query: { showCrmLinks: 'true', showEntityExtractions: 'true' },
				answer: {
					...RECORDING,
					entityExtractions: [{ ...DECISION_MAKERS, mappings: BUDGET.mappings }],
				},
			},
		],
		output: [
			{
				kind: 'opportunity',
				crmModelName: 'Opportunity',
				externalId: 'opp-101',
				id: 'opp-uuid',
				integrationConnectionId: 'conn-1',
				fields: { Budget__c: 'Ann;Bob' },
				numbers: {},
			},
		],
		failure: notFound('get CRM updates from a recording'),
	},
];
