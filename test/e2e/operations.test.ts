/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
/**
 * Each operation in a real n8n, as its cases say, in one workflow: against a Siro that answers each node
 * as its case does. And the example of a Custom API Call in docs/operations.md.
 */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';

import type { INode, IPinData } from 'n8n-workflow';

import type { N8nClient } from '../n8n/client';
import type { Execution } from '../n8n/executions';
import { type N8nInstance, startN8n } from '../n8n/instance';
import { rowOfNodes, siroNode, START } from '../n8n/row-of-nodes';
import { nameOf, OPERATION_CASES, TIME_ZONE, type Exchange } from '../operations';
import { packPackage } from '../support/package/pack';
import { repositoryFolder } from '../support/package/repository';

jest.setTimeout(300_000);

/** What moves audio is tried with the simulator's storage. */
const CASES = OPERATION_CASES.filter(
	({ exchanges }) => !exchanges.some(({ surface }) => surface === 'storage'),
).map((operationCase, index) => ({ ...operationCase, node: `Case ${index}` }));

const MINT: Exchange = {
	method: 'POST',
	path: '/v1/core/oauth/apps/client-1/access-token',
	answer: { accessTokenId: 'token-1', accessToken: 'user-token' },
};

const CUSTOM: Exchange = {
	surface: 'platform',
	method: 'GET',
	path: '/v1/core/outcomes/outcome-definitions',
	answer: { data: [{ id: 'outcome-1', customOutcomeLabel: 'Deposit paid' }] },
};

/** What is still to be answered, by the folder of the address. */
const exchangesByFolder = new Map<string, Exchange[]>([
	...CASES.map(
		({ node, exchanges }) => [node.replace(' ', '-'), [...exchanges]] as [string, Exchange[]],
	),
	['custom', [CUSTOM]],
]);

const headersOfCustom: Array<IncomingMessage['headers']> = [];

/** Answers `/{folder}/{surface}/…`, each exchange of the folder once. */
function answer(request: IncomingMessage, response: ServerResponse): void {
	const { pathname, searchParams } = new URL(request.url ?? '', 'http://siro');
	const [, folder = '', name, ...rest] = pathname.split('/');
	if (folder === 'custom') headersOfCustom.push(request.headers);
	const waiting = exchangesByFolder.get(folder) ?? [];
	const isAsked = ({ surface = 'external', method, path }: Exchange) =>
		surface === name && method === request.method && path === `/${rest.join('/')}`;
	// Requests that are sent side by side arrive in any order.
	const isAskedSo = ({ query = {} }: Exchange) =>
		Object.entries(query).every(([key, value]) => searchParams.get(key) === String(value));
	const exactly = waiting.findIndex((exchange) => isAsked(exchange) && isAskedSo(exchange));
	const index = exactly >= 0 ? exactly : waiting.findIndex(isAsked);
	const found = waiting[index] ?? (isAsked(MINT) ? MINT : undefined);
	if (index >= 0) waiting.splice(index, 1);
	response.writeHead(found ? (found.status ?? 200) : 418, { 'content-type': 'application/json' });
	response.end(JSON.stringify(found?.answer ?? null));
	request.resume();
}

let siro: Server;
let address: string;
let n8n: N8nInstance;
let client: N8nClient;
let execution: Execution;

beforeAll(async () => {
	siro = createServer(answer);
	await new Promise<void>((resolve) => siro.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${Object(siro.address()).port}`;
	n8n = await startN8n({ tarball: await packPackage() });
	client = await n8n.signIn();
	execution = await runAllCases();
});

afterAll(async () => {
	await n8n?.stop();
	siro?.close();
});

/** The trigger, and behind it each case with its input items pinned. */
async function runAllCases(): Promise<Execution> {
	const nodes: INode[] = [{ ...toNode(START), position: [0, 0] }];
	const pinData: IPinData = {};
	const { connections, settings, name } = rowOfNodes('All operations', START);
	connections[START.name] = { main: [[]] };
	for (const { node, resource, operation, parameters, input = [{ json: {} }] } of CASES) {
		const credential = await createCredential(node.replace(' ', '-'));
		const position = { position: [200, nodes.length * 100] as [number, number] };
		const inputNode = `Input of ${node}`;
		nodes.push(
			toNode({ name: inputNode, type: 'n8n-nodes-base.noOp', ...position }),
			toNode({
				...siroNode(credential, { resource, operation, ...parameters }),
				...position,
				name: node,
				onError: 'continueRegularOutput',
			}),
		);
		pinData[inputNode] = input;
		connections[START.name].main[0]?.push({ node: inputNode, type: 'main', index: 0 });
		connections[inputNode] = { main: [[{ node, type: 'main', index: 0 }]] };
	}
	const workflow = await client.workflows.create({
		name,
		nodes,
		connections,
		pinData,
		settings: { ...settings, timezone: TIME_ZONE },
	});
	return await client.workflows.run(workflow, 240_000);
}

function toNode(settings: Partial<INode> & Pick<INode, 'name' | 'type'>): INode {
	return { id: settings.name, typeVersion: 1, position: [0, 0], parameters: {}, ...settings };
}

async function createCredential(folder: string) {
	const data = {
		organizationToken: 'organization-token',
		useOAuthApp: true,
		clientId: 'client-1',
		clientSecret: 'client-secret',
		userId: 'user-1',
		scope: 'write',
		externalApiUrl: `${address}/${folder}/external`,
		platformApiUrl: `${address}/${folder}/platform`,
	};
	return await client.credentials.create({ name: `Siro ${folder}`, type: 'siroApi', data });
}

test.each(CASES.map((operationCase) => [nameOf(operationCase), operationCase] as const))(
	'%s',
	(_name, { node, output }) => {
		expect(execution.json(node)).toEqual(JSON.parse(JSON.stringify(output)));
		expect(exchangesByFolder.get(node.replace(' ', '-'))).toEqual([]);
	},
);

test('the documented Custom API Call reaches Siro with the credential', async () => {
	const page = readFileSync(path.join(repositoryFolder, 'docs', 'operations.md'), 'utf8');
	const [, snippet = ''] = /## A Custom API Call[^]*?```json\n([^]*?)```/.exec(page) ?? [];
	const credential = await createCredential('custom');
	const { nodes } = JSON.parse(
		snippet.replace('https://api.siro.ai', `${address}/custom/platform`),
	);
	const workflow = await client.workflows.create(
		rowOfNodes('Custom API Call', START, { ...nodes[0], credentials: { siroApi: credential } }),
	);

	const run = await client.workflows.run(workflow);

	expect(run.error).toBeUndefined();
	expect(run.json(nodes[0].name)).toEqual([CUSTOM.answer]);
	expect(headersOfCustom.at(-1)).toMatchObject({ 'x-siro-auth-token': 'user-token' });
});
