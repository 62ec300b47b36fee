import { sleep } from 'n8n-workflow';

import { version } from '../../package.json';
import type { Credential } from '../n8n/credentials';
import type { Execution } from '../n8n/executions';
import { type NodeSettings, rowOfNodes, siroNode, START } from '../n8n/row-of-nodes';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import { packPackage } from '../support/package/pack';

jest.setTimeout(300_000);

let world: SiroAndN8n;

/** Every execution, to be searched for secrets at the end. */
const executions: Execution[] = [];

beforeAll(async () => {
	world = await startSiroAndN8n({ tarball: await packPackage() });
});

afterAll(async () => await world?.stop());

beforeEach(() => {
	world.siro.clientApp.lifetimeSeconds = 3_600;
	world.siro.clearRequests();
});

const clientAppData = () => {
	const { tokenUrl, externalApiUrl, platformApiUrl, clientApp } = world.siro;
	const { clientId, clientSecret } = clientApp;
	const urls = { tokenUrl, externalApiUrl, platformApiUrl };
	return { authentication: 'clientApp', clientId, clientSecret, ...urls };
};

const create = async (change: Record<string, string | boolean> = {}) =>
	await world.client.credentials.create({
		name: 'Client app',
		type: 'siroApi',
		data: { ...clientAppData(), ...change },
	});

const EXTERNAL = { resource: 'user', operation: 'getAll' };
const PLATFORM = { resource: 'followup', operation: 'getAll' };

const customCall = (credential: Credential, url: string): NodeSettings => ({
	name: 'Siro',
	type: 'n8n-nodes-base.httpRequest',
	typeVersion: 4.2,
	parameters: { url, authentication: 'predefinedCredentialType', nodeCredentialType: 'siroApi' },
	credentials: { siroApi: credential },
});

async function run(node: NodeSettings): Promise<Execution> {
	const workflow = await world.client.workflows.create(rowOfNodes('Client app', START, node));
	const execution = await world.client.workflows.run(workflow);
	executions.push(execution);
	return execution;
}

async function runWell(node: NodeSettings): Promise<void> {
	expect((await run(node)).error).toBeUndefined();
}

const mints = () => world.siro.requestsTo('POST', '/oauth2/token').length;
const tokensSent = () =>
	world.siro.requests
		.filter(({ surface }) => surface !== 'auth')
		.map(({ headers }) => headers.authorization?.replace(/^Bearer /, ''));

test('one token is fetched, kept, and taken by both APIs', async () => {
	const credential = await create();

	await runWell(siroNode(credential, EXTERNAL));
	await runWell(siroNode(credential, PLATFORM));
	await runWell(customCall(credential, `${world.siro.externalApiUrl}/v1/core/users`));
	await runWell(customCall(credential, `${world.siro.platformApiUrl}/v1/core/followups`));

	expect(mints()).toBe(1);
	expect(new Set(tokensSent()).size).toBe(1);
	const [{ headers, body }] = world.siro.requestsTo('POST', '/oauth2/token');
	expect(headers['content-type']).toMatch(/^application\/x-www-form-urlencoded/);
	expect(body).toMatchObject({ grant_type: 'client_credentials' });
});

test('a token that is over is not sent by our nodes, and renewed for HTTP Request', async () => {
	world.siro.clientApp.lifetimeSeconds = 2;
	const credential = await create();
	await runWell(siroNode(credential, EXTERNAL));
	await sleep(2_100);

	await runWell(siroNode(credential, PLATFORM));
	expect(mints()).toBe(2);
	expect(world.siro.requests.filter(({ status }) => status === 401)).toEqual([]);

	await sleep(2_100);
	await runWell(customCall(credential, `${world.siro.externalApiUrl}/v1/core/users`));
	expect(mints()).toBe(3);
});

test('a revoked token is replaced', async () => {
	const credential = await create();
	await runWell(siroNode(credential, EXTERNAL));
	world.siro.clientApp.revokeTokens();

	await runWell(siroNode(credential, PLATFORM));
	await runWell(siroNode(credential, EXTERNAL));
	expect(mints()).toBe(2);

	world.siro.clientApp.revokeTokens();
	await runWell(customCall(credential, `${world.siro.platformApiUrl}/v1/core/followups`));
	expect(mints()).toBe(3);
});

test.each(['without any token', 'with a revoked token'])(
	'twenty executions at once fetch one token: %s',
	async (state) => {
		const credential = await create();
		if (state === 'with a revoked token') {
			await runWell(siroNode(credential, EXTERNAL));
			world.siro.clientApp.revokeTokens();
			world.siro.clearRequests();
		}
		const nodes = Array.from({ length: 20 }, (_, index) =>
			siroNode(credential, index % 2 === 0 ? EXTERNAL : PLATFORM),
		);

		await Promise.all(nodes.map(runWell));

		expect(mints()).toBe(1);
	},
);

test('a changed credential never uses an old token', async () => {
	const { client, siro, credentialData } = world;
	const credential = await create();
	await runWell(siroNode(credential, EXTERNAL));
	const [clientAppToken] = tokensSent();

	await client.credentials.update(credential, {
		...(await client.credentials.read(credential)),
		...credentialData,
		authentication: 'organizationToken',
	});
	siro.clearRequests();
	await runWell(siroNode(credential, EXTERNAL));
	await runWell(siroNode(credential, PLATFORM));
	await runWell(customCall(credential, `${siro.platformApiUrl}/v1/core/followups`));

	const [external, minting, ...platform] = siro.requests;
	const organization = `Bearer ${siro.organizationToken}`;
	expect([external, minting].map(({ headers }) => headers.authorization)).toEqual([
		organization,
		organization,
	]);
	expect(minting.path).toMatch(/access-token$/);
	const [userToken, again] = platform.map(({ headers }) => headers['x-siro-auth-token']);
	expect(userToken).toMatch(/^siro_access_/);
	expect(again).toBe(userToken);
	expect(platform.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);

	await client.credentials.update(credential, {
		...(await client.credentials.read(credential)),
		...clientAppData(),
	});
	siro.clearRequests();
	await runWell(siroNode(credential, PLATFORM));
	await runWell(customCall(credential, `${siro.externalApiUrl}/v1/core/users`));
	// n8n's own node finds the user's token in the credential, which is not sent, and gets another.
	const sent = [clientAppToken, ...tokensSent()].filter((token) => token !== undefined);
	expect(sent).toHaveLength(3);
	for (const token of sent) expect(token).toMatch(/^client_app_token_/);
	const userTokens = siro.requests.map(({ headers }) => headers['x-siro-auth-token']);
	expect(userTokens).not.toContain(userToken);
});

describe('the test of the credential', () => {
	test('is content with a client app', async () => {
		const credential = await create();

		expect(await world.client.credentials.test(credential)).toMatchObject({ status: 'OK' });
		expect(world.siro.requests.map(({ path }) => path)).toEqual([
			'/oauth2/token',
			'/v1/core/auth/caller-identity',
		]);
	});

	test.each<[string, () => Record<string, string>, string]>([
		['a wrong secret', () => ({ clientSecret: 'not-the-secret' }), 'the client secret is wrong'],
		[
			'an unknown client',
			() => ({ clientId: 'nobody' }),
			'Siro has no client app with the client ID "nobody"',
		],
		[
			'an address that is none',
			() => ({ tokenUrl: world.siro.platformApiUrl }),
			'the Token URL does not provide tokens (status 404)',
		],
		[
			'an address without a server',
			() => ({ tokenUrl: 'https://auth.siro.invalid/token' }),
			'the address in Token URL could not be found',
		],
		[
			'no address',
			() => ({ tokenUrl: 'auth.siro.ai' }),
			'the Token URL in the Siro credential cannot be used',
		],
	])('names %s, and so does the node', async (_, change, reason) => {
		const credential = await create(change());
		const options = { maxAttempts: 1 };

		expect(await world.client.credentials.test(credential)).toEqual({
			status: 'Error',
			message: `n8n could not sign in to Siro with the client app: ${reason}`,
		});
		const { error } = await run(siroNode(credential, { ...PLATFORM, options }));
		expect(error).toContain(reason);
	});
});

test('the user agent names the version, or is what the credential says, if Cloudflare blocks it', async () => {
	const { siro } = world;
	const agentsOf = () => new Set(siro.requests.map(({ headers }) => headers['user-agent']));
	const blocked = siro.misbehave({ status: 403, body: 'error code: 1010' });
	const refused = await run(siroNode(await create(), EXTERNAL));
	blocked.stop();
	expect(refused.error).toMatch(/Cloudflare.*blocked[^]*another User Agent/);
	expect([...agentsOf()]).toEqual([`n8n-nodes-siro/${version} (curl-compatible)`]);

	siro.clearRequests();
	const credential = await create({ userAgent: 'Mozilla/5.0' });
	expect(await world.client.credentials.test(credential)).toMatchObject({ status: 'OK' });
	await runWell(siroNode(credential, PLATFORM));
	await runWell(customCall(credential, `${siro.externalApiUrl}/v1/core/users`));
	expect([...agentsOf()]).toEqual(['Mozilla/5.0']);
});

test('no execution, log line or credential tells a secret', async () => {
	const { client, n8n, siro } = world;
	const tokens = Array.from({ length: 40 }, (_, index) => `client_app_token_${index + 1}_`);
	const secrets = [siro.clientApp.clientSecret, siro.organizationToken, 'siro_access_', ...tokens];
	expect(executions.length).toBeGreaterThan(40);
	const credential = await create();
	await runWell(siroNode(credential, EXTERNAL));

	const places = [
		...executions.map(({ data }) => JSON.stringify(data)),
		n8n.logs,
		JSON.stringify(await client.credentials.read(credential)),
	];
	for (const secret of secrets) {
		expect(places.filter((place) => place.includes(secret))).toEqual([]);
	}
});
