import type { IDataObject } from 'n8n-workflow';

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

/** Spaces of all kinds, also those that show nothing at all, which JavaScript does not count. */
const INVISIBLE = /[\u200B-\u200D\u2060]/;
const AROUND = /^[\s\u200B-\u200D\u2060]+|[\s\u200B-\u200D\u2060]+$/g;

/** A text without the white space around it. */
export function trim(text: string): string {
	return INVISIBLE.test(text) ? text.replace(AROUND, '') : text.trim();
}

/** Whether a value says nothing: it was left empty, or an expression found nothing. */
export function isBlank(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return trim(value) === '';
	if (Array.isArray(value)) return value.length === 0;
	return isRecord(value) && !(value instanceof Date) && Object.keys(value).length === 0;
}
