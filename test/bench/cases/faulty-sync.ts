import type { Execution } from '../../n8n/executions';
import type { WorkflowDefinition } from '../../n8n/workflows';
import type { Simulator } from '../../siro';
import { arrived, putWorkflow, SYNC, syncWorkflow } from '../appointments';
import type { BenchCase, DetailTable, Sample } from '../bench-case';
import { compare, type Way } from '../compare';
import type { Stage } from '../stage';
import { largest } from '../statistics';

const COUNT = 1_000;
const BAD = 'appt-537';
const GOOD_COUNT = COUNT - 1;

/** 10 batches, the one that got the 429 again, and two halves for each halving of the bad one. */
const MOST_REQUESTS = 10 + 1 + 2 * Math.ceil(Math.log2(100));

/** What came of a run. */
interface Outcome {
	arrived: number;
	/** The items that the user is told are bad, by ID; `undefined` if all that came is one error. */
	named: string[];
	ended: string;
	refused: number;
}

interface FaultyWay {
	name: string;
	workflow: (stage: Stage) => WorkflowDefinition;
	/** The items that came out as failed, by the IDs they had at the input. */
	named: (execution: Execution) => string[];
}

const putAll = (stage: Stage, settings: object = {}) =>
	putWorkflow(COUNT, stage.siro.externalApiUrl, stage.headerCredential, settings);

const WAYS: FaultyWay[] = [
	{
		name: 'Siro',
		workflow: ({ credential }) =>
			syncWorkflow(COUNT, credential, { onError: 'continueErrorOutput' }),
		named: (execution) => failedItems(execution, 1),
	},
	{ name: 'HTTP Request', workflow: (stage) => putAll(stage), named: () => [] },
	{
		name: 'HTTP Request, continue on error',
		workflow: (stage) => putAll(stage, { onError: 'continueErrorOutput' }),
		named: (execution) => failedItems(execution, 1),
	},
	{
		name: 'HTTP Request, retry on fail',
		workflow: (stage) => putAll(stage, { retryOnFail: true, maxTries: 3, waitBetweenTries: 1_000 }),
		named: () => [],
	},
];

export const faultySync: BenchCase = {
	name: 'sync-faulty',
	compares: 'sync of 1,000 appointments, one of them bad and one request answered 429',

	async run(options) {
		const outcomes = new Map<string, Outcome>();
		const ways = WAYS.map((way): Way => ({
			name: way.name,
			// The first run shows the outcome, and no more can be learnt from another.
			repeat: 1,
			prepare: async (stage) => await faultyRun(stage, way, outcomes),
		}));
		const [ours, ...theirs] = await compare(ways, options);
		const ourOutcome = outcomes.get('Siro');
		const isReached =
			ourOutcome?.arrived === GOOD_COUNT &&
			ourOutcome.named.join() === BAD &&
			largest(ours, 'requests') <= MOST_REQUESTS;
		return {
			rows: theirs.map((figures, index) => ({
				case: `sync of ${COUNT.toLocaleString('en')}, one bad and one 429`,
				comparedWith: WAYS[index + 1].name,
				unit: 'ms',
				ours,
				theirs: figures,
				target: `all good ones in, one named, at most ${MOST_REQUESTS} requests`,
				isReached,
			})),
			details: [
				toDetails(
					outcomes,
					[ours, ...theirs].map((one) => largest(one, 'requests')),
				),
			],
		};
	},
};

async function faultyRun(
	stage: Stage,
	{ name, workflow: define, named }: FaultyWay,
	outcomes: Map<string, Outcome>,
): Promise<() => Promise<Sample>> {
	const workflow = await stage.create(define(stage));
	return async () => {
		const siro = await stage.renewSiro();
		siro.rejectExternalIds(BAD);
		siro.misbehave({ method: 'PUT', status: 429, times: 1 });
		const { execution, sample } = await stage.time(workflow, [SYNC]);
		outcomes.set(name, {
			arrived: arrived(siro, COUNT),
			named: named(execution),
			ended: execution.status,
			refused: countRefused(siro),
		});
		return sample;
	};
}

/** By what n8n's pairing of items says, which is what a user's next node would go by. */
function failedItems(execution: Execution, output: number): string[] {
	return execution.items(SYNC, output).map(({ pairedItem }) => {
		const pair = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
		return `appt-${typeof pair === 'object' ? pair.item : pair}`;
	});
}

function countRefused(siro: Simulator): number {
	return siro.requests.filter(({ status }) => status === 429).length;
}

function toDetails(outcomes: Map<string, Outcome>, requests: number[]): DetailTable {
	return {
		title: `What comes of ${GOOD_COUNT} good appointments, a bad one (${BAD}) and one 429`,
		columns: ['way', 'good ones in Siro', 'named as failed', 'requests', 'answered 429', 'node'],
		lines: [...outcomes].map(([name, outcome], index) => [
			name,
			`${outcome.arrived} of ${GOOD_COUNT}`,
			outcome.named.join(', ') || 'none by its item',
			requests[index].toLocaleString('en'),
			String(outcome.refused),
			outcome.ended === 'success' ? 'goes on' : 'fails',
		]),
	};
}
