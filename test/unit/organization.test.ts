/** What the operations on users, OAuth apps and scorecards do beyond sending one request each. */
import type { INodeParameters } from 'n8n-workflow';

import { Siro } from '../../nodes/Siro/Siro.node';
import { recordedRequests, runNode, siroApi } from '../engine';
import { createCredential } from '../operations/run-case';

const IDENTITY = '/v1/core/auth/caller-identity';

const run = async (parameters: INodeParameters, items = 1) =>
	await runNode({
		nodeType: new Siro(),
		parameters,
		credential: createCredential('writingUser'),
		input: Array.from({ length: items }, (_, item) => ({ json: { item } })),
	});

const LIST_APPS = { resource: 'oauthApp', operation: 'getAll', owner: 'user-1' };

describe('the organization of the token', () => {
	test('is asked for once, however many items there are', async () => {
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
		siroApi()
			.get('/v1/core/oauth/apps')
			.query({ organizationId: 'org-1', owner: 'user-1', limit: 50 })
			.times(25)
			.reply(200, { data: [] });

		const { error } = await run(LIST_APPS, 25);

		expect(error).toBeUndefined();
		expect(recordedRequests()).toHaveLength(26);
	});

	test('is asked for again in the next execution', async () => {
		siroApi().get(IDENTITY).times(2).reply(200, { organizationId: 'org-1' });
		siroApi().get('/v1/core/oauth/apps').query(true).times(2).reply(200, { data: [] });

		await run(LIST_APPS);

		expect((await run(LIST_APPS)).error).toBeUndefined();
	});

	test('must be filled in when Siro does not tell it', async () => {
		siroApi().get(IDENTITY).reply(200, { tokenName: 'n8n' });

		const { error } = await run(LIST_APPS);

		expect(error?.message).toBe(
			'Could not get many OAuth apps: Siro did not say which organization the token belongs to',
		);
		expect(error?.description).toBe('Fill in Organization ID.');
	});
});

describe('a new OAuth app', () => {
	test('comes with the warning that its secret is shown once and stays in the data', async () => {
		siroApi()
			.post('/v1/core/oauth/apps')
			.reply(201, { appName: 'n8n', clientID: 'client-1', clientSecret: 'shown once' });

		const { hints, output } = await run({
			resource: 'oauthApp',
			operation: 'create',
			appName: 'n8n',
			owner: 'user-1',
			organizationId: 'org-1',
		});

		expect(output[0][0].json.clientSecret).toBe('shown once');
		expect(hints).toEqual([
			{
				message: expect.stringMatching(
					/^Copy the client secret of "n8n" .* does not show it again/,
				),
				type: 'warning',
				location: 'outputPane',
			},
		]);
	});

	test('is announced with the same warning before it is made', () => {
		const notice = new Siro().description.properties.find(({ name }) => name === 'secretNotice');

		expect(notice).toMatchObject({
			displayName: expect.stringMatching(
				/shows the client secret only once.*delete this execution/,
			),
			displayOptions: { show: { resource: ['oauthApp'], operation: ['create'] } },
		});
	});
});

test.each([
	{ resource: 'user', operation: 'update', userId: 'user-1' },
	{
		resource: 'user',
		operation: 'update',
		userId: 'user-1',
		updateFields: { firstName: ' ' },
	},
	{ resource: 'followup', operation: 'update', followupId: 'followup-1' },
])('an update of nothing is not sent: $resource', async (parameters) => {
	const { error } = await run(parameters);

	expect(error?.message).toMatch(
		/^Could not update a (user|follow-up): there is nothing to change$/,
	);
	expect(error?.description).toBe('Add at least one field under Update Fields and fill it in.');
	expect(recordedRequests()).toEqual([]);
});

test.each(['filterByIds', 'filterBy'])('metric values need %s', async (name) => {
	const { error } = await run({
		resource: 'scorecard',
		operation: 'getMetricValues',
		organizationId: 'org-1',
		conversationTypeId: 'type-1',
		startAt: '2026-06-01',
		endAt: '2026-07-01',
		filterByIds: ['user-1'],
		[name]: '={{ [] }}',
	});

	expect(error?.message).toMatch(
		/^Could not get scorecard metric values: (Filter By|User, Team or Recording Names or IDs) is empty$/,
	);
	expect(recordedRequests()).toEqual([]);
});
