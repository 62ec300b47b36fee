import type { OperationCase } from './operation-case';

export const ENGAGEMENT = {
	id: 'eng-uuid',
	externalId: 'appt-456',
	engagementType: 'meeting',
	direction: 'OUTBOUND',
	subject: 'Smith kitchen',
	content: 'Bring samples',
	startTime: '2026-02-15T14:00:00.000Z',
	startTimeLocalized: '2026-02-15T08:00:00',
	endTime: '2026-02-15T15:00:00.000Z',
	recordingId: 'rec-1',
	opportunityId: 'opp-uuid',
	accountId: 'acct-uuid',
	engagementUsers: [],
	organizationId: 'org-1',
	createdAt: '2026-02-01T00:00:00.000Z',
	updatedAt: '2026-02-01T00:00:00.000Z',
};

export const SIMPLE_ENGAGEMENT = {
	id: 'eng-uuid',
	externalId: 'appt-456',
	subject: 'Smith kitchen',
	startTime: '2026-02-15T14:00:00.000Z',
	endTime: '2026-02-15T15:00:00.000Z',
	engagementType: 'meeting',
	recordingId: 'rec-1',
	accountId: 'acct-uuid',
	opportunityId: 'opp-uuid',
	engagementUsers: [],
};

const REJECTION = {
	status: 400,
	answer: { error: 'Invalid body', details: [{ path: ['startTime'], message: 'must be a date' }] },
	message:
		/^Could not sync an appointment: Siro rejected the data: Invalid body: startTime: must be a date$/,
};

const ADDRESS = { street: '1 Elm', city: 'Gary', state: 'IN', zip: '46401', country: 'US' };

const WINDOW = { fromTime: '2026-02-15T00:00:00.000Z', toTime: '2026-02-16T00:00:00.000Z' };

export const ENGAGEMENT_CASES: OperationCase[] = [
	{
		title: 'one, with the fields of the guide’s example',
		resource: 'engagement',
		operation: 'sync',
		parameters: {
			externalId: 'appt-456',
			subject: 'Smith kitchen',
			startTime: '2026-02-15T23:00:00',
			endTime: '2026-02-15T09:00:00-06:00',
			activityType: 'MEETING',
			reps: { rep: [{ externalId: 'rep-123', email: 'john@example.com', name: 'John Sales' }] },
			account: { externalId: 'account-789' },
			opportunity: { externalId: 'opp-101' },
		},
		exchanges: [
			{
				method: 'PUT',
				path: '/v1/integrations/sync/engagements',
				body: {
					externalId: 'appt-456',
					subject: 'Smith kitchen',
					startTime: '2026-02-15T14:00:00.000Z',
					endTime: '2026-02-15T15:00:00.000Z',
					engagementType: { activityType: 'MEETING', name: 'meeting' },
					engagementUsers: [
						{ externalId: 'rep-123', email: 'john@example.com', name: 'John Sales' },
					],
					account: { externalId: 'account-789' },
					opportunity: { externalId: 'opp-101' },
				},
				answer: { data: ENGAGEMENT },
			},
		],
		output: [ENGAGEMENT],
		failure: REJECTION,
	},
	{
		title: 'one, with every field',
		resource: 'engagement',
		operation: 'sync',
		parameters: {
			externalId: 'appt-456',
			activityType: 'APPOINTMENT',
			reps: {
				rep: [
					{
						externalId: 'rep-1',
						shareOfSale: 0.5,
						deletedAt: '2026-01-01T00:00:00Z',
						email: '',
						name: '',
					},
				],
			},
			account: {
				externalId: 'account-1',
				name: 'Smith',
				latitude: 41.6,
				longitude: -87.3,
				addresses: { address: [ADDRESS] },
				phoneNumbers: ['+1 555 0100'],
				emailAddresses: ['smith@example.com'],
				lastActivityAt: '2026-01-02T00:00:00Z',
				deletedAt: '2026-01-03T00:00:00Z',
				ownerExternalId: 'rep-1',
				mergedToExternalId: 'account-2',
				mergedFromExternalIds: ['account-3'],
			},
			opportunity: {
				externalId: 'opp-1',
				name: 'Kitchen',
				amount: 45000,
				closedAt: '2026-03-01T00:00:00Z',
				remoteCreatedAt: '2026-01-01T00:00:00Z',
				lastActivityAt: '2026-01-02T00:00:00Z',
				disposition: 'WON',
				copyEngagementRelationships: true,
			},
			contact: {
				externalId: 'contact-1',
				name: 'Ann Smith',
				account: { values: { externalId: 'account-1', ownerExternalId: 'rep-2' } },
			},
			lead: { externalId: 'lead-1', firstName: 'Ann', lastName: 'Smith', ownerExternalId: 'rep-1' },
			additionalFields: {
				content: 'Bring samples',
				direction: 'OUTBOUND',
				startTimeLocalized: '2026-02-15T14:00:00',
				remoteCreatedAt: '2026-01-01T00:00:00Z',
				remoteUpdatedAt: '2026-01-02T00:00:00Z',
				deletedAt: '2026-01-03T00:00:00Z',
				engagementTypeId: 'type-uuid',
				engagementTypeName: 'First visit',
				engagementTypeExternalId: 'type-1',
			},
		},
		exchanges: [
			{
				method: 'PUT',
				path: '/v1/integrations/sync/engagements',
				body: {
					externalId: 'appt-456',
					engagementType: {
						activityType: 'APPOINTMENT',
						name: 'First visit',
						externalId: 'type-1',
					},
					engagementUsers: [
						{ externalId: 'rep-1', shareOfSale: 0.5, deletedAt: '2026-01-01T00:00:00.000Z' },
					],
					account: {
						externalId: 'account-1',
						name: 'Smith',
						latitude: 41.6,
						longitude: -87.3,
						addresses: [ADDRESS],
						phoneNumbers: ['+1 555 0100'],
						emailAddresses: ['smith@example.com'],
						lastActivityAt: '2026-01-02T00:00:00.000Z',
						deletedAt: '2026-01-03T00:00:00.000Z',
						owner: { externalId: 'rep-1' },
						mergedToExternalId: 'account-2',
						mergedFromExternalIds: ['account-3'],
					},
					opportunity: {
						externalId: 'opp-1',
						name: 'Kitchen',
						amount: 45000,
						closedAt: '2026-03-01T00:00:00.000Z',
						remoteCreatedAt: '2026-01-01T00:00:00.000Z',
						lastActivityAt: '2026-01-02T00:00:00.000Z',
						disposition: 'WON',
						copyEngagementRelationships: true,
					},
					contact: {
						externalId: 'contact-1',
						name: 'Ann Smith',
						account: { externalId: 'account-1', owner: { externalId: 'rep-2' } },
					},
					lead: {
						externalId: 'lead-1',
						firstName: 'Ann',
						lastName: 'Smith',
						owner: { externalId: 'rep-1' },
					},
					content: 'Bring samples',
					direction: 'OUTBOUND',
					startTimeLocalized: '2026-02-15T14:00:00',
					remoteCreatedAt: '2026-01-01T00:00:00.000Z',
					remoteUpdatedAt: '2026-01-02T00:00:00.000Z',
					deletedAt: '2026-01-03T00:00:00.000Z',
					engagementTypeId: 'type-uuid',
				},
				answer: { data: ENGAGEMENT },
			},
		],
		output: [ENGAGEMENT],
		failure: REJECTION,
	},
	{
		title: 'several as JSON, in one request, answered in another order',
		resource: 'engagement',
		operation: 'sync',
		input: [{ json: { id: 1 } }, { json: { id: 'appt-2' } }],
		parameters: {
			inputMode: 'json',
			json: '={{ { externalId: $json.id, startTime: "2026-02-15T14:00:00", subject: null } }}',
		},
		exchanges: [
			{
				method: 'PUT',
				path: '/v1/integrations/sync/batch/engagements',
				body: [
					{ externalId: '1', startTime: '2026-02-15T05:00:00.000Z' },
					{ externalId: 'appt-2', startTime: '2026-02-15T05:00:00.000Z' },
				],
				answer: {
					data: [
						{ ...ENGAGEMENT, externalId: 'appt-2' },
						{ ...ENGAGEMENT, externalId: '1' },
					],
				},
			},
		],
		output: [
			{ ...ENGAGEMENT, externalId: '1' },
			{ ...ENGAGEMENT, externalId: 'appt-2' },
		],
		pairedWith: [0, 1],
		failure: {
			status: 401,
			answer: { code: 401, message: 'Invalid token' },
			message: /^Could not sync an appointment for 2 of 2 items; the other 0 went through$/,
		},
	},
	{
		title: 'by Siro’s ID',
		resource: 'engagement',
		operation: 'get',
		parameters: { engagementId: { __rl: true, mode: 'id', value: 'eng-uuid' } },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/engagements/eng-uuid',
				documentedPath: '/v1/integrations/engagements/{id}',
				answer: ENGAGEMENT,
			},
		],
		output: [SIMPLE_ENGAGEMENT],
		failure: {
			status: 404,
			answer: { error: 'Not found' },
			message: /^Could not get an appointment: Siro has no appointment with the ID "eng-uuid"$/,
		},
	},
	{
		title: 'by external ID, a number, among others',
		resource: 'engagement',
		operation: 'get',
		input: [{ json: { id: 456 } }],
		parameters: { engagementId: { __rl: true, mode: 'externalId', value: '={{ $json.id }}' } },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/engagements',
				query: { externalId: '456' },
				answer: {
					data: [
						{ ...ENGAGEMENT, externalId: '4567' },
						{ ...ENGAGEMENT, externalId: '456' },
					],
					cursor: null,
				},
			},
		],
		output: [{ ...SIMPLE_ENGAGEMENT, externalId: '456' }],
		failure: {
			status: 200,
			answer: { data: [{ ...ENGAGEMENT, externalId: '4567' }], cursor: null },
			message: /^Could not get an appointment: Siro has no appointment with the external ID "456"$/,
		},
	},
	{
		resource: 'engagement',
		operation: 'getAll',
		parameters: { limit: 1, filters: { externalId: 'appt-456', recordingId: 'rec-1' } },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/engagements',
				query: { externalId: 'appt-456', recordingId: 'rec-1' },
				answer: { data: [ENGAGEMENT, ENGAGEMENT], cursor: 25 },
			},
		],
		output: [SIMPLE_ENGAGEMENT],
		failure: {
			status: 403,
			answer: { code: 403, message: 'Forbidden' },
			message: /^Could not get many appointments: Siro does not allow this$/,
		},
	},
	{
		title: 'by Siro’s ID',
		resource: 'engagement',
		operation: 'delete',
		parameters: {
			engagementId: { __rl: true, mode: 'id', value: 'eng-uuid' },
			options: { integrationPlatform: 'SALESFORCE' },
		},
		exchanges: [
			{
				method: 'DELETE',
				path: '/v1/integrations/engagements/eng-uuid',
				documentedPath: '/v1/integrations/engagements/{id}',
				answer: true,
			},
		],
		output: [{ id: 'eng-uuid', deleted: true }],
		failure: {
			status: 404,
			answer: { error: 'Not found' },
			message: /^Could not delete an appointment: Siro has no appointment with the ID "eng-uuid"$/,
		},
	},
	{
		title: 'by external ID',
		resource: 'engagement',
		operation: 'delete',
		parameters: {
			engagementId: { __rl: true, mode: 'externalId', value: 'appt/456' },
			options: { integrationPlatform: 'SALESFORCE' },
		},
		exchanges: [
			{
				method: 'DELETE',
				path: '/v1/integrations/engagements/appt%2F456',
				documentedPath: '/v1/integrations/engagements/{id}',
				query: { idType: 'external', integrationPlatform: 'SALESFORCE' },
				answer: true,
			},
		],
		output: [{ externalId: 'appt/456', deleted: true }],
		failure: {
			status: 200,
			answer: false,
			message: /^Could not delete an appointment: Siro answered that it did not do this$/,
		},
	},
	{
		title: 'by external ID, without a platform',
		resource: 'engagement',
		operation: 'delete',
		parameters: { engagementId: { __rl: true, mode: 'externalId', value: 'appt-456' } },
		exchanges: [
			{
				method: 'DELETE',
				path: '/v1/integrations/engagements/appt-456',
				documentedPath: '/v1/integrations/engagements/{id}',
				query: { idType: 'external' },
				answer: true,
			},
		],
		output: [{ externalId: 'appt-456', deleted: true }],
		failure: {
			status: 404,
			answer: { error: 'Not found' },
			message:
				/^Could not delete an appointment: Siro has no appointment with the external ID "appt-456"$/,
		},
	},
	{
		title: 'one external ID per item',
		resource: 'engagement',
		operation: 'deleteMissing',
		input: [{ json: { Id: 'appt-1' } }, { json: { Id: 2 } }, { json: { Id: 'appt-1' } }],
		parameters: {
			existingExternalIds: '={{ $json.Id }}',
			fromTime: '2026-02-15',
			toTime: '2026-02-15T23:59:59Z',
			allowLargeDeletion: true,
		},
		exchanges: [
			{
				method: 'POST',
				path: '/v1/integrations/sync/engagements/soft-delete-removed',
				body: {
					validExternalIds: ['appt-1', '2'],
					fromTime: '2026-02-14T15:00:00.000Z',
					toTime: '2026-02-15T23:59:59.000Z',
				},
				answer: { data: { success: true } },
			},
		],
		output: [
			{
				success: true,
				fromTime: '2026-02-14T15:00:00.000Z',
				toTime: '2026-02-15T23:59:59.000Z',
				existingCount: 2,
			},
		],
		pairedWith: [[0, 1, 2]],
		failure: {
			status: 200,
			answer: { data: { success: false } },
			message: /^Could not delete missing appointments: Siro answered that it did not do this$/,
		},
	},
	{
		title: 'a list in one item',
		resource: 'engagement',
		operation: 'deleteMissing',
		input: [{ json: { ids: ['appt-1', 2] } }],
		parameters: { existingExternalIds: '={{ $json.ids }}', ...WINDOW },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/engagements',
				answer: {
					data: [
						{ ...ENGAGEMENT, externalId: '2', startTime: WINDOW.fromTime },
						{ ...ENGAGEMENT, externalId: 'gone', startTime: WINDOW.toTime },
					],
					cursor: null,
				},
			},
			{
				method: 'POST',
				path: '/v1/integrations/sync/engagements/soft-delete-removed',
				body: { validExternalIds: ['appt-1', '2'], ...WINDOW },
				answer: { data: { success: true } },
			},
		],
		output: [{ success: true, ...WINDOW, existingCount: 2 }],
		pairedWith: [[0]],
		failure: {
			status: 400,
			answer: { error: 'Invalid body' },
			message: /^Could not delete missing appointments: Siro rejected the data: Invalid body$/,
		},
	},
	{
		title: 'none exists any more, as confirmed',
		resource: 'engagement',
		operation: 'deleteMissing',
		parameters: { ...WINDOW, allowEmptyList: true },
		exchanges: [
			{
				method: 'POST',
				path: '/v1/integrations/sync/engagements/soft-delete-removed',
				body: { validExternalIds: [], ...WINDOW },
				answer: { data: { success: true } },
			},
		],
		output: [{ success: true, ...WINDOW, existingCount: 0 }],
		pairedWith: [[0]],
		failure: {
			status: 403,
			answer: { code: 403, message: 'Forbidden' },
			message: /^Could not delete missing appointments: Siro does not allow this$/,
		},
	},
	{
		title: 'a preview',
		resource: 'engagement',
		operation: 'deleteMissing',
		parameters: { ...WINDOW, existingExternalIds: ' appt-1 \nappt-2, b\n\n3', previewOnly: true },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/engagements',
				answer: {
					data: [
						{ ...ENGAGEMENT, externalId: 'appt-1', startTime: WINDOW.fromTime },
						{ ...ENGAGEMENT, externalId: 'before', startTime: '2026-02-14T23:59:59.999Z' },
						{ ...ENGAGEMENT, externalId: 'first', startTime: '2026-02-15T01:00:00+01:00' },
						{ ...ENGAGEMENT, externalId: 'last', startTime: WINDOW.toTime },
						{ ...ENGAGEMENT, externalId: 'after', startTime: '2026-02-16T00:00:00.001Z' },
						{ ...ENGAGEMENT, externalId: 'no-time', startTime: undefined },
					],
					cursor: null,
				},
			},
		],
		output: [
			{
				preview: true,
				...WINDOW,
				existingCount: 3,
				missingCount: 2,
				missing: [
					{
						id: 'eng-uuid',
						externalId: 'first',
						subject: 'Smith kitchen',
						startTime: '2026-02-15T01:00:00+01:00',
					},
					{
						id: 'eng-uuid',
						externalId: 'last',
						subject: 'Smith kitchen',
						startTime: WINDOW.toTime,
					},
				],
			},
		],
		pairedWith: [[0]],
		failure: {
			status: 401,
			answer: { code: 401, message: 'Invalid token' },
			message:
				/^Could not delete missing appointments: Siro did not accept the organization token$/,
		},
	},
];
