import type { OperationCase } from './operation-case';

const ADDRESS = { street: '1 Elm', city: 'Gary', state: 'IN', zip: '46401', country: 'US' };

const ACCOUNT = {
	id: 'acct-uuid',
	externalId: 'account-789',
	name: 'Smith',
	latitude: 41.6,
	longitude: -87.3,
	addresses: [ADDRESS],
	phoneNumbers: ['+1 555 0100'],
	emailAddresses: ['smith@example.com'],
	createdAt: '2026-02-01T00:00:00.000Z',
	updatedAt: '2026-02-01T00:00:00.000Z',
};

const EXISTING_ACCOUNT = {
	path: '/v1/integrations/accounts/acct-uuid',
	documentedPath: '/v1/integrations/accounts/{id}',
};

const accountId = { __rl: true, mode: 'id', value: 'acct-uuid' };

const notFound = (action: string) => ({
	status: 404,
	answer: { error: 'Not found' },
	message: new RegExp(`^Could not ${action}: Siro has no account with the ID "acct-uuid"$`),
});

export const ACCOUNT_CASES: OperationCase[] = [
	{
		title: 'with every field',
		resource: 'account',
		operation: 'create',
		parameters: {
			externalId: 'account-789',
			name: 'Smith',
			additionalFields: {
				addresses: { address: [{ street: '1 Elm', city: 'Gary' }] },
				emailAddresses: ['smith@example.com'],
				latitude: 41.6,
				longitude: -87.3,
				phoneNumbers: ['+1 555 0100', ' '],
			},
		},
		exchanges: [
			{
				method: 'POST',
				path: '/v1/integrations/accounts',
				body: {
					externalId: 'account-789',
					name: 'Smith',
					addresses: [{ street: '1 Elm', city: 'Gary', state: '', zip: '', country: '' }],
					emailAddresses: ['smith@example.com'],
					latitude: 41.6,
					longitude: -87.3,
					phoneNumbers: ['+1 555 0100'],
				},
				answer: ACCOUNT,
			},
		],
		output: [ACCOUNT],
		failure: {
			status: 409,
			answer: { error: 'externalId is taken' },
			message:
				/^Could not create an account: it conflicts with what Siro already has: externalId is taken$/,
		},
	},
	{
		title: 'with a place only',
		resource: 'account',
		operation: 'create',
		parameters: {
			externalId: 'account-789',
			additionalFields: { latitude: 41.6, longitude: -87.3 },
		},
		exchanges: [
			{
				method: 'POST',
				path: '/v1/integrations/accounts',
				body: { externalId: 'account-789', latitude: 41.6, longitude: -87.3 },
				answer: { data: ACCOUNT },
			},
		],
		output: [ACCOUNT],
		failure: {
			status: 500,
			answer: 'Internal error',
			message: /^Could not create an account: something went wrong inside Siro \(status 500\)$/,
		},
	},
	{
		title: 'as JSON',
		resource: 'account',
		operation: 'create',
		input: [{ json: { id: 789 } }],
		parameters: {
			inputMode: 'json',
			json: `={{ { externalId: $json.id, addresses: ${JSON.stringify([ADDRESS])} } }}`,
		},
		exchanges: [
			{
				method: 'POST',
				path: '/v1/integrations/accounts',
				body: { externalId: '789', addresses: [ADDRESS] },
				answer: ACCOUNT,
			},
		],
		output: [ACCOUNT],
		failure: {
			status: 422,
			answer: { error: 'Invalid body' },
			message: /^Could not create an account: Siro rejected the data: Invalid body$/,
		},
	},
	{
		title: 'with every field',
		resource: 'account',
		operation: 'update',
		parameters: {
			accountId,
			updateFields: {
				name: 'Smith & Sons',
				addresses: { address: [ADDRESS] },
				emailAddresses: ['smith@example.com'],
				latitude: 41.6,
				longitude: 0,
				phoneNumbers: ['+1 555 0100'],
			},
		},
		exchanges: [
			{
				...EXISTING_ACCOUNT,
				method: 'PUT',
				body: {
					name: 'Smith & Sons',
					addresses: [ADDRESS],
					emailAddresses: ['smith@example.com'],
					latitude: 41.6,
					longitude: 0,
					phoneNumbers: ['+1 555 0100'],
				},
				answer: ACCOUNT,
			},
		],
		output: [ACCOUNT],
		failure: notFound('update an account'),
	},
	{
		title: 'as JSON, emptying a list',
		resource: 'account',
		operation: 'update',
		parameters: { accountId, inputMode: 'json', json: '{ "phoneNumbers": [] }' },
		exchanges: [
			{ ...EXISTING_ACCOUNT, method: 'PUT', body: { phoneNumbers: [] }, answer: ACCOUNT },
		],
		output: [ACCOUNT],
		failure: notFound('update an account'),
	},
	{
		resource: 'account',
		operation: 'get',
		parameters: { accountId },
		exchanges: [{ ...EXISTING_ACCOUNT, method: 'GET', answer: ACCOUNT }],
		output: [ACCOUNT],
		failure: notFound('get an account'),
	},
	{
		title: 'all, in one piece',
		resource: 'account',
		operation: 'getAll',
		parameters: { returnAll: true },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/accounts',
				answer: [ACCOUNT, { ...ACCOUNT, id: '2' }],
			},
		],
		output: [ACCOUNT, { ...ACCOUNT, id: '2' }],
		failure: {
			status: 401,
			answer: { code: 401, message: 'Invalid token' },
			message: /^Could not get many accounts: Siro did not accept the organization token$/,
		},
	},
	{
		title: 'up to a limit',
		resource: 'account',
		operation: 'getAll',
		parameters: { limit: 1 },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/integrations/accounts',
				answer: [ACCOUNT, { ...ACCOUNT, id: '2' }],
			},
		],
		output: [ACCOUNT],
		failure: {
			status: 200,
			answer: { accounts: [] },
			message: /^Could not get many accounts: Siro’s answer is not in the documented format/,
		},
	},
	{
		resource: 'account',
		operation: 'delete',
		parameters: { accountId },
		exchanges: [{ ...EXISTING_ACCOUNT, method: 'DELETE', answer: true }],
		output: [{ id: 'acct-uuid', deleted: true }],
		failure: notFound('delete an account'),
	},
];
