import { tryToParseDateTime, UserError } from 'n8n-workflow';

import { describeValue, toText } from './text';
import { isBlank, trim } from './values';

/** In milliseconds. */
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

const DATE = '\\d{4}-\\d{2}-\\d{2}';
const TIME = '\\d{2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?';
const ZONE = '\\s*(?:Z|[+-](?:0\\d|1[0-4])(?::?\\d{2})?)';
const WITH_ZONE = new RegExp(`${TIME}${ZONE}$`, 'i');
const ISO_OR_SQL = new RegExp(`^${DATE}(?:[T ]${TIME}(?:${ZONE})?)?$`, 'i');
/** Email and HTTP dates, "Sun, 15 Feb 2026 14:00:00 GMT": their zone is always there. */
const WITH_MONTH_NAME = new RegExp(
	`^(?:\\w{3},\\s*)?\\d{1,2}\\s+\\w{3}\\s+\\d{4}\\s+${TIME}\\s+(?:GMT|UTC|[+-]\\d{4})$`,
	'i',
);
/** The years 2001 to 2286. Other digits would be seconds, or a date and time without separators. */
const EPOCH_MILLISECONDS = /^\d{13}$/;
const DAY = /^\d{4}-\d{2}-(?<iso>\d{2})|(?<named>\d{1,2})\s+\w{3}\s+\d{4}/;

/** Other ways to write what is clear, and how it is written in the ways above. */
const SAME_IN_OTHER_WORDS: Array<[RegExp, string]> = [
	// ISO 8601 in its short form, as calendars have it: "20260215T140000Z".
	[/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(?=\D|$)/i, '$1-$2-$3T$4:$5:$6'],
	[/(T\d\d:\d\d):(?!\d)/i, '$1'],
	// "2026-02-15 14:00:00 UTC", "2026-02-15 14:00:00 +0000 UTC".
	[/^(\d{4}-.*[+-]\d{4}) (?:UTC|GMT)$/i, '$1'],
	[/^(\d{4}-.*\d)\s*(?:UTC|GMT)$/i, '$1Z'],
	// Java adds the name of the zone to its offset: "…+01:00[Europe/Berlin]".
	[/^(.*(?:Z|[+-]\d\d:?\d\d))\[[\w/+-]+\]$/i, '$1'],
	// A JavaScript date as text: "Sun Feb 15 2026 14:00:00 GMT+0100 (Central European Standard Time)".
	[/^\w{3} (\w{3}) (\d\d) (\d{4}) (\d\d:\d\d:\d\d) GMT([+-]\d{4})(?: \(.*\))?$/, '$2 $1 $3 $4 $5'],
];

/** What MySQL and .NET give for a date that is not set: "0000-00-00 00:00:00", "0001-01-01T00:00:00". */
export function isNoDate(value: unknown): boolean {
	return /^(?:0000-00-00|0001-01-01)/.test(toText(value) ?? '');
}

/** Whether a text ends in a time with its time zone, "14:00Z" or "14:00:00-05:00". */
export function hasTimeZone(text: string): boolean {
	return WITH_ZONE.test(text);
}

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
	throw new UserError(
		isBlank(value)
			? `${field} is empty`
			: `${field}: ${describeValue(value)} is not a clear date and time`,
		{
			description:
				'Use a form like 2026-02-15T14:00 (in the workflow’s time zone), 2026-02-15T14:00:00Z or 2026-02-15T14:00:00-05:00. n8n’s Date & Time node can convert yours.',
		},
	);
}

function parse(value: unknown, timeZone: string): string | undefined {
	const given = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
	const text = SAME_IN_OTHER_WORDS.reduce(
		(rest, [pattern, replacement]) => rest.replace(pattern, replacement),
		trim(given),
	);
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

/**
 * The month that a moment falls in, or one some months away from it, in a time zone (IANA name): from its
 * first to its last millisecond (ISO 8601 in UTC).
 */
export function monthAround(
	moment: Date,
	monthsAway: number,
	timeZone: string,
): { startAt: string; endAt: string } {
	const format = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric', month: 'numeric' });
	const numbers = new Map(
		format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
	);
	const beginOf = (away: number) => {
		const month = (numbers.get('year') ?? NaN) * 12 + (numbers.get('month') ?? NaN) - 1 + away;
		const digits = String((month % 12) + 1).padStart(2, '0');
		return toInstant(`${Math.floor(month / 12)}-${digits}-01`, timeZone, 'The month');
	};
	return {
		startAt: beginOf(monthsAway),
		endAt: new Date(Date.parse(beginOf(monthsAway + 1)) - 1).toISOString(),
	};
}
