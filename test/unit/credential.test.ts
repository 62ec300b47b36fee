import {
	NodeConnectionTypes,
	UserError,
	type ICredentialDataDecryptedObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
	type INodeParameters,
	type INodeType,
} from 'n8n-workflow';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { Siro } from '../../nodes/Siro/Siro.node';
import { version } from '../../package.json';
import { USER_AGENT } from '../../nodes/Siro/api/surfaces';
import {
	inFastTime,
	platformApi,
	recordedRequests,
	recordedScope,
	runNode,
	siroApi,
	storeCredential,
	testCredential,
	type NodeRunOptions,
	type StoredCredential,
} from '../engine';
import { SECRETS as ALL_SECRETS } from '../operations/secrets';

const SECRETS = {
	...ALL_SECRETS,
	first: 'first-user-token-0123456789',
	second: 'second-user-token-0123456789',
};

const MINT = '/v1/core/oauth/apps/client-1/access-token';
const IDENTITY = '/v1/core/auth/caller-identity';
const APP = '/v1/core/oauth/apps/client-1';
const USER = '/v1/core/users/user-1';
const FOLLOWUPS = '/v1/core/followups';

const NO_FOLLOWUPS = { data: { totalCount: 0, followups: [] }, cursor: null };
const LIVING_APP = { data: { clientId: 'client-1', deleted: false } };
const ACTIVE_USER = { id: 'user-1', disabled: false };

const storeUserCredential = (data: ICredentialDataDecryptedObject = {}): StoredCredential =>
	storeCredential(new SiroApi(), {
		organizationToken: SECRETS.organization,
		useOAuthApp: true,
		clientId: 'client-1',
		clientSecret: SECRETS.client,
		userId: 'user-1',
		...data,
	});

const run = async (
	credential: StoredCredential,
	parameters: INodeParameters,
	options: Partial<NodeRunOptions> = {},
) => {
	const outcome = await runNode({ nodeType: new Siro(), parameters, credential, ...options });
	for (const secret of Object.values(SECRETS)) expect(outcome.stored).not.toContain(secret);
	return outcome;
};

const listFollowups = async (credential: StoredCredential, options: Partial<NodeRunOptions> = {}) =>
	await run(credential, { resource: 'followup', operation: 'getAll' }, options);

const updateFollowup = async (credential: StoredCredential) =>
	await run(credential, {
		resource: 'followup',
		operation: 'update',
		followupId: 'followup-1',
		updateFields: { starred: true },
	});

const mintToken = (accessToken: string) =>
	siroApi().post(MINT).reply(201, { accessTokenId: 'token-1', accessToken });

const connectionError = (code: string) => Object.assign(new Error(`read ${code}`), { code });

const sent = () =>
	recordedRequests().map(({ method, url }) => `${method} ${new URL(url).pathname}`);
const tokensSent = () => recordedRequests().map(({ headers }) => headers['x-siro-auth-token']);

const DATA = {
	organizationToken: ` ${SECRETS.organization}\n`,
	useOAuthApp: true,
	clientId: 'client-1',
	clientSecret: SECRETS.client,
	userId: 'user-1',
	accessToken: SECRETS.first,
	webhookSigningSecret: SECRETS.webhook,
};

type Request = Partial<IHttpRequestOptions> & { uri?: string };

/** What the credential makes of a request, as n8n asks it to. */
const authenticate = async (request: Request, data: ICredentialDataDecryptedObject = {}) => {
	const { authenticate: add } = new SiroApi();
	if (typeof add !== 'function') throw new TypeError('authenticate is no function');
	// n8n's HTTP Request node hands over a `uri` and no `url`, whatever the type says.
	const options = { headers: { accept: '*/*' }, ...request } as IHttpRequestOptions;
	return await add({ ...DATA, ...data }, options);
};

describe('the user token', () => {
	test('is not minted for a request to the organization’s API', async () => {
		siroApi().get('/v1/core/users/user-1').reply(200, ACTIVE_USER);
		const credential = storeUserCredential();

		await run(credential, { resource: 'user', operation: 'get', userId: 'user-1' });

		expect(sent()).toEqual(['GET /api-externalApi/v1/core/users/user-1']);
		expect(recordedRequests()[0].headers.authorization).toBe(`Bearer ${SECRETS.organization}`);
		expect(credential.updates).toEqual([]);
	});

	test.each(['read', 'write'])('is minted on the first platform request: %s', async (scope) => {
		mintToken(SECRETS.first);
		platformApi().get(FOLLOWUPS).query(true).reply(200, NO_FOLLOWUPS);
		const credential = storeUserCredential({ scope });

		expect((await listFollowups(credential)).error).toBeUndefined();

		const [mint, request] = recordedRequests();
		expect(mint).toMatchObject({
			method: 'POST',
			url: `https://functions.siro.ai/api-externalApi${MINT}`,
			body: { clientSecret: SECRETS.client, userId: 'user-1', scope },
			headers: { authorization: `Bearer ${SECRETS.organization}`, 'user-agent': USER_AGENT },
		});
		expect(mint.headers).not.toHaveProperty('x-siro-auth-token');
		expect(request.headers['x-siro-auth-token']).toBe(SECRETS.first);
		expect(request.headers).not.toHaveProperty('authorization');
	});

	test('has the scope Read when nothing was chosen', async () => {
		mintToken(SECRETS.first);
		platformApi().get(FOLLOWUPS).query(true).reply(200, NO_FOLLOWUPS);

		await listFollowups(storeUserCredential());

		expect(recordedRequests()[0].body).toMatchObject({ scope: 'read' });
	});

	test('is stored and used again', async () => {
		mintToken(SECRETS.first);
		platformApi().get(FOLLOWUPS).query(true).times(2).reply(200, NO_FOLLOWUPS);
		const credential = storeUserCredential();

		await listFollowups(credential);
		await listFollowups(credential);

		expect(credential.updates).toEqual([expect.objectContaining({ accessToken: SECRETS.first })]);
		expect(tokensSent()).toEqual([undefined, SECRETS.first, SECRETS.first]);
	});

	test('is minted anew after a 401, and nobody notices', async () => {
		platformApi().get(FOLLOWUPS).query(true).reply(401, { error: 'Token expired' });
		mintToken(SECRETS.second);
		platformApi().get(FOLLOWUPS).query(true).times(2).reply(200, NO_FOLLOWUPS);
		const credential = storeUserCredential({ accessToken: SECRETS.first });

		expect((await listFollowups(credential)).error).toBeUndefined();
		expect((await listFollowups(credential)).error).toBeUndefined();

		expect(tokensSent()).toEqual([SECRETS.first, undefined, SECRETS.second, SECRETS.second]);
		expect(credential.data.accessToken).toBe(SECRETS.second);
	});

	test('is minted anew in the middle of a list', async () => {
		platformApi()
			.get(FOLLOWUPS)
			.query(({ cursor }) => cursor === undefined)
			.reply(200, { ...NO_FOLLOWUPS, cursor: 'next' });
		platformApi().get(FOLLOWUPS).query(true).reply(401, { error: 'Token expired' });
		mintToken(SECRETS.second);
		platformApi().get(FOLLOWUPS).query(true).reply(200, NO_FOLLOWUPS);

		const { error } = await listFollowups(storeUserCredential({ accessToken: SECRETS.first }));

		expect(error).toBeUndefined();
		expect(tokensSent()).toEqual([SECRETS.first, SECRETS.first, undefined, SECRETS.second]);
		expect(recordedRequests()[3].query).toHaveProperty('cursor', 'next');
	});

	test('is minted once for requests that start together', async () => {
		siroApi().post(MINT).delay(50).reply(201, { accessToken: SECRETS.first });
		platformApi().get(FOLLOWUPS).query(true).times(12).reply(200, NO_FOLLOWUPS);
		const credential = storeUserCredential();
		const input = Array.from({ length: 6 }, () => ({ json: {} }));

		await Promise.all([listFollowups(credential, { input }), listFollowups(credential, { input })]);

		expect(sent().filter((request) => request.startsWith('POST'))).toHaveLength(1);
		expect(tokensSent().filter((token) => token === SECRETS.first)).toHaveLength(12);
	});

	test.each<[string, { userId?: string; scope?: string; clientId?: string }]>([
		['another user', { userId: 'user-2' }],
		['another scope', { scope: 'write' }],
		['another app', { clientId: 'client-2' }],
	])('is minted anew when the credential is edited for %s', async (_, edit) => {
		mintToken(SECRETS.first);
		siroApi()
			.post(edit.clientId ? '/v1/core/oauth/apps/client-2/access-token' : MINT)
			.reply(201, { accessToken: SECRETS.second });
		platformApi().get(FOLLOWUPS).query(true).times(2).reply(200, NO_FOLLOWUPS);
		const credential = storeUserCredential();

		await listFollowups(credential);
		// As the editor does, which knows nothing of the token.
		credential.data = { ...credential.data, ...edit };
		await listFollowups(credential);

		expect(tokensSent()).toEqual([undefined, SECRETS.first, undefined, SECRETS.second]);
	});
});

describe('without what it takes, nothing is sent:', () => {
	const NEEDS_APP = { resource: 'followup', operation: 'getAll' };

	test('the OAuth app is off', async () => {
		const credential = storeCredential(new SiroApi(), { organizationToken: SECRETS.organization });

		const { error } = await run(credential, NEEDS_APP);

		expect(error?.message).toBe(
			'Could not get many follow-ups: this needs a Siro user, but the Siro credential has only an organization token',
		);
		expect(error?.description).toMatch(
			/switch on "Use an OAuth App" and fill in Client ID, Client Secret and Siro User ID/,
		);
		expect(recordedRequests()).toEqual([]);
	});

	test('the scope is Read, and the operation writes', async () => {
		const { error } = await updateFollowup(storeUserCredential({ scope: 'read' }));

		expect(error?.message).toMatch(/^Could not update a follow-up: .*scope Write/);
		expect(error?.description).toBe('In the Siro credential, choose the scope Write.');
		expect(recordedRequests()).toEqual([]);
	});

	test('fields of the OAuth app are empty', async () => {
		const credential = storeUserCredential({ clientSecret: ' ', userId: '' });

		const { error } = await run(credential, NEEDS_APP);

		expect(error?.message).toBe(
			'Could not get many follow-ups: n8n could not sign in to Siro as the user: the Siro credential uses an OAuth app, but these fields are empty: Client Secret, Siro User ID',
		);
		expect(error?.description).toBe('Open the Siro credential and fill in these fields.');
		expect(error).toHaveProperty('context.itemIndex', 0);
		expect(recordedRequests()).toEqual([]);
	});
});

describe('when Siro refuses to mint a token, the message says why:', () => {
	const refuse = (status: number, answer: object | string) =>
		siroApi().post(MINT).reply(status, answer);

	const readError = async () => {
		const { error } = await listFollowups(storeUserCredential());
		expect(error).toMatchObject({ name: 'NodeApiError', context: { itemIndex: 0 } });
		const prefix = 'Could not get many follow-ups: n8n could not sign in to Siro as the user: ';
		expect(error?.message).toMatch(new RegExp(`^${prefix}`));
		return { reason: error?.message.slice(prefix.length), remedy: error?.description };
	};

	test('wrong organization token', async () => {
		// In Siro's documents a 401 is "User not authenticated", whatever token it is about.
		refuse(401, { error: 'User not authenticated' });
		siroApi().get(IDENTITY).reply(401, { error: 'User not authenticated' });

		expect(await readError()).toEqual({
			reason: 'Siro did not accept the organization token',
			remedy: expect.stringMatching(
				/^Check the Organization Token .* Siro said: User not authenticated$/,
			),
		});
	});

	test('unknown OAuth app', async () => {
		refuse(404, { error: 'Not found' });
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
		siroApi().get(APP).reply(404, { error: 'Not found' });

		expect(await readError()).toEqual({
			reason: 'Siro has no OAuth app with the client ID "client-1"',
			remedy: expect.stringMatching(/^Create an OAuth app with the Siro node/),
		});
	});

	test('revoked OAuth app', async () => {
		refuse(401, { error: 'Unauthorized' });
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
		siroApi()
			.get(APP)
			.reply(200, { data: { clientId: 'client-1', deleted: true } });

		expect(await readError()).toEqual({
			reason: 'the OAuth app "client-1" was revoked',
			remedy: expect.stringMatching(/^Create an OAuth app with the Siro node/),
		});
	});

	test('unknown user', async () => {
		refuse(404, 'Not found');
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
		siroApi().get(APP).reply(200, LIVING_APP);
		siroApi().get(USER).reply(404, { error: 'Not found' });

		expect(await readError()).toEqual({
			reason: 'Siro has no user with the ID "user-1"',
			remedy: expect.stringMatching(/^Enter the ID of an active user as Siro User ID/),
		});
	});

	test('disabled user', async () => {
		refuse(403, { error: 'Forbidden' });
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
		siroApi().get(APP).reply(200, LIVING_APP);
		siroApi().get(USER).reply(200, { id: 'user-1', disabled: true });

		expect((await readError()).reason).toBe('the Siro user "user-1" is disabled');
	});

	test.each([
		[401, { error: 'Unauthorized' }],
		[400, { error: 'Invalid client secret' }],
		[403, { code: 403, message: 'Invalid client credentials' }],
	])('wrong client secret (%i)', async (status, answer) => {
		refuse(status, answer);
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
		siroApi().get(APP).reply(200, LIVING_APP);
		siroApi().get(USER).reply(200, ACTIVE_USER);

		expect(await readError()).toEqual({
			reason: 'the client secret is wrong',
			remedy: expect.stringMatching(/^Enter the Client Secret that Siro showed/),
		});
	});

	test('something else', async () => {
		refuse(403, { error: `Scope not permitted for ${SECRETS.client}` });
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
		siroApi().get(APP).reply(200, LIVING_APP);
		siroApi().get(USER).replyWithError(connectionError('ECONNRESET'));

		expect(await readError()).toEqual({
			reason: 'Siro refused the OAuth app "client-1" for the user "user-1" with the scope "read"',
			remedy:
				'Check Client Secret, Siro User ID and Scope in the Siro credential, and what the Siro user may do. Siro said: Scope not permitted for [hidden]',
		});
	});

	test('once for all items', async () => {
		refuse(404, { error: 'Not found' });
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
		siroApi().get(APP).reply(404, { error: 'Not found' });

		const { output } = await listFollowups(storeUserCredential(), {
			input: Array.from({ length: 25 }, () => ({ json: {} })),
			continueOnFail: 'continueErrorOutput',
		});

		expect(output[1]).toHaveLength(25);
		expect(output[1][24].json).toEqual({
			error:
				'Could not get many follow-ups: n8n could not sign in to Siro as the user: Siro has no OAuth app with the client ID "client-1"',
			details: expect.stringMatching(/^Create an OAuth app/),
		});
	});

	test('a renewed token does not help either', async () => {
		platformApi().get(FOLLOWUPS).query(true).times(2).reply(401, { error: 'Unauthorized' });
		mintToken(SECRETS.second);

		const { error } = await listFollowups(storeUserCredential({ accessToken: SECRETS.first }));

		expect(error?.message).toBe(
			'Could not get many follow-ups: Siro did not accept the user token, not even a new one',
		);
		expect(error?.description).toMatch(/^Check the OAuth app and the Siro User ID/);
	});
});

test('a mint that n8n itself refuses to send is not tried again, and is told in n8n’s words', async () => {
	siroApi().post(MINT).replyWithError(new UserError('Domain not allowed'));

	const { result } = await inFastTime(async () => await listFollowups(storeUserCredential()));

	expect(result.error?.message).toBe(
		'Could not get many follow-ups: n8n could not sign in to Siro as the user: n8n did not send the request: Domain not allowed',
	);
	expect(result.error?.description).toContain('n8n itself refused, not Siro');
	expect(sent()).toEqual([`POST /api-externalApi${MINT}`]);
});

describe('when minting fails for the moment', () => {
	test.each([
		['Siro is busy', () => siroApi().post(MINT).reply(429)],
		['Siro is down', () => siroApi().post(MINT).reply(503, '<html><title>Down</title></html>')],
		[
			'the connection breaks',
			() => siroApi().post(MINT).replyWithError(connectionError('ECONNRESET')),
		],
		['the answer holds no token', () => siroApi().post(MINT).reply(201, {})],
	])('because %s, it is tried again, also for a request that writes', async (_, fail) => {
		fail();
		mintToken(SECRETS.first);
		platformApi()
			.patch(`${FOLLOWUPS}/followup-1`)
			.reply(200, { data: { starred: true } });

		const { result } = await inFastTime(
			async () => await updateFollowup(storeUserCredential({ scope: 'write' })),
		);

		expect(result.error).toBeUndefined();
		expect(sent()).toEqual([
			`POST /api-externalApi${MINT}`,
			`POST /api-externalApi${MINT}`,
			'PATCH /v1/core/followups/followup-1',
		]);
	});

	test.each<[string, () => unknown, string]>([
		[
			'status 429',
			() => siroApi().post(MINT).times(5).reply(429),
			'Siro received too many requests',
		],
		[
			'status 500',
			() => siroApi().post(MINT).times(5).reply(500),
			'something went wrong inside Siro (status 500)',
		],
		[
			'no connection',
			() => siroApi().post(MINT).times(5).replyWithError(connectionError('ECONNREFUSED')),
			'the connection to Siro failed',
		],
		[
			'a web page instead of a token',
			() => siroApi().post(MINT).times(5).reply(200, '<html>Login</html>'),
			'Siro’s answer contained no token',
		],
	])('it says so in the end: %s', async (_, fail, reason) => {
		fail();

		const { result } = await inFastTime(async () => await listFollowups(storeUserCredential()));

		expect(result.error?.message).toBe(
			`Could not get many follow-ups: n8n could not sign in to Siro as the user: ${reason}`,
		);
		expect(result.error?.description).toBeTruthy();
	});
});

describe('the credential’s own test', () => {
	const storeOrganizationCredential = () =>
		storeCredential(new SiroApi(), { organizationToken: SECRETS.organization });

	test('is content with a good token', async () => {
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });

		expect(await testCredential(storeOrganizationCredential())).toMatchObject({ status: 'OK' });
		expect(recordedRequests()[0].headers).toMatchObject({
			authorization: `Bearer ${SECRETS.organization}`,
			'user-agent': USER_AGENT,
		});
	});

	test.each([
		`Bearer ${SECRETS.organization}`,
		`"${SECRETS.organization}"`,
		`“bearer ${SECRETS.organization}”\n`,
		` '\u00a0${SECRETS.organization} `,
	])('takes the token out of %j, as people paste it', async (organizationToken) => {
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
		const credential = storeCredential(new SiroApi(), { organizationToken });

		expect(await testCredential(credential)).toMatchObject({ status: 'OK' });
		expect(recordedRequests()[0].headers.authorization).toBe(`Bearer ${SECRETS.organization}`);
	});

	test.each(['', ' ', ' https://functions.siro.ai/api-externalApi/ '])(
		'asks where the nodes ask when the External API URL is %j',
		async (externalApiUrl) => {
			siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
			const credential = storeCredential(new SiroApi(), {
				organizationToken: SECRETS.organization,
				externalApiUrl,
			});

			expect(await testCredential(credential)).toMatchObject({ status: 'OK' });
		},
	);

	test('is not content with a wrong one', async () => {
		// n8n asks for a new token after a 401 and tries again, whether there is one or not.
		siroApi().get(IDENTITY).times(2).reply(401, { error: 'Unauthorized' });

		expect(await testCredential(storeOrganizationCredential())).toEqual({
			status: 'Error',
			message:
				'Siro did not accept the token. Check the organization token, or the client app’s ID and secret.',
		});
	});

	test('tries the OAuth app, too', async () => {
		mintToken(SECRETS.first);
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });

		expect(await testCredential(storeUserCredential())).toMatchObject({ status: 'OK' });
	});

	test('says what is wrong with the OAuth app', async () => {
		siroApi().post(MINT).reply(401);
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
		siroApi().get(APP).reply(200, LIVING_APP);
		siroApi().get(USER).reply(200, ACTIVE_USER);

		expect(await testCredential(storeUserCredential())).toEqual({
			status: 'Error',
			message: 'n8n could not sign in to Siro as the user: the client secret is wrong',
		});
	});
});

describe('authenticate', () => {
	const EXTERNAL = { Authorization: `Bearer ${SECRETS.organization}` };
	const PLATFORM = { 'x-siro-auth-token': SECRETS.first };

	test.each<[string, Request, object]>([
		['the external API', { url: 'https://functions.siro.ai/api-externalApi/v1' }, EXTERNAL],
		['the same as uri', { uri: 'https://functions.siro.ai/api-externalApi/v1' }, EXTERNAL],
		['in capitals', { url: 'HTTPS://FUNCTIONS.SIRO.AI/api-externalApi/v1' }, EXTERNAL],
		['with the default port', { url: 'https://functions.siro.ai:443/api-externalApi' }, EXTERNAL],
		[
			'base and relative address',
			{ baseURL: 'https://functions.siro.ai/api-externalApi', url: '/v1/core/users' },
			EXTERNAL,
		],
		['base alone', { baseURL: 'https://functions.siro.ai/api-externalApi', url: '' }, EXTERNAL],
		['the platform API', { url: 'https://api.siro.ai/v1/core/followups' }, PLATFORM],
		['its uri', { uri: 'https://api.siro.ai/v1/core/followups?limit=1' }, PLATFORM],
		['its base', { baseURL: 'https://api.siro.ai', url: 'v1/core/followups' }, PLATFORM],
	])('adds the token of %s', async (_, request, header) => {
		const { headers } = await authenticate(request);

		expect(headers).toEqual({ accept: '*/*', ...header });
	});

	test.each<[string, Request]>([
		['another host', { url: 'https://example.com/v1' }],
		['another host as uri', { uri: 'https://example.com/v1' }],
		['a host that ends alike', { url: 'https://evil-functions.siro.ai.example.com/v1' }],
		['a longer host', { url: 'https://api.siro.ai.example.com/v1' }],
		['a shorter host', { url: 'https://siro.ai/v1' }],
		['another host of Siro', { url: 'https://app.siro.ai/v1' }],
		['the host as user', { url: 'https://api.siro.ai@example.com/v1' }],
		['the host as user and password', { url: 'https://api.siro.ai:443@example.com/v1' }],
		['the host in the path', { url: 'https://example.com/https://api.siro.ai/v1' }],
		['the host in the query', { url: 'https://example.com?https://api.siro.ai/v1' }],
		['the host in the fragment', { url: 'https://example.com#@api.siro.ai/v1' }],
		['another port', { url: 'https://api.siro.ai:8443/v1' }],
		['http', { url: 'http://api.siro.ai/v1' }],
		['another protocol', { url: 'ftp://api.siro.ai/v1' }],
		['a dot after the host', { url: 'https://api.siro.ai./v1' }],
		['no protocol', { url: '//api.siro.ai/v1' }],
		['no protocol, with a base', { baseURL: 'https://api.siro.ai', url: '//example.com/v1' }],
		['a base that does not count', { baseURL: 'https://api.siro.ai', url: 'https://example.com' }],
		['backslashes', { url: 'https:\\\\example.com\\@api.siro.ai' }],
		['a backslash before the host', { url: 'https://example.com\\@api.siro.ai/v1' }],
		['a tab in the host', { url: 'https://api.siro\t.ai.example.com/v1' }],
		['a relative address', { url: '/v1/core/users' }],
		['an empty address', { url: '' }],
		['no address', {}],
		['nonsense', { url: 'https://' }],
		['Google’s storage', { url: 'https://storage.googleapis.com/siro/rec?X-Goog-Signature=1' }],
		['url and uri that differ', { url: 'https://api.siro.ai/v1', uri: 'https://example.com/v1' }],
	])('adds nothing for %s', async (_, request) => {
		const options = await authenticate(request);

		expect(options.headers).toEqual({ accept: '*/*' });
		for (const secret of Object.values(SECRETS))
			expect(JSON.stringify(options)).not.toContain(secret);
	});

	test('decides by the path when both APIs are behind one host', async () => {
		const bases = {
			externalApiUrl: 'https://proxy.example.com/siro/external/',
			platformApiUrl: 'https://proxy.example.com/siro',
		};
		const headersFor = async (url: string) => (await authenticate({ url }, bases)).headers;

		expect(await headersFor('https://proxy.example.com/siro/external/v1')).toMatchObject(EXTERNAL);
		expect(await headersFor('https://proxy.example.com/siro/v1')).toMatchObject(PLATFORM);
		expect(await headersFor('https://proxy.example.com/siro/externals')).toMatchObject(PLATFORM);
		expect(await headersFor('https://api.siro.ai/v1')).toEqual({ accept: '*/*' });
	});

	test('adds no user token that was minted for somebody else', async () => {
		const { headers } = await authenticate(
			{ url: 'https://api.siro.ai/v1' },
			{ mintedFor: 'client-1 user-2 read' },
		);

		expect(JSON.stringify(headers)).not.toContain(SECRETS.first);
	});
});

describe('with a client app', () => {
	const TOKENS = ['first', 'second'].map((name) => `${name}-client-app-token-0123456789`);
	const [FIRST, SECOND] = TOKENS;
	const AUTH = 'https://auth.siro.ai';
	const TOKEN_PATH = '/oauth2/token';
	const GET_USER = { resource: 'user', operation: 'get', userId: 'user-1' };
	const CLIENT_APP = {
		authentication: 'clientApp',
		clientId: 'client-1',
		clientSecret: SECRETS.client,
	};

	const storeClientApp = (data: ICredentialDataDecryptedObject = {}) =>
		storeCredential(new SiroApi(), { ...CLIENT_APP, ...data });

	const tokenService = () => recordedScope(AUTH).post(TOKEN_PATH);
	const mint = (token: string, lifetime: number | string = 3600) =>
		tokenService().reply(200, { access_token: token, expires_in: lifetime });
	const acceptUser = (times = 1) =>
		siroApi().get('/v1/core/users/user-1').times(times).reply(200, ACTIVE_USER);
	const refuseUser = () => siroApi().get('/v1/core/users/user-1').reply(401, { error: 'Expired' });

	const getUser = async (credential: StoredCredential) => {
		const outcome = await run(credential, GET_USER);
		for (const token of TOKENS) expect(outcome.stored).not.toContain(token);
		return outcome;
	};

	const bearers = () =>
		recordedRequests()
			.filter(({ method }) => method === 'GET')
			.map(({ headers }) => headers.authorization);
	const mints = () => recordedRequests().filter(({ url }) => url === AUTH + TOKEN_PATH);

	test('one token, asked for as OAuth 2.0 has it, serves both APIs', async () => {
		mint(FIRST);
		acceptUser();
		platformApi().get(FOLLOWUPS).query(true).reply(200, NO_FOLLOWUPS);
		const credential = storeClientApp();

		expect((await getUser(credential)).error).toBeUndefined();
		expect((await listFollowups(credential)).error).toBeUndefined();

		const [asked, external, platform] = recordedRequests();
		expect(asked.headers).toMatchObject({
			'content-type': expect.stringContaining('application/x-www-form-urlencoded'),
			'user-agent': USER_AGENT,
		});
		expect(asked.headers).not.toHaveProperty('authorization');
		expect(Object.fromEntries(new URLSearchParams(String(asked.body)))).toEqual({
			grant_type: 'client_credentials',
			client_id: 'client-1',
			client_secret: SECRETS.client,
		});
		expect(external.headers.authorization).toBe(`Bearer ${FIRST}`);
		expect(external.headers).not.toHaveProperty('x-siro-auth-token');
		expect(platform.headers).toMatchObject({
			authorization: `Bearer ${FIRST}`,
			'x-siro-auth-token': FIRST,
		});
		expect(credential.data.accessToken).toBe(FIRST);
		expect(credential.updates).toHaveLength(1);
	});

	test('what writes asks for no scope', async () => {
		mint(FIRST);
		platformApi()
			.patch(`${FOLLOWUPS}/followup-1`)
			.reply(200, { data: { starred: true } });

		expect((await updateFollowup(storeClientApp())).error).toBeUndefined();
	});

	test.each([
		['in a while', 3600, 1],
		['soon, because it lives shortly', '30', 1],
		['at a time that Siro does not tell', '', 1],
	])('a token that ends %s is used again', async (_, lifetime, count) => {
		mint(FIRST, lifetime);
		acceptUser(2);
		const credential = storeClientApp();

		await getUser(credential);
		await getUser(credential);

		expect(mints()).toHaveLength(count);
	});

	test.each([
		['over', -1_000],
		['nearly over', 30_000],
	])('a token that is %s is not sent any more', async (_, timeLeft) => {
		const lifetime = 3_600_000;
		mint(FIRST, lifetime / 1_000);
		acceptUser(2);
		const credential = storeClientApp();
		await getUser(credential);
		mint(SECOND);

		const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + lifetime - timeLeft);
		try {
			await getUser(credential);
		} finally {
			now.mockRestore();
		}

		expect(bearers()).toEqual([`Bearer ${FIRST}`, `Bearer ${SECOND}`]);
	});

	test('a token that is over in the middle of an execution is renewed', async () => {
		mint(FIRST, 100);
		mint(SECOND, 100);
		const clock = jest.spyOn(Date, 'now');
		const begun = Date.now();
		platformApi()
			.get(FOLLOWUPS)
			.query(({ cursor }) => cursor === undefined)
			.reply(200, () => {
				clock.mockReturnValue(begun + 95_000);
				return { ...NO_FOLLOWUPS, cursor: 'next' };
			});
		platformApi().get(FOLLOWUPS).query(true).reply(200, NO_FOLLOWUPS);

		const { error } = await listFollowups(storeClientApp());
		clock.mockRestore();

		expect(error).toBeUndefined();
		expect(bearers()).toEqual([`Bearer ${FIRST}`, `Bearer ${SECOND}`]);
	});

	test('a revoked token is replaced, and nobody notices', async () => {
		mint(FIRST);
		acceptUser();
		const credential = storeClientApp();
		await getUser(credential);
		refuseUser();
		mint(SECOND);
		acceptUser(2);

		expect((await getUser(credential)).error).toBeUndefined();
		expect((await getUser(credential)).error).toBeUndefined();

		expect(bearers().slice(1)).toEqual([FIRST, SECOND, SECOND].map((token) => `Bearer ${token}`));
		expect(credential.data.accessToken).toBe(SECOND);
	});

	test('twenty executions at once share one token, also those that come a little late', async () => {
		tokenService().delay(50).reply(200, { access_token: FIRST, expires_in: 3600 });
		acceptUser(20);
		const credential = storeClientApp();
		const before = { ...credential.data };
		// What an execution reads that has begun before n8n stored the token.
		const save = credential.save.bind(credential);
		credential.save = (data) => (save(data), (credential.data = before));

		await Promise.all(Array.from({ length: 10 }, async () => await getUser(credential)));
		for (let late = 0; late < 10; late++) await getUser(credential);

		expect(mints()).toHaveLength(1);
		expect(bearers()).toEqual(Array.from({ length: 20 }, () => `Bearer ${FIRST}`));
	});

	test('a refusal of an older token leads to the newest, not to one more', async () => {
		mint(FIRST);
		acceptUser();
		const credential = storeClientApp();
		await getUser(credential);
		const old = { ...credential.data };
		refuseUser();
		// Shorter than the first: what counts is which came later.
		mint(SECOND, 60);
		acceptUser();
		await getUser(credential);

		credential.data = old;
		refuseUser();
		acceptUser();
		expect((await getUser(credential)).error).toBeUndefined();

		expect(mints()).toHaveLength(2);
		expect(bearers().at(-1)).toBe(`Bearer ${SECOND}`);
	});

	test('a token that Siro refuses at once is an error, not a loop', async () => {
		mint(FIRST);
		refuseUser();

		const { error } = await getUser(storeClientApp());

		expect(error?.message).toBe(
			'Could not get a user: Siro did not accept the client app’s token, not even a new one',
		);
		expect(mints()).toHaveLength(1);
	});

	describe('no old token is used after the credential was changed:', () => {
		const organization = { organizationToken: SECRETS.organization };
		const withOAuthApp = { ...organization, useOAuthApp: true, userId: 'user-1' };

		test.each<[string, ICredentialDataDecryptedObject]>([
			['another client', { clientId: 'client-2' }],
			['another secret', { clientSecret: 'another one' }],
			['another token service', { tokenUrl: 'https://login.siro.ai/token' }],
		])('%s', async (_, edit) => {
			mint(FIRST);
			acceptUser(2);
			const credential = storeClientApp();
			await getUser(credential);
			recordedScope(edit.tokenUrl ? 'https://login.siro.ai' : AUTH)
				.post(edit.tokenUrl ? '/token' : TOKEN_PATH)
				.reply(200, { access_token: SECOND, expires_in: 3600 });

			// As the editor does, which knows nothing of the token.
			credential.data = { ...credential.data, ...edit };
			await getUser(credential);

			expect(bearers()).toEqual([`Bearer ${FIRST}`, `Bearer ${SECOND}`]);
		});

		test('to the organization token, to its OAuth app, and back', async () => {
			mint(FIRST);
			acceptUser(3);
			platformApi().get(FOLLOWUPS).query(true).reply(200, NO_FOLLOWUPS);
			mintToken(SECRETS.second);
			const credential = storeClientApp();
			const change = (edit: object) => (credential.data = { ...credential.data, ...edit });

			await getUser(credential);
			change({ authentication: 'organizationToken', ...withOAuthApp });
			await getUser(credential);
			await listFollowups(credential);
			change({ authentication: 'clientApp' });
			await getUser(credential);

			expect(bearers()).toEqual([
				`Bearer ${FIRST}`,
				`Bearer ${SECRETS.organization}`,
				undefined,
				`Bearer ${FIRST}`,
			]);
			expect(tokensSent().filter(Boolean)).toEqual([SECRETS.second]);
		});
	});

	describe('when Siro gives no token, the message says why:', () => {
		const refuse = (status: number, answer: object | string) =>
			tokenService().reply(status, answer);
		const invalid = (error_description?: string) => ({
			error: 'invalid_client',
			error_description,
		});

		test.each<[string, number, object | string, RegExp, RegExp]>([
			[
				'a wrong secret',
				401,
				invalid('Invalid client secret'),
				/^the client secret is wrong$/,
				/Client Secret/,
			],
			[
				'an unknown client',
				400,
				invalid('Invalid client ID.'),
				/^Siro has no client app with the client ID "client-1"$/,
				/Client ID/,
			],
			[
				'an unknown client, elsewhere',
				404,
				{ error: 'Client not found' },
				/^Siro has no client app with the client ID "client-1"$/,
				/Client ID/,
			],
			[
				'examples beside the reason',
				401,
				invalid(
					'Failed (e.g., unknown client, no client authentication). The secret did not match.',
				),
				/^the client secret is wrong$/,
				/Client Secret/,
			],
			[
				'one of the two',
				401,
				invalid(),
				/^Siro has no client app with this client ID and this client secret$/,
				/Client ID and Client Secret/,
			],
			[
				'a client app that may not',
				400,
				{ error: 'unauthorized_client', error_description: 'Grant type not allowed' },
				/^Siro does not let the client app "client-1" sign in$/,
				/If Siro has not told you .* Grant type not allowed$/,
			],
			[
				'an address that is none',
				404,
				'Not found',
				/^the Token URL does not provide tokens \(status 404\)$/,
				/clear it/,
			],
			[
				'a method that is not allowed',
				405,
				'',
				/^the Token URL does not provide tokens/,
				/clear it/,
			],
			[
				'a web page',
				200,
				'<html><title>Login</title></html>',
				/^the Token URL does not provide tokens/,
				/titled "Login"/,
			],
			[
				'Cloudflare',
				403,
				'<html><title>Denied</title></html>',
				/^Cloudflare/,
				/another User Agent/,
			],
			[
				'a secret that is repeated',
				400,
				invalid(SECRETS.client),
				/^Siro has no client app/,
				/\[hidden\]/,
			],
		])('%s', async (_, status, answer, reason, remedy) => {
			refuse(status, answer);

			const { error } = await getUser(storeClientApp());

			const [, said] =
				/^Could not get a user: n8n could not sign in to Siro with the client app: (.*)$/.exec(
					error?.message ?? '',
				) ?? [];
			expect(said).toMatch(reason);
			expect(error?.description).toMatch(remedy);
			expect(error?.description).not.toContain('undefined');
		});

		test('a redirect, which is not followed', async () => {
			tokenService().reply(302, '', { location: 'https://example.com/token' });

			expect((await getUser(storeClientApp())).error?.message).toMatch(
				/the Token URL does not provide tokens \(status 302\)$/,
			);
		});

		test.each([
			['auth.siro.ai/oauth2/token'],
			['https://name:password@auth.siro.ai/oauth2/token'],
			['https://auth.siro.ai/oauth2/token?a=b'],
		])('an address that cannot be used: %s', async (tokenUrl) => {
			const credential = storeClientApp({ tokenUrl });

			expect((await getUser(credential)).error?.message).toBe(
				'Could not get a user: the Token URL in the Siro credential cannot be used',
			);
			expect(await testCredential(credential)).toEqual({
				status: 'Error',
				message:
					'n8n could not sign in to Siro with the client app: the Token URL in the Siro credential cannot be used',
			});
			expect(recordedRequests()).toEqual([]);
		});

		test('an address without a server', async () => {
			tokenService().times(5).replyWithError(connectionError('ENOTFOUND'));

			const { result } = await inFastTime(async () => await getUser(storeClientApp()));

			expect(result.error?.message).toMatch(/the address in Token URL could not be found$/);
		});

		test('empty fields', async () => {
			const { error } = await getUser(storeClientApp({ clientSecret: ' ', clientId: '' }));

			expect(error?.message).toBe(
				'Could not get a user: n8n could not sign in to Siro with the client app: the Siro credential uses a client app, but these fields are empty: Client ID, Client Secret',
			);
		});

		test('once for all items, on both APIs', async () => {
			refuse(401, invalid());

			const { output } = await run(storeClientApp(), GET_USER, {
				input: Array.from({ length: 25 }, () => ({ json: {} })),
				continueOnFail: 'continueErrorOutput',
			});

			expect(output[1]).toHaveLength(25);
		});

		test('not yet, so it is tried again, also for what writes', async () => {
			tokenService().reply(503);
			mint(FIRST);
			platformApi()
				.patch(`${FOLLOWUPS}/followup-1`)
				.reply(200, { data: { starred: true } });

			const { result } = await inFastTime(async () => await updateFollowup(storeClientApp()));

			expect(result.error).toBeUndefined();
		});
	});

	test('a token that was minted just now does not show, whatever Siro repeats', async () => {
		mint(FIRST);
		siroApi()
			.get('/v1/core/users/user-1')
			.reply(400, { error: `Bad: Bearer ${FIRST}` });

		const { error } = await getUser(storeClientApp());

		expect(error?.message).toBe(
			'Could not get a user: Siro rejected the data: Bad: Bearer [hidden]',
		);
	});

	describe('the credential’s own test', () => {
		test('fetches a token and uses it', async () => {
			mint(FIRST);
			siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });

			expect(await testCredential(storeClientApp())).toMatchObject({ status: 'OK' });
			expect(bearers()).toEqual([`Bearer ${FIRST}`]);
		});

		test('says what is wrong', async () => {
			tokenService().reply(401, { error: 'invalid_client' });

			expect(await testCredential(storeClientApp())).toEqual({
				status: 'Error',
				message:
					'n8n could not sign in to Siro with the client app: Siro has no client app with this client ID and this client secret',
			});
		});
	});

	test.each<[string, string, object]>([
		[
			'the external API',
			'https://functions.siro.ai/api-externalApi/v1',
			{ Authorization: `Bearer ${FIRST}` },
		],
		[
			'the platform API',
			'https://api.siro.ai/v1',
			{ Authorization: `Bearer ${FIRST}`, 'x-siro-auth-token': FIRST },
		],
		['another host', 'https://example.com/v1', {}],
		['the host of the tokens', AUTH + TOKEN_PATH, {}],
	])('what HTTP Request adds for %s', async (_, url, headers) => {
		const data = { ...CLIENT_APP, accessToken: FIRST, organizationToken: SECRETS.organization };

		expect((await authenticate({ url }, data)).headers).toEqual({ accept: '*/*', ...headers });
	});
});

describe('the user agent', () => {
	const entered = { userAgent: ' Mozilla/5.0\n(X11; “Linux”) ' };
	const cleaned = 'Mozilla/5.0 (X11; Linux )';

	test('names the package and its version', () => {
		expect(USER_AGENT).toMatch(/^n8n-nodes-siro\/\d+\.\d+\.\d+ \(.+\)$/);
		expect(USER_AGENT).toContain(`/${version} `);
	});

	test('can be another, for whatever is sent to Siro', async () => {
		mintToken(SECRETS.first);
		platformApi().get(FOLLOWUPS).query(true).reply(200, NO_FOLLOWUPS);
		siroApi().get(IDENTITY).reply(200, { organizationId: 'org-1' });
		const credential = storeUserCredential(entered);

		await listFollowups(credential);
		await testCredential(credential);

		const agents = recordedRequests().map(({ headers }) => headers['user-agent']);
		expect(agents).toEqual([cleaned, cleaned, cleaned]);
	});

	test('is added to HTTP Request’s if it was entered, and if that has none', async () => {
		const agentOf = async (headers: object, data = {}) =>
			(await authenticate({ url: 'https://api.siro.ai/v1', headers: { ...headers } }, data))
				.headers;

		expect(await agentOf({}, entered)).toHaveProperty('User-Agent', cleaned);
		expect(await agentOf({ 'user-agent': 'mine' }, entered)).not.toHaveProperty('User-Agent');
		expect(await agentOf({})).not.toHaveProperty('User-Agent');
	});
});

describe('in n8n’s HTTP Request node', () => {
	/** Sends what its parameter says, the way that the HTTP Request node does. */
	const httpRequestType: INodeType = {
		description: {
			displayName: 'HTTP Request',
			name: 'httpRequest',
			group: ['output'],
			version: 1,
			description: 'Sends a request',
			defaults: { name: 'HTTP Request' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: 'siroApi', required: true }],
			properties: [{ displayName: 'URL', name: 'url', type: 'string', default: '' }],
		},
		async execute(this: IExecuteFunctions) {
			// eslint-disable-next-line @n8n/community-nodes/no-deprecated-workflow-functions -- what n8n's own node calls
			const json = await this.helpers.requestWithAuthentication.call(this, 'siroApi', {
				uri: this.getNodeParameter('url', 0) as string,
				method: 'GET',
				headers: {},
				followRedirect: true,
				followAllRedirects: true,
				json: true,
			});
			return [[{ json }]];
		},
	};

	const request = async (url: string, credential: StoredCredential) =>
		await runNode({ nodeType: httpRequestType, parameters: { url }, credential });

	test('a user token is minted and sent', async () => {
		mintToken(SECRETS.first);
		platformApi().get('/v1/core/me').reply(200, { id: 'user-1' });

		const { output } = await request('https://api.siro.ai/v1/core/me', storeUserCredential());

		expect(output[0][0].json).toEqual({ id: 'user-1' });
		expect(tokensSent()).toEqual([undefined, SECRETS.first]);
	});

	test('a token that does not fit any more is replaced', async () => {
		platformApi().get('/v1/core/me').reply(401);
		mintToken(SECRETS.second);
		platformApi().get('/v1/core/me').reply(200, { id: 'user-1' });

		const { error } = await request(
			'https://api.siro.ai/v1/core/me',
			storeUserCredential({ accessToken: SECRETS.first, mintedFor: 'client-1 user-2 read' }),
		);

		expect(error).toBeUndefined();
		expect(JSON.stringify(tokensSent())).not.toContain(SECRETS.first);
	});

	test('a redirect does not carry a token to another host', async () => {
		platformApi()
			.get('/v1/core/me')
			.times(2)
			.reply(302, '', { location: 'https://example.com/me' });
		mintToken(SECRETS.second);

		const { error } = await request(
			'https://api.siro.ai/v1/core/me',
			storeUserCredential({ accessToken: SECRETS.first }),
		);

		expect(error).toBeDefined();
	});

	test('another host sees no secret', async () => {
		recordedScope('https://example.com').get('/v1').reply(200, {});

		await request('https://example.com/v1', storeUserCredential({ accessToken: SECRETS.first }));

		for (const secret of Object.values(SECRETS)) {
			expect(JSON.stringify(recordedRequests())).not.toContain(secret);
		}
	});
});
