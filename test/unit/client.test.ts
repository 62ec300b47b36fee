/**
 * The HTTP client under faults, through operations that do nothing but send one request: what is
 * sent again and when, what is given up, and what the user reads in the end.
 */
import type nock from 'nock';
import { sleep, UserError, type INodeExecutionData, type INodeParameters } from 'n8n-workflow';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { toSiroCredential } from '../../nodes/Siro/api/credential';
import type { Answer } from '../../nodes/Siro/api/answer';
import { tokenLimit } from '../../nodes/Siro/api/rateLimit';
import { waitBeforeRepeating } from '../../nodes/Siro/api/retry';
import { Siro } from '../../nodes/Siro/Siro.node';
import {
	inFastTime,
	platformApi,
	recordedLogs,
	recordedRequests,
	runNode,
	siroApi,
	storeCredential,
	type NodeRunOptions,
} from '../engine';
import { MemoryCredentialsHelper } from '../engine/credentials-helper';
import { SECRETS } from '../operations/secrets';

// Many requests take their time on a busy machine.
jest.setTimeout(30_000);

const RECORDING = { id: 'rec-1', title: 'Smith kitchen' };
const PATH = '/v1/core/recordings/rec-1';
const LIST_PATH = '/v1/core/recordings';
const USERS_PATH = '/v1/core/users';

const GET_RECORDING = {
	resource: 'recording',
	operation: 'get',
	recordingId: 'rec-1',
	include: [],
	simplify: false,
};

const LIST_RECORDINGS = {
	resource: 'recording',
	operation: 'getAll',
	include: [],
	simplify: false,
	returnAll: true,
};

const CREATE_USER = {
	resource: 'user',
	operation: 'create',
	email: 'rep@example.com',
	organizationId: 'org-1',
};

const LIST_FOLLOWUPS = { resource: 'followup', operation: 'getAll' };

interface RunOptions extends Partial<NodeRunOptions> {
	organizationToken?: string;
	accessToken?: string;
	userId?: string;
	/** What is done first, when time runs fast already. */
	before?: () => void;
}

async function run(parameters: INodeParameters, options: RunOptions = {}) {
	const { organizationToken = SECRETS.organization, before, ...more } = options;
	const { accessToken = SECRETS.user, userId = 'user-1', ...others } = more;
	before?.();
	const credential = storeCredential(new SiroApi(), {
		organizationToken,
		useOAuthApp: true,
		clientId: 'client-1',
		clientSecret: SECRETS.client,
		userId,
		accessToken,
		webhookSigningSecret: SECRETS.webhook,
	});
	const outcome = await runNode({ nodeType: new Siro(), parameters, credential, ...others });
	const told = outcome.stored + JSON.stringify(recordedLogs());
	for (const secret of Object.values(SECRETS)) expect(told).not.toContain(secret);
	return outcome;
}

/** How much longer than it waits something may seem to take: real work takes its time, too. */
const SLACK = 10_000;

const runFast = async (...[parameters, options]: Parameters<typeof run>) => {
	const { result, elapsed } = await inFastTime(async () => await run(parameters, options));
	return { ...result, elapsed, requests: recordedRequests().length };
};

const connectionError = (code: string) => Object.assign(new Error(`connect ${code}`), { code });

const cancelSoon = () => {
	const cancellation = new AbortController();
	void sleep(100).then(() => cancellation.abort());
	return cancellation.signal;
};

const items = (count: number): INodeExecutionData[] =>
	Array.from({ length: count }, () => ({ json: {} }));

const request = () => siroApi().get(PATH);
const succeed = () => request().reply(200, RECORDING);

describe('a request that Siro cannot answer now is sent again', () => {
	test.each<[string, () => unknown]>([
		['429', () => request().reply(429, { error: 'Too many requests' })],
		['408', () => request().reply(408)],
		['500', () => request().reply(500)],
		...[520, 521, 522, 523, 524, 527].map((status): [string, () => unknown] => [
			`${status} of Cloudflare`,
			() => request().reply(status, `error code: ${status}`),
		]),
		['502', () => request().reply(502, '<html><title>Bad gateway</title></html>')],
		['503', () => request().reply(503)],
		['504', () => request().reply(504)],
		['connection reset', () => request().replyWithError(connectionError('ECONNRESET'))],
		['connection refused', () => request().replyWithError(connectionError('ECONNREFUSED'))],
		['name not found', () => request().replyWithError(connectionError('EAI_AGAIN'))],
		[
			'JSON that is cut off',
			() => request().reply(200, '{"id": "rec-', { 'content-type': 'application/json' }),
		],
	])('after: %s', async (_, fail) => {
		fail();
		succeed();

		const { error, output, elapsed, requests } = await runFast(GET_RECORDING);

		expect(error).toBeUndefined();
		expect(output[0].map(({ json }) => json)).toEqual([RECORDING]);
		expect(requests).toBe(2);
		expect(elapsed).toBeLessThan(SLACK);
	});

	test('after no answer in time', async () => {
		request().delay(3000).reply(200, RECORDING);
		succeed();

		// In real time: that of the network does not run ahead.
		const { error } = await run({ ...GET_RECORDING, options: { timeout: 1 } });

		expect(error).toBeUndefined();
		expect(recordedRequests()).toHaveLength(2);
	});

	test.each<[string, () => string, number]>([
		['in seconds', () => '7', 7000],
		['as a date', () => new Date(Date.now() + 9000).toUTCString(), 8000],
	])('when Retry-After says, %s', async (_, retryAfter, wait) => {
		request().reply(429, '', { 'retry-after': retryAfter() });
		succeed();

		const { error, elapsed } = await runFast(GET_RECORDING);

		expect(error).toBeUndefined();
		expect(elapsed).toBeGreaterThanOrEqual(wait);
		expect(elapsed).toBeLessThan(wait + SLACK);
	});

	test.each(['0', '-5', 'Wed, 21 Oct 2015 07:28:00 GMT'])(
		'at once when Retry-After says "%s"',
		(retryAfter) => {
			const answer: Answer = { status: 429, headers: { 'retry-after': retryAfter }, body: '' };
			expect(waitBeforeRepeating(answer, 1, 5, { method: 'GET' })).toBe(0);
		},
	);

	test('a little later each time', async () => {
		request().times(4).reply(503);
		succeed();

		const { error, elapsed, requests } = await runFast(GET_RECORDING);

		expect(error).toBeUndefined();
		expect(requests).toBe(5);
		// Half a second, one, two and four; the half of each is chance.
		expect(elapsed).toBeGreaterThan(3500);
		expect(elapsed).toBeLessThan(7500 + SLACK);
	});

	test.each<[string, (post: nock.Interceptor) => unknown]>([
		['429', (post) => post.reply(429)],
		['connection refused', (post) => post.replyWithError(connectionError('ECONNREFUSED'))],
		['name not found', (post) => post.replyWithError(connectionError('ENOTFOUND'))],
	])('a POST, too, when Siro has certainly not carried it out: %s', async (_, fail) => {
		fail(siroApi().post(USERS_PATH));
		siroApi().post(USERS_PATH).reply(200, { id: 'user-2' });

		const { error, output } = await runFast(CREATE_USER, { organizationToken: 'one for a POST' });

		expect(error).toBeUndefined();
		expect(output[0]).toHaveLength(1);
	});

	test('a DELETE, too: at worst there is nothing left to delete', async () => {
		const app = () => siroApi().delete('/v1/core/oauth/apps/client-1');
		app().reply(503);
		app().reply(200, { clientId: 'client-1' });

		const { error, output } = await runFast({
			resource: 'oauthApp',
			operation: 'delete',
			clientId: 'client-1',
		});

		expect(error).toBeUndefined();
		expect(output[0].map(({ json }) => json)).toEqual([{ id: 'client-1', deleted: true }]);
	});

	test('also when Siro asks nonsense of us', async () => {
		request().reply(503, '', { 'retry-after': 'soon' });
		succeed();

		expect((await runFast(GET_RECORDING)).error).toBeUndefined();
	});
});

describe('a request is not sent again', () => {
	test.each([400, 401, 403, 404, 409, 422, 501, 525])('after status %i', async (status) => {
		request().reply(status);

		expect((await run(GET_RECORDING)).error).toBeDefined();
		expect(recordedRequests()).toHaveLength(1);
	});

	test.each<[string, () => unknown]>([
		['408', () => siroApi().post(USERS_PATH).reply(408)],
		['500', () => siroApi().post(USERS_PATH).reply(500)],
		['503', () => siroApi().post(USERS_PATH).reply(503, '', { 'retry-after': '0' })],
		['599, which nobody documents', () => siroApi().post(USERS_PATH).reply(599)],
		[
			'connection reset',
			() => siroApi().post(USERS_PATH).replyWithError(connectionError('ECONNRESET')),
		],
		[
			'JSON that is cut off',
			() =>
				siroApi().post(USERS_PATH).reply(200, '{"id": "', { 'content-type': 'application/json' }),
		],
	])('when it would create something twice: %s', async (_, fail) => {
		fail();

		const { error } = await run(CREATE_USER);

		expect(error?.message).toMatch(/^Could not create a user: /);
		expect(error?.description).toMatch(/^First check in Siro whether it was done anyway\. /);
		expect(recordedRequests()).toHaveLength(1);
	});

	test('more often than Max Attempts', async () => {
		request().times(2).reply(503);

		const { error, requests } = await runFast({ ...GET_RECORDING, options: { maxAttempts: 2 } });

		expect(error).toHaveProperty('httpCode', '503');
		expect(requests).toBe(2);
	});

	test('five times, unless the user says otherwise', async () => {
		request().times(5).reply(503);

		expect((await runFast(GET_RECORDING)).requests).toBe(5);
	});

	test('after Total Time', async () => {
		request().reply(503, '', { 'retry-after': '12' }).persist();

		const { error, elapsed, requests } = await runFast({
			...GET_RECORDING,
			options: { totalTime: 30, maxAttempts: 20 },
		});

		expect(error).toHaveProperty('httpCode', '503');
		expect(requests).toBeGreaterThan(1);
		expect(requests).toBeLessThan(4);
		expect(elapsed).toBeLessThan(30_000 + SLACK);
	});

	test('when Siro wants more patience than Total Time allows', async () => {
		request().reply(429, '', { 'retry-after': '600' });

		const { error, elapsed, requests } = await runFast(GET_RECORDING, {
			organizationToken: 'held back for ten minutes',
		});

		expect(error).toHaveProperty('httpCode', '429');
		expect(requests).toBe(1);
		expect(elapsed).toBeLessThan(SLACK);
	});

	test('when an answer takes longer than Total Time', async () => {
		request().delay(5000).reply(200, RECORDING);

		const { error, requests } = await runFast({
			...GET_RECORDING,
			options: { totalTime: 1, timeout: 60 },
		});

		expect(error?.message).toBe('Could not get a recording: Siro did not answer in time');
		expect(requests).toBe(1);
	});
});

describe('cancelling the execution', () => {
	test('ends the wait before the next attempt at once', async () => {
		request().reply(503, '', { 'retry-after': '60' });
		const begin = Date.now();

		const { status } = await run(GET_RECORDING, { signal: cancelSoon() });

		expect(status).toBe('canceled');
		expect(Date.now() - begin).toBeLessThan(20_000);
		expect(recordedRequests()).toHaveLength(1);
	});

	test('ends a request under way, which is not sent again', async () => {
		request().delay(60_000).reply(200, RECORDING);
		const begin = Date.now();

		const { status } = await run(GET_RECORDING, { signal: cancelSoon() });
		// What the node may still do in the background would show now.
		await sleep(1000);

		expect(status).toBe('canceled');
		expect(Date.now() - begin).toBeLessThan(20_000);
		expect(recordedRequests()).toHaveLength(1);
	});
});

describe('the rate limit of a token', () => {
	/** As if other executions had sent that many requests with the token just now. */
	const use = (organizationToken: string, requests: number) => {
		const limit = tokenLimit(toSiroCredential({ organizationToken }), 'external');
		for (let count = 0; count < requests; count++) limit.count();
	};

	test('is kept: 990 requests in 61 seconds, over all executions', async () => {
		request().times(10).reply(200, RECORDING);
		const organizationToken = 'a token of its own';

		const { result, elapsed } = await inFastTime(async () => {
			use(organizationToken, 985);
			const { output } = await run(GET_RECORDING, { input: items(5), organizationToken });
			expect(output[0]).toHaveLength(5);
			const begin = Date.now();
			await run(GET_RECORDING, { input: items(5), organizationToken });
			return { wait: Date.now() - begin };
		});

		expect(recordedRequests()).toHaveLength(10);
		expect(result.wait).toBeGreaterThan(50_000);
		expect(elapsed).toBeGreaterThanOrEqual(61_000);
		expect(elapsed).toBeLessThan(61_000 + 2 * SLACK);
	});

	test('is not waited for when the turn would come too late, which is told', async () => {
		use('a full token', 990);

		const { error, elapsed, requests } = await runFast(
			{ ...CREATE_USER, options: { totalTime: 30 } },
			{ organizationToken: 'a full token' },
		);

		expect(error?.message).toBe(
			'Could not create a user: there were too many requests for Siro’s limit, so this one was not sent in time',
		);
		expect(error?.description).toMatch(/^Siro allows 1,000 requests per minute for each token\./);
		expect(requests).toBe(0);
		expect(elapsed).toBeLessThan(SLACK);
	});

	test('costs an attempt none of its time', async () => {
		// The delay is in real time: that of the network does not run ahead.
		request().delay(1_500).reply(200, RECORDING);

		const { error } = await runFast(
			{ ...GET_RECORDING, options: { totalTime: 62 } },
			{
				organizationToken: 'free after 61 seconds',
				before: () => use('free after 61 seconds', 990),
			},
		);

		expect(error).toBeUndefined();
	});

	test('is not used up by what is never sent', async () => {
		siroApi()
			.post('/v1/core/oauth/apps/client-1/access-token')
			.reply(401, { error: 'Wrong secret' })
			.persist();
		siroApi().get('/v1/core/auth/caller-identity').reply(200, {}).persist();
		siroApi().get('/v1/core/oauth/apps/client-1').reply(200, {}).persist();
		siroApi().get('/v1/core/users/user-1').reply(200, {}).persist();

		const { elapsed, output } = await runFast(
			{ ...LIST_FOLLOWUPS, limit: 1 },
			{ input: items(2_500), accessToken: '', continueOnFail: 'continueErrorOutput' },
		);

		expect(output[1]).toHaveLength(2_500);
		expect(elapsed).toBeLessThan(SLACK);
	});

	test('is not used up by attempts that get no user token', async () => {
		const mint = () => siroApi().post('/v1/core/oauth/apps/client-1/access-token');
		mint().times(4).reply(503);
		mint().reply(201, { accessToken: 'minted at last' });
		platformApi()
			.get('/v1/core/followups')
			.query(true)
			.reply(200, { data: { followups: [] } });
		const user = { clientId: 'client-1', userId: 'a busy user' };

		const { error, elapsed } = await runFast(LIST_FOLLOWUPS, {
			accessToken: '',
			userId: user.userId,
			before: () => {
				const limit = tokenLimit(toSiroCredential(user), 'platform');
				for (let count = 0; count < 989; count++) limit.count();
			},
		});

		expect(error).toBeUndefined();
		expect(elapsed).toBeLessThan(SLACK + 7_500);
	});

	test('is counted for each token alone', async () => {
		request().reply(200, RECORDING);

		const { elapsed } = await inFastTime(async () => {
			use('a second token', 990);
			await run(GET_RECORDING, { organizationToken: 'a third token' });
		});

		expect(elapsed).toBeLessThan(SLACK);
	});

	test('is one for both APIs with a client app, which has one token', () => {
		const limitOf = (clientId: string, surface: 'external' | 'platform') =>
			tokenLimit(toSiroCredential({ authentication: 'clientApp', clientId }), surface);

		expect(limitOf('client-1', 'platform')).toBe(limitOf('client-1', 'external'));
		expect(limitOf('client-2', 'platform')).not.toBe(limitOf('client-1', 'platform'));
	});

	test('can be waited for no longer when the execution is canceled', async () => {
		use('a fourth token', 990);

		const { status } = await run(GET_RECORDING, {
			organizationToken: 'a fourth token',
			signal: cancelSoon(),
		});

		expect(status).toBe('canceled');
		expect(recordedRequests()).toEqual([]);
	});
});

describe('a token that Siro holds back', () => {
	const MANY = { input: items(25) };

	/** Answers 429 for so many milliseconds, as when the token is used up elsewhere. */
	const holdBackFor = (milliseconds: number, headers: Record<string, string> = {}) => {
		const end = Date.now() + milliseconds;
		request()
			.reply(() => (Date.now() < end ? [429, 'Too many', headers] : [200, RECORDING]))
			.persist();
	};

	test('is asked for a sign of life by one request at a time, and all go through', async () => {
		const before = () => holdBackFor(40_000);

		const { error, output, elapsed, requests } = await runFast(GET_RECORDING, {
			...MANY,
			organizationToken: 'used up for 40 seconds',
			before,
		});

		expect(error).toBeUndefined();
		expect(output[0]).toHaveLength(25);
		// Each of the 25 was on its way when the first 429 came, and comes again when it is over.
		expect(requests).toBeLessThan(60);
		expect(elapsed).toBeGreaterThanOrEqual(40_000);
		expect(elapsed).toBeLessThan(61_000 + SLACK);
	});

	test('is waited for by a request that has few attempts', async () => {
		const before = () => holdBackFor(40_000);

		const { error, requests } = await runFast(
			{ ...GET_RECORDING, options: { maxAttempts: 2 } },
			{ organizationToken: 'used up, and few attempts', before },
		);

		expect(error).toBeUndefined();
		expect(requests).toBe(2);
	});

	test('is waited for by all executions', async () => {
		const organizationToken = 'used up for two executions';

		const { result, elapsed } = await inFastTime(async () => {
			holdBackFor(40_000);
			const first = run(GET_RECORDING, { ...MANY, organizationToken });
			await sleep(5_000);
			const second = run(GET_RECORDING, { ...MANY, organizationToken });
			return await Promise.all([first, second]);
		});

		expect(result.map(({ output }) => output[0].length)).toEqual([25, 25]);
		expect(recordedRequests().length).toBeLessThan(25 + 50 + 10);
		expect(elapsed).toBeLessThan(61_000 + SLACK);
	});

	test('is waited for by all executions as long as Retry-After says', async () => {
		const organizationToken = 'held back with Retry-After';

		const { elapsed } = await inFastTime(async () => {
			holdBackFor(30_000, { 'retry-after': '30' });
			const first = run(GET_RECORDING, { organizationToken });
			await sleep(10_000);
			const second = run(GET_RECORDING, { ...MANY, organizationToken });
			await sleep(10_000);
			expect(recordedRequests()).toHaveLength(1);
			return await Promise.all([first, second]);
		});

		expect(recordedRequests()).toHaveLength(1 + 1 + 25);
		expect(elapsed).toBeLessThan(30_000 + SLACK);
	});

	test('is waited for while a user token is minted, too', async () => {
		const { error, output, elapsed } = await runFast(LIST_FOLLOWUPS, {
			...MANY,
			organizationToken: 'used up when a user token is wanted',
			accessToken: '',
			before: () => {
				const end = Date.now() + 40_000;
				siroApi()
					.post('/v1/core/oauth/apps/client-1/access-token')
					.reply(() => (Date.now() < end ? [429] : [201, { accessToken: 'minted at last' }]))
					.persist();
				platformApi()
					.get('/v1/core/followups')
					.query(true)
					.reply(200, { data: { followups: [{ id: 'followup-1' }] } })
					.persist();
			},
		});

		expect(error).toBeUndefined();
		expect(output[0]).toHaveLength(25);
		expect(recordedRequests().length).toBeLessThan(60);
		expect(elapsed).toBeLessThan(61_000 + SLACK);
	});

	test('is waited for no longer than Total Time', async () => {
		const before = () => holdBackFor(40_000);

		const { error, elapsed, requests } = await runFast(
			{ ...GET_RECORDING, options: { totalTime: 20 } },
			{ ...MANY, organizationToken: 'used up for too long', before },
		);

		expect(error?.message).toBe(
			'Could not get a recording: Siro received too many requests with this token',
		);
		expect(elapsed).toBeLessThan(20_000 + SLACK);
		expect(requests).toBeLessThan(40);
	});
});

describe('a list', () => {
	const page = (answer: object) => siroApi().get(LIST_PATH).query(true).reply(200, answer);

	test('is fetched to its end, over an empty page', async () => {
		page({ data: [RECORDING], cursor: 'a' });
		page({ data: [], cursor: 'b' });
		page({ data: [RECORDING] });

		const { output } = await run(LIST_RECORDINGS);

		expect(output[0]).toHaveLength(2);
		expect(recordedRequests().map(({ query }) => query.cursor)).toEqual([undefined, 'a', 'b']);
	});

	test('is fetched again only where it broke off', async () => {
		page({ data: [RECORDING], cursor: 'a' });
		siroApi().get(LIST_PATH).query(true).reply(503);
		page({ data: [RECORDING] });

		const { output } = await runFast(LIST_RECORDINGS);

		expect(output[0]).toHaveLength(2);
		expect(recordedRequests().map(({ query }) => query.cursor)).toEqual([undefined, 'a', 'a']);
	});

	test.each<[string, object]>([
		['has a cursor, but says that it is the last', { cursor: 'b', hasNextPage: false }],
		['has no cursor', {}],
		['has null for a cursor', { cursor: null }],
		['has an empty cursor', { cursor: ' ' }],
	])('ends with the page that %s', async (_, rest) => {
		page({ data: [RECORDING], cursor: 'a', hasNextPage: true });
		page({ data: [RECORDING], ...rest });

		const { output } = await run(LIST_RECORDINGS);

		expect(output[0]).toHaveLength(2);
	});

	const FOLLOWUP = { id: 'followup-1' };

	test.each<[string, object, object]>([
		['beside the data', { cursor: 'a' }, {}],
		['beside the data, as a number', { cursor: 7, hasNextPage: true }, {}],
		['inside the data', {}, { cursor: 'a' }],
		['inside the data, and nothing beside it', { cursor: null }, { cursor: 'a' }],
		['inside the data, under its other name', { cursor: '' }, { nextCursor: 'a' }],
	])('goes on when the cursor stands %s', async (_, beside, inside) => {
		const followups = (query: object, rest: object, container: object) =>
			platformApi()
				.get('/v1/core/followups')
				.query({ ...query, limit: 100 })
				.reply(200, { data: { followups: [FOLLOWUP], ...container }, ...rest });
		followups({}, beside, inside);
		const { cursor } = { ...inside, ...beside } as { cursor?: string };
		followups({ cursor: cursor || 'a' }, {}, { cursor: null, nextCursor: null });

		const { output, error } = await run({ ...LIST_FOLLOWUPS, returnAll: true });

		expect(error).toBeUndefined();
		expect(output[0]).toHaveLength(2);
	});

	test('ends with a page whose data say that it is the last', async () => {
		platformApi()
			.get('/v1/core/followups')
			.query(true)
			.reply(200, { data: { followups: [FOLLOWUP], cursor: 'a', hasNextPage: false } });

		expect((await run({ ...LIST_FOLLOWUPS, returnAll: true })).output[0]).toHaveLength(1);
	});

	test('with the same cursor twice is an error', async () => {
		page({ data: [RECORDING], cursor: 'a' });
		page({ data: [RECORDING], cursor: 'b' });
		page({ data: [RECORDING], cursor: 'a' });

		const { error } = await run(LIST_RECORDINGS);

		expect(error?.message).toBe('Could not get many recordings: Siro returned the same page twice');
		expect(error?.description).toMatch(/^Narrow the list with filters or a limit/);
	});

	test('with empty pages without end is an error', async () => {
		let cursor = 0;
		siroApi()
			.get(LIST_PATH)
			.query(true)
			.times(20)
			.reply(200, () => ({ data: [], cursor: `page ${cursor++}` }));

		const { error } = await run(LIST_RECORDINGS);

		expect(error?.message).toBe('Could not get many recordings: Siro keeps returning empty pages');
	});

	test('ends where the limit is reached', async () => {
		page({ data: [RECORDING, RECORDING], cursor: 'a' });

		const { output } = await run({ ...LIST_RECORDINGS, returnAll: false, limit: 2 });

		expect(output[0]).toHaveLength(2);
		expect(recordedRequests()).toHaveLength(1);
	});
});

describe('the message for', () => {
	const MISSING = 'Could not get a recording: Siro has no recording with the ID "rec-1"';
	const REJECTED = 'Could not get a recording: Siro rejected the data';

	const readError = async (parameters: INodeParameters = GET_RECORDING) => {
		const { error } = await run({ ...parameters, options: { maxAttempts: 1 } });
		expect(error).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 0 } });
		return { message: error?.message, description: error?.description };
	};

	test.each<[string, number, object | string, string]>([
		['text', 400, 'Bad Request', ': Bad Request'],
		['nothing', 400, '', ''],
		['an error', 400, { error: 'Invalid body' }, ': Invalid body'],
		['a message', 400, { code: 400, message: 'Invalid body' }, ': Invalid body'],
		[
			'details as text',
			422,
			{ error: 'Invalid body', details: 'startTime is required' },
			': Invalid body: startTime is required',
		],
		[
			'details as a list of texts',
			400,
			{ error: 'Invalid body', details: ['startTime is required', 'name is too long'] },
			': Invalid body: startTime is required; name is too long',
		],
		[
			'details with paths',
			400,
			{
				error: 'Invalid body',
				details: [
					{ path: ['engagementUsers', 0, 'externalId'], message: 'Required' },
					{ instancePath: '/amount', message: 'must be number' },
					{ field: 'name', reason: 'is too long' },
				],
			},
			': Invalid body: engagementUsers.0.externalId: Required; /amount: must be number; name: is too long',
		],
		[
			'details by field',
			400,
			{ error: 'Invalid body', details: { startTime: ['Required', 'Must be a date'], name: [] } },
			': Invalid body: startTime: Required; Must be a date',
		],
		[
			'the issues of the OpenAPI document',
			422,
			{
				name: 'ZodError',
				issues: [{ code: 'invalid_type', path: ['owner'], message: 'Required' }],
			},
			': owner: Required',
		],
		['an error in an error', 400, { error: { message: 'Invalid body' } }, ': Invalid body'],
		['a list of errors', 400, { errors: [{ message: 'one' }, { message: 'two' }] }, ': one; two'],
		['an object without words', 400, {}, ''],
	])('rejected data, said with %s', async (_, status, answer, said) => {
		request().reply(status, answer);

		expect(await readError()).toEqual({
			message: `${REJECTED}${said}`,
			description:
				said === ''
					? 'Check the values of this item, then run it again.'
					: 'Correct what Siro names above, then run this item again.',
		});
	});

	test('a very long answer is cut', async () => {
		request().reply(400, { error: 'x'.repeat(100_000) });

		expect((await readError()).message?.length).toBeLessThan(700);
	});

	test('a refused organization token', async () => {
		request().reply(401, { code: 401, message: 'Invalid token' });

		expect(await readError()).toEqual({
			message: 'Could not get a recording: Siro did not accept the organization token',
			description:
				'Check the Organization Token in the Siro credential. If it is wrong, an admin can create a new one in Siro: person icon → API Tokens. Siro said: Invalid token',
		});
	});

	test('a refused user token', async () => {
		platformApi().get('/v1/core/followups').query(true).times(2).reply(401, { error: 'Expired' });
		siroApi()
			.post('/v1/core/oauth/apps/client-1/access-token')
			.reply(201, { accessToken: 'another token' });

		expect(await readError(LIST_FOLLOWUPS)).toEqual({
			message:
				'Could not get many follow-ups: Siro did not accept the user token, not even a new one',
			description: expect.stringMatching(/^Check the OAuth app and the Siro User ID/),
		});
	});

	test('what an organization token may not do', async () => {
		request().reply(403, { error: 'Forbidden' });

		expect(await readError()).toEqual({
			message: 'Could not get a recording: Siro does not allow this',
			description:
				'Ask your Siro admin whether this organization token may do this. Siro said: Forbidden',
		});
	});

	test('what a user token may not do', async () => {
		platformApi().get('/v1/core/followups').query(true).reply(403, { error: 'Insufficient scope' });

		expect(await readError(LIST_FOLLOWUPS)).toEqual({
			message: 'Could not get many follow-ups: Siro does not allow this',
			description:
				'The user token has the scope "read". Choose the scope Write in the Siro credential if this operation changes data, and check what the Siro user may see. Siro said: Insufficient scope',
		});
	});

	test.each([
		'<!DOCTYPE html><html><head><title>Access denied</title></head><body>error code: 1010</body></html>',
		' \n<html><head><title> Access denied </title></head></html>',
	])('Cloudflare’s page', async (html) => {
		request().reply(403, html, { 'content-type': 'text/html' });

		expect(await readError()).toEqual({
			message: 'Could not get a recording: Cloudflare, which protects Siro, blocked the request',
			description:
				'Ask Siro to allow the address of your n8n server, and check whether a proxy changes its requests. If that does not help, try another User Agent in the Siro credential. Siro said: a web page titled "Access denied"',
		});
	});

	test('Cloudflare’s text', async () => {
		request().reply(403, 'error code: 1010');

		expect((await readError()).message).toMatch(/Cloudflare/);
	});

	test('a record that does not exist', async () => {
		request().reply(404, { error: 'Recording not found' });

		expect(await readError()).toEqual({
			message: MISSING,
			description:
				'Check the ID: Siro’s own ID and the ID in your CRM are not the same. Siro said: Recording not found',
		});
	});

	test('an address that does not exist', async () => {
		siroApi().get(LIST_PATH).query(true).reply(404, '<html><title>404</title></html>');

		expect((await readError(LIST_RECORDINGS)).message).toBe(
			'Could not get many recordings: Siro found nothing at this address',
		);
	});

	test('a conflict', async () => {
		request().reply(409, { error: 'externalId is taken' });

		expect(await readError()).toEqual({
			message:
				'Could not get a recording: it conflicts with what Siro already has: externalId is taken',
			description: 'Get the current record from Siro and decide which version is right.',
		});
	});

	test('too many requests', async () => {
		request().reply(429, { error: 'Too many' });

		expect(await readError()).toEqual({
			message: 'Could not get a recording: Siro received too many requests with this token',
			description: expect.stringMatching(/^Siro allows 1,000 requests per minute for each token\./),
		});
	});

	test.each([500, 502, 503, 504, 520])('status %i', async (status) => {
		request().reply(status, '<html><head><title>Oops</title></head></html>');

		expect(await readError()).toEqual({
			message: `Could not get a recording: something went wrong inside Siro (status ${status})`,
			description: 'Try again in a few minutes. Siro said: a web page titled "Oops"',
		});
	});

	test.each([302, 405, 418])('status %i, which no redirect follows', async (status) => {
		request().reply(status, '', { location: 'https://example.com/' });

		expect(await readError()).toEqual({
			message: `Could not get a recording: Siro returned an unexpected answer (status ${status})`,
			description: 'Check the API URLs in the Siro credential.',
		});
	});

	test.each([
		['ENOTFOUND', 'the address of the Siro API could not be found'],
		['EAI_AGAIN', 'the address of the Siro API could not be found'],
		['ECONNREFUSED', 'nothing answered at the address of the Siro API'],
		['EHOSTUNREACH', 'nothing answered at the address of the Siro API'],
		['ENETUNREACH', 'nothing answered at the address of the Siro API'],
		['ETIMEDOUT', 'Siro did not answer in time'],
		['ECONNABORTED', 'Siro did not answer in time'],
		['ECONNRESET', 'the connection to the Siro API failed'],
		['EPIPE', 'the connection to the Siro API failed'],
		['CERT_HAS_EXPIRED', 'the connection to the Siro API failed'],
	])('the network code %s', async (code, reason) => {
		request().replyWithError(connectionError(code));

		const { message, description } = await readError();

		expect(message).toBe(`Could not get a recording: ${reason}`);
		expect(description).toBeTruthy();
		if (reason.endsWith('failed')) expect(description).toContain(code);
	});

	test.each<[string, (refusal: Error) => unknown]>([
		[
			'before',
			(refusal) =>
				jest
					.spyOn(MemoryCredentialsHelper.prototype, 'preAuthentication')
					.mockRejectedValueOnce(refusal),
		],
		['on its way', (refusal) => request().replyWithError(refusal)],
	])('what n8n itself refuses, %s, is sent no more', async (_, refuse) => {
		refuse(new UserError('The destination is restricted'));

		const { error } = await run(GET_RECORDING);

		expect(error?.message).toBe(
			'Could not get a recording: n8n did not send the request: The destination is restricted',
		);
		expect(error?.description).toContain('n8n itself refused');
	});

	test('codes of the network in Siro’s own words stay as they are', async () => {
		request().reply(400, { error: 'ECONNRESET in EXTERNAL_ENOENT' });

		expect((await readError()).message).toBe(`${REJECTED}: ECONNRESET in EXTERNAL_ENOENT`);
	});
});

describe('an answer that is not what Siro’s API promises', () => {
	const PROMISE = 'Siro’s answer is not in the documented format: expected';
	const json = { 'content-type': 'application/json' };

	test.each<[string, string | number | object, Record<string, string>, string]>([
		['a web page', '<!doctype html><title>Login</title>', {}, 'a web page titled "Login"'],
		['a web page as JSON', '<html></html>', json, 'a web page'],
		['nothing', '', {}, 'nothing'],
		['null', 'null', json, 'nothing'],
		['a list', [RECORDING], {}, 'a list'],
		['a wrapped list', { data: [RECORDING] }, {}, 'an object of another shape'],
		['text', 'OK', { 'content-type': 'text/plain' }, 'text that is not complete JSON'],
		['JSON that is cut off', '{"id": "rec-', json, 'text that is not complete JSON'],
		['a number', '7', json, 'a number'],
	])('instead of a record: %s', async (_, answer, headers, got) => {
		request().reply(200, answer as string, headers);

		const { error } = await run({ ...GET_RECORDING, options: { maxAttempts: 1 } });

		expect(error?.message).toBe(`Could not get a recording: ${PROMISE} one record, got ${got}`);
		expect(error?.description).toMatch(/^Try again in a few minutes\./);
	});

	test.each<[string, string | object, string]>([
		['a web page', '<html><title>Login</title></html>', 'a web page titled "Login"'],
		['a record', RECORDING, 'an object of another shape'],
		['a wrapped record', { data: RECORDING }, 'an object of another shape'],
		['a list of texts', ['rec-1'], 'a list'],
		['a list with a gap', { data: [RECORDING, null] }, 'an object of another shape'],
		['nothing', '', 'nothing'],
	])('instead of a page: %s', async (_, answer, got) => {
		siroApi()
			.get(LIST_PATH)
			.query(true)
			.reply(200, answer as object);

		const { error, output } = await run({ ...LIST_RECORDINGS, options: { maxAttempts: 1 } });

		expect(error?.message).toBe(
			`Could not get many recordings: ${PROMISE} a page of records, got ${got}`,
		);
		expect(output).toEqual([]);
	});

	test('instead of a page inside an object', async () => {
		platformApi().get('/v1/core/followups').query(true).reply(200, { data: [] });

		const { error } = await run(LIST_FOLLOWUPS);

		expect(error?.message).toBe(
			`Could not get many follow-ups: ${PROMISE} a page of records, got an object of another shape`,
		);
	});
});

describe('a secret that Siro repeats', () => {
	const { organization, client, user, webhook } = SECRETS;

	// That no secret is in the execution or in the log is checked for each run.
	test.each<[string, number, object | string]>([
		['as an error', 401, { error: `Invalid token ${organization}` }],
		['in details', 400, { error: 'Invalid', details: [{ path: [client], message: user }] }],
		['as a field', 400, { details: { [organization]: ['unknown'] } }],
		['as text', 422, `token=${organization}; ${webhook}`],
		['in a title', 403, `<html><title>${organization}</title></html>`],
		['as status 409', 409, { error: `Bearer ${organization}` }],
		['as status 500', 500, { message: organization }],
	])('is hidden: %s', async (_, status, answer) => {
		request().reply(status, answer);

		const { error } = await run({ ...GET_RECORDING, options: { maxAttempts: 1 } });

		expect(`${error?.message} ${error?.description}`).toContain('[hidden]');
	});

	test('is hidden where a long answer is cut', async () => {
		request().reply(400, { error: `${'x'.repeat(590)}${organization}` });

		const { stored } = await run(GET_RECORDING);

		expect(stored).not.toContain(organization.slice(0, 10));
	});

	test('is hidden in what the network says', async () => {
		request().replyWithError(new Error(`Invalid header ${organization}`));

		const { error } = await run({ ...GET_RECORDING, options: { maxAttempts: 1 } });

		expect(error?.description).toContain('Invalid header [hidden]');
	});

	test('is hidden in a web page instead of an answer', async () => {
		request().reply(200, `<html><title>${organization}</title></html>`);

		const { error } = await run(GET_RECORDING);

		expect(error?.message).toContain('[hidden]');
	});
});
