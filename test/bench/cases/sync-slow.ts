import { putWorkflow, syncWorkflow } from '../appointments';
import type { BenchCase, BenchOptions, Row } from '../bench-case';
import { compare } from '../compare';
import { largest, medianValue } from '../statistics';
import { PACED, syncRun } from './sync';

const COUNT = 5_000;
const MOST_REQUESTS = 50;

/** How long Siro takes for each request, and how long we may take for all, in milliseconds. */
const TARGETS = [
	{ latencyMs: 50, target: 3_700 },
	{ latencyMs: 500, target: 7_000 },
	{ latencyMs: 1_500, target: 20_000 },
];

export const syncSlow: BenchCase = {
	name: 'sync-slow',
	compares: 'sync of 5,000 appointments into a Siro that takes 50, 500 or 1,500 ms for a request',

	async run(options) {
		const rows: Row[] = [];
		for (const target of TARGETS) rows.push(await measureLatency(target, options));
		return { rows };
	},
};

async function measureLatency(
	{ latencyMs, target }: (typeof TARGETS)[number],
	options: BenchOptions,
): Promise<Row> {
	options.tell(`Siro takes ${latencyMs} ms`);
	const [ours, theirs] = await compare(
		[
			{
				name: 'Siro',
				prepare: async (stage) =>
					await syncRun(stage, COUNT, syncWorkflow(COUNT, stage.credential)),
			},
			{
				name: 'HTTP Request, 1,000 a minute',
				// It takes minutes, whatever Siro takes.
				repeat: 1,
				prepare: async (stage) =>
					await syncRun(
						stage,
						COUNT,
						putWorkflow(COUNT, stage.siro.externalApiUrl, stage.headerCredential, {
							options: PACED,
						}),
					),
			},
		],
		options,
		{ simulator: { latencyMs } },
	);
	return {
		case: `sync of ${COUNT.toLocaleString('en')}, ${latencyMs.toLocaleString('en')} ms per request`,
		comparedWith: 'HTTP Request, 1,000 a minute',
		unit: 'ms',
		ours,
		theirs,
		target: `at most ${target / 1_000} s and ${MOST_REQUESTS} requests`,
		isReached: medianValue(ours) <= target && largest(ours, 'requests') <= MOST_REQUESTS,
	};
}
