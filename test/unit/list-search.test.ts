import type { IDataObject, INodeListSearchResult, INodeParameters } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { Siro } from '../../nodes/Siro/Siro.node';
import { loadOptionsContext, platformApi, recordedRequests, searchList, siroApi } from '../engine';
import { ASK_IDENTITY } from '../operations/identity';
import { parametersOf } from '../operations/parameters';
import { createCredential } from '../operations/run-case';

interface Searched {
	method: string;
	/** What else the node's parameters say. */
	parameters?: INodeParameters;
	surface?: 'platform';
	path: string;
	/** Besides the cursor. */
	query?: Record<string, string>;
	/** Two records; only the second is found by "kitchen". */
	records: [IDataObject, IDataObject];
	names: [string, string];
	ids?: [string, string];
	urls?: [string, undefined];
	/** How Siro wraps the records; by default `{data, cursor}`. */
	wrap?: (records: IDataObject[], cursor: string | null) => object;
	/** Siro gives this list in one piece. */
	isWhole?: boolean;
	/** Siro must be asked first which organization the token belongs to. */
	isByOrganization?: boolean;
	/** What the editor shows when it fails. */
	action: string;
}

const APPOINTMENTS: Omit<Searched, 'method'> = {
	path: '/v1/integrations/engagements',
	records: [
		{ id: '1', externalId: 'appt-1' },
		{ id: '2', externalId: 'appt-2', subject: 'Kitchen', startTime: '2026-02-15T14:00:00.000Z' },
	],
	names: ['Untitled (no date, appt-1)', 'Kitchen (2026-02-15, appt-2)'],
	action: 'list appointments',
};

const ACCOUNTS: Omit<Searched, 'method'> = {
	path: '/v1/integrations/accounts',
	records: [
		{ id: '1', externalId: 'account-1' },
		{ id: '2', externalId: 'account-2', name: 'Kitchen World' },
	],
	names: ['Unnamed (account-1)', 'Kitchen World (account-2)'],
	wrap: (records) => records,
	isWhole: true,
	action: 'list accounts',
};

const OPPORTUNITIES: Omit<Searched, 'method'> = {
	path: '/v1/integrations/opportunities',
	records: [
		{ id: '1', externalId: 'opp-1', name: null },
		{ id: '2', externalId: 'opp-2', name: 'Smith kitchen', disposition: 'WON' },
	],
	names: ['Unnamed (opp-1)', 'Smith kitchen (won, opp-2)'],
	action: 'list opportunities',
};

const linking = (dataType: string) => ({ resource: 'recording', operation: 'link', dataType });

const SEARCHES: Searched[] = [
	{
		method: 'searchRecordings',
		path: '/v1/core/recordings',
		query: { pageSize: '50' },
		records: [
			{ id: '1', links: { web: { self: 'https://app.siro.ai/recordings/1' } } },
			{ id: '2', title: 'Kitchen', createdAt: '2026-02-15T14:00:00.000Z' },
		],
		names: ['Untitled (no date)', 'Kitchen (2026-02-15)'],
		urls: ['https://app.siro.ai/recordings/1', undefined],
		action: 'list recordings',
	},
	{ method: 'searchEngagements', ...APPOINTMENTS },
	{ method: 'searchOpportunities', ...OPPORTUNITIES },
	{ method: 'searchAccounts', ...ACCOUNTS },
	{ method: 'searchCrmRecords', parameters: linking('ENGAGEMENT'), ...APPOINTMENTS },
	{ method: 'searchCrmRecords', parameters: linking('OPPORTUNITY'), ...OPPORTUNITIES },
	{ method: 'searchCrmRecords', parameters: linking('ACCOUNT'), ...ACCOUNTS },
	{
		method: 'searchCrmUsers',
		path: '/v1/integrations/users',
		query: { pageSize: '50' },
		records: [
			{ id: '1' },
			{ id: '2', externalId: 'rep-2', name: 'Ann Kitchener', email: 'ann@example.com' },
		],
		names: ['Unnamed (no external ID)', 'Ann Kitchener (ann@example.com, rep-2)'],
		action: 'list CRM users',
	},
	{
		method: 'searchConnections',
		path: '/v1/core/integrations/connections',
		records: [
			{ id: '1', name: 'Old', integrationPlatform: 'SERVICE_TITAN', isActive: false },
			{ id: '2', name: 'Kitchen CRM', integrationPlatform: 'BRAND_NEW', isActive: true },
		],
		names: ['Old (ServiceTitan, inactive)', 'Kitchen CRM (BRAND_NEW)'],
		action: 'list connections',
	},
	{
		method: 'searchUsers',
		path: '/v1/core/users',
		records: [{ id: '1' }, { id: '2', firstName: 'Ann', email: 'ann@kitchen.example' }],
		names: ['No name (no email)', 'Ann (ann@kitchen.example)'],
		action: 'list users',
	},
	{
		method: 'searchFollowups',
		surface: 'platform',
		path: '/v1/core/followups',
		query: { limit: '50', minimumScore: '1' },
		records: [
			{ followupId: '1' },
			{ followupId: '2', followupAction: 'Call', repName: 'Ann', recordingTitle: 'Kitchen' },
		],
		names: ['No action (no rep, Untitled)', 'Call (Ann, Kitchen)'],
		wrap: (followups, cursor) => ({ data: { followups }, cursor }),
		action: 'list follow-ups',
	},
	{
		method: 'searchTeams',
		path: '/v1/core/organizations/org-1/teams',
		query: { pageSize: '50' },
		records: [
			{ id: 'ab12cd', name: null },
			{ id: '2', name: 'Kitchens' },
		],
		ids: ['ab12cd', '2'],
		names: ['Unnamed (ab12cd)', 'Kitchens (2)'],
		isByOrganization: true,
		action: 'list teams',
	},
	{
		method: 'searchTeams',
		parameters: { resource: 'team', operation: 'get', organizationId: 'org-2' },
		path: '/v1/core/organizations/org-2/teams',
		query: { pageSize: '50' },
		records: [{ id: '1' }, { id: '2', name: 'Kitchens' }],
		names: ['Unnamed (1)', 'Kitchens (2)'],
		action: 'list teams',
	},
	{
		method: 'searchConversationTypes',
		surface: 'platform',
		path: '/v1/core/conversation-configurations',
		query: { organizationId: 'org-1' },
		records: [
			{ id: 'org-1-1', conversationType: '1', teamId: 'ab12cd' },
			{ id: 'org-1-2', conversationType: '2', displayName: 'Kitchen visit' },
		],
		names: ['Unnamed (team ab12cd, 1)', 'Kitchen visit (organization, 2)'],
		isByOrganization: true,
		isWhole: true,
		action: 'list conversation types',
	},
	{
		method: 'searchScorecards',
		surface: 'platform',
		path: '/v1/core/scorecards/instance-summaries',
		query: { organizationId: 'org-1' },
		records: [
			{ id: '1', isActive: false },
			{ id: '2', name: 'Kitchen visit', conversationType: 'type-1', isActive: true },
		],
		names: ['Unnamed (no conversation type, inactive)', 'Kitchen visit (type-1)'],
		wrap: (scorecardInstances, cursor) => ({ data: { scorecardInstances }, cursor }),
		isByOrganization: true,
		isWhole: true,
		action: 'list scorecards',
	},
	...['user-1', { __rl: true, mode: 'list', value: 'user-1' }].map((owner): Searched => ({
		method: 'searchOAuthApps',
		parameters: { resource: 'oauthApp', operation: 'get', owner },
		path: '/v1/core/oauth/apps',
		query: { organizationId: 'org-1', owner: 'user-1', limit: '50' },
		records: [
			{ clientId: '1' },
			{ clientId: '2', appName: 'Kitchen', createdAt: '2026-02-15T14:00:00.000Z' },
		],
		names: ['Unnamed (no date)', 'Kitchen (2026-02-15)'],
		isByOrganization: true,
		action: 'list OAuth apps',
	})),
];

test('every list search is tried here', () => {
	expect([...new Set(SEARCHES.map(({ method }) => method))].sort()).toEqual(
		Object.keys(new Siro().methods.listSearch).sort(),
	);
});

describe.each(SEARCHES)('$method, $action,', (searched) => {
	const { method, parameters, surface, path, query = {}, records, names, action } = searched;
	const { wrap = (data, cursor) => ({ data, cursor }), ids = ['1', '2'] } = searched;
	const api = surface === 'platform' ? platformApi : siroApi;

	const search = async (filter?: string, paginationToken?: string) =>
		await searchList({
			nodeType: new Siro(),
			parameters,
			credential: createCredential(surface === 'platform' ? 'readingUser' : 'organization'),
			method,
			filter,
			paginationToken,
		});

	const answer = (page: IDataObject[], cursor: string | null, asked?: string) =>
		api()
			.get(path)
			.query({ ...query, ...(asked ? { cursor: asked } : {}) })
			.reply(200, wrap(page, cursor));

	if (searched.isByOrganization) {
		beforeEach(() => {
			siroApi().get(ASK_IDENTITY.path).reply(200, ASK_IDENTITY.answer).persist();
		});
	}

	const namesIn = ({ results }: INodeListSearchResult) => results.map(({ name }) => name);

	test('names the records, with their IDs', async () => {
		answer(records, null);

		const { results, paginationToken } = await search();

		const urls = searched.urls ?? [undefined, undefined];
		expect(results).toEqual([
			{ name: names[0], value: ids[0], url: urls[0] },
			{ name: names[1], value: ids[1], url: urls[1] },
		]);
		expect(paginationToken).toBeUndefined();
		expect(recordedRequests()).toHaveLength(searched.isByOrganization ? 2 : 1);
	});

	test('finds by name and by ID, whatever the case', async () => {
		answer(records, null);
		answer(records, null);
		answer(records, null);

		expect(namesIn(await search(' KITCHEN '))).toEqual([names[1]]);
		expect((await search('2')).results).toContainEqual(expect.objectContaining({ value: '2' }));
		expect(namesIn(await search('no such thing'))).toEqual([]);
	});

	if (!searched.isWhole) {
		test('goes on where the page before ended', async () => {
			answer([records[0]], 'second page');
			answer([records[1]], null, 'second page');

			const first = await search();
			const second = await search(undefined, String(first.paginationToken));

			expect(namesIn(first)).toEqual([names[0]]);
			expect(first.paginationToken).toBe('second page');
			expect(namesIn(second)).toEqual([names[1]]);
			expect(second.paginationToken).toBeUndefined();
		});

		test('with a filter, looks further than the first page', async () => {
			answer([records[0]], 'second page');
			answer([records[1]], null, 'second page');

			const found = await search('kitchen');

			expect(namesIn(found)).toEqual([names[1]]);
			expect(found.paginationToken).toBeUndefined();
		});
	}

	test('says what went wrong', async () => {
		api().get(path).query(query).reply(403, { code: 403, message: 'Forbidden' });

		await expect(search()).rejects.toThrow(`Could not ${action}: Siro does not allow this`);
	});
});

describe('a search with a filter', () => {
	const searchEngagements = async (paginationToken?: string) =>
		await searchList({
			nodeType: new Siro(),
			credential: createCredential('organization'),
			method: 'searchEngagements',
			filter: 'kitchen',
			paginationToken,
		});

	const answerPage = (number: number, subjects: string[]) =>
		siroApi()
			.get('/v1/integrations/engagements')
			.query(number === 0 ? {} : { cursor: number })
			.reply(200, {
				data: subjects.map((subject, index) => ({ id: `${number}-${index}`, subject })),
				cursor: number + 1,
			});

	test('ends as soon as there is enough to show', async () => {
		answerPage(0, Array<string>(10).fill('Kitchen'));
		answerPage(1, Array<string>(10).fill('Kitchen'));

		const { results, paginationToken } = await searchEngagements();

		expect(results).toHaveLength(20);
		expect(paginationToken).toBe('2');
	});

	test('ends after ten pages, and goes on from there when asked to', async () => {
		for (let number = 0; number < 10; number++) answerPage(number, ['Bathroom']);

		const { results, paginationToken } = await searchEngagements();

		expect(results).toEqual([]);
		expect(paginationToken).toBe('10');
	});
});

test('contacts and leads cannot be listed, and the reader learns what to do', async () => {
	const search = searchList({
		nodeType: new Siro(),
		parameters: linking('CONTACT'),
		credential: createCredential('organization'),
		method: 'searchCrmRecords',
	});

	await expect(search).rejects.toThrow('Siro cannot list contacts and leads');
});

test('OAuth apps are listed when their owner is known', async () => {
	const search = searchList({
		nodeType: new Siro(),
		parameters: { resource: 'oauthApp', operation: 'get' },
		credential: createCredential('organization'),
		method: 'searchOAuthApps',
	});

	await expect(search).rejects.toThrow('Choose Owner first');
	expect(recordedRequests()).toEqual([]);
});

describe('a menu in which several can be chosen', () => {
	const nodeType = new Siro();
	const load = async (method: string, parameters: INodeParameters = {}) =>
		await nodeType.methods.loadOptions[method].call(
			loadOptionsContext({
				nodeType,
				parameters,
				credential: createCredential('readingUser'),
			}),
		);
	const EVALUATED = { resource: 'scorecard', operation: 'getEvaluation', scorecardId: 'card-1' };
	const answerUsers = (...pages: IDataObject[][]) => {
		for (const [number, data] of pages.entries()) {
			siroApi()
				.get('/v1/core/users')
				.query(number === 0 ? {} : { cursor: number })
				.reply(200, { data, cursor: number + 1 < pages.length ? number + 1 : null });
		}
	};

	test('shows all, page by page, by name', async () => {
		answerUsers([{ id: '1', firstName: 'Zoe' }], [{ id: '2', firstName: 'Ann' }]);
		expect(await load('getUsers')).toEqual([
			{ name: 'Ann (no email)', value: '2' },
			{ name: 'Zoe (no email)', value: '1' },
		]);
	});

	test('shows a conversation type once, although each team may have it', async () => {
		siroApi().get(ASK_IDENTITY.path).times(2).reply(200, ASK_IDENTITY.answer);
		platformApi()
			.get('/v1/core/conversation-configurations')
			.query({ organizationId: 'org-1' })
			.times(2)
			.reply(200, {
				data: [
					{ id: 'ab12cd-1', conversationType: '1', displayName: 'Visit', teamId: 'ab12cd' },
					{ id: 'org-1-1', conversationType: '1', displayName: 'Visit' },
				],
			});
		expect(await load('getConversationTypes')).toEqual([
			{ name: 'Visit (organization, 1)', value: '1' },
		]);
		expect(await load('getConversationTypeNames')).toEqual([{ name: 'Visit', value: 'Visit' }]);
	});

	test.each([['USER'], [['USER', 'ORGANIZATION']]])(
		'shows what Filter By names: %p',
		async (filterBy) => {
			answerUsers([{ id: '1', firstName: 'Ann' }]);
			expect(await load('getEvaluated', { ...EVALUATED, filterBy })).toEqual([
				{ name: 'Ann (no email)', value: '1' },
			]);
		},
	);

	test('says what went wrong', async () => {
		siroApi().get('/v1/core/users').reply(403, { code: 403, message: 'Forbidden' });
		await expect(load('getUsers')).rejects.toThrow(
			'Could not list users: Siro does not allow this',
		);
	});
});

test('each menu and each list of a parameter has its method, and no method is without one', () => {
	const { methods, description } = new Siro();
	const used = [
		...JSON.stringify(description).matchAll(/"(?:searchList|loadOptions)Method":"(\w+)"/g),
	];
	expect([...new Set(used.map(([, method]) => method))].sort()).toEqual(
		[...Object.keys(methods.listSearch), ...Object.keys(methods.loadOptions)].sort(),
	);
});

test('no parameter asks for the ID of what Siro lists as text', () => {
	const definitions = RESOURCES.flatMap(({ operations }) => operations.flatMap(parametersOf));
	const asText = definitions.filter(
		({ definition: { name, type } }) =>
			type === 'string' &&
			/^(?:user|team|scorecard|conversationType|client|coach|member|rep)\w*(?:Id|Ids|Uid|Uids)$|^conversationTypes$|^filterByIds$/i.test(
				name,
			),
	);
	expect(asText.map(({ place }) => place.join('.'))).toEqual([]);
});
