/** What the Siro simulator does: other tests rely on it, so it has tests of its own. */
import { sleep } from 'n8n-workflow';

import { startSimulator, type Simulator, type SimulatorOptions } from '../siro';
import { OPERATION_CASES, type Exchange } from '../operations';
import type { ApiName } from '../siro/openapi/document';
import { ourDescription } from '../siro/surface';

let simulator: Simulator;
const running: Simulator[] = [];

async function start(options: SimulatorOptions = {}): Promise<void> {
	simulator = await startSimulator({ checkAnswers: true, ...options });
	running.push(simulator);
}

beforeEach(async () => await start());

afterEach(async () => {
	for (const started of running.splice(0)) await started.stop();
});

interface Ask {
	method?: string;
	body?: unknown;
	headers?: Record<string, string>;
}

async function send(url: string, { method = 'GET', body, headers }: Ask) {
	const response = await fetch(url, {
		method,
		headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json') ?? false;
	const { status, headers: answered } = response;
	return { status, headers: answered, text, json: JSON.parse(isJson ? text : 'null') };
}

/** Asks the external API, as the organization. */
const external = async (path: string, ask: Ask = {}) =>
	await send(simulator.externalApiUrl + path, {
		...ask,
		headers: { authorization: `Bearer ${simulator.organizationToken}`, ...ask.headers },
	});

/** Asks the platform API, as the rep. */
const platform = async (path: string, ask: Ask = {}) =>
	await send(simulator.platformApiUrl + path, {
		...ask,
		headers: { 'x-siro-auth-token': simulator.mintAccessToken(), ...ask.headers },
	});

const IDENTITY = '/v1/core/auth/caller-identity';
const RECORDINGS = '/v1/core/recordings';
const FOLLOWUPS = '/v1/core/followups';
const ENGAGEMENTS = '/v1/integrations/engagements';
const SYNC = '/v1/integrations/sync';
const APPS = '/v1/core/oauth/apps';

/** Has a CRM sync a record, or a batch of them. */
const put = async (kind: string, body: unknown) =>
	await external(`${SYNC}/${kind}`, { method: 'PUT', body });

const upload = async (url: string, headers: Record<string, string>, body: string) =>
	(await fetch(url, { method: 'PUT', headers, body })).status;

async function uploadAudio(content: string): Promise<string> {
	const { json } = await platform(`${RECORDINGS}/signed-urls`, {
		method: 'POST',
		body: { fileType: 'mp3', fileSize: content.length },
	});
	const { uploadUrl, uploadHeaders, downloadUrl } = json.data;
	expect(await upload(uploadUrl, uploadHeaders, content)).toBe(200);
	return downloadUrl;
}

/** The exchanges of all operation cases with one of Siro's APIs, but for pages that a cursor leads to. */
const exchangesWith = (api: ApiName): Exchange[] =>
	OPERATION_CASES.flatMap(({ exchanges }) => exchanges).filter(
		({ surface = 'external', query }) => surface === api && !query?.cursor,
	);

describe.each(['external', 'platform'] as const)('the %s API', (api) => {
	const described = ourDescription(api);
	const simulated = exchangesWith(api).filter((exchange) => described.find(exchange));

	/** Puts into Siro what the cases speak of. */
	function seedForCases({ state }: Simulator): void {
		state.accounts.add({ id: 'acct-uuid', externalId: 'a-1' });
		state.accounts.add({ id: 'account-uuid', externalId: 'a-2' });
		state.crmUsers.add({ id: 'crm-user-uuid', externalId: 'rep-1' });
		state.engagements.add({ id: 'eng-uuid', externalId: 'appt/456' });
		state.engagements.add({ externalId: 'appt-456' });
		state.opportunities.add({ id: 'opp-uuid', externalId: 'opp-101' });
		const owner = { email: 'nathan@example.com', phoneNumber: '+15550100' };
		state.users.add({ id: 'user-1', externalId: 'rep-1', ...owner });
		state.users.add({ id: 'user-2' });
		state.oauthApps.add({ id: 'client-1' });
	}

	test.each(simulated.map((exchange) => [exchange.method, exchange.path, exchange] as const))(
		'answers %s %s as described',
		async (method, path, exchange) => {
			await start({ seeded: false });
			seedForCases(simulator);
			simulator.addRecording({
				id: 'rec-1',
				processed: true,
				link: {
					opportunityExternalId: 'opp-101',
					contactExternalIds: ['contact-1'],
					createMissing: true,
				},
				followups: [{ id: 'followup-1' }],
			});
			const fileUrl = await uploadAudio('sound');
			const { query = {}, body }: Exchange = JSON.parse(
				JSON.stringify(exchange)
					.replace(/\borg-\d\b/g, simulator.organizationId)
					.replace(/https:[^"]*siro-audio[^"]*/g, fileUrl),
			);
			const search = new URLSearchParams(
				Object.entries(query).flatMap(([name, value]) =>
					[value].flat().map((one): [string, string] => [name, one]),
				),
			);

			const ask = { external, platform }[api];
			const reply = await ask(`${path}?${search.toString()}`, { method, body });

			expect(simulator.wrongAnswers).toEqual([]);
			expect([reply.status, reply.text]).toEqual([exchange.status ?? 200, reply.text]);
		},
	);

	test('holds nothing that the package never calls', () => {
		const called = new Set(exchangesWith(api).map((exchange) => described.find(exchange)?.id));
		const uncalled = described.operations.map(({ id }) => id).filter((id) => !called.has(id));
		// Of the credential, not of an operation.
		expect(uncalled).toEqual(api === 'external' ? ['createAccessToken'] : []);
	});
});

test('an answer that is wrong by our own description is refused and told', async () => {
	const [recording] = simulator.state.recordings.all();
	Object.assign(recording, { title: 42 });
	expect((await external(`${RECORDINGS}/${recording.id}`)).status).toBe(500);
	expect(simulator.wrongAnswers).toEqual([expect.stringContaining('/title')]);
});

describe('authentication', () => {
	test('the external API takes the organization token and nothing else', async () => {
		const { organizationId } = simulator;
		expect((await external(IDENTITY)).json).toMatchObject({ organizationId });
		for (const authorization of ['', 'Bearer wrong', simulator.organizationToken]) {
			const reply = await external(IDENTITY, { headers: { authorization } });
			expect([reply.status, reply.json]).toEqual([401, { error: 'Unauthorized' }]);
		}
	});

	test('the platform API takes minted tokens for 16 hours, or until they expire', async () => {
		let now = new Date('2026-01-01T00:00:00Z');
		await start({ clock: () => now });
		const { clientId, clientSecret } = simulator.oauthApp;
		const mint = async () => {
			const body = { clientSecret, userId: simulator.rep.id, scope: 'read' };
			const ask = { method: 'POST', body };
			const { status, json } = await external(`${APPS}/${clientId}/access-token`, ask);
			expect(status).toBe(201);
			return json.accessToken;
		};
		const statusWith = async (token: string) =>
			(await platform(FOLLOWUPS, { headers: { 'x-siro-auth-token': token } })).status;

		const token = await mint();
		now = new Date('2026-01-01T15:59:00Z');
		expect(await statusWith(token)).toBe(200);
		now = new Date('2026-01-01T16:00:00Z');
		expect(await statusWith(token)).toBe(401);
		const another = await mint();
		expect(await statusWith(another)).toBe(200);
		simulator.expireTokens();
		expect(await statusWith(another)).toBe(401);
		expect(await statusWith(simulator.organizationToken)).toBe(401);
	});

	test('a read token does not write', async () => {
		const headers = { 'x-siro-auth-token': simulator.mintAccessToken('read') };
		const path = `${FOLLOWUPS}/${simulator.state.followups.all()[0].id}`;
		const write = { method: 'PATCH', body: { starred: true } };
		expect((await platform(path, { ...write, headers })).status).toBe(403);
		expect((await platform(path, write)).status).toBe(200);
	});

	test('minting tells a wrong app, secret, user and scope apart', async () => {
		const { clientId, clientSecret } = simulator.oauthApp;
		const disabled = simulator.state.users.add({ disabled: true }).id;
		const mint = async (change: object = {}, id = clientId) => {
			const body = { clientSecret, userId: simulator.rep.id, scope: 'read', ...change };
			return (await external(`${APPS}/${id}/access-token`, { method: 'POST', body })).status;
		};
		expect(await mint({}, 'unknown')).toBe(404);
		expect(await mint({ clientSecret: 'wrong' })).toBe(401);
		expect(await mint({ userId: 'nobody' })).toBe(404);
		expect(await mint({ userId: disabled })).toBe(403);
		expect(await mint({ scope: 'admin' })).toBe(400);
	});
});

describe('validation', () => {
	const sync = (body?: object) => ({ path: `${SYNC}/engagements`, method: 'PUT', body });

	test.each([
		['an unknown query parameter', { path: `${RECORDINGS}?limit=5` }, '/query/limit'],
		['another value', { path: `${RECORDINGS}?showSummary=yes` }, '/query/showSummary'],
		['an unknown property', sync({ externalId: 'a', subjekt: 'Visit' }), '/body/subjekt'],
		['a missing property', sync({ subject: 'Visit' }), '/body'],
		[
			'a wrong type deep inside',
			sync({ externalId: 'a', engagementUsers: [{ externalId: 1 }] }),
			'/body/engagementUsers/0/externalId',
		],
		[
			'an unknown property deep inside',
			sync({ externalId: 'a', contact: { externalId: 'c', owner: { id: '1' } } }),
			'/body/contact/owner/id',
		],
		['a start at no time', sync({ externalId: 'a', startTime: 'tomorrow' }), '/body/0/startTime'],
		['a missing body', sync(), '/'],
		[
			'a body where there is none',
			{ path: `${ENGAGEMENTS}/a`, method: 'DELETE', body: {} },
			'/body',
		],
	] satisfies Array<[string, Ask & { path: string }, string]>)(
		'refuses %s',
		async (_, { path, ...ask }: Ask & { path: string }, place) => {
			const { status, json } = await external(path, ask);
			expect(status).toBe(400);
			expect(json).toEqual({ error: expect.any(String), details: expect.any(Object) });
			expect(Object.keys(json.details)).toContain(place);
		},
	);

	test('refuses what is not JSON, and what does not exist', async () => {
		const malformed = await fetch(`${simulator.externalApiUrl}${SYNC}/engagements`, {
			method: 'PUT',
			headers: {
				authorization: `Bearer ${simulator.organizationToken}`,
				'content-type': 'application/json',
			},
			body: '{"externalId":',
		});
		expect(malformed.status).toBe(400);
		expect((await external('/v1/nothing')).json).toEqual({ error: 'Not found' });
		expect((await platform('/v1/nothing')).json).toMatchObject({ code: 404 });
	});
});

describe('sync', () => {
	test('creates, then updates only what is given, and clears what is null', async () => {
		await start({ seeded: false });
		const created = await put('engagements', {
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
		const updated = await put('engagements', { externalId: 'a', content: 'Bring tape' });
		expect(updated.json.data).toMatchObject({
			...created.json.data,
			updatedAt: expect.any(String),
		});
		expect(updated.json.data.content).toBe('Bring tape');
		const cleared = await put('engagements', { externalId: 'a', subject: null });
		expect(cleared.json.data).not.toHaveProperty('subject');
		expect(simulator.state.engagements.living()).toHaveLength(1);
	});

	test('takes all of a batch or nothing', async () => {
		await start({ seeded: false });
		simulator.rejectExternalIds('bad');
		const batch = (...externalIds: string[]) => externalIds.map((externalId) => ({ externalId }));
		const refused = await put('batch/engagements', batch('one', 'bad', 'two'));
		expect([refused.status, refused.json]).toEqual([
			400,
			{ error: 'Invalid record', details: { '/body/1': '"bad" cannot be synced' } },
		]);
		const wrong = [{ externalId: 'one' }, { externalId: 'two', amount: '45000' }];
		expect((await put('batch/opportunities', wrong)).status).toBe(400);
		expect([
			...simulator.state.engagements.living(),
			...simulator.state.opportunities.all(),
		]).toEqual([]);
		const taken = await put('batch/engagements', batch('one', 'two'));
		expect(taken.json.data).toMatchObject(batch('one', 'two'));
	});

	test('soft-deletes what is gone within a window, and revives what comes back', async () => {
		await start({ seeded: false });
		simulator.addEngagement({ externalId: 'kept', startTime: '2026-02-10T10:00:00Z' });
		simulator.addEngagement({ externalId: 'later', startTime: '2026-03-10T10:00:00Z' });
		const gone = simulator.addEngagement({
			externalId: 'gone',
			startTime: '2026-02-10T12:00:00Z',
		});
		const statusOfGone = async () => (await external(`${ENGAGEMENTS}/${gone.id}`)).status;
		const reply = await external(`${SYNC}/engagements/soft-delete-removed`, {
			method: 'POST',
			body: {
				validExternalIds: ['kept'],
				fromTime: '2026-02-01T00:00:00Z',
				toTime: '2026-02-28T00:00:00Z',
			},
		});
		expect(reply.json).toEqual({ data: { success: true } });
		expect(simulator.state.engagements.living().map(({ externalId }) => externalId)).toEqual([
			'kept',
			'later',
		]);
		expect(await statusOfGone()).toBe(404);
		await put('engagements', { externalId: 'gone' });
		expect(await statusOfGone()).toBe(200);
	});
});

describe('lists', () => {
	type Reply = Awaited<ReturnType<typeof external>>;
	const column = (name: string, ...replies: Reply[]): unknown[] =>
		replies.flatMap(({ json }) => json.data.map((record: object) => Reflect.get(record, name)));

	async function allPages(path: string): Promise<Reply[]> {
		const pages = [await external(path)];
		for (let cursor; (cursor = pages[pages.length - 1].json.cursor) !== null;) {
			const sign = path.includes('?') ? '&' : '?';
			pages.push(await external(`${path}${sign}cursor=${cursor}`));
		}
		return pages;
	}

	test('come in pages of 25 with an opaque cursor, the newest first', async () => {
		await start({ seeded: false });
		simulator.addRecordings(60);
		const pages = await allPages(RECORDINGS);
		expect(pages.map(({ json }) => json.data.length)).toEqual([25, 25, 10]);
		expect(column('title', ...pages)).toEqual(
			Array.from({ length: 60 }, (_, index) => `Recording ${60 - index}`),
		);
		// A last page that is full is still the last one.
		expect(await allPages(`${RECORDINGS}?pageSize=30`)).toHaveLength(2);
		expect((await external(`${RECORDINGS}?cursor=invented`)).status).toBe(400);
	});

	test('neither repeat nor skip when recordings arrive or change in between', async () => {
		await start({ seeded: false, listOrder: 'oldestFirst' });
		const recordings = simulator.addRecordings(6);
		const first = await external(`${RECORDINGS}?pageSize=3`);
		simulator.processRecording(recordings[0].id);
		simulator.addRecording({ title: 'Late' });
		const rest = `${RECORDINGS}?pageSize=10&cursor=${first.json.cursor}`;
		expect(column('title', first, await external(rest))).toEqual([
			...recordings.map(({ title }) => title),
			'Late',
		]);
	});

	test('cap the page size silently, and leave out scores on large pages', async () => {
		await start({ seeded: false });
		simulator.addRecordings(150, () => ({ processed: true }));
		const scores = async (pageSize: number) => {
			const query = `showEvaluationScore=true&pageSize=${pageSize}`;
			return column('evaluationScore', await external(`${RECORDINGS}?${query}`));
		};
		expect(await scores(500)).toHaveLength(100);
		expect(new Set(await scores(40))).toEqual(new Set([82]));
		expect(new Set(await scores(41))).toEqual(new Set([null]));
	});

	test.each([
		['updatedAt:gte=2026-01-02T00:00:00Z', ['day 2', 'day 3']],
		['updatedAt:gt=2026-01-02T00:00:00Z', ['day 3']],
		['updatedAt:lt=2026-01-02T00:00:00Z', ['day 1']],
		['updatedAt:lte=2026-01-02T00:00:00Z', ['day 1', 'day 2']],
		['createdAt:gt=2026-01-02T00:00:00Z', ['day 3']],
		['createdAt:lt=2026-01-02T00:00:00Z', ['day 1']],
		['isProcessingDone=true', ['day 3']],
		['isProcessingDone=false', ['day 1', 'day 2']],
		['updatedAt:gte=soon', 400],
	])('are filtered by %s', async (filter, expected) => {
		await start({ seeded: false, listOrder: 'oldestFirst' });
		for (const day of [1, 2, 3]) {
			const createdAt = `2026-01-0${day}T00:00:00.000Z`;
			simulator.addRecording({ title: `day ${day}`, createdAt, processed: day === 3 });
		}
		const reply = await external(`${RECORDINGS}?${filter}`);
		expect(reply.status === 200 ? column('title', reply) : reply.status).toEqual(expected);
	});

	test('hold deleted recordings', async () => {
		await start({ seeded: false });
		const { id } = simulator.addRecording();
		simulator.deleteRecording(id);
		const { json } = await external(RECORDINGS);
		expect(json.data).toMatchObject([{ id, deleted: true, deletedAt: expect.any(String) }]);
	});

	test('of engagements and opportunities page as well', async () => {
		await start({ seeded: false });
		for (let number = 0; number < 30; number++) {
			simulator.addEngagement({ externalId: `appt-${number}` });
			simulator.addOpportunity({ externalId: `opp-${number}` });
		}
		for (const path of ['engagements', 'opportunities']) {
			const pages = await allPages(`/v1/integrations/${path}`);
			expect([pages.length, new Set(column('id', ...pages)).size]).toEqual([2, 30]);
		}
		const { json } = await external(`${ENGAGEMENTS}?externalId=appt-7`);
		expect(json).toMatchObject({ total: 1, data: [{ externalId: 'appt-7' }], hasNextPage: false });
	});
});

describe('recordings', () => {
	test('show what is asked for, and CRM links only once they are confirmed', async () => {
		const { id } = simulator.addRecording({ title: 'Bare' });
		const ask = async (query = '') => (await external(`${RECORDINGS}/${id}${query}`)).json;
		const bare = Object.keys(await ask());
		for (const block of ['crm', 'summary', 'entityExtractions', 'evaluationScore', 'followups']) {
			expect(bare).not.toContain(block);
		}
		const shown = '?showCrmLinks=true&showSummary=true';
		expect(await ask(shown)).toMatchObject({ crm: null, summary: [] });
		simulator.linkRecording(id, { engagementExternalId: 'appt-456' });
		simulator.processRecording(id, { summary: [{ name: 'Overview', content: 'Went well' }] });
		const engagement = simulator.state.engagements.find('appt-456');
		expect(await ask(shown)).toMatchObject({
			isProcessingDone: true,
			summary: [{ name: 'Overview', content: 'Went well' }],
			crm: {
				integrationConnectionId: simulator.state.connectionId,
				users: [{ externalId: 'rep-123' }],
				engagement: { id: engagement?.id, externalId: 'appt-456' },
				opportunity: { externalId: 'opp-101' },
				contacts: [{ externalId: 'contact-321' }],
				account: { externalId: 'account-789' },
				lead: null,
			},
		});
		const synced = await external(`${ENGAGEMENTS}/${engagement?.id}`);
		expect(synced.json.recordingId).toBe(id);
	});

	test('show the same otherwise in lists and on the platform API', async () => {
		await start({ seeded: false });
		const { id } = simulator.addRecording({
			processed: true,
			summary: [
				{ name: 'Overview', content: 'Went well' },
				{ name: 'Next Steps', content: 'Proposal' },
			],
			extractions: [
				{ name: 'Budget', value: 45_000, mappings: null },
				{ definitionName: 'Timeline', status: 'IN_PROGRESS', values: null },
			],
			followups: [{ score: 5 }],
		});
		const shown = '?showSummary=true&showEntityExtractions=true&showFollowups=true';
		const [followup] = simulator.state.followups.all();

		const list = await external(RECORDINGS + shown);
		expect(list.json.data[0].followups).toEqual([{ id: followup.id, score: 5 }]);
		const single = await external(`${RECORDINGS}/${id}${shown}`);
		expect(single.json).toMatchObject({
			summary: [{ name: 'Overview' }, { name: 'Next Steps' }],
			followups: [{ followupId: followup.id, repName: 'John Sales' }],
		});
		// Unfinished extractions are left out.
		expect(single.json.entityExtractions).toEqual([
			{ name: 'Budget', value: 45_000, mappings: null },
		]);
		const nested = await platform(`${RECORDINGS}/${id}${shown}`);
		expect(nested.json.data).toMatchObject({
			summary: 'Overview:\nWent well\n\nNext Steps:\nProposal',
			entityExtractions: [
				{ siroEntityDefinitionName: 'Budget', status: 'SUCCESS', extraction: [{ value: 45_000 }] },
				{ siroEntityDefinitionName: 'Timeline', status: 'IN_PROGRESS', extraction: null },
			],
		});
	});

	test('are not linked to what was never synced, unless that is asked for', async () => {
		await start({ seeded: false });
		const { id } = simulator.addRecording();
		const target = { engagementExternalId: 'never-synced' };
		expect(() => simulator.linkRecording(id, target)).toThrow('never-synced');
		simulator.linkRecording(id, { ...target, createMissing: true });
		expect(simulator.state.engagements.find('never-synced')?.recordingId).toBe(id);
	});
});

describe('audio', () => {
	test('is uploaded to the storage, becomes a recording, and is downloaded', async () => {
		let now = new Date('2026-01-01T00:00:00Z');
		await start({ clock: () => now });
		const created = await platform(`${RECORDINGS}/upload`, {
			method: 'POST',
			body: { fileUrl: await uploadAudio('0123456789'), fileType: 'mp3', title: 'Call' },
		});
		expect(created.status).toBe(201);
		const { recordingId } = created.json.data;
		expect(simulator.state.recordings.get(recordingId)).toMatchObject({
			title: 'Call',
			isProcessingDone: false,
		});

		const ask = { method: 'POST' };
		const { json } = await platform(`${RECORDINGS}/${recordingId}/signedUrl`, ask);
		const download = async () => {
			const response = await fetch(json.data.url);
			return [response.status, response.headers.get('content-type'), await response.text()];
		};
		expect(await download()).toEqual([200, 'audio/mpeg', '0123456789']);
		now = new Date('2026-01-01T00:15:00Z');
		expect((await download())[0]).toBe(403);
	});

	test('must be sent with the signed headers and within the signed size', async () => {
		const { json } = await platform(`${RECORDINGS}/signed-urls`, {
			method: 'POST',
			body: { fileType: 'wav', fileSize: 4 },
		});
		const { uploadUrl, uploadHeaders, downloadUrl: fileUrl } = json.data;
		const wrongType = { ...uploadHeaders, 'Content-Type': 'audio/mpeg' };
		const { 'Content-Type': type } = uploadHeaders;
		expect(await upload(uploadUrl, wrongType, 'RIFF')).toBe(403);
		expect(await upload(uploadUrl, { 'Content-Type': type }, 'RIFF')).toBe(403);
		expect(await upload(uploadUrl, uploadHeaders, 'RIFFRIFF')).toBe(400);
		const ask = { method: 'POST', body: { fileUrl, fileType: 'wav' } };
		expect((await platform(`${RECORDINGS}/upload`, ask)).status).toBe(400);
		expect(await upload(uploadUrl, uploadHeaders, 'RIFF')).toBe(200);
	});

	test('storage keeps the headers it saw, so that a leaked secret shows', async () => {
		const fileUrl = await uploadAudio('sound');
		await (await fetch(fileUrl, { headers: { authorization: 'Bearer leaked' } })).text();
		const seen = simulator.requests.filter(({ surface }) => surface === 'storage');
		expect(seen.map(({ method, headers }) => [method, headers.authorization])).toEqual([
			['PUT', undefined],
			['GET', 'Bearer leaked'],
		]);
	});
});

test('follow-ups are filtered, by default from a score of 3', async () => {
	await start({ seeded: false });
	const { id } = simulator.addRecording();
	for (const score of [2, 3, 5]) simulator.addFollowup(id, { score });
	const scores = async (query: string) => {
		const { json } = await platform(FOLLOWUPS + query);
		return json.data.followups.map(({ score }: { score: number }) => score);
	};
	expect(await scores('')).toEqual([5, 3]);
	expect(await scores('?minimumScore=1')).toEqual([5, 3, 2]);
	expect(await scores('?minimumScore=1&scores=2&scores=5')).toEqual([5, 2]);
	expect(await scores('?userIds=somebody-else')).toEqual([]);
});

describe('misbehaviour', () => {
	const statusOf = async () => (await external(IDENTITY)).status;

	test('answers a status so many times, with the headers asked for', async () => {
		const rule = simulator.misbehave({
			method: 'GET',
			path: /caller-identity/,
			status: 429,
			headers: { 'Retry-After': '7' },
			times: 2,
		});
		const first = await external(IDENTITY);
		expect(first.headers.get('retry-after')).toBe('7');
		expect([first.status, await statusOf(), await statusOf()]).toEqual([429, 429, 200]);
		expect(rule.count).toBe(2);
	});

	test('concerns what it names only, and ends when told', async () => {
		const rule = simulator.misbehave({ surface: 'platform', status: 503 });
		const onPlatform = async () => (await platform(FOLLOWUPS)).status;
		expect([await statusOf(), await onPlatform()]).toEqual([200, 503]);
		rule.stop();
		expect(await onPlatform()).toBe(200);
		simulator.misbehave({ method: 'PUT', status: 500 });
		expect(await statusOf()).toBe(200);
		simulator.behave();
		expect((await put('engagements', { externalId: 'a' })).status).toBe(200);
	});

	test('sends HTML, half of the JSON, or nothing at all', async () => {
		const ask = async (rule: Parameters<Simulator['misbehave']>[0]) => {
			simulator.misbehave({ ...rule, times: 1 });
			return await external(IDENTITY);
		};
		const html = await ask({ html: true });
		expect([html.status, html.headers.get('content-type')]).toEqual([
			403,
			expect.stringContaining('text/html'),
		]);
		expect(html.text).toContain('error code: 1010');
		await expect(ask({ truncate: true })).rejects.toThrow(SyntaxError);
		await expect(ask({ reset: true })).rejects.toThrow('fetch failed');
		await expect(ask({ cut: true })).rejects.toThrow('terminated');
		const refusal = { error: 'Not linked' };
		expect((await ask({ status: 200, body: refusal })).json).toEqual(refusal);
		const statuses = simulator.requestsTo('GET', IDENTITY).map(({ status }) => status);
		expect(statuses).toEqual([403, 200, null, null, 200]);
	});

	test('can lose the answer to something that was done', async () => {
		await start({ seeded: false });
		simulator.misbehave({ reset: true, afterwards: true });
		await expect(put('engagements', { externalId: 'done' })).rejects.toThrow();
		expect(simulator.state.engagements.find('done')).toBeDefined();
	});

	test('by chance is the same for the same seed', async () => {
		const outcomes = async (randomSeed: number) => {
			await start({ randomSeed });
			simulator.misbehave({ probability: 0.5, status: 500 });
			const statuses = [];
			for (let number = 0; number < 20; number++) statuses.push(await statusOf());
			return statuses;
		};
		const once = await outcomes(7);
		expect(new Set(once)).toEqual(new Set([200, 500]));
		expect(await outcomes(7)).toEqual(once);
	});

	test('delays', async () => {
		await start({ latencyMs: 40 });
		const took = async () => {
			const started = Date.now();
			expect(await statusOf()).toBe(200);
			return Date.now() - started;
		};
		expect(await took()).toBeGreaterThanOrEqual(39);
		simulator.latencyMs = 0;
		simulator.misbehave({ delayMs: 60 });
		expect(await took()).toBeGreaterThanOrEqual(59);
	});
});

test('the rate limit counts by token over a rolling window', async () => {
	await start({ rateLimit: { requests: 3, windowMs: 2000 } });
	const ask = async () => await external('/v1/core/users');
	for (let number = 0; number < 3; number++) expect((await ask()).status).toBe(200);
	expect((await ask()).status).toBe(429);
	expect((await platform(FOLLOWUPS)).status).toBe(200);
	await sleep(2010);
	expect((await ask()).status).toBe(200);
});

test('the record of requests holds what was sent and how it was answered', async () => {
	await external(`${RECORDINGS}?updatedAt:gte=2026-01-01T00:00:00Z&pageSize=2`);
	await put('engagements', { externalId: 'a' });
	const query = { 'updatedAt:gte': '2026-01-01T00:00:00Z', pageSize: '2' };
	expect(simulator.requestsTo('get', RECORDINGS)).toMatchObject([
		{ surface: 'external', query, status: 200, headers: { authorization: expect.any(String) } },
	]);
	expect(simulator.requestsTo('PUT', /sync/)).toMatchObject([
		{ body: { externalId: 'a' }, status: 200 },
	]);
	expect(simulator.requests).toHaveLength(2);
	await send(`${new URL(simulator.externalApiUrl).origin}/v1/core/users`, {});
	expect(simulator.requestsTo('GET', '/v1/core/users')).toMatchObject([{ status: 404 }]);
	simulator.clearRequests();
	expect(simulator.requests).toHaveLength(0);
});
