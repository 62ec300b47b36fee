import { UserError, type IDataObject } from 'n8n-workflow';

import { toInstant } from '../values/time';
import { isBlank, isRecord, readTexts } from '../values/values';

/** The time fields of Siro's sync bodies. `startTimeLocalized` is a wall-clock time and stays as it is. */
const TIME_FIELDS = new Set([
	'closedAt',
	'deletedAt',
	'endTime',
	'lastActivityAt',
	'remoteCreatedAt',
	'remoteUpdatedAt',
	'startTime',
]);

/** Records inside a record, each with fields of its own. */
const RECORD_FIELDS = new Set(['account', 'contact', 'engagementType', 'lead', 'opportunity']);

const PLACE_FIELDS = new Set(['latitude', 'longitude']);

const LIST_FIELDS = new Set(['emailAddresses', 'mergedFromExternalIds', 'phoneNumbers']);

/** Siro wants all five parts of an address. */
const EMPTY_ADDRESS = { street: '', city: '', state: '', zip: '', country: '' };

/**
 * Turns the values of a parameter collection into the object that Siro documents. Fields left empty
 * are left out, so that they do not wipe out what Siro has. Gives `undefined` when nothing is left.
 */
export function toCrmRecord(values: IDataObject): IDataObject | undefined {
	const record: IDataObject = {};
	// Untouched number fields read 0, and no customer lives at 0° north, 0° east.
	const hasPlace = Boolean(values.latitude) || Boolean(values.longitude);
	for (const [name, value] of Object.entries(values)) {
		if (isBlank(value) || (!hasPlace && PLACE_FIELDS.has(name))) continue;
		if (name === 'addresses') record.addresses = readAddresses(value);
		else if (name === 'ownerExternalId') record.owner = { externalId: String(value) };
		else if (RECORD_FIELDS.has(name)) record[name] = readInnerRecord(value);
		else if (LIST_FIELDS.has(name)) record[name] = readTexts(value);
		else record[name] = name.endsWith('xternalId') ? String(value) : value;
	}
	const entries = Object.entries(record).filter(([, value]) => !isBlank(value));
	return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/**
 * Gives the record with each of its times as an instant in UTC, also in the records inside it.
 * A time without a zone means `timeZone`.
 */
export function withInstants<T>(value: T, timeZone: string): T;
export function withInstants(value: unknown, timeZone: string): unknown {
	if (Array.isArray(value)) return value.map((element) => withInstants<unknown>(element, timeZone));
	if (!isRecord(value)) return value;
	return Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [
			name,
			TIME_FIELDS.has(name) && !isBlank(inner)
				? toInstant(inner, timeZone, toTitle(name))
				: withInstants<unknown>(inner, timeZone),
		]),
	);
}

/** Gives the record with its external ID as text. Throws when it has none. */
export function withExternalId(record: IDataObject): IDataObject & { externalId: string } {
	if (isBlank(record.externalId)) {
		throw new UserError('External ID is empty', {
			description:
				'Enter the ID that the record has in your CRM: Siro recognises the record by it.',
		});
	}
	return { ...record, externalId: String(record.externalId) };
}

function readAddresses(value: unknown): IDataObject[] {
	const addresses = isRecord(value) ? value.address : value;
	return Array.isArray(addresses)
		? addresses.filter(isRecord).map((address: IDataObject) => ({ ...EMPTY_ADDRESS, ...address }))
		: [];
}

/** A collection's values; those of a fixed collection stand one level deeper. */
function readInnerRecord(value: unknown): IDataObject | undefined {
	if (!isRecord(value)) return undefined;
	return toCrmRecord(isRecord(value.values) ? value.values : value);
}

/** `startTime` → "Start Time", as the parameter is called. */
function toTitle(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1).replace(/[A-Z]/g, (letter) => ` ${letter}`);
}
