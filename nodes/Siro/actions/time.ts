import { tryToParseDateTime, UserError } from 'n8n-workflow';

const DATE = '\\d{4}-\\d{2}-\\d{2}';
const TIME = '\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?';
const ZONE = '\\s*(?:Z|[+-]\\d{2}(?::?\\d{2})?)';
const ISO_OR_SQL = new RegExp(`^${DATE}(?:[T ]${TIME}(?:${ZONE})?)?$`, 'i');
/** E-mail and HTTP dates, "Sun, 15 Feb 2026 14:00:00 GMT": their zone is always there. */
const WITH_MONTH_NAME = /^(?:\w{3},\s*)?\d{1,2}\s+\w{3}\s+\d{4}\s+[\d:]+\s+(?:GMT|UTC|[+-]\d{4})$/i;
const EPOCH_MILLISECONDS = /^\d{12,14}$/;

/**
 * Gives a point in time as Siro wants it: ISO 8601 in UTC with milliseconds.
 *
 * Takes text with an offset, text without a zone (then it means `timeZone`, an IANA name), a `Date`,
 * a Luxon `DateTime`, or milliseconds since 1970. Anything else, such as "02/03/2026" (February or
 * March?), is refused with a `UserError` that names the field, rather than guessed.
 */
export function toInstant(value: unknown, timeZone: string, field: string): string {
	const instant = parse(value, timeZone);
	if (instant !== undefined) return instant;
	throw new UserError(`${field}: "${String(value)}" is not a clear date and time`, {
		description:
			'Write it like 2026-02-15T14:00 (in the workflow’s time zone), 2026-02-15T14:00:00Z or 2026-02-15T14:00:00-05:00, or pass a date from an expression.',
	});
}

function parse(value: unknown, timeZone: string): string | undefined {
	const text = typeof value === 'string' ? value.trim() : value;
	if (typeof text === 'number' || (typeof text === 'string' && EPOCH_MILLISECONDS.test(text))) {
		const date = new Date(Number(text));
		return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
	}
	if (typeof text === 'string' && !ISO_OR_SQL.test(text) && !WITH_MONTH_NAME.test(text)) {
		return undefined;
	}
	try {
		return tryToParseDateTime(text, timeZone).toUTC().toISO() ?? undefined;
	} catch {
		return undefined;
	}
}
