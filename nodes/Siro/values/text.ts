import { isRecord, trim } from './values';

/**
 * What a value says as a text: numbers in digits, `true` and `false` as words, moments in ISO 8601.
 * Gives `undefined` for what is no text: objects, lists, numbers that are none, and what is left of an
 * object that something else made text of.
 */
export function toText(value: unknown): string | undefined {
	switch (typeof value) {
		case 'string':
			return value.includes('[object Object]') ? undefined : trim(value);
		case 'number':
			return Number.isFinite(value) ? String(value) : undefined;
		case 'bigint':
		case 'boolean':
			return String(value);
		default:
			return toIsoText(value);
	}
}

/** A `Date`, or a Luxon `DateTime` as n8n's expressions give it. */
function toIsoText(value: unknown): string | undefined {
	if (value instanceof Date) {
		return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
	}
	if (!isRecord(value) || typeof value.toISO !== 'function') return undefined;
	const text: unknown = value.toISO();
	return typeof text === 'string' ? text : undefined;
}

const LONGEST_DESCRIPTION = 80;

/** A value as errors show it to the user: the text in quotes, or what it is instead of one. */
export function describeValue(value: unknown): string {
	if (Array.isArray(value))
		return value.length === 1 ? 'a list' : `a list of ${value.length} values`;
	const text = toText(value);
	if (text !== undefined) return `"${text.slice(0, LONGEST_DESCRIPTION)}"`;
	return isRecord(value) ? 'an object' : 'this value';
}

/** What an error says. Whatever else was thrown is taken as text. */
export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
