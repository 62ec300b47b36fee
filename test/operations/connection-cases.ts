import type { OperationCase } from './operation-case';

const CONNECTION = {
	id: 'conn-1',
	name: 'Our CRM',
	externalAccountId: 'tenant-1',
	organizationId: 'org-1',
	integrationPlatform: 'SIRO_CUSTOM_INPUT',
	createdAt: '2026-02-01T00:00:00.000Z',
	updatedAt: '2026-02-01T00:00:00.000Z',
	isActive: true,
	syncStatus: [
		{
			id: 'sync-1',
			modelName: 'Account',
			modelSyncStatus: 'UP_TO_DATE',
			modelModifiedAfter: null,
			createdAt: '2026-02-01T00:00:00.000Z',
			updatedAt: '2026-02-01T00:00:00.000Z',
		},
	],
	syncTranscript: true,
};

export const CONNECTION_CASES: OperationCase[] = [
	{
		resource: 'connection',
		operation: 'get',
		parameters: { connectionId: { __rl: true, mode: 'id', value: 'conn-1' } },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/integrations/connections/conn-1',
				documentedPath: '/v1/core/integrations/connections/{id}',
				answer: CONNECTION,
			},
		],
		output: [CONNECTION],
		failure: {
			status: 404,
			answer: 'Integration connection not found or you do not have permission to view it.',
			message: /^Could not get a connection: Siro has no CRM connection with the ID "conn-1"$/,
		},
	},
	{
		title: 'all',
		resource: 'connection',
		operation: 'getAll',
		parameters: { returnAll: true },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/integrations/connections',
				answer: { data: [CONNECTION], cursor: null },
			},
		],
		output: [CONNECTION],
		failure: {
			status: 401,
			answer: { code: 401, message: 'Invalid token' },
			message: /^Could not get many connections: Siro did not accept the organization token$/,
		},
	},
	{
		title: 'of one platform',
		resource: 'connection',
		operation: 'getAll',
		parameters: { filters: { integrationPlatform: 'SALESFORCE' } },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/integrations/connections',
				query: { integrationPlatform: 'SALESFORCE' },
				answer: { data: [], cursor: null },
			},
		],
		output: [],
		failure: {
			status: 400,
			answer: { error: 'Unknown platform' },
			message: /^Could not get many connections: Siro rejected the data: Unknown platform$/,
		},
	},
	{
		title: 'of a CRM of one’s own',
		resource: 'connection',
		operation: 'create',
		parameters: {
			name: 'Our CRM',
			integrationPlatform: 'SIRO_CUSTOM_INPUT',
			externalAccountId: 'tenant-1',
			additionalFields: { isActive: 'false' },
		},
		exchanges: [
			{
				method: 'POST',
				path: '/v1/core/integrations/connections',
				body: {
					name: 'Our CRM',
					integrationPlatform: 'SIRO_CUSTOM_INPUT',
					externalAccountId: 'tenant-1',
					isActive: false,
				},
				status: 201,
				answer: CONNECTION,
			},
		],
		output: [CONNECTION],
		failure: {
			status: 409,
			answer: 'Duplicate connection for integration platform for org',
			message:
				/^Could not create a connection: it conflicts with what Siro already has: Duplicate connection/,
		},
	},
	{
		resource: 'connection',
		operation: 'update',
		parameters: {
			connectionId: { __rl: true, mode: 'list', value: 'conn-1' },
			updateFields: { isActive: false, name: 'Our old CRM', syncTranscript: true },
		},
		exchanges: [
			{
				method: 'PATCH',
				path: '/v1/core/integrations/connections/conn-1',
				documentedPath: '/v1/core/integrations/connections/{id}',
				body: { isActive: false, name: 'Our old CRM', syncTranscript: true },
				answer: CONNECTION,
			},
		],
		output: [CONNECTION],
		failure: {
			status: 404,
			answer: 'Integration connection not found or you do not have permission to view it.',
			message: /^Could not update a connection: Siro has no CRM connection with the ID "conn-1"$/,
		},
	},
];
