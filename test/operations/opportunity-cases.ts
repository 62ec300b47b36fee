import type { OperationCase } from './operation-case';

const OPPORTUNITY = {
	id: 'opp-uuid',
	externalId: 'opp-101',
	name: 'Smith kitchen',
	amount: 45000,
	closedAt: '2026-03-01T00:00:00.000Z',
	disposition: 'WON',
	recordingId: 'rec-1',
	accountId: 'acct-uuid',
	account: { id: 'acct-uuid', externalId: 'account-789', name: 'Smith', addresses: [] },
	opportunityUsers: [],
	organizationId: 'org-1',
	createdAt: '2026-02-01T00:00:00.000Z',
	updatedAt: '2026-02-01T00:00:00.000Z',
};

const SIMPLE_OPPORTUNITY = {
	id: 'opp-uuid',
	externalId: 'opp-101',
	name: 'Smith kitchen',
	amount: 45000,
	disposition: 'WON',
	closedAt: '2026-03-01T00:00:00.000Z',
	recordingId: 'rec-1',
	account: { id: 'acct-uuid', externalId: 'account-789', name: 'Smith' },
	opportunityUsers: [],
	updatedAt: '2026-02-01T00:00:00.000Z',
};

const REJECTION = {
	status: 422,
	answer: 'amount must be a number',
	message: /^Could not sync an opportunity: Siro rejected the data: amount must be a number$/,
};

export const OPPORTUNITY_CASES: OperationCase[] = [
	{
		title: 'one, with every field',
		resource: 'opportunity',
		operation: 'sync',
		parameters: {
			externalId: 'opp-101',
			name: 'Smith kitchen',
			amount: '45000.5',
			disposition: 'WON',
			closedAt: '2026-03-01',
			reps: { rep: [{ externalId: 'rep-1', shareOfSale: 1 }] },
			account: { externalId: 'account-1' },
			contacts: {
				contact: [{ externalId: 'contact-1', isPrimary: true, latitude: 0, longitude: 0 }],
			},
			additionalFields: {
				accountId: 'account-uuid',
				remoteCreatedAt: '2026-01-01T00:00:00Z',
				lastActivityAt: '2026-01-02T00:00:00Z',
				deletedAt: '2026-01-03T00:00:00Z',
			},
		},
		exchanges: [
			{
				method: 'PUT',
				path: '/v1/integrations/sync/opportunities',
				body: {
					externalId: 'opp-101',
					name: 'Smith kitchen',
					amount: 45000.5,
					disposition: 'WON',
					closedAt: '2026-02-28T15:00:00.000Z',
					opportunityUsers: [{ externalId: 'rep-1', shareOfSale: 1 }],
					account: { externalId: 'account-1' },
					opportunityContacts: [{ externalId: 'contact-1', isPrimary: true }],
					accountId: 'account-uuid',
					remoteCreatedAt: '2026-01-01T00:00:00.000Z',
					lastActivityAt: '2026-01-02T00:00:00.000Z',
					deletedAt: '2026-01-03T00:00:00.000Z',
				},
				answer: { data: OPPORTUNITY },
			},
		],
		output: [OPPORTUNITY],
		failure: REJECTION,
	},
	{
		title: 'several, one to a request',
		resource: 'opportunity',
		operation: 'sync',
		input: [{ json: { id: 'opp-1' } }, { json: { id: 'opp-2' } }],
		parameters: { externalId: '={{ $json.id }}', options: { batchSize: 1 } },
		exchanges: ['opp-1', 'opp-2'].map((externalId) => ({
			method: 'PUT',
			path: '/v1/integrations/sync/batch/opportunities',
			body: [{ externalId }],
			answer: { data: [{ ...OPPORTUNITY, externalId }] },
		})),
		output: [
			{ ...OPPORTUNITY, externalId: 'opp-1' },
			{ ...OPPORTUNITY, externalId: 'opp-2' },
		],
		pairedWith: [0, 1],
		failure: {
			...REJECTION,
			message: /^Could not sync an opportunity for 2 of 2 items; the other 0 went through$/,
		},
	},
	{
		title: 'by Siro’s ID',
		resource: 'opportunity',
		operation: 'get',
		parameters: { opportunityId: { __rl: true, mode: 'list', value: 'opp-uuid' } },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/opportunities/opp-uuid',
				documentedPath: '/v1/integrations/opportunities/{id}',
				answer: { data: OPPORTUNITY },
			},
		],
		output: [SIMPLE_OPPORTUNITY],
		failure: {
			status: 404,
			answer: 'Not found',
			message: /^Could not get an opportunity: Siro has no opportunity with the ID "opp-uuid"$/,
		},
	},
	{
		title: 'by external ID',
		resource: 'opportunity',
		operation: 'get',
		parameters: { opportunityId: { __rl: true, mode: 'externalId', value: 'opp-101' } },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/opportunities',
				query: { externalId: 'opp-101' },
				answer: { data: [OPPORTUNITY], cursor: null },
			},
		],
		output: [SIMPLE_OPPORTUNITY],
		failure: {
			status: 200,
			answer: { data: [OPPORTUNITY, { ...OPPORTUNITY, id: 'other-uuid' }], cursor: null },
			message:
				/^Could not get an opportunity: more than one opportunity in Siro has the external ID "opp-101"$/,
		},
	},
	{
		resource: 'opportunity',
		operation: 'getAll',
		parameters: { returnAll: true, filters: { externalId: 'opp-101', recordingId: 'rec-1' } },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/opportunities',
				query: { externalId: 'opp-101', recordingId: 'rec-1' },
				answer: { data: [OPPORTUNITY], cursor: 1 },
			},
			{
				method: 'GET',
				path: '/v1/integrations/opportunities',
				query: { externalId: 'opp-101', recordingId: 'rec-1', cursor: '1' },
				answer: { data: [{ ...OPPORTUNITY, id: 'other-uuid' }], cursor: null },
			},
		],
		output: [SIMPLE_OPPORTUNITY, { ...SIMPLE_OPPORTUNITY, id: 'other-uuid' }],
		failure: {
			status: 200,
			answer: { data: 'none' },
			message: /^Could not get many opportunities: Siro’s answer is not in the documented format/,
		},
	},
	{
		title: 'by Siro’s ID',
		resource: 'opportunity',
		operation: 'delete',
		parameters: { opportunityId: { __rl: true, mode: 'id', value: 'opp-uuid' } },
		exchanges: [
			{
				method: 'DELETE',
				path: '/v1/integrations/opportunities/opp-uuid',
				documentedPath: '/v1/integrations/opportunities/{id}',
				answer: true,
			},
		],
		output: [{ id: 'opp-uuid', deleted: true }],
		failure: {
			status: 404,
			answer: 'Not found',
			message: /^Could not delete an opportunity: Siro has no opportunity with the ID "opp-uuid"$/,
		},
	},
	{
		title: 'by external ID, looked up first',
		resource: 'opportunity',
		operation: 'delete',
		parameters: { opportunityId: { __rl: true, mode: 'externalId', value: 'opp-101' } },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/opportunities',
				query: { externalId: 'opp-101' },
				answer: { data: [OPPORTUNITY] },
			},
			{
				method: 'DELETE',
				path: '/v1/integrations/opportunities/opp-uuid',
				documentedPath: '/v1/integrations/opportunities/{id}',
				answer: true,
			},
		],
		output: [{ id: 'opp-uuid', externalId: 'opp-101', deleted: true }],
		failure: {
			status: 200,
			answer: { data: [], cursor: null },
			message:
				/^Could not delete an opportunity: Siro has no opportunity with the external ID "opp-101"$/,
		},
	},
];
