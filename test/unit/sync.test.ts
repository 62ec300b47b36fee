import { jsonParse, sleep, type INodeExecutionData, type INodeParameters } from 'n8n-workflow';

import { Siro } from '../../nodes/Siro/Siro.node';
import {
	inFastTime,
	recordedRequests,
	runNode,
	siroApi,
	type NodeRun,
	type NodeRunOptions,
} from '../engine';
import { createCredential } from '../operations/run-case';

// A thousand records take their time on a busy machine.
jest.setTimeout(60_000);

const ONE = '/v1/integrations/sync/engagements';
const BATCH = '/v1/integrations/sync/batch/engagements';

interface SyncedRecord {
	externalId: string;
	subject?: string;
}

/** Syncs appointments given as the items' JSON; failed ones go to the error output. */
async function sync(
	input: INodeExecutionData[],
	options: INodeParameters = {},
	settings: Partial<NodeRunOptions> = {},
): Promise<NodeRun> {
	return await runNode({
		nodeType: new Siro(),
		parameters: {
			resource: 'engagement',
			operation: 'sync',
			inputMode: 'json',
			json: '={{ $json.record }}',
			options,
		},
		input,
		credential: createCredential('organization'),
		continueOnFail: 'continueErrorOutput',
		...settings,
	});
}

const toInput = (records: unknown[]): INodeExecutionData[] =>
	records.map((record) => ({ json: { record } }) as INodeExecutionData);

const appointments = (count: number): SyncedRecord[] =>
	Array.from({ length: count }, (_, index) => ({ externalId: `appt-${index}` }));

async function recordsIn(request: Request): Promise<SyncedRecord[]> {
	return jsonParse<SyncedRecord[]>(await request.text());
}

/** Takes every batch in which none of these external IDs occurs; gives what it took, in order. */
function takeBatchesWithout(...bad: string[]): string[] {
	const taken: string[] = [];
	siroApi()
		.put(BATCH)
		.reply(async (request) => {
			const records = await recordsIn(request);
			const rejected = records.find(({ externalId }) => bad.includes(externalId));
			if (rejected) return [400, { error: `Bad record ${rejected.externalId}` }];
			taken.push(...records.map(({ externalId }) => externalId));
			const data = records.map((record) => ({ ...record, id: `of ${record.externalId}` }));
			return [200, { data }];
		})
		.persist();
	return taken;
}

const sentExternalIds = () =>
	recordedRequests().map(({ body }) =>
		Array.isArray(body) ? body.map(({ externalId }: SyncedRecord) => externalId) : body,
	);

/** Batches go side by side, so that they may be taken in another order. */
const inOrder = (externalIds: string[]) =>
	externalIds.sort((one, other) => Number(one.slice(5)) - Number(other.slice(5)));

const idsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.externalId);

const pairedItemsOf = (items: INodeExecutionData[]) => items.map(({ pairedItem }) => pairedItem);

const errorsOf = (items: INodeExecutionData[]) => items.map(({ json }) => json.error);

describe('a batch that Siro rejects', () => {
	const bad = ['appt-7', 'appt-555', 'appt-556'];
	const isBad = ({ externalId }: SyncedRecord) => bad.includes(externalId);
	const records = appointments(1000);
	const good = records.filter((record) => !isBad(record)).map(({ externalId }) => externalId);

	test('is halved until the bad records are alone; the good ones go through, in order', async () => {
		const taken = takeBatchesWithout(...bad);

		const { output, error } = await sync(toInput(records), { batchSize: 100 });

		expect(error).toBeUndefined();
		expect(inOrder(taken)).toEqual(good);
		expect(idsOf(output[0])).toEqual(good);
		expect(output[0][0].json).toEqual({ externalId: 'appt-0', id: 'of appt-0' });
		expect(pairedItemsOf(output[0])).toEqual(
			good.map((externalId) => ({ item: Number(externalId.slice('appt-'.length)) })),
		);
		expect(errorsOf(output[1])).toEqual(
			bad.map(
				(externalId) =>
					`Could not sync an appointment: Siro rejected the data: Bad record ${externalId}`,
			),
		);
		expect(pairedItemsOf(output[1])).toEqual([{ item: 7 }, { item: 555 }, { item: 556 }]);
		expect(recordedRequests().length).toBeLessThanOrEqual(60);
	});

	test('fails the node only after all good records are safe, and names every bad one', async () => {
		const taken = takeBatchesWithout(...bad);

		const { output, error, status } = await sync(
			toInput(records),
			{ batchSize: 100 },
			{ continueOnFail: 'stop' },
		);

		expect(inOrder(taken)).toEqual(good);
		expect(output).toEqual([]);
		expect(status).toBe('error');
		expect(error?.message).toBe(
			'Could not sync an appointment for 3 of 1000 items; the other 997 went through',
		);
		expect(error?.description?.split('\n')).toEqual([
			'Item 7: Could not sync an appointment: Siro rejected the data: Bad record appt-7',
			'Item 555: Could not sync an appointment: Siro rejected the data: Bad record appt-555',
			'Item 556: Could not sync an appointment: Siro rejected the data: Bad record appt-556',
			expect.stringContaining('On Error'),
		]);
		expect(error).toHaveProperty('context.itemIndex', 7);
	});

	test('names the first twenty when there are many', async () => {
		const records = appointments(25);
		takeBatchesWithout(...records.map(({ externalId }) => externalId));

		const { error } = await sync(toInput(records), { batchSize: 1 }, { continueOnFail: 'stop' });

		expect(error?.message).toMatch(/for 25 of 25 items; the other 0 went through$/);
		expect(error?.description).toContain('Item 19: ');
		expect(error?.description).not.toContain('Item 20: ');
		expect(error?.description).toContain('… and 5 more');
	});

	test('gives the error of the record itself when only one is bad', async () => {
		const taken = takeBatchesWithout('appt-2');

		const { error } = await sync(toInput(appointments(4)), {}, { continueOnFail: 'stop' });

		expect(taken).toEqual(['appt-0', 'appt-1', 'appt-3']);
		expect(error?.message).toBe(
			'Could not sync an appointment: Siro rejected the data: Bad record appt-2',
		);
	});

	test('does not send a half whole when only that one can be bad', async () => {
		takeBatchesWithout('appt-3');

		await sync(toInput(appointments(4)));

		expect(sentExternalIds()).toEqual([
			['appt-0', 'appt-1', 'appt-2', 'appt-3'],
			['appt-0', 'appt-1'],
			['appt-2'],
			['appt-3'],
		]);
	});
});

describe('a record that cannot be read', () => {
	test('fails alone and is not sent', async () => {
		const taken = takeBatchesWithout();

		const { output } = await sync(
			toInput([
				{ externalId: 'appt-0', startTime: '2026-02-15T14:00:00Z' },
				{ externalId: 'appt-1', startTime: '02/03/2026' },
				{ subject: 'No ID' },
				[{ externalId: 'appt-3' }],
				'{ "externalId": "appt-4" ',
				'"appt-5"',
				{ externalId: 'appt-6' },
			]),
		);

		expect(taken).toEqual(['appt-0', 'appt-6']);
		expect(idsOf(output[0])).toEqual(['appt-0', 'appt-6']);
		expect(pairedItemsOf(output[0])).toEqual([{ item: 0 }, { item: 6 }]);
		expect(errorsOf(output[1])).toEqual([
			'Could not sync an appointment: Start Time: "02/03/2026" is not a clear date and time',
			'Could not sync an appointment: External ID is empty',
			'Could not sync an appointment: JSON is a list, but each item takes one object',
			'Could not sync an appointment: JSON cannot be read: check quotes, commas and brackets',
			'Could not sync an appointment: JSON is not an object',
		]);
		expect(pairedItemsOf(output[1])).toEqual([1, 2, 3, 4, 5].map((item) => ({ item })));
	});

	test('leaves the endpoint for one record to the only other one', async () => {
		siroApi()
			.put(ONE, { externalId: 'appt-1' })
			.reply(200, { data: { externalId: 'appt-1' } });

		const { output } = await sync(toInput([{}, { externalId: 'appt-1' }]));

		expect(output[0]).toMatchObject([{ json: { externalId: 'appt-1' }, pairedItem: { item: 1 } }]);
		expect(output[1]).toMatchObject([{ pairedItem: { item: 0 } }]);
	});

	test('sends nothing when no record can be read', async () => {
		const { output } = await sync(toInput([{}, {}]));

		expect(output[1]).toHaveLength(2);
		expect(recordedRequests()).toEqual([]);
	});
});

describe('the same external ID several times', () => {
	test('goes into several requests, in order', async () => {
		takeBatchesWithout();

		const { output } = await sync(
			toInput([
				{ externalId: 'appt-1', subject: 'old' },
				{ externalId: 2 },
				{ externalId: 'appt-1', subject: 'new' },
				{ externalId: '2' },
			]),
		);

		expect(sentExternalIds()).toEqual([
			['appt-1', '2'],
			['appt-1', '2'],
		]);
		expect(output[0].map(({ json }) => json.subject)).toEqual(['old', undefined, 'new', undefined]);
	});

	test('keeps the others from nothing: one row per rep takes as many requests as reps', async () => {
		takeBatchesWithout();
		const rows = appointments(100).flatMap((appointment) => [
			{ ...appointment, subject: 'first rep' },
			{ ...appointment, subject: 'second rep' },
		]);

		const { output } = await sync(toInput(rows));

		expect(recordedRequests()).toHaveLength(2);
		expect(output[0].map(({ json }) => json.subject)).toEqual(rows.map(({ subject }) => subject));
	});
});

describe('batches side by side', () => {
	/** Takes all batches, each after a while; the earlier, the longer it takes. */
	const takeSlowly = () => {
		const underWay = new Set<string[]>();
		const seen = { most: 0, twice: [] as string[] };
		let wait = 300;
		siroApi()
			.put(BATCH)
			.reply(async (request) => {
				const data = await recordsIn(request);
				const externalIds = data.map(({ externalId }) => externalId);
				const others = [...underWay].flat();
				seen.twice.push(...externalIds.filter((externalId) => others.includes(externalId)));
				underWay.add(externalIds);
				seen.most = Math.max(seen.most, underWay.size);
				await sleep((wait = Math.max(10, wait - 30)));
				underWay.delete(externalIds);
				return [200, { data }];
			})
			.persist();
		return seen;
	};

	test('are six at most, and the items come out in order', async () => {
		const seen = takeSlowly();
		const records = appointments(40);

		const { output } = await sync(toInput(records), { batchSize: 2 });

		expect(idsOf(output[0])).toEqual(records.map(({ externalId }) => externalId));
		expect(seen.most).toBe(6);
	});

	test('are fewer while Siro does not take so many, and all of them go in', async () => {
		let underWay = 0;
		siroApi()
			.put(BATCH)
			.reply(async (request) => {
				const data = await recordsIn(request);
				if (underWay >= 2) return [429, 'Too many'];
				underWay++;
				await sleep(200);
				underWay--;
				return [200, { data }];
			})
			.persist();

		const { result } = await inFastTime(
			async () => await sync(toInput(appointments(80)), { batchSize: 2 }),
		);

		expect(result.output[0]).toHaveLength(80);
		expect(recordedRequests().length).toBeLessThan(40 * 2);
	});

	test('never hold the same external ID, and its last row comes last', async () => {
		const seen = takeSlowly();
		const rows = [...appointments(10), ...appointments(10), ...appointments(10)].map(
			(record, index) => ({ ...record, subject: `version ${Math.floor(index / 10)}` }),
		);

		await sync(toInput(rows), { batchSize: 3 });

		expect(seen.twice).toEqual([]);
		const sent = recordedRequests().flatMap(({ body }) => body as SyncedRecord[]);
		const last = new Map(sent.map(({ externalId, subject }) => [externalId, subject]));
		expect([...last.values()]).toEqual(Array(10).fill('version 2'));
	});
});

describe('a sync that somebody stops', () => {
	test.each(['stop', 'continueErrorOutput'] as const)(
		'says so, and sends nothing more (on error: %s)',
		async (continueOnFail) => {
			const cancellation = new AbortController();
			siroApi()
				.put(BATCH)
				.reply(async (request) => {
					const data = await recordsIn(request);
					if (data[0].externalId === 'appt-40') cancellation.abort();
					return [200, { data }];
				})
				.persist();

			const { error, status } = await sync(
				toInput(appointments(200)),
				{ batchSize: 2 },
				{ continueOnFail, signal: cancellation.signal },
			);

			expect(status).toBe('canceled');
			expect(error?.message ?? 'The execution was canceled').toBe('The execution was canceled');
			expect(recordedRequests().length).toBeLessThan(30);
		},
	);
});

describe('a record at which Siro fails with 500', () => {
	/** Fails for each batch in which one of these external IDs occurs. */
	const failAt = (...bad: string[]) => {
		const taken: string[] = [];
		siroApi()
			.put(BATCH)
			.reply(async (request) => {
				const data = await recordsIn(request);
				if (data.some(({ externalId }) => bad.includes(externalId))) return [500, 'Oops'];
				taken.push(...data.map(({ externalId }) => externalId));
				return [200, { data }];
			})
			.persist();
		return taken;
	};

	const syncFast = async (count: number, options: INodeParameters = {}) => {
		const { result, elapsed } = await inFastTime(
			async () => await sync(toInput(appointments(count)), options),
		);
		return { ...result, elapsed };
	};

	test.each([[['appt-63']], [['appt-0', 'appt-99']], [['appt-20', 'appt-21', 'appt-22']]])(
		'is named, and the others go in: %s',
		async (bad) => {
			const taken = failAt(...bad);

			const { output, elapsed } = await syncFast(100);

			expect(taken).toHaveLength(100 - bad.length);
			expect(pairedItemsOf(output[1])).toEqual(
				bad.map((externalId) => ({ item: Number(externalId.slice(5)) })),
			);
			expect(errorsOf(output[1])[0]).toBe(
				'Could not sync an appointment: something went wrong inside Siro (status 500)',
			);
			expect(output[1][0].json.details).toMatch(/^If other records go in and this one does not/);
			expect(recordedRequests().length).toBeLessThan(60);
			expect(elapsed).toBeLessThan(35_000);
		},
	);

	test('is not looked for without end when Siro fails at all', async () => {
		const count = 1_000;
		failAt(...appointments(count).map(({ externalId }) => externalId));

		const { output, elapsed } = await syncFast(count);

		expect(output[1]).toHaveLength(count);
		// The attempts of ten batches, and what it takes to see that no record is better than another.
		expect(recordedRequests().length).toBeLessThan(200);
		expect(elapsed).toBeLessThan(40_000);
	});
});

describe('an answer that is not what Siro promises', () => {
	test('lacks a record: only that one fails', async () => {
		siroApi()
			.put(BATCH)
			.reply(200, { data: [{ externalId: 'appt-2' }, { externalId: 'appt-0' }] });

		const { output } = await sync(toInput(appointments(3)));

		expect(idsOf(output[0])).toEqual(['appt-0', 'appt-2']);
		expect(errorsOf(output[1])).toEqual([
			expect.stringContaining('expected Siro’s version of "appt-1" among the answers'),
		]);
		expect(pairedItemsOf(output[1])).toEqual([{ item: 1 }]);
	});

	test.each([
		['HTML', 'text/html', '<!DOCTYPE html><title>Sign in</title>', 'a web page titled "Sign in"'],
		['truncated', 'application/json', '{"data":[{"externalId"', 'text that is not complete JSON'],
		['not a list', 'application/json', '{"data":{"id":"1"}}', 'an object of another shape'],
		['empty', 'application/json', '', 'nothing'],
	])('is %s: every record fails with what came instead', async (_title, type, body, got) => {
		siroApi().put(BATCH).reply(200, body, { 'content-type': type }).persist();

		const { output, error } = await sync(toInput(appointments(3)), { maxAttempts: 1 });

		expect(error).toBeUndefined();
		expect(output[0]).toEqual([]);
		expect(errorsOf(output[1])).toEqual(
			Array(3).fill(
				`Could not sync an appointment: Siro’s answer is not in the documented format: expected a list of records, got ${got}`,
			),
		);
		// What went in is not known, so nothing is taken apart and sent once more.
		expect(recordedRequests()).toHaveLength(1);
	});
});

describe('a failure that is not about the data', () => {
	test('concerns its own batch only, and is not taken for bad records', async () => {
		const failing = ['appt-2', 'appt-3'];
		siroApi()
			.put(BATCH)
			.reply(async (request) => {
				const data = await recordsIn(request);
				return failing.includes(data[0].externalId) ? [503, 'Busy'] : [200, { data }];
			})
			.persist();

		const { output } = await sync(toInput(appointments(6)), { batchSize: 2, maxAttempts: 1 });

		expect(idsOf(output[0])).toEqual(['appt-0', 'appt-1', 'appt-4', 'appt-5']);
		expect(errorsOf(output[1])).toEqual(
			Array(2).fill('Could not sync an appointment: something went wrong inside Siro (status 503)'),
		);
		expect(pairedItemsOf(output[1])).toEqual([{ item: 2 }, { item: 3 }]);
		expect(sentExternalIds()).toEqual([
			['appt-0', 'appt-1'],
			['appt-2', 'appt-3'],
			['appt-4', 'appt-5'],
		]);
	});

	test('is waited out when it passes: a sync may be sent twice', async () => {
		siroApi().put(BATCH).times(2).reply(503, 'Busy');
		takeBatchesWithout();

		const { result } = await inFastTime(async () => await sync(toInput(appointments(2))));

		expect(idsOf(result.output[0])).toEqual(['appt-0', 'appt-1']);
		expect(sentExternalIds()).toEqual(Array(3).fill(['appt-0', 'appt-1']));
	});
});
