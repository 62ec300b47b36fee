import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { halvingFor } from './handling';

/** What became of one record: Siro's version of it, or the error that is its own. */
export type Outcome = { record: IDataObject } | { error: unknown };

/** Sends records in one request and gives one outcome for each, in the same order. */
export type SendRecords = (records: IDataObject[]) => Promise<Outcome[]>;

/**
 * Cuts records into batches of at most `size`. No batch holds an external ID twice: Siro would
 * have to apply both versions in one request, and which one wins is not documented.
 */
export function toBatches(records: IDataObject[], size: number): number[][] {
	const batches: number[][] = [];
	let batch: number[] = [];
	let externalIds = new Set<unknown>();
	records.forEach(({ externalId }, index) => {
		if (batch.length >= size || externalIds.has(externalId)) {
			batches.push(batch);
			batch = [];
			externalIds = new Set();
		}
		batch.push(index);
		externalIds.add(externalId);
	});
	if (batch.length > 0) batches.push(batch);
	return batches;
}

/**
 * Sends a batch; when Siro rejects it, halves it until the bad records are alone. The good ones go
 * through, each bad one gets its own error. A half whose sibling was flawless must be the bad one:
 * it is halved at once, without being sent whole.
 *
 * Failures that are not about the data (401, 5xx, no connection) concern all records alike.
 */
export async function sendIsolating(
	records: IDataObject[],
	send: SendRecords,
	isKnownBad = false,
): Promise<Outcome[]> {
	const isAlone = records.length === 1;
	if (isAlone || !isKnownBad) {
		const outcome = await sendWhole(records, send);
		if (isAlone || !isRejected(outcome)) return outcome;
	}
	const middle = Math.ceil(records.length / 2);
	const first = await sendIsolating(records.slice(0, middle), send);
	const second = await sendIsolating(records.slice(middle), send, first.every(isGood));
	return [...first, ...second];
}

async function sendWhole(records: IDataObject[], send: SendRecords): Promise<Outcome[]> {
	try {
		return await send(records);
	} catch (error) {
		return records.map(() => ({ error }));
	}
}

function isGood(outcome: Outcome): boolean {
	return 'record' in outcome;
}

function isRejected(outcomes: Outcome[]): boolean {
	return outcomes.some(
		(outcome) =>
			'error' in outcome &&
			outcome.error instanceof NodeApiError &&
			halvingFor(Number(outcome.error.httpCode)) === 'always',
	);
}
