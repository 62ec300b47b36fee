import { ASK_IDENTITY } from './identity';
import type { OperationCase } from './operation-case';

const APP = {
	appName: 'n8n',
	clientId: 'client-1',
	organizationId: 'org-1',
	owner: 'user-1',
	deleted: false,
	createdAt: '2026-01-01T00:00:00.000Z',
	updatedAt: '2026-01-01T00:00:00.000Z',
	deletedAt: null,
};

const ONE_APP = {
	path: '/v1/core/oauth/apps/client-1',
	documentedPath: '/v1/core/oauth/apps/{clientId}',
};

const notFound = (action: string) => ({
	status: 404,
	answer: { error: 'Not found' },
	message: new RegExp(`^Could not ${action}: Siro has no OAuth app with the ID "client-1"$`),
});

const CREATED = { appName: 'n8n', clientSecret: 'shown once' };

export const OAUTH_APP_CASES: OperationCase[] = [
	{
		title: 'in the token’s own organization',
		resource: 'oauthApp',
		operation: 'create',
		parameters: { appName: 'n8n', owner: { __rl: true, mode: 'list', value: 'user-1' } },
		exchanges: [
			ASK_IDENTITY,
			{
				method: 'POST',
				path: '/v1/core/oauth/apps',
				body: { appName: 'n8n', owner: 'user-1', organizationId: 'org-1' },
				status: 201,
				answer: { ...CREATED, clientID: 'client-1' },
			},
		],
		output: [{ ...CREATED, clientID: 'client-1', clientId: 'client-1' }],
		failure: {
			status: 401,
			answer: { error: 'Unauthorized' },
			message: /^Could not create an OAuth app: Siro did not accept the organization token$/,
		},
	},
	{
		title: 'in another organization, answered as the guide writes it',
		resource: 'oauthApp',
		operation: 'create',
		parameters: { appName: 'n8n', owner: 'user-1', organizationId: 'org-2' },
		exchanges: [
			{
				method: 'POST',
				path: '/v1/core/oauth/apps',
				body: { appName: 'n8n', owner: 'user-1', organizationId: 'org-2' },
				status: 201,
				answer: { data: { ...CREATED, clientId: 'client-1' } },
			},
		],
		output: [{ ...CREATED, clientId: 'client-1' }],
		failure: {
			status: 403,
			answer: { error: 'User does not have access' },
			message: /^Could not create an OAuth app: Siro does not allow this$/,
		},
	},
	{
		resource: 'oauthApp',
		operation: 'get',
		parameters: { clientId: 'client-1' },
		exchanges: [{ method: 'GET', ...ONE_APP, answer: { data: APP } }],
		output: [APP],
		failure: notFound('get an OAuth app'),
	},
	{
		title: 'all, page by page, with every filter',
		resource: 'oauthApp',
		operation: 'getAll',
		parameters: {
			owner: 'user-1',
			organizationId: 'org-1',
			returnAll: true,
			filters: {
				createdAfter: '2026-01-01T09:00:00',
				createdBefore: '2026-02-01T00:00:00Z',
			},
			sort: { sortField: 'dateUpdated', sortDirection: 'asc' },
		},
		exchanges: [undefined, 'next'].map((cursor) => ({
			method: 'GET',
			path: '/v1/core/oauth/apps',
			query: {
				organizationId: 'org-1',
				owner: 'user-1',
				fromDate: '2026-01-01T00:00:00.000Z',
				toDate: '2026-02-01T00:00:00.000Z',
				sortField: 'dateUpdated',
				sortDirection: 'asc',
				limit: '100',
				...(cursor ? { cursor } : {}),
			},
			answer: cursor
				? { data: [{ ...APP, clientId: 'client-2' }], hasNextPage: false }
				: { data: [APP], cursor: 'next', hasNextPage: true },
		})),
		output: [APP, { ...APP, clientId: 'client-2' }],
		failure: {
			status: 422,
			answer: {
				name: 'ZodError',
				issues: [{ code: 'too_small', path: ['owner'], message: 'String must not be empty' }],
			},
			message:
				/^Could not get many OAuth apps: Siro rejected the data: owner: String must not be empty$/,
		},
	},
	{
		title: 'a few of the token’s own organization',
		resource: 'oauthApp',
		operation: 'getAll',
		parameters: { owner: 'user-1', limit: 2 },
		exchanges: [
			ASK_IDENTITY,
			{
				method: 'GET',
				path: '/v1/core/oauth/apps',
				query: { organizationId: 'org-1', owner: 'user-1', limit: '2' },
				answer: { data: [APP], cursor: null },
			},
		],
		output: [APP],
		failure: {
			status: 401,
			answer: { error: 'Unauthorized' },
			message: /^Could not get many OAuth apps: Siro did not accept the organization token$/,
		},
	},
	{
		resource: 'oauthApp',
		operation: 'delete',
		parameters: { clientId: 'client-1' },
		exchanges: [{ method: 'DELETE', ...ONE_APP, answer: { clientId: 'client-1' } }],
		output: [{ id: 'client-1', deleted: true }],
		failure: notFound('delete an OAuth app'),
	},
];
