/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the bench runs in Node, never inside n8n */
import path from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';

import { installN8n } from '../../n8n/install';
import { startN8n, type StartOptions } from '../../n8n/instance';
import { nodeBinary } from '../../support/package/node-runtime';
import { unpackPackage } from '../../support/package/pack';
import { runCommand } from '../../support/package/run-command';
import type { BenchCase, BenchOptions, Figures, Row } from '../bench-case';
import { cpuTime } from '../n8n-usage';
import { median, medianValue } from '../statistics';

const LOADINGS = 15;

/**
 * What the package adds to an n8n that has nothing to do. Starts of n8n differ by more than what we
 * are looking for, so the loading of the package is also measured by itself, with the loader that n8n
 * uses, in a process that has loaded all else.
 */
export const idle: BenchCase = {
	name: 'idle',
	compares: 'an idle n8n with this package with one without',

	async run(options) {
		const withPackage = emptyMeasures();
		const without = emptyMeasures();
		for (let round = 1; round <= options.repeat; round++) {
			await measureStart(withPackage, { tarball: options.tarball });
			await measureStart(without, {});
			options.tell(`start ${round} of ${options.repeat}`);
		}
		const loading = await measureLoading(options);
		const moreMemory = medianValue(withPackage.memory) - medianValue(without.memory);
		const row = (name: string, unit: Row['unit'], ours: Figures, theirs: Figures) => ({
			case: name,
			comparedWith: 'n8n without the package',
			unit,
			ours,
			theirs,
		});
		return {
			rows: [
				{
					...row('loading of the package, as part of n8n’s start', 'ms', loading, {
						samples: [{ value: 0 }],
					}),
					target: 'less than 15 ms',
					isReached: medianValue(loading) < 15,
				},
				{
					...row('start of n8n, CPU time', 'ms', withPackage.start, without.start),
					target: 'none: starts differ by more than 15 ms',
				},
				{
					...row('memory that an idle n8n holds', 'MB', withPackage.memory, without.memory),
					target: 'less than 5 MB more',
					isReached: moreMemory < 5,
				},
			],
		};
	},
};

function emptyMeasures(): { start: Figures; memory: Figures } {
	return { start: { samples: [] }, memory: { samples: [] } };
}

async function measureStart(
	{ start, memory }: ReturnType<typeof emptyMeasures>,
	options: StartOptions,
): Promise<void> {
	const n8n = await startN8n(options);
	try {
		start.samples.push({ value: await cpuTime(n8n) });
		const { held } = await n8n.memory();
		memory.samples.push({ value: held });
	} finally {
		await n8n.stop();
	}
}

/** Loads the package in processes of their own, as nothing can be loaded twice in one. */
async function measureLoading({ tarball }: BenchOptions): Promise<Figures> {
	const n8nFolder = await installN8n();
	const folder = await mkdtemp(path.join(tmpdir(), 'siro-loading-'));
	try {
		await unpackPackage(tarball, folder);
		const times: number[] = [];
		for (let time = 0; time < LOADINGS; time++) times.push(await loadOnce(n8nFolder, folder));
		return { samples: [{ value: median(times) }] };
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function loadOnce(n8nFolder: string, packageFolder: string): Promise<number> {
	const script = `
		const { PackageDirectoryLoader } = require('n8n-core');
		const loader = new PackageDirectoryLoader(${JSON.stringify(packageFolder)});
		const started = performance.now();
		loader.loadAll().then(() => {
			if (!loader.nodeTypes.siro) throw new Error('The package was not loaded');
			console.log('took ' + (performance.now() - started));
			process.exit();
		});
	`;
	const printed = await runCommand(nodeBinary, ['--eval', script], {
		folder: n8nFolder,
		environment: {
			N8N_USER_FOLDER: packageFolder,
			NODE_PATH: path.join(n8nFolder, 'node_modules'),
		},
	});
	const took = /took ([\d.]+)/.exec(printed)?.[1];
	if (took === undefined) throw new Error(`The loading was not timed: ${printed}`);
	return Number(took);
}
