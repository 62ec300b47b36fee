import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { BATCHES_UNDER_WAY, sendInBatches, type Outcome } from '../api/batches';
import { SiroClient } from '../api/client';
import type { SiroConnection } from '../api/connection';
import { malformedAnswerError } from '../api/errors';
import type { SiroRequest } from '../api/request';
import type { OperationItem } from '../runner/operation';
import { withExternalId } from './record';

/** How many records go into one request unless the user says otherwise. */
const BATCH_SIZE = 100;

export const BATCH_SIZE_OPTION: INodeProperties = {
	displayName: 'Batch Size',
	name: 'batchSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 1000, numberPrecision: 0 },
	default: BATCH_SIZE,
	description: `How many records to send to Siro in one request; up to ${BATCHES_UNDER_WAY} requests run at a time. Usually there is no need to change this.`,
};

interface Sync {
	/** The endpoint for one record. */
	path: string;
	/** The endpoint for several. */
	batchPath: string;
	/** Reads the record of an item from its parameters. */
	read: (item: OperationItem) => IDataObject | Promise<IDataObject>;
	/** What to give for a record that was sent, where Siro does not answer with its version of it. */
	toOutput?: (record: IDataObject) => IDataObject;
}

/**
 * Puts the records of all items into Siro: a single one through the endpoint for one record, several
 * in batches. A record that cannot be read, or that Siro rejects, gets its own error; all others
 * go through. Gives one outcome per item, in the items' order.
 */
export async function syncRecords(
	items: OperationItem[],
	siro: SiroConnection,
	action: string,
	sync: Sync,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	const records: IDataObject[] = [];
	const positions: number[] = [];
	for (const item of items) {
		try {
			records.push(await readRecord(item, sync));
			positions.push(item.index);
		} catch (error) {
			outcomes[item.index] = { error };
		}
	}

	const client = new SiroClient(siro, { action });
	const batchSize = items[0]?.parameter<number>('options.batchSize', BATCH_SIZE) ?? BATCH_SIZE;
	const isSingle = records.length === 1;
	const sent = await sendInBatches(records, batchSize, async (part, isHalf) =>
		isSingle ? await sendOne(client, part[0], sync) : await send(client, part, isHalf, sync),
	);
	sent.forEach((outcome, index) => {
		outcomes[positions[index]] = outcome;
	});
	return outcomes;
}

async function readRecord(item: OperationItem, { read }: Sync): Promise<IDataObject> {
	return withExternalId(await read(item));
}

async function sendOne(
	siro: SiroClient,
	record: IDataObject,
	{ path, toOutput }: Sync,
): Promise<Outcome[]> {
	const request: SiroRequest = { method: 'PUT', path, body: record };
	if (toOutput === undefined) return [{ record: await siro.record(request) }];
	await siro.acknowledge(request);
	return [{ record: toOutput(record) }];
}

/** Siro answers with its versions of the records; they are matched by external ID. */
async function send(
	siro: SiroClient,
	records: IDataObject[],
	isHalf: boolean,
	{ batchPath, toOutput }: Sync,
): Promise<Outcome[]> {
	const request: SiroRequest = { method: 'PUT', path: batchPath, body: records, isHalf };
	if (toOutput !== undefined) {
		await siro.acknowledge(request);
		return records.map((record) => ({ record: toOutput(record) }));
	}
	const answers = await siro.list(request);
	const answersById = new Map(answers.map((answer) => [answer.externalId, answer]));
	return records.map(({ externalId }) => {
		const record = answersById.get(externalId);
		if (record) return { record };
		const expected = `Siro’s version of "${String(externalId)}" among the answers`;
		return { error: malformedAnswerError(siro.node, siro.failure(request), answers, expected) };
	});
}
