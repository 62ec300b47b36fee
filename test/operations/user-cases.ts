import { ASK_IDENTITY } from './identity';
import type { OperationCase } from './operation-case';

const USER = {
	id: 'user-1',
	email: 'rep@example.com',
	organizationId: 'org-1',
	phoneNumber: '+1 555 0100',
	firstName: 'Ann',
	lastName: 'Smith',
	memberTeamId: '123456',
	coachTeamIds: [],
	externalId: 'rep-1',
	createdAt: '2026-01-01T00:00:00.000Z',
	disabled: false,
	billable: true,
	contactSettings: { suppressEmails: false, suppressEmailErrors: false },
};

const SIMPLE_USER = {
	id: 'user-1',
	email: 'rep@example.com',
	firstName: 'Ann',
	lastName: 'Smith',
	externalId: 'rep-1',
	phoneNumber: '+1 555 0100',
	memberTeamId: '123456',
	coachTeamIds: [],
	disabled: false,
	billable: true,
};

const ONE_USER = { path: '/v1/core/users/user-1', documentedPath: '/v1/core/users/{id}' };

const notFound = (action: string) => ({
	status: 404,
	answer: { error: 'Not found' },
	message: new RegExp(`^Could not ${action}: Siro has no user with the ID "user-1"$`),
});

export const USER_CASES: OperationCase[] = [
	{
		resource: 'user',
		operation: 'get',
		parameters: { userId: { __rl: true, mode: 'list', value: 'user-1' } },
		exchanges: [{ method: 'GET', ...ONE_USER, answer: USER }],
		output: [SIMPLE_USER],
		failure: notFound('get a user'),
	},
	{
		title: 'with every filter',
		resource: 'user',
		operation: 'getAll',
		parameters: {
			limit: 1,
			filters: { disabled: false, excludeSiroUsers: true, externalId: 'rep-1' },
		},
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/users',
				query: { disabled: 'false', excludeSiroUsers: 'true', externalId: 'rep-1' },
				answer: { data: [USER, { ...USER, id: 'user-2' }], cursor: null },
			},
		],
		output: [SIMPLE_USER],
		failure: {
			status: 403,
			answer: { error: 'Forbidden' },
			message: /^Could not get many users: Siro does not allow this$/,
		},
	},
	{
		title: 'all, page by page',
		resource: 'user',
		operation: 'getAll',
		parameters: { returnAll: true },
		exchanges: [
			{ method: 'GET', path: '/v1/core/users', answer: { data: [USER], cursor: 'next' } },
			{
				method: 'GET',
				path: '/v1/core/users',
				query: { cursor: 'next' },
				answer: { data: [{ ...USER, id: 'user-2' }], cursor: null },
			},
		],
		output: [SIMPLE_USER, { ...SIMPLE_USER, id: 'user-2' }],
		failure: {
			status: 401,
			answer: { error: 'Unauthorized' },
			message: /^Could not get many users: Siro did not accept the organization token$/,
		},
	},
	{
		title: 'in the token’s own organization',
		resource: 'user',
		operation: 'create',
		parameters: { email: ' rep@example.com ' },
		exchanges: [
			ASK_IDENTITY,
			{
				method: 'POST',
				path: '/v1/core/users',
				body: { email: 'rep@example.com', organizationId: 'org-1' },
				answer: USER,
			},
		],
		output: [SIMPLE_USER],
		failure: {
			status: 401,
			answer: { error: 'Unauthorized' },
			message: /^Could not create a user: Siro did not accept the organization token$/,
		},
	},
	{
		title: 'with every field',
		resource: 'user',
		operation: 'create',
		parameters: {
			email: 'rep@example.com',
			organizationId: 'org-1',
			additionalFields: {
				billable: false,
				coachTeamIds: ['123456', '234567'],
				externalId: 'rep-1',
				firstName: 'Ann',
				isAdmin: true,
				lastName: 'Smith',
				memberTeamId: { __rl: true, mode: 'list', value: '123456' },
				phoneNumber: '+1 555 0100',
				suppressEmailErrors: true,
				suppressEmails: true,
			},
		},
		exchanges: [
			{
				method: 'POST',
				path: '/v1/core/users',
				body: {
					email: 'rep@example.com',
					organizationId: 'org-1',
					billable: false,
					coachTeamIds: ['123456', '234567'],
					externalId: 'rep-1',
					firstName: 'Ann',
					isAdmin: true,
					lastName: 'Smith',
					memberTeamId: '123456',
					phoneNumber: '+1 555 0100',
					contactSettings: { suppressEmails: true, suppressEmailErrors: true },
				},
				answer: USER,
			},
		],
		output: [SIMPLE_USER],
		failure: {
			status: 400,
			answer: { error: 'A user with this email exists already' },
			message:
				/^Could not create a user: Siro rejected the data: A user with this email exists already$/,
		},
	},
	{
		title: 'with every field',
		resource: 'user',
		operation: 'update',
		parameters: {
			userId: 'user-1',
			updateFields: {
				billable: false,
				disabled: true,
				email: 'new@example.com',
				firstName: 'Ann',
				lastName: '',
				memberTeamId: { __rl: true, mode: 'id', value: '={{ 123456 }}' },
				organizationId: 'org-1',
				phoneNumber: '+1 555 0100',
				suppressEmails: true,
			},
		},
		exchanges: [
			{
				method: 'PUT',
				...ONE_USER,
				body: {
					billable: false,
					disabled: true,
					email: 'new@example.com',
					firstName: 'Ann',
					memberTeamId: '123456',
					organizationId: 'org-1',
					phoneNumber: '+1 555 0100',
					contactSettings: { suppressEmails: true },
				},
				answer: { data: USER },
			},
		],
		output: [SIMPLE_USER],
		failure: notFound('update a user'),
	},
	{
		title: 'with the other fields',
		resource: 'user',
		operation: 'update',
		parameters: {
			userId: 'user-1',
			updateFields: { lastName: 'Jones', suppressEmailErrors: false },
		},
		exchanges: [
			{
				method: 'PUT',
				...ONE_USER,
				body: { lastName: 'Jones', contactSettings: { suppressEmailErrors: false } },
				answer: USER,
			},
		],
		output: [SIMPLE_USER],
		failure: notFound('update a user'),
	},
];
