import { UserError } from 'n8n-workflow';

/** Siro's IDs have 36 characters at most; what is much longer is something else. */
const LONGEST_ID = 1000;

/**
 * Builds a request path in which each inserted value is exactly one segment:
 * path`/v1/core/recordings/${id}/summaries`.
 *
 * Throws a `UserError` for values that would lead to another endpoint even when encoded
 * (nothing at all, `.` and `..`, which URL parsers resolve in any spelling), and for what no ID is.
 */
export function path(parts: TemplateStringsArray, ...values: unknown[]): string {
	return parts.reduce((built, part, index) => `${built}${segment(values[index - 1])}${part}`);
}

/** An expression may give a number, or nothing at all. */
function segment(value: unknown): string {
	const text = String(value ?? '').trim();
	const fault = findFault(text);
	if (fault === undefined) return encodeURIComponent(text);
	throw new UserError(fault, {
		description: 'Choose the record from the list, or enter its ID.',
	});
}

function findFault(text: string): string | undefined {
	if (text === '') return 'An ID is empty';
	if (text.length > LONGEST_ID) return `An ID of ${text.length} characters is not a valid ID`;
	// Half of a character (a lone surrogate) cannot be encoded.
	if (/^\.{1,2}$/.test(text) || /\p{Surrogate}/u.test(text)) return `"${text}" is not a valid ID`;
	return undefined;
}
