import { UserError } from 'n8n-workflow';

/**
 * Builds a request path in which each inserted value is exactly one segment:
 * path`/v1/core/recordings/${id}/summaries`.
 *
 * Throws a `UserError` for values that would lead to another endpoint even when encoded
 * (nothing at all, `.` and `..`, which URL parsers resolve in any spelling).
 */
export function path(parts: TemplateStringsArray, ...values: string[]): string {
	return parts.reduce((built, part, index) => `${built}${segment(values[index - 1])}${part}`);
}

function segment(value: string): string {
	if (/^\s*\.{0,2}\s*$/.test(value)) {
		throw new UserError(
			value.trim() === '' ? 'An ID is empty' : `"${value.trim()}" is not a valid ID`,
			{ description: 'Choose the record from the list, or enter its ID.' },
		);
	}
	return encodeURIComponent(value.trim());
}
