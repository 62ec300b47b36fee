/**
 * The engine that the unit tests run our nodes on, held against a real n8n: the same workflow and the
 * same Siro give the same outcome.
 */
import type {
	ExecutionError,
	ICredentialDataDecryptedObject,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	ITaskData,
} from 'n8n-workflow';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { Siro } from '../../nodes/Siro/Siro.node';
import { SiroPollingTrigger } from '../../nodes/Siro/SiroPollingTrigger.node';
import { SiroTrigger } from '../../nodes/Siro/SiroTrigger.node';
// Not from its index, which cuts this process off from n8n.
import { activateTrigger } from '../engine/activate-trigger';
import { readFile, storeFile } from '../engine/binary-data';
import { deliverWebhook } from '../engine/deliver-webhook';
import { createNode } from '../engine/node-types';
import { activatePolling } from '../engine/poll-node';
import { runNode, type NodeRunOptions } from '../engine/run-node';
import { saveWorkflow, type NodeSetUp } from '../engine/saved-workflow';
import { searchList } from '../engine/search-list';
import { storeCredential } from '../engine/stored-credential';
import { testCredential } from '../engine/test-credential';
import type { Credential } from '../n8n/credentials';
import { newPayload, post, sign } from '../n8n/deliveries';
import type { Execution } from '../n8n/executions';
import { rowOfNodes, START, type NodeSettings } from '../n8n/row-of-nodes';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import { packPackage } from '../support/package/pack';

jest.setTimeout(300_000);

let world: SiroAndN8n;

beforeAll(async () => {
	// Siro's clock stands still, so that it does the same again.
	const clock = () => new Date('2026-11-25T12:00:00.000Z');
	world = await startSiroAndN8n({ tarball: await packPackage(), simulator: { clock } });
});

afterAll(async () => await world?.stop());

/** The same credential, in the engine and in n8n. */
async function newCredentials(change: ICredentialDataDecryptedObject = {}) {
	const data = { ...world.credentialData, ...change };
	const inN8n = await world.client.credentials.create({ name: 'Siro', type: 'siroApi', data });
	return { inEngine: storeCredential(new SiroApi(), data), inN8n };
}

/** A node as the engine has it, for a workflow of n8n. */
function nodeOf({ nodeType, parameters }: NodeSetUp, credential: Credential): NodeSettings {
	return { ...createNode(nodeType, { parameters }), credentials: { siroApi: credential } };
}

type Scenario = Pick<NodeRunOptions, 'timezone'> & {
	parameters: INodeParameters;
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	/** The `json` of the items that the node "Start" gives; one empty item unless given. */
	input?: IDataObject[];
	readAfterwards?: Record<string, string>;
	/** What is done to Siro before each run. */
	prepare?: () => void;
};

interface Finished {
	status: string;
	error?: ExecutionError;
	hints?: ITaskData['hints'];
	output: INodeExecutionData[][];
	readAfterwards: IDataObject[][];
}

/** What both must have in common: all that a user, or Siro, gets to see. */
function outcomeOf({ status, error, hints = [], output, readAfterwards }: Finished) {
	return {
		status,
		error: error && {
			name: error.name,
			message: error.message,
			description: error.description,
			itemIndex: error.context?.itemIndex,
		},
		hints: hints.map(({ message }) => message),
		output: output.map((items) =>
			items.map(({ json, pairedItem, error: failure }) => ({ json, pairedItem, failure })),
		),
		readAfterwards,
		requests: world.siro.requests.map(({ method, path, query, body, headers }) => ({
			...{ method, path, query, body },
			headers: Object.entries(headers).filter(([name]) =>
				/^(authorization|user-agent|content-type|accept)$/.test(name),
			),
			hasUserToken: 'x-siro-auth-token' in headers,
		})),
	};
}

async function inEngine(
	{ prepare, input = [{}], onError, ...scenario }: Scenario,
	credential: NodeSetUp['credential'],
) {
	prepare?.();
	world.siro.clearRequests();
	const run = await runNode({
		nodeType: new Siro(),
		credential,
		input: input.map((json) => ({ json })),
		continueOnFail: onError,
		...scenario,
	});
	return outcomeOf(run);
}

async function inN8n(
	{ prepare, input = [{}], onError, timezone, readAfterwards = {}, parameters }: Scenario,
	credential: Credential,
) {
	const siro = nodeOf({ nodeType: new Siro(), parameters }, credential);
	const readers = (onError === 'continueErrorOutput' ? [0, 1] : [0]).map((output) => ({
		name: `Read output ${output}`,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: {
			assignments: {
				assignments: Object.entries(readAfterwards).map(([name, value]) => ({
					...{ id: name, name, value },
					type: 'string',
				})),
			},
		},
	}));
	const row = rowOfNodes('Engine under test', START, { ...siro, onError }, ...readers);
	const toEach = readers.map(({ name }) => [{ node: name, type: 'main' as const, index: 0 }]);
	const workflow = await world.client.workflows.create({
		...row,
		connections: { Start: row.connections.Start, Siro: { main: toEach } },
		settings: { ...row.settings, timezone },
		pinData: { Start: input.map((json) => ({ json })) },
	});
	prepare?.();
	world.siro.clearRequests();
	const execution = await world.client.workflows.run(workflow);
	const task = execution.runs('Siro').at(-1);
	return outcomeOf({
		status: execution.status,
		error: task?.error ?? execution.data.resultData.error,
		hints: task?.hints,
		output: outputOf(execution),
		readAfterwards: readers.map(({ name }) => execution.json(name)),
	});
}

function outputOf(execution: Execution): INodeExecutionData[][] {
	return (execution.runs('Siro').at(-1)?.data?.main ?? []).map((items) => items ?? []);
}

describe('an execution', () => {
	const GET = { resource: 'recording', operation: 'get', recordingId: '={{ $json.id }}' };
	const CAME_FROM = { cameFrom: '={{ $("Start").item.json.id }}' };
	const ids = () =>
		world.siro.state.recordings
			.all()
			.slice(0, 2)
			.map(({ id }) => ({ id }));
	const withABadOne = () => [{ id: 'none' }, ...ids()];
	const sync = (change: INodeParameters): INodeParameters => ({
		...{ resource: 'engagement', operation: 'sync', externalId: '={{ $json.id }}' },
		...change,
	});

	test.each<[string, () => Scenario]>([
		[
			'that succeeds: an expression per item, defaults, pairing',
			() => ({ parameters: GET, input: ids(), readAfterwards: CAME_FROM }),
		],
		['that fails', () => ({ parameters: GET, input: withABadOne() })],
		[
			'that goes on with an error',
			() => ({ parameters: GET, input: withABadOne(), onError: 'continueRegularOutput' }),
		],
		[
			'with an error output',
			() => ({
				...{ parameters: GET, input: withABadOne(), readAfterwards: CAME_FROM },
				onError: 'continueErrorOutput',
			}),
		],
		[
			'whose locator takes the ID out of an address',
			() => ({
				parameters: {
					...GET,
					recordingId: {
						...{ __rl: true, mode: 'url' },
						value: '={{ "https://app.siro.ai/#/recordings/" + $json.id }}',
					},
				},
				input: ids(),
			}),
		],
		[
			'of a batch of which one is bad, and a hint',
			() => ({
				parameters: sync({ subject: '=Visit {{ $json.id }}' }),
				input: ['good', 'bad', 'better'].map((id) => ({ id })),
				onError: 'continueErrorOutput',
				prepare: () => world.siro.rejectExternalIds('bad'),
			}),
		],
		[
			'in a time zone',
			() => ({
				parameters: sync({ startTime: '2026-03-01T10:00:00', subject: '={{ $now.zoneName }}' }),
				input: [{ id: 'in Tokyo' }],
				timezone: 'Asia/Tokyo',
			}),
		],
		[
			'in no time zone',
			() => ({
				parameters: sync({ startTime: '2026-03-01T10:00:00', subject: '={{ $now.zoneName }}' }),
				input: [{ id: 'anywhere' }],
			}),
		],
		[
			'whose user token has expired',
			() => ({
				parameters: { resource: 'followup', operation: 'getAll' },
				prepare: () => world.siro.expireTokens(),
			}),
		],
	])('%s', async (_title, newScenario) => {
		const scenario = newScenario();
		const credential = await newCredentials();
		// Once before, so that whatever it makes, in Siro or of a token, is there already.
		await inN8n(scenario, credential.inN8n);
		await inEngine(scenario, credential.inEngine);
		const expected = await inN8n(scenario, credential.inN8n);
		expect(await inEngine(scenario, credential.inEngine)).toEqual(expected);
	});

	test('that lacks a parameter does not begin', async () => {
		const credential = await newCredentials();
		const scenario = { parameters: { resource: 'oauthApp', operation: 'create', appName: '' } };
		const { error, output, requests } = await inN8n(scenario, credential.inN8n);
		expect({ output, requests }).toEqual({ output: [], requests: [] });
		await expect(inEngine(scenario, credential.inEngine)).rejects.toThrow(error?.message);
	});

	test('with a file that goes in and comes out', async () => {
		const { siro, client } = world;
		const credential = await newCredentials();
		const audio = 'The sound of a visit';
		const upload = (title: string): INodeParameters => ({
			...{ resource: 'recording', operation: 'upload', binaryPropertyName: 'data', title },
			userId: { __rl: true, mode: 'email', value: siro.rep.email },
		});
		const download = (title: string): INodeParameters => ({
			...{ resource: 'recording', operation: 'download' },
			recordingId: siro.state.recordings.all().find((recording) => recording.title === title)?.id,
		});
		const runInN8n = async (...nodes: NodeSettings[]) =>
			await client.workflows.run(
				await client.workflows.create(rowOfNodes('Files under test', START, ...nodes)),
			);

		await runInN8n(
			{
				...{ name: 'Text', type: 'n8n-nodes-base.set', typeVersion: 3.4 },
				parameters: { mode: 'raw', jsonOutput: JSON.stringify({ audio: btoa(audio) }) },
			},
			{
				...{ name: 'File', type: 'n8n-nodes-base.convertToFile', typeVersion: 1.1 },
				parameters: {
					...{ operation: 'toBinary', sourceProperty: 'audio' },
					options: { fileName: 'visit.mp3', mimeType: 'audio/mpeg' },
				},
			},
			nodeOf({ nodeType: new Siro(), parameters: upload('from n8n') }, credential.inN8n),
		);
		const execution = await runInN8n(
			nodeOf({ nodeType: new Siro(), parameters: download('from n8n') }, credential.inN8n),
		);

		const run = async (parameters: INodeParameters, input?: INodeExecutionData[]) =>
			await runNode({ nodeType: new Siro(), credential: credential.inEngine, parameters, input });
		const file = await storeFile(audio, { fileName: 'visit.mp3', mimeType: 'audio/mpeg' });
		await run(upload('from the engine'), [{ json: {}, binary: { data: file } }]);
		const { output } = await run(download('from the engine'));

		const fromN8n = outputOf(execution)[0][0].binary?.data;
		const fromEngine = output[0][0].binary?.data;
		if (!fromN8n || !fromEngine) throw new Error('There is no file');
		const { fileName, mimeType, fileExtension } = fromN8n;
		expect(fromEngine).toMatchObject({ mimeType, fileExtension });
		expect([fileName, fromEngine.fileName]).toEqual([expect.any(String), expect.any(String)]);
		expect((await client.executions.binary(fromN8n)).toString()).toBe(audio);
		expect((await readFile(fromEngine)).toString()).toBe(audio);
	});
});

test('the list of a resource locator', async () => {
	const { inEngine: credential, inN8n: credentialInN8n } = await newCredentials();
	const parameters = { resource: 'recording', operation: 'get' };
	const search = { method: 'searchRecordings', filter: 'kitchen', parameters };
	expect(await searchList({ nodeType: new Siro(), credential, ...search })).toEqual(
		await world.client.nodeTypes.searchList({
			...{ nodeType: 'n8n-nodes-siro.siro', parameter: 'recordingId' },
			...{ credential: credentialInN8n, ...search },
		}),
	);
});

test.each<ICredentialDataDecryptedObject>([
	{},
	{ organizationToken: 'wrong', useOAuthApp: false },
	{ clientSecret: 'wrong' },
])('the test of a credential: %j', async (change) => {
	const { inEngine: credential, inN8n: credentialInN8n } = await newCredentials(change);
	expect(await testCredential(credential)).toEqual(
		await world.client.credentials.test(credentialInN8n),
	);
});

describe('a trigger', () => {
	test('answers deliveries, starts the workflow and keeps what it has to remember', async () => {
		const { client, signingSecret } = world;
		const credential = await newCredentials();
		const parameters = { include: ['recording'] };
		const setUp = { nodeType: new SiroTrigger(), parameters, credential: credential.inEngine };
		const saved = saveWorkflow(setUp);
		const workflow = await client.workflows.create(
			rowOfNodes('Trigger under test', nodeOf(setUp, credential.inN8n)),
		);
		await client.workflows.activate(workflow);
		await activateTrigger(saved);
		const url = await client.workflows.webhookUrl(workflow);
		const [recording, another] = world.siro.state.recordings.all();
		const ready = (recordingId: string) => JSON.stringify(newPayload({ recordingId }), null, 1);

		const deliveries: Array<[body: string, headers?: Record<string, string>]> = [
			[ready(recording.id)],
			[ready(recording.id)],
			[ready(another.id), { 'content-type': 'application/octet-stream' }],
			[ready('unknown'), { 'content-type': 'text/plain' }],
			[JSON.stringify(newPayload({ recordingLinked: false }))],
			[JSON.stringify(newPayload({ eventType: 'another.event' }))],
			['{}'],
			['{'],
			[''],
			[ready(another.id), { 'svix-id': 'forged' }],
		];
		const started: INodeExecutionData[] = [];
		for (const [body, change] of deliveries) {
			const headers = { ...sign(body, signingSecret), ...change };
			const answer = withoutTrace(await post(url, body, headers));
			const outcome = await deliverWebhook(saved, { body, headers, senderWaits: 20_000 });
			const { status, body: answered, workflowData = [] } = outcome;
			expect([body, change, status, answered]).toEqual([body, change, answer.status, answer.body]);
			started.push(...workflowData.flat());
		}

		const filter = { workflowId: workflow.id };
		const executions = await client.executions.waitForCount(started.length, filter);
		expect(started.map(({ json }) => json)).toEqual(
			executions.flatMap((execution) => execution.json('Siro Trigger')),
		);
		const remembered = (await client.workflows.read(workflow.id)).staticData;
		expect(alike(saved.staticData, saved.id)).toEqual(alike(remembered, workflow.id));
		expect(JSON.stringify(remembered)).not.toBe('{}');
	});

	test('polls, and keeps what it has to remember', async () => {
		const { client } = world;
		const credential = await newCredentials();
		const parameters = { pollTimes: { item: [{ mode: 'everyHour' }] } };
		const nodeType = new SiroPollingTrigger();
		const saved = saveWorkflow({ nodeType, parameters, credential: credential.inEngine });
		const workflow = await client.workflows.create(
			rowOfNodes('Polling under test', nodeOf({ nodeType, parameters }, credential.inN8n)),
		);

		world.siro.clearRequests();
		await client.workflows.activate(workflow);
		const requests = world.siro.requests.map(({ method, path }) => ({ method, path }));
		world.siro.clearRequests();
		const emitted = await activatePolling(saved);

		expect(world.siro.requests).toMatchObject(requests);
		const executions = await client.executions.list({ workflowId: workflow.id });
		expect(emitted === null).toBe(executions.length === 0);
		const remembered = (await client.workflows.read(workflow.id)).staticData;
		expect(alike(saved.staticData, saved.id)).toEqual(alike(remembered, workflow.id));
	});
});

/** What n8n answers by itself, without where that was. */
function withoutTrace({ status, body }: Awaited<ReturnType<typeof post>>) {
	const isTrace = (key: string) => key === 'stacktrace' || key === 'hint';
	const shown = JSON.stringify(body, (key, value: unknown) => (isTrace(key) ? undefined : value));
	return { status, body: JSON.parse(shown) as unknown };
}

/** Static data without what differs from one n8n, process, workflow, or moment to another. */
function alike(staticData: unknown, workflowId: string): unknown {
	const text = JSON.stringify(staticData)
		.replaceAll(workflowId, 'workflow')
		.replace(/\b[0-9a-f]{64}\b/g, 'instance')
		.replace(/"process":"\w+"/g, '"process":"one"')
		// A recording's hash, and when it was started.
		.replace(/(?<=\b\w{14}) \w{6}\b/g, ' time')
		.replace(/\b1[78]\d{8,11}\b|"20\d\d-[^"]*Z"/g, '0');
	return JSON.parse(text);
}
