import { ASK_IDENTITY } from './identity';
import type { OperationCase } from './operation-case';

const TEAM = {
	id: 'ab12cd',
	name: 'Sales North',
	organizationId: 'org-1',
	coachUids: ['user-1'],
	coachManifest: { 'user-1': { email: 'coach@example.com', firstName: 'Ann', lastName: null } },
	memberUids: ['user-2', 'user-3'],
	memberManifest: { 'user-2': { email: null, firstName: 'Ben', lastName: 'Hill' } },
	newUserDefaultConversationTypes: ['type-1'],
	createdAt: '2026-02-01T00:00:00.000Z',
};

const ALL_TEAMS = {
	path: '/v1/core/organizations/org-1/teams',
	documentedPath: '/v1/core/organizations/{orgId}/teams',
};

const ONE_TEAM = {
	path: '/v1/core/organizations/org-1/teams/ab12cd',
	documentedPath: '/v1/core/organizations/{orgId}/teams/{teamId}',
};

const organizationId = 'org-1';
const teamId = { __rl: true, mode: 'id', value: 'ab12cd' };

const notFound = (action: string) => ({
	status: 404,
	answer: { error: 'Team not found' },
	message: new RegExp(`^Could not ${action}: Siro has no team with the ID "ab12cd"$`),
});

export const TEAM_CASES: OperationCase[] = [
	{
		title: 'with every field',
		resource: 'team',
		operation: 'create',
		parameters: {
			name: ' Sales North ',
			additionalFields: {
				betaFeatures: ['halftime'],
				coachUids: ['user-1'],
				memberUids: ['user-2', ' ', 'user-3'],
				newUserDefaultConversationTypes: ['type-1'],
			},
		},
		exchanges: [
			ASK_IDENTITY,
			{
				...ALL_TEAMS,
				method: 'POST',
				body: {
					name: 'Sales North',
					betaFeatures: ['halftime'],
					coachUids: ['user-1'],
					memberUids: ['user-2', 'user-3'],
					newUserDefaultConversationTypes: ['type-1'],
				},
				status: 201,
				answer: TEAM,
			},
		],
		output: [TEAM],
		failure: {
			parameters: { name: "={{ ' ' }}" },
			message: /^Could not create a team: name is empty$/,
		},
	},
	{
		title: 'with a name only',
		resource: 'team',
		operation: 'create',
		parameters: { name: 'Sales North', organizationId },
		exchanges: [
			{ ...ALL_TEAMS, method: 'POST', body: { name: 'Sales North' }, status: 201, answer: TEAM },
		],
		output: [TEAM],
		failure: {
			status: 403,
			answer: { error: 'Forbidden' },
			message: /^Could not create a team: Siro does not allow this/,
		},
	},
	{
		resource: 'team',
		operation: 'get',
		parameters: { teamId },
		exchanges: [ASK_IDENTITY, { ...ONE_TEAM, method: 'GET', answer: TEAM }],
		output: [TEAM],
		failure: {
			parameters: { teamId: { __rl: true, mode: 'id', value: "={{ '' }}" } },
			message: /^Could not get a team: an ID is empty$/,
		},
	},
	{
		title: 'of another organization',
		resource: 'team',
		operation: 'get',
		parameters: { teamId, organizationId },
		exchanges: [{ ...ONE_TEAM, method: 'GET', answer: TEAM }],
		output: [TEAM],
		failure: notFound('get a team'),
	},
	{
		title: 'all, page by page',
		resource: 'team',
		operation: 'getAll',
		parameters: { returnAll: true },
		exchanges: [
			ASK_IDENTITY,
			{
				...ALL_TEAMS,
				method: 'GET',
				query: { pageSize: '100' },
				answer: { data: [TEAM], cursor: 'next' },
			},
			{
				...ALL_TEAMS,
				method: 'GET',
				query: { pageSize: '100', cursor: 'next' },
				answer: { data: [{ ...TEAM, id: 'ef34gh' }], cursor: null },
			},
		],
		output: [TEAM, { ...TEAM, id: 'ef34gh' }],
		failure: {
			status: 401,
			answer: { code: 401, message: 'Invalid token' },
			message: /^Could not get many teams: Siro did not accept the organization token$/,
		},
	},
	{
		title: 'up to a limit',
		resource: 'team',
		operation: 'getAll',
		parameters: { limit: 1, organizationId },
		exchanges: [
			{
				...ALL_TEAMS,
				method: 'GET',
				query: { pageSize: '1' },
				answer: { data: [TEAM], cursor: 'next' },
			},
		],
		output: [TEAM],
		failure: {
			status: 200,
			answer: { teams: [] },
			message: /^Could not get many teams: Siro’s answer is not in the documented format/,
		},
	},
	{
		title: 'with every field',
		resource: 'team',
		operation: 'update',
		parameters: {
			teamId,
			organizationId,
			updateFields: {
				betaFeatures: ['halftime'],
				coachUids: ['user-1'],
				memberUids: ['user-2'],
				name: 'Sales South',
				newUserDefaultConversationTypes: ['type-1'],
			},
		},
		exchanges: [
			{
				...ONE_TEAM,
				method: 'PATCH',
				body: {
					betaFeatures: ['halftime'],
					coachUids: ['user-1'],
					memberUids: ['user-2'],
					name: 'Sales South',
					newUserDefaultConversationTypes: ['type-1'],
				},
				answer: TEAM,
			},
		],
		output: [TEAM],
		failure: notFound('update a team'),
	},
	{
		title: 'as JSON, emptying a list',
		resource: 'team',
		operation: 'update',
		parameters: { teamId, inputMode: 'json', json: '{ "coachUids": [] }' },
		exchanges: [
			ASK_IDENTITY,
			{ ...ONE_TEAM, method: 'PATCH', body: { coachUids: [] }, answer: TEAM },
		],
		output: [TEAM],
		failure: {
			parameters: { json: '{}' },
			message: /^Could not update a team: there is nothing to change$/,
		},
	},
	{
		resource: 'team',
		operation: 'delete',
		parameters: { teamId },
		exchanges: [ASK_IDENTITY, { ...ONE_TEAM, method: 'DELETE', answer: TEAM }],
		output: [{ id: 'ab12cd', deleted: true }],
		failure: {
			parameters: { teamId: { __rl: true, mode: 'id', value: "={{ '..' }}" } },
			message: /^Could not delete a team: ".." is not a valid ID$/,
		},
	},
	{
		title: 'of another organization',
		resource: 'team',
		operation: 'delete',
		parameters: { teamId, organizationId },
		exchanges: [{ ...ONE_TEAM, method: 'DELETE', answer: TEAM }],
		output: [{ id: 'ab12cd', deleted: true }],
		failure: notFound('delete a team'),
	},
];
