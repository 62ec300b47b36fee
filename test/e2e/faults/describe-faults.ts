import type { INode } from 'n8n-workflow';

import type { Execution } from '../../n8n/executions';
import { itemsWithIds, rowOfNodes, START, type NodeSettings } from '../../n8n/row-of-nodes';
import { packPackage } from '../../support/package/pack';
import { startSiroAndN8n, type SiroAndN8n } from '../../n8n/siro-and-n8n';
import { busiestMinute } from './busiest-minute';
import { misbehaveAtRandom, TIMEOUT_SECONDS } from './random-faults';
import { report } from './report';

/** Siro's limit per token. */
export const MOST_REQUESTS_PER_MINUTE = 1_000;

const SHARE_OF_FAULTS = 0.3;

/** With 30 % faults one request in 1,700,000 fails 12 times; with the default of 5, one in 400. */
const PERSISTENT = { maxAttempts: 12, timeout: TIMEOUT_SECONDS };

interface Size {
	appointments: number;
	recordings: number;
	/** How many recordings are fetched one by one. */
	singles: number;
}

/** Tests that everything arrives, and nothing twice, while 30 % of all answers are faulty. */
export function describeFaults({ appointments, recordings, singles }: Size): void {
	let world: SiroAndN8n;

	beforeAll(async () => {
		world = await startSiroAndN8n({
			tarball: await packPackage(),
			simulator: { seeded: false, randomSeed: 30 },
		});
	});

	afterAll(async () => await world?.stop());

	/** Runs nodes in a row while Siro misbehaves, and prints what it took. */
	async function runAmidFaults(...nodes: NodeSettings[]): Promise<Execution> {
		const { siro, client } = world;
		siro.clearRequests();
		const faults = misbehaveAtRandom(siro, SHARE_OF_FAULTS);
		const started = Date.now();
		const workflow = await client.workflows.create(rowOfNodes('Faults', START, ...nodes));
		const execution = await client.workflows.run(workflow, { timeoutMilliseconds: 900_000 });
		siro.behave();
		report(expect.getState().currentTestName, {
			seconds: Math.round((Date.now() - started) / 1000),
			requests: siro.requests.length,
			'most requests in 60 s': busiestMinute(siro.requests),
			faults: faults(),
		});
		expect(Object.values(faults()).some((count) => count > 0)).toBe(true);
		expect(busiestMinute(siro.requests)).toBeLessThanOrEqual(MOST_REQUESTS_PER_MINUTE);
		expect(execution.error).toBeUndefined();
		return execution;
	}

	function siroNode(parameters: INode['parameters']): NodeSettings {
		return {
			name: 'Siro',
			type: 'n8n-nodes-siro.siro',
			parameters: { ...parameters, options: { ...PERSISTENT, ...optionsOf(parameters) } },
			credentials: { siroApi: world.credential },
		};
	}

	test(`a sync of ${appointments} appointments puts each into Siro once`, async () => {
		const expected = Array.from({ length: appointments }, (_, index) => `appt-${index}`);
		const execution = await runAmidFaults(
			...itemsWithIds(expected),
			siroNode({
				resource: 'engagement',
				operation: 'sync',
				externalId: '={{ $json.id }}',
				subject: '=Visit {{ $json.id }}',
				// Ten times as many requests as with the default, so that enough of them go wrong.
				options: { batchSize: 10 },
			}),
		);

		expect(execution.json('Siro').map(({ externalId }) => externalId)).toEqual(expected);
		const inSiro = world.siro.engagements.map(({ externalId, subject }) => [externalId, subject]);
		expect(inSiro.sort()).toEqual(expected.map((id) => [id, `Visit ${id}`]).sort());
	});

	describe('recordings', () => {
		let ids: string[];

		beforeAll(() => {
			ids = world.siro.addRecordings(recordings, () => ({ processed: true })).map(({ id }) => id);
		});

		test(`a list of ${recordings} recordings holds each once`, async () => {
			const execution = await runAmidFaults(
				siroNode({
					resource: 'recording',
					operation: 'getAll',
					returnAll: true,
					// Siro gives scores on small pages only, so there are enough requests to go wrong.
					include: ['evaluationScore'],
				}),
			);
			expect(execution.json('Siro').map(({ id }) => id)).toEqual([...ids].reverse());
		});

		test(`${singles} recordings fetched one by one come back in order`, async () => {
			const wanted = ids.slice(0, singles);
			const execution = await runAmidFaults(
				...itemsWithIds(wanted),
				siroNode({ resource: 'recording', operation: 'get', recordingId: '={{ $json.id }}' }),
			);
			expect(execution.json('Siro').map(({ id }) => id)).toEqual(wanted);
		});
	});
}

function optionsOf({ options }: INode['parameters']): object {
	return typeof options === 'object' ? (options ?? {}) : {};
}
