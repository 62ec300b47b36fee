import { UserError } from 'n8n-workflow';

/**
 * Builds a request path in which each inserted value is exactly one segment:
 * path`/v1/core/recordings/${id}/summaries`.
 *
 * Throws a `UserError` for values that would lead to another endpoint even when encoded
 * (nothing at all, `.` and `..`, which URL parsers resolve in any spelling).
 */
export function path(parts: TemplateStringsArray, ...values: unknown[]): string {
	return parts.reduce((built, part, index) => `${built}${segment(values[index - 1])}${part}`);
}

/** An expression may give a number, or nothing at all. */
function segment(value: unknown): string {
	const text = String(value ?? '').trim();
	if (/^\.{0,2}$/.test(text)) {
		throw new UserError(text === '' ? 'An ID is empty' : `"${text}" is not a valid ID`, {
			description: 'Choose the record from the list, or enter its ID.',
		});
	}
	return encodeURIComponent(text);
}
