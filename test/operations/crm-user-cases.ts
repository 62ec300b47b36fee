import { ENGAGEMENT, SIMPLE_ENGAGEMENT } from './engagement-cases';
import type { OperationCase } from './operation-case';

const CRM_USER = {
	id: 'crm-user-uuid',
	externalId: 'rep-1',
	name: 'John Sales',
	email: 'john@example.com',
};

const crmUserId = { __rl: true, mode: 'id', value: 'crm-user-uuid' };

export const CRM_USER_CASES: OperationCase[] = [
	{
		resource: 'crmUser',
		operation: 'get',
		parameters: { crmUserId },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/users/crm-user-uuid',
				documentedPath: '/v1/integrations/users/{id}',
				answer: { data: CRM_USER },
			},
		],
		output: [CRM_USER],
		failure: {
			// The document lets `data` be null and has no 404.
			status: 200,
			answer: { data: null },
			message: /^Could not get a CRM user: Siro has no CRM user with the ID "crm-user-uuid"$/,
		},
	},
	{
		title: 'all, page by page',
		resource: 'crmUser',
		operation: 'getAll',
		parameters: { returnAll: true },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/users',
				query: { pageSize: '100' },
				answer: { data: [CRM_USER], cursor: 'next' },
			},
			{
				method: 'GET',
				path: '/v1/integrations/users',
				query: { pageSize: '100', cursor: 'next' },
				answer: { data: [{ ...CRM_USER, id: 'other-uuid' }], cursor: null },
			},
		],
		output: [CRM_USER, { ...CRM_USER, id: 'other-uuid' }],
		failure: {
			status: 403,
			answer: { code: 403, message: 'Forbidden' },
			message: /^Could not get many CRM users: Siro does not allow this$/,
		},
	},
	{
		title: 'up to a limit',
		resource: 'crmUser',
		operation: 'getAll',
		parameters: { limit: 1 },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/users',
				query: { pageSize: '1' },
				answer: { data: [CRM_USER], cursor: 'next' },
			},
		],
		output: [CRM_USER],
		failure: {
			status: 200,
			answer: { data: [null] },
			message: /^Could not get many CRM users: Siro’s answer is not in the documented format/,
		},
	},
	{
		title: 'with every filter, though Siro gives more than asked for',
		resource: 'crmUser',
		operation: 'getEngagements',
		parameters: {
			crmUserId,
			limit: 1,
			filters: { startingAfter: '2026-02-15', startingBefore: '2026-02-16T00:00:00Z' },
		},
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/users/crm-user-uuid/engagements',
				documentedPath: '/v1/integrations/users/{id}/engagements',
				query: {
					limit: '1',
					startingAfter: '2026-02-14T15:00:00.000Z',
					startingBefore: '2026-02-16T00:00:00.000Z',
				},
				answer: [ENGAGEMENT, { ...ENGAGEMENT, id: 'other-uuid' }],
			},
		],
		output: [SIMPLE_ENGAGEMENT],
		failure: {
			status: 404,
			answer: { error: 'Not found' },
			message:
				/^Could not get the appointments of a CRM user: Siro has no CRM user with the ID "crm-user-uuid"$/,
		},
	},
	{
		title: 'without filters',
		resource: 'crmUser',
		operation: 'getEngagements',
		parameters: { crmUserId },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/users/crm-user-uuid/engagements',
				documentedPath: '/v1/integrations/users/{id}/engagements',
				query: { limit: '50' },
				answer: [],
			},
		],
		output: [],
		failure: {
			status: 200,
			answer: '<!DOCTYPE html><title>Sign in</title>',
			message: /^Could not get the appointments of a CRM user: .* got a web page titled "Sign in"$/,
		},
	},
];
