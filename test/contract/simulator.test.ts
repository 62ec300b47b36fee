/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
/** What the Siro simulator does: other tests rely on it, so it has tests of its own. */
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'svix';

import {
	startSimulator,
	svixSchedule,
	type Recording,
	type Simulator,
	type SimulatorOptions,
} from '../siro';
import { readDescription } from '../siro/surface';

const running: Array<{ stop(): Promise<void> }> = [];

afterEach(async () => {
	for (const something of running.splice(0)) await something.stop();
});

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulator = await startSimulator({ checkAnswers: true, ...options });
	running.push(simulator);
	return simulator;
}

/** The parts of Siro's answers that these tests look into. */
interface Body {
	cursor: string | null;
	data: Items & Single;
	accessToken: string;
	accessTokenId: string;
	entityExtractions: unknown;
	followups: unknown;
	recordingId: string;
}

type Items = Array<{
	id: string;
	externalId: string;
	title: string;
	score: number;
	evaluationScore: number | null;
	followups: unknown;
}>;

interface Single {
	id: string;
	accountId: string;
	opportunityUsers: Array<{ siroUserId?: string }>;
	followups: Array<{ score: number }>;
	summary: string;
	recordingId: string;
	url: string;
	uploadUrl: string;
	uploadHeaders: Record<string, string>;
	downloadUrl: string;
}

interface Reply {
	status: number;
	headers: Headers;
	text: string;
	json: Body;
}

type Ask = { method?: string; body?: unknown; headers?: Record<string, string> };

async function send(url: string, { method = 'GET', body, headers }: Ask): Promise<Reply> {
	const response = await fetch(url, {
		method,
		headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json') ?? false;
	return {
		status: response.status,
		headers: response.headers,
		text,
		json: JSON.parse(isJson ? text : 'null'),
	};
}

/** Asks the external API, as the organization. */
const external = async (simulator: Simulator, path: string, ask: Ask = {}) =>
	await send(simulator.externalApiUrl + path, {
		...ask,
		headers: { authorization: `Bearer ${simulator.organizationToken}`, ...ask.headers },
	});

/** Asks the platform API, as the rep. */
const platform = async (simulator: Simulator, path: string, ask: Ask = {}) =>
	await send(simulator.platformApiUrl + path, {
		...ask,
		headers: { 'x-siro-auth-token': simulator.mintAccessToken(), ...ask.headers },
	});

describe('every operation', () => {
	interface Example {
		path?: Record<string, string>;
		query?: string;
		body?: unknown;
	}

	const linked = ({ recordings }: Simulator): Recording => {
		const recording = recordings.find(({ link }) => link !== null);
		if (!recording) throw new Error('No linked recording');
		return recording;
	};
	const shows =
		'?showCrmLinks=true&showSummary=true&showEntityExtractions=true&showEvaluationScore=true&showFollowups=true';
	const address = { country: 'USA', street: '1 Main St', city: 'NYC', state: 'NY', zip: '10001' };
	const engagement = {
		externalId: 'appt-1',
		subject: 'Visit',
		startTime: '2026-02-15T14:00:00Z',
		engagementType: { name: 'visit', activityType: 'APPOINTMENT' },
		engagementUsers: [{ externalId: 'rep-9', email: 'rep9@example.com', name: 'Rep Nine' }],
		account: { externalId: 'account-1', name: 'Jones', addresses: [address] },
		opportunity: { externalId: 'opp-1', copyEngagementRelationships: true },
		contact: { externalId: 'contact-1', account: null },
		lead: { externalId: 'lead-1' },
	};
	const opportunity = {
		externalId: 'opp-1',
		amount: 1,
		closedAt: '2024-02-28 20:09:58.692',
		disposition: 'WON',
		account: { externalId: 'account-1' },
		opportunityUsers: [{ externalId: 'rep-9', shareOfSale: 0.5 }],
	};
	const appId = (simulator: Simulator) => ({ clientId: simulator.oauthApp.clientId });
	const recordingId = (simulator: Simulator) => ({ id: linked(simulator).id });
	const engagementLink = (simulator: Simulator) => ({
		externalId: 'appt-456',
		integrationConnectionId: simulator.connections[0].id,
		dataType: 'ENGAGEMENT',
	});
	const metricQuery = ({ organizationId, rep }: Simulator) =>
		`?requestedOrganizationId=${organizationId}&conversationTypeId=in-home-consultation` +
		`&startAt=2020-01-01T00:00:00Z&endAt=2099-01-01T00:00:00Z&filterByIds=${rep.id}&filterBy=USER`;

	const externalExamples: Record<string, (simulator: Simulator) => Example | Promise<Example>> = {
		getCallerIdentity: () => ({}),
		syncEngagement: () => ({ body: engagement }),
		syncEngagements: () => ({ body: [engagement, { externalId: 'appt-2' }] }),
		softDeleteRemovedEngagements: () => ({
			body: {
				validExternalIds: [],
				fromTime: '2026-01-01T00:00:00Z',
				toTime: '2027-01-01T00:00:00Z',
			},
		}),
		syncOpportunity: () => ({ body: opportunity }),
		syncOpportunities: () => ({ body: [opportunity, { externalId: 'opp-2' }] }),
		listEngagements: () => ({ query: '?externalId=appt-456' }),
		getEngagement: ({ engagements }) => ({ path: { id: engagements[0].id } }),
		deleteEngagement: () => ({ path: { id: 'appt-456' }, query: '?idType=external' }),
		listOpportunities: (simulator) => ({ query: `?recordingId=${linked(simulator).id}` }),
		getOpportunity: ({ opportunities }) => ({ path: { id: opportunities[0].id } }),
		deleteOpportunity: ({ opportunities }) => ({ path: { id: opportunities[0].id } }),
		listAccounts: () => ({}),
		getAccount: ({ accounts }) => ({ path: { id: accounts[0].id } }),
		createAccount: () => ({ body: { externalId: 'account-2', addresses: [address] } }),
		updateAccount: ({ accounts }) => ({ path: { id: accounts[0].id }, body: { name: 'Other' } }),
		deleteAccount: ({ accounts }) => ({ path: { id: accounts[0].id } }),
		listCrmUsers: () => ({ query: '?pageSize=1' }),
		getCrmUser: (simulator) => ({ path: { id: linked(simulator).link?.users[0].id ?? '' } }),
		listCrmUserEngagements: (simulator) => ({
			path: { id: linked(simulator).link?.users[0].id ?? '' },
			query: '?limit=5&startingAfter=2026-01-01T00:00:00Z',
		}),
		listRecordings: () => ({ query: `${shows}&isSummaryDone=true&pageSize=10` }),
		getRecording: (simulator) => ({ path: recordingId(simulator), query: shows }),
		listSummaries: (simulator) => ({ path: recordingId(simulator) }),
		listUsers: () => ({ query: '?disabled=false' }),
		createUser: ({ organizationId }) => ({ body: { email: 'new@example.com', organizationId } }),
		getUser: ({ rep }) => ({ path: { id: rep.id } }),
		updateUser: ({ rep }) => ({ path: { id: rep.id }, body: { disabled: true } }),
		listConnections: () => ({ query: '?integrationPlatform=SIRO_CUSTOM_INPUT' }),
		getConnection: ({ connections }) => ({ path: { id: connections[0].id } }),
		listMobileEvents: () => ({ query: '?eventCodeIn=recorderStateChange,appStateChange' }),
		getMobileEvent: (simulator) => ({ path: { id: simulator.addMobileEvent().id } }),
		listOAuthApps: ({ organizationId, admin }) => ({
			query: `?organizationId=${organizationId}&owner=${admin.id}&sortField=dateUpdated&page=1`,
		}),
		createOAuthApp: ({ organizationId, admin }) => ({
			body: { appName: 'Another', owner: admin.id, organizationId },
		}),
		getOAuthApp: (simulator) => ({ path: appId(simulator) }),
		deleteOAuthApp: (simulator) => ({ path: appId(simulator) }),
		createAccessToken: (simulator) => ({
			path: appId(simulator),
			body: {
				clientSecret: simulator.oauthApp.clientSecret,
				userId: simulator.rep.id,
				scope: 'read',
			},
		}),
		revokeAccessToken: async (simulator) => {
			const { clientId, clientSecret } = simulator.oauthApp;
			const minted = await external(simulator, `/v1/core/oauth/apps/${clientId}/access-token`, {
				method: 'POST',
				body: { clientSecret, userId: simulator.rep.id, scope: 'read' },
			});
			return {
				path: { clientId, tokenId: minted.json.accessTokenId },
				body: { clientSecret, userId: simulator.rep.id },
			};
		},
	};
	const platformExamples: Record<string, (simulator: Simulator) => Example | Promise<Example>> = {
		getPlatformRecording: (simulator) => ({
			path: recordingId(simulator),
			query: `${shows.replace('showCrmLinks=true', 'showCrmOpportunities=true&showCrmCustomers=true')}`,
		}),
		listUtterances: (simulator) => ({
			path: recordingId(simulator),
			query: '?pageSize=2&cursor=2',
		}),
		listPlatformSummary: (simulator) => ({ path: recordingId(simulator) }),
		askAboutRecording: (simulator) => ({
			path: recordingId(simulator),
			body: { ...recordingId(simulator), question: 'What about the budget?' },
		}),
		isChatAvailable: (simulator) => ({ path: recordingId(simulator) }),
		getRecordingDeepLink: (simulator) => ({
			path: { ...recordingId(simulator), tenant: 'siro' },
			query: '?timestamp=12000',
		}),
		createAudioUrl: (simulator) => ({ path: recordingId(simulator) }),
		linkRecording: (simulator) => ({
			path: recordingId(simulator),
			body: engagementLink(simulator),
		}),
		unlinkRecording: (simulator) => ({
			path: recordingId(simulator),
			body: engagementLink(simulator),
		}),
		createUploadUrls: () => ({ body: { fileType: 'mp3', fileSize: 10 } }),
		uploadRecording: async (simulator) => ({
			body: { fileUrl: await uploadAudio(simulator, 'sound'), fileType: 'mp3' },
		}),
		listExtractions: (simulator) => ({ path: { recordingId: linked(simulator).id } }),
		listFollowups: () => ({
			query: '?minimumScore=1&statuses=TO_DO&statuses=COMPLETE&includeHistory=true&limit=5',
		}),
		updateFollowup: ({ followups }) => ({
			path: { id: followups[0].id },
			body: { status: 'COMPLETE', note: 'Called', starred: true },
		}),
		getScorecardMetricValues: (simulator) => ({ query: metricQuery(simulator) }),
		listScorecardMetrics: ({ organizationId }) => ({
			query: `?requestedOrganizationId=${organizationId}`,
		}),
	};

	const operationsOf = (name: 'external' | 'platform') =>
		Object.entries(readDescription(name).paths ?? {}).flatMap(([path, item]) =>
			(['get', 'put', 'post', 'patch', 'delete'] as const).flatMap((method) => {
				const operationId = item?.[method]?.operationId;
				return operationId ? [{ operationId, method, path }] : [];
			}),
		);

	test.each(operationsOf('external'))(
		'$operationId of the external API answers as described',
		async ({ operationId, method, path }) => {
			await tryOut(external, externalExamples[operationId], method, path);
		},
	);

	test.each(operationsOf('platform'))(
		'$operationId of the platform API answers as described',
		async ({ operationId, method, path }) => {
			await tryOut(platform, platformExamples[operationId], method, path);
		},
	);

	async function tryOut(
		surface: typeof external,
		example: (simulator: Simulator) => Example | Promise<Example>,
		method: string,
		template: string,
	) {
		const simulator = await start();
		const { path = {}, query = '', body } = await example(simulator);
		const address = template.replace(/\{(\w+)\}/g, (_, name: string) => path[name]);
		const reply = await surface(simulator, address + query, { method: method.toUpperCase(), body });
		expect(simulator.wrongAnswers).toEqual([]);
		if (reply.status >= 300) throw new Error(`Answered ${reply.status}: ${reply.text}`);
	}

	test('is refused when the simulator itself answers wrongly', async () => {
		const simulator = await start();
		const recording = simulator.recordings[0];
		Object.assign(recording, { title: 42 });
		const reply = await external(simulator, `/v1/core/recordings/${recording.id}`);
		expect(reply.status).toBe(500);
		expect(simulator.wrongAnswers).toEqual([expect.stringContaining('/title')]);
	});
});

describe('authentication', () => {
	test('the external API takes the organization token and nothing else', async () => {
		const simulator = await start();
		const identity = '/v1/core/auth/caller-identity';
		expect((await external(simulator, identity)).json).toMatchObject({
			organizationId: simulator.organizationId,
		});
		for (const authorization of ['', 'Bearer wrong', simulator.organizationToken]) {
			const reply = await external(simulator, identity, { headers: { authorization } });
			expect([reply.status, reply.json]).toEqual([401, { error: 'Unauthorized' }]);
		}
	});

	test('the platform API takes minted tokens until they expire', async () => {
		const simulator = await start();
		const { clientId, clientSecret } = simulator.oauthApp;
		const minted = await external(simulator, `/v1/core/oauth/apps/${clientId}/access-token`, {
			method: 'POST',
			body: { clientSecret, userId: simulator.rep.id, scope: 'read' },
		});
		expect(minted.status).toBe(201);
		const headers = { 'x-siro-auth-token': minted.json.accessToken };
		const ask = async () => await platform(simulator, '/v1/core/followups', { headers });
		expect((await ask()).status).toBe(200);
		simulator.expireTokens();
		expect((await ask()).status).toBe(401);
		const organization = { 'x-siro-auth-token': simulator.organizationToken };
		expect(
			(await platform(simulator, '/v1/core/followups', { headers: organization })).status,
		).toBe(401);
	});

	test('tokens live for 16 hours', async () => {
		let now = new Date('2026-01-01T00:00:00Z');
		const simulator = await start({ clock: () => now });
		const headers = { 'x-siro-auth-token': simulator.mintAccessToken() };
		now = new Date('2026-01-01T15:59:00Z');
		expect((await platform(simulator, '/v1/core/followups', { headers })).status).toBe(200);
		now = new Date('2026-01-01T16:00:00Z');
		expect((await platform(simulator, '/v1/core/followups', { headers })).status).toBe(401);
	});

	test('a read token does not write', async () => {
		const simulator = await start();
		const headers = { 'x-siro-auth-token': simulator.mintAccessToken('read') };
		const [{ id }] = simulator.followups;
		const write = { method: 'PATCH', body: { starred: true } };
		expect(
			(await platform(simulator, `/v1/core/followups/${id}`, { ...write, headers })).status,
		).toBe(403);
		expect((await platform(simulator, `/v1/core/followups/${id}`, write)).status).toBe(200);
	});

	test('minting tells a wrong app, secret and user apart', async () => {
		const simulator = await start();
		const { clientId, clientSecret } = simulator.oauthApp;
		const good = { clientSecret, userId: simulator.rep.id, scope: 'read' };
		const mint = async (id: string, body: unknown) =>
			(
				await external(simulator, `/v1/core/oauth/apps/${id}/access-token`, {
					method: 'POST',
					body,
				})
			).status;
		expect(await mint('unknown', good)).toBe(404);
		expect(await mint(clientId, { ...good, clientSecret: 'wrong' })).toBe(401);
		expect(await mint(clientId, { ...good, userId: 'nobody' })).toBe(404);
		expect(
			await mint(clientId, { ...good, userId: simulator.addUser({ disabled: true }).id }),
		).toBe(403);
		expect(await mint(clientId, { ...good, scope: 'admin' })).toBe(400);
		const headers = { 'x-siro-auth-token': simulator.mintAccessToken() };
		simulator.revokeOAuthApp(clientId);
		expect(await mint(clientId, good)).toBe(404);
		expect((await platform(simulator, '/v1/core/followups', { headers })).status).toBe(401);
	});
});

describe('validation', () => {
	test.each([
		['an unknown query parameter', '/v1/core/recordings?limit=5', {}, '/query/limit'],
		['a value outside of an enum', '/v1/core/recordings?showSummary=yes', {}, '/query/showSummary'],
		[
			'an unknown property',
			'/v1/integrations/sync/engagements',
			{ method: 'PUT', body: { externalId: 'a', subjekt: 'Visit' } },
			'/body/subjekt',
		],
		[
			'a wrong type deep inside',
			'/v1/integrations/sync/engagements',
			{ method: 'PUT', body: { externalId: 'a', engagementUsers: [{ externalId: 1 }] } },
			'/body/engagementUsers/0/externalId',
		],
		[
			'an appointment that starts at no time',
			'/v1/integrations/sync/engagements',
			{ method: 'PUT', body: { externalId: 'a', startTime: 'tomorrow' } },
			'/body/0/startTime',
		],
		['a missing body', '/v1/integrations/sync/engagements', { method: 'PUT' }, '/'],
	] satisfies Array<[string, string, Ask, string]>)(
		'refuses %s',
		async (_, path, ask: Ask, place) => {
			const simulator = await start();
			const reply = await external(simulator, path, ask);
			expect(reply.status).toBe(400);
			expect(reply.json).toEqual({
				error: expect.any(String),
				details: { [place]: expect.any(String) },
			});
		},
	);

	test('refuses what is not JSON, and what does not exist', async () => {
		const simulator = await start();
		const response = await fetch(`${simulator.externalApiUrl}/v1/integrations/sync/engagements`, {
			method: 'PUT',
			headers: {
				authorization: `Bearer ${simulator.organizationToken}`,
				'content-type': 'application/json',
			},
			body: '{"externalId":',
		});
		expect(response.status).toBe(400);
		await response.text();
		expect((await external(simulator, '/v1/nothing')).json).toEqual({ error: 'Not found' });
		expect((await platform(simulator, '/v1/nothing')).json).toMatchObject({ code: 404 });
		const connection = await external(simulator, '/v1/core/integrations/connections/unknown');
		expect([connection.status, connection.headers.get('content-type')]).toEqual([
			404,
			expect.stringContaining('text/plain'),
		]);
	});
});

describe('sync', () => {
	const put = async (simulator: Simulator, path: string, body: unknown) =>
		await external(simulator, `/v1/integrations/sync/${path}`, { method: 'PUT', body });

	test('creates, then updates only what is given, and clears what is null', async () => {
		const simulator = await start({ seeded: false });
		const created = await put(simulator, 'engagements', {
			externalId: 'a',
			subject: 'Visit',
			startTime: '2026-02-15T15:00:00+01:00',
			account: { externalId: 'acc', name: 'Smith' },
		});
		expect(created.json.data).toMatchObject({
			externalId: 'a',
			startTime: '2026-02-15T14:00:00.000Z',
			account: { externalId: 'acc', name: 'Smith' },
		});
		const updated = await put(simulator, 'engagements', { externalId: 'a', content: 'Bring tape' });
		expect(updated.json.data).toMatchObject({
			id: created.json.data.id,
			subject: 'Visit',
			content: 'Bring tape',
			accountId: created.json.data.accountId,
		});
		const cleared = await put(simulator, 'engagements', { externalId: 'a', subject: null });
		expect(cleared.json.data).not.toHaveProperty('subject');
		expect(simulator.engagements).toHaveLength(1);
	});

	test('maps CRM users to Siro users by email, then by name', async () => {
		const simulator = await start({ seeded: false });
		const { json } = await put(simulator, 'opportunities', {
			externalId: 'o',
			opportunityUsers: [
				{ externalId: '1', email: String(simulator.rep.email).toUpperCase() },
				{ externalId: '2', name: 'Dana Admin' },
				{ externalId: '3', name: 'Nobody' },
			],
		});
		expect(json.data.opportunityUsers.map(({ siroUserId }) => siroUserId)).toEqual([
			simulator.rep.id,
			simulator.admin.id,
			undefined,
		]);
	});

	test('takes all of a batch or nothing', async () => {
		const simulator = await start({ seeded: false });
		simulator.rejectExternalIds('bad');
		const batch = (...externalIds: string[]) => externalIds.map((externalId) => ({ externalId }));
		const refused = await put(simulator, 'batch/engagements', batch('one', 'bad', 'two'));
		expect([refused.status, refused.json]).toEqual([
			400,
			{ error: 'Invalid record', details: { '/body/1': '"bad" cannot be synced' } },
		]);
		expect(simulator.engagements).toEqual([]);
		const invalid = await put(simulator, 'batch/opportunities', [
			{ externalId: 'one' },
			{ externalId: 'two', amount: '45000' },
		]);
		expect(invalid.status).toBe(400);
		expect(simulator.opportunities).toEqual([]);
		const taken = await put(simulator, 'batch/engagements', batch('one', 'two'));
		expect(taken.json.data.map(({ externalId }) => externalId)).toEqual(['one', 'two']);
	});

	test('soft-deletes what is gone within a window, and revives what comes back', async () => {
		const simulator = await start({ seeded: false });
		for (const [externalId, startTime] of [
			['kept', '2026-02-10T10:00:00Z'],
			['gone', '2026-02-10T12:00:00Z'],
			['later', '2026-03-10T10:00:00Z'],
		]) {
			simulator.addEngagement({ externalId, startTime });
		}
		const reply = await external(
			simulator,
			'/v1/integrations/sync/engagements/soft-delete-removed',
			{
				method: 'POST',
				body: {
					validExternalIds: ['kept'],
					fromTime: '2026-02-01T00:00:00Z',
					toTime: '2026-02-28T00:00:00Z',
				},
			},
		);
		expect(reply.json).toEqual({ data: { success: true } });
		expect(simulator.engagements.map(({ externalId }) => externalId)).toEqual(['kept', 'later']);
		const gone = simulator.engagement('gone');
		expect((await external(simulator, `/v1/integrations/engagements/${gone?.id}`)).status).toBe(
			404,
		);
		await put(simulator, 'engagements', { externalId: 'gone' });
		expect((await external(simulator, `/v1/integrations/engagements/${gone?.id}`)).status).toBe(
			200,
		);
	});
});

describe('lists', () => {
	const titles = ({ json }: Reply) => json.data.map(({ title }) => title);

	async function allPages(simulator: Simulator, path: string): Promise<Reply[]> {
		const pages = [await external(simulator, path)];
		while (pages[pages.length - 1].json.cursor) {
			const { cursor } = pages[pages.length - 1].json;
			pages.push(
				await external(simulator, `${path}${path.includes('?') ? '&' : '?'}cursor=${cursor}`),
			);
		}
		return pages;
	}

	test('come in pages of 25 with an opaque cursor, the newest first', async () => {
		const simulator = await start({ seeded: false });
		simulator.addRecordings(60);
		const pages = await allPages(simulator, '/v1/core/recordings');
		expect(pages.map(({ json }) => json.data.length)).toEqual([25, 25, 10]);
		expect(pages.flatMap(titles)).toEqual(
			Array.from({ length: 60 }, (_, index) => `Recording ${60 - index}`),
		);
		expect(pages[2].json.cursor).toBeNull();
		// A last page that is full is still the last one.
		expect(await allPages(simulator, '/v1/core/recordings?pageSize=30')).toHaveLength(2);
		expect((await external(simulator, '/v1/core/recordings?cursor=invented')).status).toBe(400);
	});

	test('neither repeat nor skip when recordings arrive or change in between', async () => {
		const simulator = await start({ seeded: false, listOrder: 'oldestFirst' });
		const recordings = simulator.addRecordings(6);
		const first = await external(simulator, '/v1/core/recordings?pageSize=3');
		simulator.processRecording(recordings[0].id);
		simulator.addRecording({ title: 'Late' });
		const second = await external(
			simulator,
			`/v1/core/recordings?pageSize=10&cursor=${first.json.cursor}`,
		);
		expect([...titles(first), ...titles(second)]).toEqual([
			...recordings.map(({ title }) => title),
			'Late',
		]);
	});

	test('cap the page size silently, and leave out scores on large pages', async () => {
		const simulator = await start({ seeded: false });
		simulator.addRecordings(150, () => ({ processed: true }));
		const scores = async (pageSize: number) =>
			(
				await external(
					simulator,
					`/v1/core/recordings?showEvaluationScore=true&pageSize=${pageSize}`,
				)
			).json.data.map(({ evaluationScore }) => evaluationScore);
		expect(await scores(500)).toHaveLength(100);
		expect(new Set(await scores(40))).toEqual(new Set([82]));
		expect(new Set(await scores(41))).toEqual(new Set([null]));
	});

	test('are filtered by moment and by state', async () => {
		const simulator = await start({ seeded: false, listOrder: 'oldestFirst' });
		for (const day of [1, 2, 3]) {
			const moment = `2026-01-0${day}T00:00:00.000Z`;
			simulator.addRecording({
				title: `day ${day}`,
				createdAt: moment,
				updatedAt: moment,
				processed: day === 3,
			});
		}
		const filtered = async (filter: string) =>
			titles(await external(simulator, `/v1/core/recordings?${filter}`));
		const day2 = '2026-01-02T00:00:00.000Z';
		expect(await filtered(`updatedAt:gte=${day2}`)).toEqual(['day 2', 'day 3']);
		expect(await filtered(`updatedAt:gt=${day2}`)).toEqual(['day 3']);
		expect(await filtered(`updatedAt:lt=${day2}`)).toEqual(['day 1']);
		expect(await filtered(`updatedAt:lte=${day2}`)).toEqual(['day 1', 'day 2']);
		expect(await filtered(`createdAt:gt=${day2}`)).toEqual(['day 3']);
		expect(await filtered(`createdAt:lt=${day2}`)).toEqual(['day 1']);
		expect(await filtered('isProcessingDone=true')).toEqual(['day 3']);
		expect(await filtered('isProcessingDone=false')).toEqual(['day 1', 'day 2']);
		expect((await external(simulator, '/v1/core/recordings?updatedAt:gte=soon')).status).toBe(400);
	});

	test('hold deleted recordings', async () => {
		const simulator = await start({ seeded: false });
		const { id } = simulator.addRecording();
		simulator.deleteRecording(id);
		const { json } = await external(simulator, '/v1/core/recordings');
		expect(json.data).toEqual([
			expect.objectContaining({ id, deleted: true, deletedAt: expect.any(String) }),
		]);
	});

	test('are fast with 5,000 recordings', async () => {
		const simulator = await start({ seeded: false, checkAnswers: false });
		const started = Date.now();
		simulator.addRecordings(5_000, () => ({ processed: true }));
		const pages = await allPages(simulator, '/v1/core/recordings?pageSize=100&showSummary=true');
		expect(new Set(pages.flatMap(titles)).size).toBe(5_000);
		expect(Date.now() - started).toBeLessThan(5_000);
	});

	test('of engagements, opportunities and CRM users page as well', async () => {
		const simulator = await start({ seeded: false });
		for (let number = 0; number < 30; number++) {
			const users = [{ externalId: `rep-${number}` }];
			simulator.addEngagement({ externalId: `appt-${number}`, engagementUsers: users });
			simulator.addOpportunity({ externalId: `opp-${number}` });
		}
		for (const path of ['engagements', 'opportunities', 'users?pageSize=20']) {
			const pages = await allPages(simulator, `/v1/integrations/${path}`);
			const ids = pages.flatMap(({ json }) => json.data.map(({ id }) => id));
			expect([pages.length, new Set(ids).size]).toEqual([2, 30]);
		}
		const { json } = await external(simulator, '/v1/integrations/engagements?externalId=appt-7');
		expect(json).toMatchObject({ total: 1, data: [{ externalId: 'appt-7' }], hasNextPage: false });
	});
});

describe('recordings', () => {
	test('show what is asked for, and CRM links only once they are confirmed', async () => {
		const simulator = await start();
		const { id } = simulator.addRecording({ title: 'Bare' });
		const bare = await external(simulator, `/v1/core/recordings/${id}`);
		for (const block of ['crm', 'summary', 'entityExtractions', 'evaluationScore', 'followups']) {
			expect(bare.json).not.toHaveProperty(block);
		}
		const ask = async () =>
			(await external(simulator, `/v1/core/recordings/${id}?showCrmLinks=true&showSummary=true`))
				.json;
		expect(await ask()).toMatchObject({ crm: null, summary: [] });
		simulator.linkRecording(id, { engagementExternalId: 'appt-456' });
		simulator.processRecording(id, { summary: [{ name: 'Overview', content: 'Went well' }] });
		const engagement = simulator.engagement('appt-456');
		expect(await ask()).toMatchObject({
			isProcessingDone: true,
			summary: [{ name: 'Overview', content: 'Went well' }],
			crm: {
				integrationConnectionId: simulator.connections[0].id,
				users: [{ externalId: 'rep-123' }],
				engagement: { id: engagement?.id, externalId: 'appt-456' },
				opportunity: { externalId: 'opp-101' },
				contacts: [{ externalId: 'contact-321' }],
				account: { externalId: 'account-789' },
				lead: null,
			},
		});
		const synced = await external(simulator, `/v1/integrations/engagements/${engagement?.id}`);
		expect(synced.json.recordingId).toBe(id);
	});

	test('list follow-ups briefly, and give them in full one by one', async () => {
		const simulator = await start({ seeded: false });
		const { id } = simulator.addRecording({ processed: true, followups: [{ score: 5 }] });
		const list = await external(simulator, '/v1/core/recordings?showFollowups=true');
		expect(list.json.data[0].followups).toEqual([{ id: expect.any(String), score: 5 }]);
		const single = await external(simulator, `/v1/core/recordings/${id}?showFollowups=true`);
		expect(single.json.followups).toEqual([
			expect.objectContaining({ followupId: simulator.followups[0].id, repName: 'John Sales' }),
		]);
	});

	test('give finished extractions on the external API, and all on the platform', async () => {
		const simulator = await start({ seeded: false });
		const { id } = simulator.addRecording({
			processed: true,
			extractions: [
				{ name: 'Budget', value: 45_000, mappings: null },
				{ definitionName: 'Timeline', status: 'IN_PROGRESS', values: null },
			],
		});
		const flat = await external(simulator, `/v1/core/recordings/${id}?showEntityExtractions=true`);
		expect(flat.json.entityExtractions).toEqual([
			{ name: 'Budget', value: 45_000, mappings: null },
		]);
		const nested = await platform(simulator, `/v1/core/entities/extractions/${id}`);
		expect(nested.json.data).toMatchObject([
			{ siroEntityDefinitionName: 'Budget', status: 'SUCCESS', extraction: [{ value: 45_000 }] },
			{ siroEntityDefinitionName: 'Timeline', status: 'IN_PROGRESS', extraction: null },
		]);
	});

	test('give the summary as one text on the platform API', async () => {
		const simulator = await start({ seeded: false });
		const { id } = simulator.addRecording({
			processed: true,
			summary: [
				{ name: 'Overview', content: 'Went well' },
				{ name: 'Next Steps', content: 'Proposal' },
			],
		});
		const { json } = await platform(simulator, `/v1/core/recordings/${id}?showSummary=true`);
		expect(json.data.summary).toBe('Overview:\nWent well\n\nNext Steps:\nProposal');
	});

	test('can take the shapes of the guide', async () => {
		const simulator = await start({
			shapes: { recording: 'data', summaries: 'data', mobileEvents: 'flat', oauthApp: 'clientId' },
		});
		const { id } = simulator.recordings[0];
		expect((await external(simulator, `/v1/core/recordings/${id}`)).json).toMatchObject({
			data: { id },
		});
		expect((await external(simulator, `/v1/core/recordings/${id}/summaries`)).json).toMatchObject({
			data: [{ name: 'Overview' }, {}, {}],
		});
		expect((await external(simulator, '/v1/core/mobile-events')).json).toMatchObject({
			data: [{ eventCode: 'recorderStateChange' }],
		});
		const body = {
			appName: 'A',
			owner: simulator.admin.id,
			organizationId: simulator.organizationId,
		};
		const app = await external(simulator, '/v1/core/oauth/apps', { method: 'POST', body });
		expect(app.json).toEqual({
			appName: 'A',
			clientId: expect.any(String),
			clientSecret: expect.any(String),
		});
	});

	test('are linked and unlinked over the platform API', async () => {
		const simulator = await start();
		const { id } = simulator.addRecording();
		const path = `/v1/core/recordings/${id}/link`;
		const link = async (body: unknown, method = 'PUT') =>
			await platform(simulator, path, { method, body });
		const [connection] = simulator.connections;
		const target = { externalId: 'opp-101', integrationConnectionId: connection.id };
		const byId = { id: simulator.opportunity('opp-101')?.id, dataType: 'OPPORTUNITY' };
		expect((await link({ dataType: 'OPPORTUNITY' })).status).toBe(400);
		expect((await link({ dataType: 'OPPORTUNITY', externalId: 'opp-101' })).status).toBe(400);
		expect((await link({ ...byId, ...target })).status).toBe(400);
		expect((await link({ ...target, dataType: 'LEAD' })).status).toBe(404);
		expect((await link({ ...target, dataType: 'OPPORTUNITY' })).json.data).toMatchObject({
			externalId: 'opp-101',
			dataType: 'OPPORTUNITY',
			name: 'Smith Kitchen Remodel',
		});
		expect(simulator.recording(id)?.link).toMatchObject({
			engagement: null,
			opportunity: { externalId: 'opp-101' },
		});
		expect((await link(byId, 'DELETE')).json).toEqual({ data: true });
		expect(simulator.recording(id)?.link).toBeNull();
		expect((await link(byId, 'DELETE')).status).toBe(404);
	});

	test('are not linked to what was never synced, unless that is asked for', async () => {
		const simulator = await start({ seeded: false });
		const { id } = simulator.addRecording();
		const target = { engagementExternalId: 'never-synced' };
		expect(() => simulator.linkRecording(id, target)).toThrow('never-synced');
		simulator.linkRecording(id, { ...target, createMissing: true });
		expect(simulator.engagement('never-synced')?.recordingId).toBe(id);
	});
});

async function uploadAudio(simulator: Simulator, content: string): Promise<string> {
	const { json } = await platform(simulator, '/v1/core/recordings/signed-urls', {
		method: 'POST',
		body: { fileType: 'mp3', fileSize: content.length },
	});
	const { uploadUrl, uploadHeaders, downloadUrl } = json.data;
	const put = await fetch(uploadUrl, { method: 'PUT', headers: uploadHeaders, body: content });
	expect(put.status).toBe(200);
	return downloadUrl;
}

describe('audio', () => {
	test('is uploaded to the storage, becomes a recording, and is downloaded in ranges', async () => {
		const simulator = await start();
		const fileUrl = await uploadAudio(simulator, '0123456789');
		const created = await platform(simulator, '/v1/core/recordings/upload', {
			method: 'POST',
			body: {
				fileUrl,
				fileType: 'mp3',
				title: 'Call',
				userEmail: simulator.admin.email,
				dateCreated: '2026-02-15T14:00:00Z',
				crmObjects: [{ objectType: 'Engagement', objectId: 'appt-456' }],
				result: 'closed',
			},
		});
		expect(created.status).toBe(201);
		const { recordingId } = created.json.data;
		expect(simulator.recording(recordingId)).toMatchObject({
			title: 'Call',
			userId: simulator.admin.id,
			createdAt: '2026-02-15T14:00:00.000Z',
			result: 'WON',
			isProcessingDone: false,
			link: { engagement: { externalId: 'appt-456' } },
		});

		const signed = await platform(simulator, `/v1/core/recordings/${recordingId}/signedUrl`, {
			method: 'POST',
		});
		const { url } = signed.json.data;
		const whole = await fetch(url);
		expect([whole.status, whole.headers.get('content-type'), await whole.text()]).toEqual([
			200,
			'audio/mpeg',
			'0123456789',
		]);
		const part = await fetch(url, { headers: { range: 'bytes=2-4' } });
		expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
			206,
			'bytes 2-4/10',
			'234',
		]);
		expect((await fetch(url, { headers: { range: 'bytes=99-' } })).status).toBe(416);
		simulator.expireSignedUrls();
		expect((await fetch(url)).status).toBe(403);
	});

	test('must be sent with the signed headers and within the signed size', async () => {
		const simulator = await start();
		const { json } = await platform(simulator, '/v1/core/recordings/signed-urls', {
			method: 'POST',
			body: { fileType: 'wav', fileSize: 4 },
		});
		const { uploadUrl, uploadHeaders, downloadUrl } = json.data;
		const put = async (headers: Record<string, string>, body: string) =>
			(await fetch(uploadUrl, { method: 'PUT', headers, body })).status;
		expect(await put({ ...uploadHeaders, 'Content-Type': 'audio/mpeg' }, 'RIFF')).toBe(403);
		expect(await put({ 'Content-Type': uploadHeaders['Content-Type'] }, 'RIFF')).toBe(403);
		expect(await put(uploadHeaders, 'RIFFRIFF')).toBe(400);
		const tooEarly = await platform(simulator, '/v1/core/recordings/upload', {
			method: 'POST',
			body: { fileUrl: downloadUrl, fileType: 'wav' },
		});
		expect(tooEarly.status).toBe(400);
		expect(await put(uploadHeaders, 'RIFF')).toBe(200);
	});

	test('storage keeps the headers it saw, so that a leaked secret shows', async () => {
		const simulator = await start();
		const fileUrl = await uploadAudio(simulator, 'sound');
		await (await fetch(fileUrl, { headers: { authorization: 'Bearer leaked' } })).text();
		const seen = simulator.requests.filter(({ surface }) => surface === 'storage');
		expect(seen.map(({ method, headers }) => [method, headers.authorization])).toEqual([
			['PUT', undefined],
			['GET', 'Bearer leaked'],
		]);
	});
});

describe('follow-ups', () => {
	test('are filtered, by default from a score of 3, and remember their changes', async () => {
		const simulator = await start({ seeded: false });
		const { id } = simulator.addRecording();
		for (const score of [2, 3, 5]) simulator.addFollowup(id, { score });
		const scores = async (query: string) => {
			const { json } = await platform(simulator, `/v1/core/followups${query}`);
			return json.data.followups.map(({ score }) => score);
		};
		expect(await scores('')).toEqual([5, 3]);
		expect(await scores('?minimumScore=1')).toEqual([5, 3, 2]);
		expect(await scores('?minimumScore=1&scores=2&scores=5')).toEqual([5, 2]);
		expect(await scores('?userIds=somebody-else')).toEqual([]);
		const [, , best] = simulator.followups;
		const updated = await platform(simulator, `/v1/core/followups/${best.id}`, {
			method: 'PATCH',
			body: { status: 'COMPLETE', note: 'Called' },
		});
		expect(updated.json.data).toMatchObject({
			status: 'COMPLETE',
			completed: true,
			completedBy: 'John Sales',
			history: [{ note: 'Called', status: 'COMPLETE', updatedByUserId: simulator.rep.id }],
		});
		expect(await scores('?statuses=COMPLETE')).toEqual([5]);
	});
});

// ---- Webhooks ------------------------------------------------------------------------------------

interface Received {
	headers: IncomingHttpHeaders;
	body: string;
	at: number;
}

/** An endpoint that answers as told, one status after the other, and then 200. */
async function startReceiver(statuses: Array<number | 'hang'> = []) {
	const received: Received[] = [];
	const server: Server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const body = Buffer.concat(chunks).toString('utf8');
			received.push({ headers: request.headers, body, at: Date.now() });
			const status = statuses.shift() ?? 200;
			if (status === 'hang') return;
			response.writeHead(status, { location: '/elsewhere' }).end(`answer ${status}`);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('Not listening');
	const receiver = {
		url: `http://127.0.0.1:${address.port}/hook`,
		received,
		stop: async () => {
			server.closeAllConnections();
			await new Promise<void>((resolve) => server.close(() => resolve()));
		},
	};
	running.push(receiver);
	return receiver;
}

const secretOf = (text: string) => `whsec_${Buffer.from(text.padEnd(24, '.')).toString('base64')}`;

async function until(condition: () => boolean, withinMs = 3_000): Promise<void> {
	const deadline = Date.now() + withinMs;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error('It did not happen in time');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}

const verify = (secret: string, { headers, body }: Received) =>
	new Webhook(secret).verify(
		body,
		Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
	);

describe('webhooks', () => {
	const secret = secretOf('first');

	test('announce both events with the current state of both flags', async () => {
		const simulator = await start();
		const receiver = await startReceiver();
		simulator.addEndpoint({ url: receiver.url, secret });
		const { id } = simulator.addRecording();
		simulator.processRecording(id);
		await simulator.deliveriesSettled();
		simulator.linkRecording(id, { engagementExternalId: 'appt-456' });
		await simulator.deliveriesSettled();

		const payloads = receiver.received.map(({ body }) => JSON.parse(body));
		expect(payloads[0]).toEqual({
			recordingId: id,
			siroUserId: simulator.rep.id,
			recordingProcessed: true,
			recordingLinked: false,
			eventType: 'integrations.recordingProcessed',
		});
		expect(payloads[1]).toMatchObject({
			recordingProcessed: true,
			recordingLinked: true,
			eventType: 'integrations.recordingLinked',
			crm: { engagement: { externalId: 'appt-456' }, account: { externalId: 'account-789' } },
		});
		expect(payloads[1].crm).not.toHaveProperty('lead');
		for (const delivery of receiver.received) {
			expect(delivery.headers['content-type']).toBe('application/json');
			expect(() => verify(secret, delivery)).not.toThrow();
			expect(() => verify(secretOf('another'), delivery)).toThrow('No matching signature found');
		}
		expect(simulator.deliveries).toMatchObject([
			{ status: 200, delivered: true, body: 'answer 200', attempt: 1, cause: 'event' },
			{ status: 200, delivered: true },
		]);
	});

	test('go to those who subscribed to the event', async () => {
		const simulator = await start();
		const [all, linkedOnly] = [await startReceiver(), await startReceiver()];
		simulator.addEndpoint({ url: all.url, secret });
		simulator.addEndpoint({
			url: linkedOnly.url,
			secret,
			events: ['integrations.recordingLinked'],
		});
		const { id } = simulator.addRecording();
		simulator.processRecording(id);
		simulator.linkRecording(id, { accountExternalId: 'account-789' });
		await simulator.deliveriesSettled();
		expect([all.received.length, linkedOnly.received.length]).toEqual([2, 1]);
		expect(() => simulator.addEndpoint({ url: 'https://example.com/hook', secret })).toThrow(
			'this machine only',
		);
	});

	test('are signed with both secrets during a rotation', async () => {
		const simulator = await start();
		const receiver = await startReceiver();
		const secrets = [secretOf('old'), secretOf('new')];
		simulator.addEndpoint({ url: receiver.url, secret: secrets });
		simulator.processRecording(simulator.addRecording().id);
		await simulator.deliveriesSettled();
		const [delivery] = receiver.received;
		expect(String(delivery.headers['svix-signature']).split(' ')).toHaveLength(2);
		for (const one of secrets) expect(() => verify(one, delivery)).not.toThrow();
	});

	test('are redelivered on the schedule of Svix until a 2xx comes', async () => {
		expect(svixSchedule.map((wait) => wait / 1_000)).toEqual([
			5, 300, 1_800, 7_200, 18_000, 36_000, 36_000,
		]);
		const simulator = await start({ timeScale: 1 / 10_000 });
		const receiver = await startReceiver([500, 302, 404]);
		simulator.addEndpoint({ url: receiver.url, secret });
		const message = simulator.processRecording(simulator.addRecording().id);
		await until(() => receiver.received.length === 4);
		await simulator.deliveriesSettled();

		expect(
			simulator.deliveries.map(({ status, cause, attempt }) => [status, cause, attempt]),
		).toEqual([
			[500, 'event', 1],
			[302, 'retry', 2],
			[404, 'retry', 3],
			[200, 'retry', 4],
		]);
		expect(new Set(receiver.received.map(({ headers }) => headers['svix-id']))).toEqual(
			new Set([message.id]),
		);
		const [, second, third, fourth] = receiver.received;
		expect(third.at - second.at).toBeGreaterThanOrEqual(28);
		expect(fourth.at - third.at).toBeGreaterThanOrEqual(175);
		expect(simulator.pendingRedeliveries).toBe(0);
	});

	test('give up after eight attempts', async () => {
		const simulator = await start({ timeScale: 1 / 1_000_000 });
		const receiver = await startReceiver(Array.from({ length: 20 }, () => 500));
		simulator.addEndpoint({ url: receiver.url, secret });
		simulator.processRecording(simulator.addRecording().id);
		await until(() => simulator.deliveries.length === 8);
		await new Promise((resolve) => setTimeout(resolve, 60));
		expect([simulator.deliveries.length, simulator.pendingRedeliveries]).toEqual([8, 0]);
	});

	test('time out, and fail when nobody listens', async () => {
		const simulator = await start({ deliveryTimeoutMs: 60 });
		const receiver = await startReceiver(['hang']);
		simulator.addEndpoint({ url: receiver.url, secret });
		simulator.processRecording(simulator.addRecording().id);
		await simulator.deliveriesSettled();
		await receiver.stop();
		running.pop();
		simulator.processRecording(simulator.addRecording().id);
		await simulator.deliveriesSettled();
		expect(simulator.deliveries).toMatchObject([
			{ status: null, delivered: false, error: expect.stringContaining('abort') },
			{ status: null, delivered: false, error: expect.stringContaining('ECONNREFUSED') },
		]);
		expect(simulator.pendingRedeliveries).toBe(2);
	});

	test('can be replayed: the same id, signed anew', async () => {
		const simulator = await start();
		const receiver = await startReceiver();
		simulator.addEndpoint({ url: receiver.url, secret });
		const { id } = simulator.processRecording(simulator.addRecording().id);
		await simulator.deliveriesSettled();
		expect(await simulator.replay(id)).toMatchObject([{ status: 200, cause: 'replay' }]);
		expect(receiver.received.map(({ headers }) => headers['svix-id'])).toEqual([id, id]);
		expect(receiver.received[1].body).toBe(receiver.received[0].body);
	});

	test('can be made by hand, rightly and wrongly', async () => {
		const simulator = await start();
		const receiver = await startReceiver([200, 200, 200, 200, 200, 200, 401]);
		simulator.addEndpoint({ url: receiver.url, secret });
		const payload = simulator.webhookPayload(
			simulator.recordings[0],
			'integrations.recordingProcessed',
		);
		const deliver: Simulator['deliver'] = async (...how) => await simulator.deliver(...how);
		const last = () => receiver.received[receiver.received.length - 1];

		expect(await deliver(payload, { id: 'msg_1' })).toEqual({ status: 200, body: 'answer 200' });
		expect(last().headers['svix-id']).toBe('msg_1');
		expect(() => verify(secret, last())).not.toThrow();

		await deliver(payload, { tamper: true });
		expect(JSON.parse(last().body)).toMatchObject({ tampered: true });
		expect(() => verify(secret, last())).toThrow('No matching signature found');

		await deliver(payload, { secret: secretOf('wrong') });
		expect(() => verify(secret, last())).toThrow('No matching signature found');

		await deliver(payload, { timestamp: new Date(Date.now() - 6 * 60_000) });
		expect(() => verify(secret, last())).toThrow('Message timestamp too old');

		await deliver(payload, { headers: { 'svix-signature': undefined, 'X-Extra': '1' } });
		expect(last().headers).toMatchObject({ 'x-extra': '1' });
		expect(last().headers).not.toHaveProperty('svix-signature');

		await deliver(undefined, { rawBody: 'not json', contentType: 'text/plain' });
		expect(last()).toMatchObject({ body: 'not json', headers: { 'content-type': 'text/plain' } });
		expect(() => verify(secret, last())).not.toThrow();

		expect(await deliver(payload)).toMatchObject({ status: 401 });
		expect(simulator.pendingRedeliveries).toBe(0);
	});

	test('end with the simulator', async () => {
		const simulator = await startSimulator({ timeScale: 1 });
		const receiver = await startReceiver([500, 'hang']);
		simulator.addEndpoint({ url: receiver.url, secret });
		simulator.processRecording(simulator.addRecording().id);
		await simulator.deliveriesSettled();
		simulator.processRecording(simulator.addRecording().id);
		await until(() => receiver.received.length === 2);
		await simulator.stop();
		expect(simulator.pendingRedeliveries).toBe(0);
		await expect(fetch(simulator.platformApiUrl)).rejects.toThrow();
	});
});

describe('misbehaviour', () => {
	const identity = '/v1/core/auth/caller-identity';

	test('answers a status so many times, with the headers asked for', async () => {
		const simulator = await start();
		const rule = simulator.misbehave({
			method: 'GET',
			path: /caller-identity/,
			status: 429,
			headers: { 'Retry-After': '7' },
			times: 2,
		});
		const replies = [];
		for (let number = 0; number < 3; number++) replies.push(await external(simulator, identity));
		expect(replies.map(({ status }) => status)).toEqual([429, 429, 200]);
		expect(replies[0].headers.get('retry-after')).toBe('7');
		expect(rule.count).toBe(2);
	});

	test('concerns what it names only, and ends when told', async () => {
		const simulator = await start();
		const rule = simulator.misbehave({ surface: 'platform', status: 503 });
		expect((await external(simulator, identity)).status).toBe(200);
		expect((await platform(simulator, '/v1/core/followups')).status).toBe(503);
		rule.stop();
		expect((await platform(simulator, '/v1/core/followups')).status).toBe(200);
		simulator.misbehave({ method: 'PUT', status: 500 });
		simulator.behave();
		const body = { externalId: 'a' };
		const put = await external(simulator, '/v1/integrations/sync/engagements', {
			method: 'PUT',
			body,
		});
		expect(put.status).toBe(200);
	});

	test('sends HTML, half of the JSON, or nothing at all', async () => {
		const simulator = await start();
		simulator.misbehave({ html: true, times: 1 });
		const html = await external(simulator, identity);
		expect([html.status, html.headers.get('content-type')]).toEqual([
			403,
			expect.stringContaining('text/html'),
		]);
		expect(html.text).toContain('error code: 1010');

		simulator.misbehave({ truncate: true, times: 1 });
		await expect(external(simulator, identity)).rejects.toThrow(SyntaxError);

		simulator.misbehave({ reset: true, times: 1 });
		await expect(external(simulator, identity)).rejects.toThrow('fetch failed');

		simulator.misbehave({ status: 200, body: { error: 'Not linked' }, times: 1 });
		expect((await external(simulator, identity)).json).toEqual({ error: 'Not linked' });
		expect(simulator.requestsTo('GET', identity).map(({ status }) => status)).toEqual([
			403,
			200,
			null,
			200,
		]);
	});

	test('can keep out clients by what they call themselves', async () => {
		const simulator = await start();
		simulator.misbehave({ userAgent: /axios/, html: true });
		const as = async (name: string) =>
			(await external(simulator, identity, { headers: { 'user-agent': name } })).status;
		expect([await as('axios/1.0'), await as('n8n-nodes-siro')]).toEqual([403, 200]);
	});

	test('can lose the answer to something that was done', async () => {
		const simulator = await start({ seeded: false });
		simulator.misbehave({ reset: true, afterwards: true });
		const body = { externalId: 'done' };
		const path = '/v1/integrations/sync/engagements';
		await expect(external(simulator, path, { method: 'PUT', body })).rejects.toThrow();
		expect(simulator.engagement('done')).toBeDefined();
	});

	test('by chance is the same for the same seed', async () => {
		const outcomes = async (randomSeed: number) => {
			const simulator = await start({ randomSeed });
			simulator.misbehave({ probability: 0.5, status: 500 });
			const statuses = [];
			for (let number = 0; number < 20; number++) {
				statuses.push((await external(simulator, identity)).status);
			}
			return statuses;
		};
		const once = await outcomes(7);
		expect(new Set(once)).toEqual(new Set([200, 500]));
		expect(await outcomes(7)).toEqual(once);
	});

	test('delays', async () => {
		const simulator = await start({ latencyMs: 40 });
		const took = async () => {
			const started = Date.now();
			expect((await external(simulator, identity)).status).toBe(200);
			return Date.now() - started;
		};
		expect(await took()).toBeGreaterThanOrEqual(39);
		simulator.latencyMs = 0;
		simulator.misbehave({ delayMs: 60 });
		expect(await took()).toBeGreaterThanOrEqual(59);
	});
});

describe('the rate limit', () => {
	test('counts by token over a rolling window', async () => {
		const simulator = await start({ rateLimit: { requests: 3, windowMs: 300, retryAfter: true } });
		const ask = async () => await external(simulator, '/v1/core/users');
		const replies = [];
		for (let number = 0; number < 4; number++) replies.push(await ask());
		expect(replies.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
		expect(replies[3].headers.get('retry-after')).toBe('1');
		expect((await platform(simulator, '/v1/core/followups')).status).toBe(200);
		await new Promise((resolve) => setTimeout(resolve, 310));
		expect((await ask()).status).toBe(200);
	});
});

describe('the record of requests', () => {
	test('holds what was sent and how it was answered', async () => {
		const simulator = await start();
		await external(simulator, '/v1/core/recordings?updatedAt:gte=2026-01-01T00:00:00Z&pageSize=2');
		await external(simulator, '/v1/integrations/sync/engagements', {
			method: 'PUT',
			body: { externalId: 'a' },
			headers: { 'user-agent': 'test' },
		});
		expect(simulator.requestsTo('get', '/v1/core/recordings')).toMatchObject([
			{
				surface: 'external',
				query: { 'updatedAt:gte': '2026-01-01T00:00:00Z', pageSize: '2' },
				status: 200,
			},
		]);
		expect(simulator.requestsTo('PUT', /sync/)).toMatchObject([
			{ body: { externalId: 'a' }, headers: { 'user-agent': 'test' }, status: 200 },
		]);
		expect(simulator.requests).toHaveLength(2);
		await send(`${new URL(simulator.externalApiUrl).origin}/v1/core/users`, {});
		expect(simulator.requestsTo('GET', '/v1/core/users')).toMatchObject([{ status: 404 }]);
		simulator.clearRequests();
		expect(simulator.requests).toHaveLength(0);
	});
});
