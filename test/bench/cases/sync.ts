import type { INodeParameters } from 'n8n-workflow';

import { putWorkflow, requireAllSynced, SYNC, syncWorkflow } from '../appointments';
import type { BenchCase, BenchOptions, CaseResult, Sample } from '../bench-case';
import { compare, type Way } from '../compare';
import type { Stage } from '../stage';
import { largest, medianValue } from '../statistics';
import type { Workflow } from '../../n8n/workflows';

interface SyncCase {
	count: number;
	/** What we may send at most. */
	mostRequests: number;
	/** How many times faster than the HTTP Request node we are to be. */
	atLeastFaster: number;
	/** The HTTP Request node as a user would set it up. */
	theirs: { name: string; options?: INodeParameters; repeat?: number };
}

/** Syncs the CRM's appointments into an empty Siro, each way into one of its own. */
async function measureSync(
	{ count, mostRequests, atLeastFaster, theirs }: SyncCase,
	options: BenchOptions,
): Promise<CaseResult> {
	const ways: Way[] = [
		{
			name: 'Siro',
			prepare: async (stage) => await syncRun(stage, count, syncWorkflow(count, stage.credential)),
		},
		{
			name: theirs.name,
			repeat: theirs.repeat,
			prepare: async (stage) =>
				await syncRun(
					stage,
					count,
					putWorkflow(count, stage.siro.externalApiUrl, stage.headerCredential, {
						options: theirs.options,
					}),
				),
		},
	];
	const [ourFigures, theirFigures] = await compare(ways, options);
	const timesFaster = medianValue(theirFigures) / medianValue(ourFigures);
	return {
		rows: [
			{
				case: `sync of ${count.toLocaleString('en')} appointments`,
				comparedWith: theirs.name,
				unit: 'ms',
				ours: ourFigures,
				theirs: theirFigures,
				target: `at most ${mostRequests} requests, at least ${atLeastFaster} × faster`,
				isReached: largest(ourFigures, 'requests') <= mostRequests && timesFaster >= atLeastFaster,
			},
		],
	};
}

/** Syncs the appointments into a Siro of their own, and checks that all have arrived. */
export async function syncRun(
	stage: Stage,
	count: number,
	definition: Parameters<Stage['create']>[0],
): Promise<() => Promise<Sample>> {
	const workflow: Workflow = await stage.create(definition);
	return async () => {
		const siro = await stage.renewSiro();
		const { execution, sample } = await stage.time(workflow, [SYNC]);
		requireAllSynced(siro, execution, count);
		return sample;
	};
}

export const sync1000: BenchCase = {
	name: 'sync-1000',
	compares: 'sync of 1,000 appointments with the HTTP Request node, one PUT for each',
	run: async (options) =>
		await measureSync(
			{ count: 1_000, mostRequests: 10, atLeastFaster: 4, theirs: { name: 'HTTP Request' } },
			options,
		),
};

/** As fast as Siro's limit allows: 1,000 at once, and a little more than a minute later the next. */
export const PACED = { batching: { batch: { batchSize: 1_000, batchInterval: 61_000 } } };

export const sync5000: BenchCase = {
	name: 'sync-5000',
	compares: 'sync of 5,000 appointments with the HTTP Request node, paced to stay below the limit',
	run: async (options) =>
		await measureSync(
			{
				count: 5_000,
				mostRequests: 50,
				atLeastFaster: 50,
				theirs: { name: 'HTTP Request, 1,000 a minute', options: PACED, repeat: 1 },
			},
			options,
		),
};
