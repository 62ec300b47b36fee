import type { IDataObject } from 'n8n-workflow';

/** What came of one request: Siro's response, or the reason why there is none. */
export type Answer =
	| { status: number; headers: IDataObject; body: unknown }
	| { status: undefined; failureCode: string; failure: string };

/** Whether a value is an object with named fields: not a list, a buffer or `null`. */
export function isRecord(value: unknown): value is IDataObject {
	return (
		typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)
	);
}

/** Whether a value is a list of records. */
export function isRecordList(value: unknown): value is IDataObject[] {
	return Array.isArray(value) && value.every(isRecord);
}

/**
 * One record. The single GETs are flat in Siro's OpenAPI document and wrapped in `data` in its
 * guide, so both are read. Gives `undefined` when the body is neither.
 */
export function readRecord(body: unknown): IDataObject | undefined {
	if (!isRecord(body)) return undefined;
	if (!('data' in body)) return body;
	return isRecord(body.data) ? body.data : undefined;
}

/** A list, bare or wrapped in `data`. Gives `undefined` when the body is neither. */
export function readList(body: unknown): IDataObject[] | undefined {
	const list = isRecord(body) ? body.data : body;
	return isRecordList(list) ? list : undefined;
}

/** One page: its records, and the cursor of the next page, if there is one. */
export interface Page {
	records: IDataObject[];
	cursor?: string;
}

/** A page of a list. Siro's cursors are strings, or numbers on the integrations endpoints. */
export function readPage(body: unknown): Page | undefined {
	const records = readList(body);
	if (records === undefined) return undefined;
	const cursor = isRecord(body) ? body.cursor : undefined;
	if (cursor === undefined || cursor === null || cursor === '') return { records };
	return { records, cursor: String(cursor) };
}
