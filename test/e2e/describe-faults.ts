import type { INode } from 'n8n-workflow';

import type { Execution } from '../n8n/executions';
import { itemsWithIds, rowOfNodes, siroNode, START, type NodeSettings } from '../n8n/row-of-nodes';
import { packPackage } from '../support/package/pack';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import type { ActiveMisbehaviour, Misbehaviour, RecordedRequest, Simulator } from '../siro';
import { report } from './report';

/** Siro's limit per token. */
export const MOST_REQUESTS_PER_MINUTE = 1_000;

const MINUTE_MS = 60_000;
const SHARE_OF_FAULTS = 0.3;

/** How long a request may take, and how long a delayed answer takes. */
const TIMEOUT_SECONDS = 5;
const TOO_LONG_MS = 7_000;

/** All that can go wrong between Siro and us, each as likely as the next. */
const FAULTS: Record<string, () => Misbehaviour> = {
	'429': () => ({ status: 429 }),
	'429 with Retry-After in seconds': () => ({ status: 429, headers: { 'Retry-After': '1' } }),
	'429 with Retry-After as a date': () => ({
		status: 429,
		headers: { 'Retry-After': new Date(Date.now() + 2_000).toUTCString() },
	}),
	'500': () => ({ status: 500 }),
	'502 with an HTML page': () => ({ status: 502, html: true }),
	'503 with Retry-After': () => ({ status: 503, headers: { 'Retry-After': '1' } }),
	'504 as plain text': () => ({ status: 504, body: 'upstream request timeout' }),
	'a reset before Siro acts': () => ({ reset: true }),
	'a reset after Siro acted': () => ({ reset: true, afterwards: true }),
	'an answer too late': () => ({ delayMs: TOO_LONG_MS }),
	'half an answer': () => ({ truncate: true }),
	'a connection cut in mid-answer': () => ({ cut: true }),
};

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
		const faults = misbehaveAtRandom(siro);
		const started = Date.now();
		const workflow = await client.workflows.create(rowOfNodes('Faults', START, ...nodes));
		const execution = await client.workflows.run(workflow, 900_000);
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

	/** A Siro node that does not give up soon. */
	const persistent = (parameters: INode['parameters'], options = {}) =>
		siroNode(world.credential, { ...parameters, options: { ...PERSISTENT, ...options } });

	test(`a sync of ${appointments} appointments puts each into Siro once`, async () => {
		const expected = Array.from({ length: appointments }, (_, index) => `appt-${index}`);
		const execution = await runAmidFaults(
			...itemsWithIds(expected),
			persistent(
				{
					resource: 'engagement',
					operation: 'sync',
					externalId: '={{ $json.id }}',
					subject: '=Visit {{ $json.id }}',
				},
				// Ten times as many requests as with the default, so that enough of them go wrong.
				{ batchSize: 10 },
			),
		);

		expect(execution.json('Siro').map(({ externalId }) => externalId)).toEqual(expected);
		const inSiro = world.siro.state.engagements
			.living()
			.map(({ externalId, subject }) => [externalId, subject]);
		expect(inSiro.sort()).toEqual(expected.map((id) => [id, `Visit ${id}`]).sort());
	});

	describe('recordings', () => {
		let ids: string[];

		beforeAll(() => {
			ids = world.siro.addRecordings(recordings, () => ({ processed: true })).map(({ id }) => id);
		});

		test(`a list of ${recordings} recordings holds each once`, async () => {
			const execution = await runAmidFaults(
				persistent({
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
				persistent({ resource: 'recording', operation: 'get', recordingId: '={{ $json.id }}' }),
			);
			expect(execution.json('Siro').map(({ id }) => id)).toEqual(wanted);
		});
	});
}

/**
 * Makes a share of all requests go wrong, by chance from the simulator's seed, until `siro.behave()`.
 * Gives how often each fault happened.
 */
function misbehaveAtRandom(siro: Simulator): () => Record<string, number> {
	const each = SHARE_OF_FAULTS / Object.keys(FAULTS).length;
	const active: Array<[string, ActiveMisbehaviour]> = [];
	for (const [name, fault] of Object.entries(FAULTS)) {
		// The simulator asks one rule after the other, so a later one is asked more seldom.
		const probability = each / (1 - each * active.length);
		active.push([name, siro.misbehave({ ...fault(), probability })]);
	}
	return () => Object.fromEntries(active.map(([name, { count }]) => [name, count]));
}

/** The most requests that arrived within any 60 seconds. */
export function busiestMinute(requests: readonly RecordedRequest[]): number {
	const arrivals = requests.map(({ at }) => at.getTime()).sort((one, other) => one - other);
	let first = 0;
	return arrivals.reduce((most, arrival, last) => {
		while (arrivals[first] <= arrival - MINUTE_MS) first++;
		return Math.max(most, last - first + 1);
	}, 0);
}
