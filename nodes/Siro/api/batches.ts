import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { mapConcurrently } from '../values/mapConcurrently';
import { CanceledError } from './errors';
import { halvingFor } from './handling';

/**
 * How many batches of one sync are under way at most: what a browser would open to one host. While
 * Siro answers 429, there are fewer (see `TokenLimit`).
 */
export const BATCHES_UNDER_WAY = 6;

/**
 * So many parts of batches, and none of them good, are sent to find a record at which Siro fails. Then
 * it is Siro that is at fault, and not a record. (To find one in 1,000 takes 10.)
 */
const MOST_FAILURES_IN_A_ROW = 20;

/** What became of one record: Siro's version of it, or the error that is its own. */
export type Outcome = { record: IDataObject } | { error: unknown };

/**
 * Sends records in one request and gives one outcome for each, in the same order. `isHalf`: they are
 * a part of a batch that was answered as if one of its records were at fault.
 */
export type SendRecords = (records: IDataObject[], isHalf: boolean) => Promise<Outcome[]>;

/**
 * Sends records in batches of at most `size`, several side by side, and gives one outcome for each
 * record, in the same order. A record whose external ID stands there before is sent after that one
 * has been answered, so that the last one wins. Throws when the execution is canceled.
 */
export async function sendInBatches(
	records: IDataObject[],
	size: number,
	send: SendRecords,
): Promise<Outcome[]> {
	const outcomes: Outcome[] = [];
	const sender = new BatchSender(send);
	for (const round of toRounds(records)) {
		await mapConcurrently(toBatches(round, size), BATCHES_UNDER_WAY, async (batch) => {
			const sent = await sender.send(batch.map((position) => records[position]));
			stopIfCanceled(sent);
			sent.forEach((outcome, index) => {
				outcomes[batch[index]] = outcome;
			});
		});
	}
	return outcomes;
}

/** The positions of the records; those that have an external ID for the nth time are in round n. */
function toRounds(records: IDataObject[]): number[][] {
	const rounds: number[][] = [];
	const occurrences = new Map<unknown, number>();
	records.forEach(({ externalId }, position) => {
		const number = occurrences.get(externalId) ?? 0;
		occurrences.set(externalId, number + 1);
		(rounds[number] ??= []).push(position);
	});
	return rounds;
}

function toBatches(round: number[], size: number): number[][] {
	const count = Math.ceil(round.length / size);
	return Array.from({ length: count }, (_, index) => round.slice(index * size, (index + 1) * size));
}

/**
 * Sends batches; when Siro rejects one, or fails at it, halves it until the bad records are alone. The
 * good ones go through, each bad one gets its own error.
 *
 * Failures that are not about the data (401, 503, no connection) concern all records alike.
 */
class BatchSender {
	/** Of parts that were sent alone, because Siro had failed at the whole. */
	private failuresInARow = 0;

	constructor(private readonly sendRecords: SendRecords) {}

	async send(records: IDataObject[]): Promise<Outcome[]> {
		return await this.sendIsolating(records, false);
	}

	/**
	 * A half whose sibling was flawless must be the bad one: it is halved at once, without being sent
	 * whole.
	 */
	private async sendIsolating(
		records: IDataObject[],
		isHalf: boolean,
		isKnownBad = false,
	): Promise<Outcome[]> {
		const isAlone = records.length === 1;
		if (isAlone || !isKnownBad) {
			const outcomes = await this.sendWhole(records, isHalf);
			if (isAlone || !this.isWorthHalving(outcomes)) return outcomes;
		}
		const middle = Math.ceil(records.length / 2);
		const first = await this.sendIsolating(records.slice(0, middle), true);
		const second = await this.sendIsolating(records.slice(middle), true, first.every(isGood));
		return [...first, ...second];
	}

	private async sendWhole(records: IDataObject[], isHalf: boolean): Promise<Outcome[]> {
		const outcomes = await this.attempt(records, isHalf);
		if (outcomes.some(isGood)) this.failuresInARow = 0;
		else if (isHalf && halvingOf(outcomes) === 'whileItHelps') this.failuresInARow++;
		return outcomes;
	}

	private async attempt(records: IDataObject[], isHalf: boolean): Promise<Outcome[]> {
		try {
			return await this.sendRecords(records, isHalf);
		} catch (error) {
			return records.map(() => ({ error }));
		}
	}

	private isWorthHalving(outcomes: Outcome[]): boolean {
		const halving = halvingOf(outcomes);
		if (halving === 'whileItHelps') return this.failuresInARow < MOST_FAILURES_IN_A_ROW;
		return halving === 'always';
	}
}

/** Nobody wants to read which records were not sent when they have stopped the execution. */
function stopIfCanceled(outcomes: Outcome[]): void {
	for (const outcome of outcomes) {
		if ('error' in outcome && outcome.error instanceof CanceledError) throw outcome.error;
	}
}

function isGood(outcome: Outcome): boolean {
	return 'record' in outcome;
}

/** What the table says about the answer to a request; each of its records has got the same. */
function halvingOf([outcome]: Outcome[]) {
	return 'error' in outcome && outcome.error instanceof NodeApiError
		? halvingFor(Number(outcome.error.httpCode))
		: undefined;
}
