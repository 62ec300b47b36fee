import type { INode, INodeParameters } from 'n8n-workflow';

import { newPayload, triggerNode } from '../../n8n/deliveries';
import { rowOfNodes } from '../../n8n/row-of-nodes';
import type { Workflow, WorkflowDefinition } from '../../n8n/workflows';
import type { BenchCase, BenchOptions, CaseResult, Figures, Row, Sample } from '../bench-case';
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
	{ name: 'default engine', environment: {}, ready: 150, notReady: 300 },
	{
		name: 'default engine, lazy',
		environment: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' },
		ready: 300,
		notReady: 600,
	},
	{
		name: 'legacy engine',
		environment: { N8N_EXPRESSION_ENGINE: 'legacy' },
		ready: 500,
		notReady: 1_500,
	},
];

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

const OURS_WITHOUT_MEMORY: DeliveryWay = {
	name: 'Siro Trigger, Deduplicate off',
	define: async (stage) => ours(stage, [], { deduplicate: 'off' }),
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

function ours(
	{ credential }: Stage,
	include: INodeParameters['include'],
	options: INodeParameters['options'] = {},
): WorkflowDefinition {
	return alone('Siro', triggerNode({ include, options }, credential));
}

function alone(name: string, trigger: INode): WorkflowDefinition {
	return rowOfNodes(name, trigger);
}

/** Svix's secret as the key that it stands for: 24 bytes, here of text. */
function textOf(signingSecret: string): string {
	return Buffer.from(signingSecret.replace('whsec_', ''), 'base64').toString('utf8');
}

/** What a delivery tells, and what of it is compared with what. */
interface Kind {
	isReady: boolean;
	count: (engine: Engine) => number;
	comparisons: Comparison[];
}

interface Comparison {
	name: string;
	ours: DeliveryWay;
	theirs: DeliveryWay;
	target: string;
	isReached?: (ours: Figures, theirs: Figures) => boolean;
}

const READY: Kind = {
	isReady: true,
	count: ({ ready }) => ready,
	comparisons: [
		{
			name: 'ready deliveries',
			ours: OURS,
			theirs: FLOOR,
			target: 'at least 0.95 of the floor’s rate',
			isReached: (ours, theirs) => rate(ours, theirs) >= 0.95,
		},
		{
			name: 'ready deliveries, Deduplicate off',
			ours: OURS_WITHOUT_MEMORY,
			theirs: FLOOR,
			target: 'none: shows what n8n’s saving of the memory costs',
		},
		{
			name: 'ready deliveries with details',
			ours: OURS_WITH_DETAILS,
			theirs: CHAIN,
			target: 'less CPU per delivery',
			isReached: (ours, theirs) => (medianOf(ours, 'cpu') ?? 0) < (medianOf(theirs, 'cpu') ?? 0),
		},
	],
};

const NOT_READY: Kind = {
	isReady: false,
	count: ({ notReady }) => notReady,
	comparisons: [
		{
			name: 'not-ready deliveries',
			ours: OURS,
			theirs: FLOOR,
			target: 'at least 0.95 of the floor’s rate, no execution stored',
			isReached: (ours, theirs) => rate(ours, theirs) >= 0.95,
		},
		{
			name: 'not-ready deliveries',
			ours: OURS,
			theirs: CHAIN,
			target: 'at least 1.3 × the chain’s rate, no execution stored',
			isReached: (ours, theirs) => rate(ours, theirs) >= 1.3,
		},
	],
};

export const readyDeliveries: BenchCase = {
	name: 'deliveries-ready',
	compares: 'ready deliveries with the least that a trigger can do, and with n8n’s own nodes',
	run: async (options) => await measure(READY, options),
};

export const notReadyDeliveries: BenchCase = {
	name: 'deliveries-not-ready',
	compares: 'deliveries that are not ready, with the same two',
	run: async (options) => await measure(NOT_READY, options),
};

async function measure(kind: Kind, options: BenchOptions): Promise<CaseResult> {
	const ways = [...new Set(kind.comparisons.flatMap(({ ours, theirs }) => [ours, theirs]))];
	return await withFloorPackage(async (floorPackage) => {
		const rows: Row[] = [];
		for (const engine of ENGINES) {
			const figures = await compare(
				ways.map((way) => toWay(way, kind, engine)),
				options,
				{ environment: engine.environment, otherPackages: [floorPackage] },
			);
			const figuresOf = (way: DeliveryWay) => figures[ways.indexOf(way)];
			for (const comparison of kind.comparisons) {
				const [ours, theirs] = [figuresOf(comparison.ours), figuresOf(comparison.theirs)];
				rows.push({
					case: `${comparison.name}, 8 senders, ${engine.name}`,
					comparedWith: comparison.theirs.name,
					unit: '/s',
					ours,
					theirs,
					target: comparison.target,
					isReached: comparison.isReached?.(ours, theirs),
				});
			}
		}
		return { rows };
	});
}

function toWay(way: DeliveryWay, kind: Kind, engine: Engine): Way {
	return {
		name: `${way.name}, ${engine.name}`,
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

function rate(ourFigures: Figures, theirFigures: Figures): number {
	return medianValue(ourFigures) / medianValue(theirFigures);
}
