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

/** Whether a value says nothing: it was left empty, or an expression found nothing. */
export function isBlank(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return value.trim() === '';
	if (Array.isArray(value)) return value.length === 0;
	return isRecord(value) && !(value instanceof Date) && Object.keys(value).length === 0;
}

/** A list, or one text with commas, as an expression may give it. */
export function readTexts(value: unknown): string[] {
	const texts = Array.isArray(value) ? value : String(value).split(',');
	return texts.map((text) => String(text).trim()).filter((text) => text !== '');
}
