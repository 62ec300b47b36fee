import type { BenchOptions, Figures, Sample } from './bench-case';
import { memoryOf, type MemoryUse } from './n8n-usage';
import { Stage, type StageOptions } from './stage';

/** One way of doing the job of a case. */
export interface Way {
	name: string;
	/** How often to measure it, where one run takes minutes; there is no warm-up then. */
	repeat?: number;
	/** Sets it up in an n8n; each call of what it gives does the job once and checks the outcome. */
	prepare: (stage: Stage) => Promise<() => Promise<Sample>>;
}

/**
 * Measures ways of doing the same job in one n8n, and then what each takes of the memory of an n8n
 * of its own: n8n's memory grows from run to run. Gives figures in the order of the ways.
 */
export async function compare(
	ways: Way[],
	{ repeat, tarball, tell }: BenchOptions,
	stageOptions: Omit<StageOptions, 'tarball'> = {},
): Promise<Figures[]> {
	const stage = await Stage.open({ tarball, ...stageOptions }, tell);
	const figures = await alternate(ways, stage, repeat, tell).finally(() => stage.close());
	for (const [index, way] of ways.entries()) {
		if (way.repeat !== undefined) continue;
		const memory = await measureMemory(way, { tarball, ...stageOptions }, tell);
		tell(`${way.name}, memory: ${memory.peak} MB at most, ${memory.held} MB held`);
		figures[index].memory = memory;
	}
	return figures;
}

/**
 * A B A B …, so that what changes in the meantime touches all of them alike. The first round is not
 * counted: it finds nothing compiled and no connection open.
 */
async function alternate(
	ways: Way[],
	stage: Stage,
	repeat: number,
	tell: (line: string) => void,
): Promise<Figures[]> {
	const prepared: Array<Way & { run: () => Promise<Sample> }> = [];
	for (const way of ways) prepared.push({ ...way, run: await way.prepare(stage) });
	const figures = ways.map((): Figures => ({ samples: [] }));
	for (let round = 0; round <= repeat; round++) {
		for (const [index, way] of prepared.entries()) {
			const isWarmUp = round === 0;
			if (way.repeat !== undefined && (isWarmUp || round > way.repeat)) continue;
			const sample = await way.run();
			if (!isWarmUp) figures[index].samples.push(sample);
			tell(`${way.name}, ${isWarmUp ? 'warm-up' : `run ${round}`}: ${describe(sample)}`);
		}
	}
	return figures;
}

async function measureMemory(
	way: Way,
	stageOptions: StageOptions,
	tell: (line: string) => void,
): Promise<MemoryUse> {
	const stage = await Stage.open(stageOptions, tell);
	try {
		return await memoryOf(stage.n8n, await way.prepare(stage));
	} finally {
		await stage.close();
	}
}

function describe(sample: Sample): string {
	return Object.entries(sample)
		.map(([name, figure]) => `${name} ${Math.round(figure * 10) / 10}`)
		.join(', ');
}
