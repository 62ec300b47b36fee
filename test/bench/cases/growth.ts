/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the bench runs in Node, never inside n8n */
import { createRequire } from 'node:module';

import type { ICredentialType, IDataObject, INodeParameters, INodeType } from 'n8n-workflow';

import { EmittedRecordings } from '../../../nodes/Siro/webhook/emittedRecordings';
import { runNode } from '../../engine/run-node';
import { storeCredential } from '../../engine/stored-credential';
import { startSimulator, type Simulator } from '../../siro';
import { repositoryFolder } from '../../support/package/repository';
import { crmAppointments, SYNC_FIELDS } from '../appointments';
import type { BenchCase } from '../bench-case';
import { addLinkedRecordings, fetchParameters } from '../recordings';
import { median } from '../statistics';

const SIZES = [100, 1_000, 10_000, 50_000];

/** Small jobs are done several times, or chance would decide. */
const LEAST_ITEMS = 3_000;

/** Does a job with so many items and gives the microseconds for each of them. */
type Measure = (count: number) => number | Promise<number>;

const JOBS: Array<{ name: string; measure: Measure }> = [
	{ name: 'sync, per appointment', measure: measureSync },
	{ name: 'fetch, per recording', measure: measureFetch },
	{ name: 'deduplication memory, per delivery', measure: measureMemory },
	{
		name: 'the same with the text that n8n saves, at most 10,000 entries',
		measure: measureSaving,
	},
];

/** Our own cost per item for ever more items: n8n's engine in this process, Siro without latency. */
export const growth: BenchCase = {
	name: 'growth',
	compares: 'the cost per item for 100 to 50,000 items',

	async run({ repeat, tell }) {
		const lines: string[][] = [];
		for (const { name, measure } of JOBS) {
			await measure(SIZES[1]);
			const costs: number[] = [];
			for (const size of SIZES) {
				const times = Math.max(size > 10_000 ? 1 : repeat, Math.ceil(LEAST_ITEMS / size));
				const values: number[] = [];
				for (let time = 0; time < times; time++) values.push(await measure(size));
				costs.push(median(values));
				tell(`${name}, ${size}: ${costs[costs.length - 1].toFixed(1)} µs`);
			}
			lines.push([name, ...costs.map((cost) => `${cost.toFixed(1)} µs`)]);
		}
		const columns = ['cost per item', ...SIZES.map((size) => `${size.toLocaleString('en')} items`)];
		return { rows: [], details: [{ title: 'Growth', columns, lines }] };
	},
};

async function measureSync(count: number): Promise<number> {
	return await withSiro(async (siro) => {
		return await microsecondsEach(siro, SYNC_FIELDS, count, crmAppointments(count));
	});
}

async function measureFetch(count: number): Promise<number> {
	return await withSiro(async (siro) => {
		addLinkedRecordings(siro, count);
		return await microsecondsEach(siro, fetchParameters(count), count);
	});
}

/** The package as it is built, like anyone who uses it in code. */
function builtPackage(): { Siro: new () => INodeType; SiroApi: new () => ICredentialType } {
	return createRequire(__filename)(repositoryFolder);
}

let siros = 0;

/** Each has another token, so that the node does not pace itself because of the runs before. */
async function withSiro(measure: (siro: Simulator) => Promise<number>): Promise<number> {
	const siro = await startSimulator({ seeded: false, randomSeed: ++siros });
	try {
		return await measure(siro);
	} finally {
		await siro.stop();
	}
}

async function microsecondsEach(
	{ externalApiUrl, platformApiUrl, organizationToken }: Simulator,
	parameters: INodeParameters,
	count: number,
	input?: IDataObject[],
): Promise<number> {
	const { Siro, SiroApi } = builtPackage();
	const nodeType = new Siro();
	const credential = storeCredential(new SiroApi(), {
		organizationToken,
		externalApiUrl,
		platformApiUrl,
	});
	const { output, error, run } = await runNode({
		nodeType,
		parameters,
		credential,
		input: input?.map((json) => ({ json })),
	});
	const items = output[0]?.length ?? 0;
	if (error || items !== count) throw new Error(`${items} of ${count} came out: ${error?.message}`);
	const [{ executionTime }] = run.data.resultData.runData[nodeType.description.defaults.name ?? ''];
	return (executionTime * 1000) / count;
}

/** So many deliveries, each asked about before and remembered after. */
function measureMemory(count: number): number {
	const memory = new EmittedRecordings();
	const started = performance.now();
	for (let index = 0; index < count; index++) {
		const delivery = { recordingId: `recording-${index}`, messageId: `msg_${index}` };
		if (memory.has(delivery)) throw new Error(`Recording ${index} was remembered before it came`);
		memory.add(delivery);
	}
	return ((performance.now() - started) * 1000) / count;
}

/** What one more delivery costs when so many recordings are remembered. */
function measureSaving(count: number): number {
	const memory = new EmittedRecordings();
	for (let index = 0; index < count; index++) {
		memory.add({ recordingId: `earlier-${index}`, messageId: `msg_${index}` });
	}
	const times = 20;
	const started = performance.now();
	for (let index = 0; index < times; index++) {
		memory.add({ recordingId: `recording-${index}`, messageId: `msg_${index}` });
		JSON.stringify(memory.toText());
	}
	return ((performance.now() - started) * 1000) / times;
}
