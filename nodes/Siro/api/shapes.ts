import type { IDataObject } from 'n8n-workflow';

import { isBlank, isRecord, isRecordList } from '../values/values';

/**
 * One record. The single GETs are flat in Siro's OpenAPI document and wrapped in `data` in its
 * guide, so both are read. Gives `undefined` when the body is neither.
 */
export function readRecord(body: unknown): IDataObject | undefined {
	if (!isRecord(body)) return undefined;
	if (!('data' in body)) return body;
	return isRecord(body.data) ? body.data : undefined;
}

/**
 * A list, bare or wrapped in `data`. That of the mobile events is a list of lists in Siro's OpenAPI
 * document, which are put together. Gives `undefined` when the body is no list.
 */
export function readList(body: unknown): IDataObject[] | undefined {
	const list = isRecord(body) ? body.data : body;
	if (!Array.isArray(list)) return undefined;
	const records: unknown[] = list.flat();
	return isRecordList(records) ? records : undefined;
}

/**
 * Whether an answer says that nothing was done, whatever its status: the links of a recording may
 * answer 200 with `{error, details}` (platform-api.openapi.json, PUT /v1/core/recordings/{id}/link).
 */
export function isRefusal(body: unknown): boolean {
	return isRecord(body) && typeof body.error === 'string' && !('data' in body);
}

/**
 * Whether Siro did what it was asked to do. Deletions answer with a bare `true`, the deletion of
 * missing appointments with `{data: {success: true}}`. Gives `undefined` when the body is neither.
 */
export function readConfirmation(body: unknown): boolean | undefined {
	const answer = isRecord(body) && 'data' in body ? body.data : body;
	const isDone = isRecord(answer) ? answer.success : answer;
	return typeof isDone === 'boolean' ? isDone : undefined;
}

/** One page: its records, and the cursor of the next page, if there is one. */
export interface Page {
	records: IDataObject[];
	cursor?: string;
	/** The record that the list stands in, when it has a name of its own there. */
	container?: IDataObject;
}

/**
 * A page of a list. The list stands in `data`, or in `data` under a name of its own.
 */
export function readPage(body: unknown, listName?: string): Page | undefined {
	const container = listName === undefined ? undefined : readRecord(body);
	const records = readList(listName === undefined ? body : container?.[listName]);
	if (records === undefined) return undefined;
	const cursor = readCursor(body);
	return { records, container, ...(cursor === undefined ? {} : { cursor }) };
}

/**
 * The cursor of the next page: a text, or a number on the integrations endpoints. It stands beside
 * `data`, or inside (GET /v1/sessions of the platform API, and GET /v1/core/followups as integrators
 * saw it); what says `hasNextPage: false` is the last page, even with a cursor.
 */
function readCursor(body: unknown): string | undefined {
	const places = isRecord(body) ? [body, body.data].filter(isRecord) : [];
	if (places.some(({ hasNextPage }) => hasNextPage === false)) return undefined;
	const cursors = places.flatMap(({ cursor, nextCursor }) => [cursor, nextCursor]);
	const next = cursors.find(
		(cursor) => typeof cursor === 'number' || (typeof cursor === 'string' && !isBlank(cursor)),
	);
	return next === undefined ? undefined : String(next);
}
