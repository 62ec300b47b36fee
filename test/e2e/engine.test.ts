/**
 * The engine that the unit tests run our nodes on, held against a real n8n: the same workflow, the
 * same Siro, the same outcome.
 */
import type {
	ExecutionError,
	IDataObject,
	INodeExecutionData,
	INodeParameters,
	ITaskData,
} from 'n8n-workflow';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { Siro } from '../../nodes/Siro/Siro.node';
import { SiroPollingTrigger } from '../../nodes/Siro/SiroPollingTrigger.node';
import { SiroTrigger } from '../../nodes/Siro/SiroTrigger.node';
// Not from its index, which cuts this process off from the network.
import { readFile, storeFile } from '../engine/binary-data';
import { deliverWebhook } from '../engine/deliver-webhook';
import { activatePolling } from '../engine/poll-node';
import { runNode, type NodeRunOptions } from '../engine/run-node';
import { saveWorkflow } from '../engine/saved-workflow';
import { searchList } from '../engine/search-list';
import { storeCredential } from '../engine/stored-credential';
import { testCredential } from '../engine/test-credential';
import { activateTrigger, createTriggerWorkflow, newPayload, post, sign } from '../n8n/deliveries';
import { rowOfNodes, START, type NodeSettings } from '../n8n/row-of-nodes';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import { packPackage } from '../support/package/pack';

jest.setTimeout(300_000);

let world: SiroAndN8n;

beforeAll(async () => {
	world = await startSiroAndN8n({ tarball: await packPackage() });
});

afterAll(async () => await world?.stop());

beforeEach(() => world.siro.clearRequests());

type Scenario = Pick<NodeRunOptions, 'continueOnFail' | 'timezone'> & {
	parameters: INodeParameters;
	/** The `json` of the items that the node "Start" gives; one empty item unless given. */
	input?: IDataObject[];
	/** As in the engine. */
	readAfterwards?: Record<string, string>;
	/** What is done to Siro before each run. */
	prepare?: () => void;
};

const newCredential = (change: IDataObject = {}) =>
	storeCredential(new SiroApi(), { ...world.credentialData, ...change });

/** The part of an outcome that both have, and that does not depend on where or when it was. */
function outcomeOf(
	status: string,
	error: ExecutionError | undefined,
	hints: ITaskData['hints'],
	output: INodeExecutionData[][],
	readAfterwards: IDataObject[][],
) {
	const { name, message, description, context } = (error ?? {}) as Partial<ExecutionError>;
	return {
		status,
		error: { name, message, description, itemIndex: context?.itemIndex },
		hints: (hints ?? []).map((hint) => hint.message),
		output: output.map((items) =>
			items.map(({ json, pairedItem, error: failure }) => [json, pairedItem, failure?.message]),
		),
		readAfterwards,
		requests: world.siro.requests.map(({ method, path, query, body, headers }) => [
			method,
			path,
			query,
			body,
			Object.keys(headers).filter((header) =>
				/^(authorization|x-siro-.*|content-type)$/.test(header),
			),
			headers['user-agent'],
		]),
	};
}

const credential = () => newCredential();

async function inEngine({ prepare, input = [{}], ...scenario }: Scenario, stored = credential()) {
	prepare?.();
	world.siro.clearRequests();
	const { status, error, hints, output, readAfterwards } = await runNode({
		nodeType: new Siro(),
		credential: stored,
		input: input.map((json) => ({ json })),
		...scenario,
	});
	return outcomeOf(status, error, hints, output, readAfterwards);
}

async function inN8n(scenario: Scenario) {
	const { parameters, input = [{}], continueOnFail = 'stop', timezone, prepare } = scenario;
	const { client } = world;
	prepare?.();
	world.siro.clearRequests();
	const readers = continueOnFail === 'continueErrorOutput' ? [0, 1] : [0];
	const definition = rowOfNodes(
		'Engine under test',
		START,
		siroNode(parameters, { onError: continueOnFail === 'stop' ? 'stopWorkflow' : continueOnFail }),
	);
	const [start, siro] = definition.nodes;
	const readerNodes = readers.map((output) => ({
		id: `reader-${output}`,
		name: `Read output ${output}`,
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		position: [400, 100 * output] as [number, number],
		parameters: {
			assignments: {
				assignments: Object.entries(scenario.readAfterwards ?? {}).map(([name, value]) => ({
					id: name,
					name,
					value,
					type: 'string',
				})),
			},
		},
	}));
	const workflow = await client.workflows.create({
		...definition,
		nodes: [start, siro, ...readerNodes],
		connections: {
			...definition.connections,
			Siro: { main: readerNodes.map(({ name }) => [{ node: name, type: 'main', index: 0 }]) },
		},
		settings: { executionOrder: 'v1', timezone },
		pinData: { Start: input.map((json) => ({ json })) },
	});
	const execution = await client.workflows.run(workflow);
	const task = execution.runs('Siro').at(-1);
	const { error } = execution.data.resultData;
	return outcomeOf(
		execution.status,
		task?.error ?? error,
		task?.hints,
		(task?.data?.main ?? []).map((items) => items ?? []),
		readerNodes.map(({ name }) => execution.json(name)),
	);
}

function siroNode(parameters: INodeParameters, settings: Partial<NodeSettings> = {}): NodeSettings {
	return {
		name: 'Siro',
		type: 'n8n-nodes-siro.siro',
		parameters,
		credentials: { siroApi: world.credential },
		...settings,
	};
}

const GET = { resource: 'recording', operation: 'get', recordingId: '={{ $json.id }}' };

describe('an execution', () => {
	const ids = () => world.siro.recordings.slice(0, 2).map(({ id }) => ({ id }));
	const withABadOne = () => [{ id: 'none' }, ...ids()];
	const cameFrom = { cameFrom: '={{ $("Start").item.json.id }}' };

	const scenarios: Array<[string, () => Scenario]> = [
		[
			'that succeeds: items, defaults, expressions, pairing',
			() => ({ parameters: GET, input: ids(), readAfterwards: cameFrom }),
		],
		['that fails', () => ({ parameters: GET, input: withABadOne() })],
		[
			'that goes on with an error',
			() => ({ parameters: GET, input: withABadOne(), continueOnFail: 'continueRegularOutput' }),
		],
		[
			'with an error output',
			() => ({
				parameters: GET,
				input: withABadOne(),
				continueOnFail: 'continueErrorOutput',
				readAfterwards: cameFrom,
			}),
		],
	];

	test.each(scenarios)('%s', async (_title, scenario) => {
		const outcome = await inN8n(scenario());
		console.log(JSON.stringify(outcome, null, 1).slice(0, 3000));
		expect(await inEngine(scenario())).toEqual(outcome);
	});
});
