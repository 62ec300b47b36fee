import type { INode, INodeParameters } from 'n8n-workflow';

import { newPayload, triggerNode } from '../../support/deliveries';
import { rowOfNodes } from '../../support/n8n/row-of-nodes';
import type { Workflow, WorkflowDefinition } from '../../support/n8n/workflows';
import type { BenchCase, CaseResult, Figures, Row, Sample } from '../bench-case';
import { CHAIN_PATH, chainWorkflow } from '../chain';
import { compare, type Way } from '../compare';
import { deliverAll } from '../deliver';
import { FLOOR_TRIGGER, withFloorPackage } from '../floor-package';
import { addLinkedRecordings } from '../recordings';
import type { Stage } from '../stage';
import { medianOf, medianValue } from '../statistics';

interface Engine {
	name: string;
	environment: Record<string, string>;
	ready: number;
	notReady: number;
}

/** n8n’s ways of evaluating expressions, and how many deliveries make a run of some seconds. */
const ENGINES: Engine[] = [
	{ name: 'default', environment: {}, ready: 150, notReady: 300 },
	{
		name: 'legacy',
		environment: { N8N_EXPRESSION_ENGINE: 'legacy' },
		ready: 500,
		notReady: 1_500,
	},
];

/** What a delivery tells, and what is to come of it. */
interface Kind {
	isReady: boolean;
	count: (engine: Engine) => number;
}

interface DeliveryWay {
	name: string;
	define: (stage: Stage) => Promise<WorkflowDefinition>;
	/** Whether Siro is asked for the details of each ready recording. */
	fetchesDetails?: boolean;
	/** Whether what is not ready is stored as an execution all the same. */
	storesAll?: boolean;
}

const OURS: DeliveryWay = {
	name: 'Siro Trigger',
	define: async (stage) => ours(stage, []),
};

const OURS_WITH_DETAILS: DeliveryWay = {
	name: 'Siro Trigger with details',
	define: async (stage) => ours(stage, ['summary', 'crmUpdates']),
	fetchesDetails: true,
};

const FLOOR: DeliveryWay = {
	name: 'floor (svix only)',
	define: async ({ credential }) =>
		alone('Floor', { ...triggerNode({}, credential), type: FLOOR_TRIGGER, parameters: {} }),
};

const CHAIN: DeliveryWay = {
	name: 'do it yourself (Webhook … HTTP Request)',
	define: async (stage) => {
		const cryptoCredential = await stage.client.credentials.create({
			name: 'Signing secret',
			type: 'crypto',
			data: { hmacSecret: textOf(stage.signingSecret) },
		});
		return chainWorkflow(stage.siro.externalApiUrl, stage.headerCredential, cryptoCredential);
	},
	fetchesDetails: true,
	storesAll: true,
};

function ours({ credential }: Stage, include: INodeParameters['include']): WorkflowDefinition {
	return alone('Siro', triggerNode({ include }, credential));
}

function alone(name: string, trigger: INode): WorkflowDefinition {
	return rowOfNodes(name, trigger);
}

/** Svix's secret as the key that it stands for: 24 bytes, here of text. */
function textOf(signingSecret: string): string {
	return Buffer.from(signingSecret.replace('whsec_', ''), 'base64').toString('utf8');
}

export const readyDeliveries: BenchCase = {
	name: 'deliveries-ready',
	compares: 'ready deliveries with the least that a trigger can do, and with n8n’s own nodes',

	async run(options) {
		const kind: Kind = { isReady: true, count: ({ ready }) => ready };
		return await forEachEngine(async (engine, floorPackage) => {
			const ways = [OURS, FLOOR, OURS_WITH_DETAILS, CHAIN].map((way) => toWay(way, kind, engine));
			const [plain, floor, detailed, chain] = await compare(ways, options, {
				environment: engine.environment,
				otherPackages: [floorPackage],
			});
			return [
				toRow(kind, engine, FLOOR, plain, floor, {
					target: 'at least 0.95 of the floor’s rate',
					isReached: rate(plain, floor) >= 0.95,
				}),
				toRow(kind, engine, CHAIN, detailed, chain, {
					target: 'less CPU per delivery',
					isReached: (medianOf(detailed, 'cpu') ?? 0) < (medianOf(chain, 'cpu') ?? 0),
				}),
			];
		});
	},
};

export const notReadyDeliveries: BenchCase = {
	name: 'deliveries-not-ready',
	compares: 'deliveries that are not ready, with the same two',

	async run(options) {
		const kind: Kind = { isReady: false, count: ({ notReady }) => notReady };
		return await forEachEngine(async (engine, floorPackage) => {
			const ways = [OURS, FLOOR, CHAIN].map((way) => toWay(way, kind, engine));
			const [plain, floor, chain] = await compare(ways, options, {
				environment: engine.environment,
				otherPackages: [floorPackage],
			});
			return [
				toRow(kind, engine, FLOOR, plain, floor, {
					target: 'at least 0.95 of the floor’s rate, no execution stored',
					isReached: rate(plain, floor) >= 0.95,
				}),
				toRow(kind, engine, CHAIN, plain, chain, {
					target: 'at least 1.3 × the chain’s rate, no execution stored',
					isReached: rate(plain, chain) >= 1.3,
				}),
			];
		});
	},
};

async function forEachEngine(
	measure: (engine: Engine, floorPackage: string) => Promise<Row[]>,
): Promise<CaseResult> {
	return await withFloorPackage(async (folder) => {
		const rows: Row[] = [];
		for (const engine of ENGINES) rows.push(...(await measure(engine, folder)));
		return { rows };
	});
}

function toWay(way: DeliveryWay, kind: Kind, engine: Engine): Way {
	return {
		name: `${way.name}, engine ${engine.name}`,
		prepare: async (stage) => {
			const workflow = await stage.create(await way.define(stage));
			await stage.client.workflows.activate(workflow);
			const url =
				way === CHAIN
					? `${stage.n8n.url}/${CHAIN_PATH}`
					: await stage.client.workflows.webhookUrl(workflow);
			const run = { workflow, url, count: kind.count(engine) };
			return async () => await deliver(stage, way, kind, run);
		},
	};
}

/** Delivers, and holds what came of it against what should have come. */
async function deliver(
	stage: Stage,
	{ name, fetchesDetails = false, storesAll = false }: DeliveryWay,
	{ isReady }: Kind,
	{ workflow, url, count }: { workflow: Workflow; url: string; count: number },
): Promise<Sample> {
	const siro = await stage.renewSiro();
	const payloads = addLinkedRecordings(siro, count).map(({ id }) =>
		newPayload({ recordingId: id, recordingLinked: isReady }),
	);
	const { sample, executions } = await deliverAll(stage, workflow, url, payloads);

	const expected = isReady || storesAll ? count : 0;
	const good = executions.filter(({ status }) => status === 'success').length;
	const details = isReady && fetchesDetails ? count : 0;
	if (good !== expected || executions.length !== expected || sample.requests !== details) {
		throw new Error(
			`${name}: ${count} deliveries made ${executions.length} executions (${good} good) instead of ${expected}, and ${sample.requests} requests instead of ${details}`,
		);
	}
	return sample;
}

function toRow(
	{ isReady }: Kind,
	engine: Engine,
	{ name }: DeliveryWay,
	ourFigures: Figures,
	theirFigures: Figures,
	verdict: Pick<Row, 'target' | 'isReached'>,
): Row {
	return {
		case: `${isReady ? 'ready' : 'not-ready'} deliveries, 8 senders, ${engine.name} engine`,
		comparedWith: name,
		unit: '/s',
		ours: ourFigures,
		theirs: theirFigures,
		...verdict,
	};
}

function rate(ourFigures: Figures, theirFigures: Figures): number {
	return medianValue(ourFigures) / medianValue(theirFigures);
}
