import { tryToParseDateTime, UserError } from 'n8n-workflow';

/** In milliseconds. */
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const DATE = '\\d{4}-\\d{2}-\\d{2}';
const TIME = '\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?';
const ZONE = '\\s*(?:Z|[+-](?:0\\d|1[0-4])(?::?\\d{2})?)';
const ISO_OR_SQL = new RegExp(`^${DATE}(?:[T ]${TIME}(?:${ZONE})?)?$`, 'i');
/** E-mail and HTTP dates, "Sun, 15 Feb 2026 14:00:00 GMT": their zone is always there. */
const WITH_MONTH_NAME = /^(?:\w{3},\s*)?\d{1,2}\s+\w{3}\s+\d{4}\s+[\d:]+\s+(?:GMT|UTC|[+-]\d{4})$/i;
/** Fewer digits would be seconds, or a day in the seventies. */
const EPOCH_MILLISECONDS = /^\d{12,14}$/;
const DAY = /^\d{4}-\d{2}-(?<iso>\d{2})|(?<named>\d{1,2})\s+\w{3}\s+\d{4}/;

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
	const text = String(value ?? '').trim();
	throw new UserError(
		text === '' ? `${field} is empty` : `${field}: "${text}" is not a clear date and time`,
		{
			description:
				'Write it like 2026-02-15T14:00 (in the workflow’s time zone), 2026-02-15T14:00:00Z or 2026-02-15T14:00:00-05:00, or pass a date from an expression.',
		},
	);
}

/** The same for a filter, which may have been left empty. */
export function toOptionalInstant(
	value: unknown,
	timeZone: string,
	field: string,
): string | undefined {
	return value === undefined || value === null || value === ''
		? undefined
		: toInstant(value, timeZone, field);
}

function parse(value: unknown, timeZone: string): string | undefined {
	const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
	if (EPOCH_MILLISECONDS.test(text)) return new Date(Number(text)).toISOString();
	const isMoment = typeof value === 'object' && !Array.isArray(value);
	if (!isMoment && !isClear(text)) return undefined;
	try {
		return (
			tryToParseDateTime(isMoment ? value : text, timeZone)
				.toUTC()
				.toISO() ?? undefined
		);
	} catch {
		return undefined;
	}
}

function isClear(text: string): boolean {
	return (ISO_OR_SQL.test(text) || WITH_MONTH_NAME.test(text)) && namesDay(text);
}

/** Whether its day exists: 30 February would be read as 2 March, in the time zone of the server. */
function namesDay(text: string): boolean {
	const { 0: day, groups } = DAY.exec(text) ?? {};
	return new Date(`${day} UTC`).getUTCDate() === Number(groups?.iso ?? groups?.named);
}
