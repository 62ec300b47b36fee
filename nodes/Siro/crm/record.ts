import { UserError, type IDataObject } from 'n8n-workflow';

import { DAY_MS } from '../values/time';
import { isBlank, isRecord, isRecordList } from '../values/values';

/** The records inside a record, and what the reader calls them. */
const RELATED_RECORDS: Record<string, string> = {
	account: 'The account',
	contact: 'The contact',
	lead: 'The lead',
	opportunity: 'The opportunity',
};

/** The same for lists of them. */
const RELATED_LISTS: Record<string, string> = {
	engagementUsers: 'A rep',
	opportunityContacts: 'A contact',
	opportunityUsers: 'A rep',
};

/** Siro wants all five parts of an address. */
const EMPTY_ADDRESS = { street: '', city: '', state: '', zip: '', country: '' };

/** Points out what was left out although it is no error. */
type Hint = (text: string) => void;

/**
 * Turns fields that were read by their definitions into the object that Siro documents. Fields that
 * say nothing are left out, so that they do not wipe out what Siro has, and so is a record inside the
 * record that has no external ID of its own. Gives `{}` when nothing is left.
 *
 * Source: external-api.openapi.json, PUT /v1/integrations/sync/engagements and …/opportunities.
 */
export function toCrmRecord(fields: IDataObject, hint: Hint): IDataObject {
	const record: IDataObject = {};
	for (const [name, value] of Object.entries(withoutUntouched(fields))) {
		const part = toPart(name, value, hint);
		if (part === undefined) continue;
		if (name === 'ownerExternalId') record.owner = { externalId: part };
		else record[name] = part;
	}
	return record;
}

function toPart(name: string, value: IDataObject[string], hint: Hint): IDataObject[string] {
	if (name === 'addresses') return toAddresses(value);
	if (name in RELATED_RECORDS) return toRelated(value, RELATED_RECORDS[name], hint);
	if (name in RELATED_LISTS) return toRelatedList(value, RELATED_LISTS[name], hint);
	return value;
}

/** Gives the record if it has an external ID. Throws a `UserError` when it has none. */
export function withExternalId(record: IDataObject): IDataObject & { externalId: string } {
	const { externalId } = record;
	if (typeof externalId === 'string' && externalId !== '') return { ...record, externalId };
	throw new UserError('External ID is empty', {
		description: 'Enter the ID that the record has in your CRM: Siro recognizes the record by it.',
	});
}

/**
 * Untouched number fields read 0: no customer lives at 0° north, 0° east, and no rep has no share. And
 * `new Date(null)` is 1970: what was not deleted at all must not be taken for deleted.
 */
function withoutUntouched({ deletedAt, latitude, longitude, shareOfSale, ...fields }: IDataObject) {
	const isUnset = typeof deletedAt === 'string' && Date.parse(deletedAt) < DAY_MS;
	return {
		...fields,
		...(deletedAt === undefined || isUnset ? {} : { deletedAt }),
		...(latitude || longitude ? { latitude, longitude } : {}),
		...(shareOfSale ? { shareOfSale } : {}),
	};
}

function toAddresses(value: unknown): IDataObject[] | undefined {
	if (isRecordList(value)) return value;
	const addresses = entriesOf(value);
	return addresses.length > 0
		? addresses.map((address) => ({ ...EMPTY_ADDRESS, ...address }))
		: undefined;
}

function toRelatedList(value: unknown, kind: string, hint: Hint): IDataObject[] | undefined {
	if (isRecordList(value)) return value;
	const records = entriesOf(value)
		.map((entry) => toRelated(entry, kind, hint))
		.filter((record) => record !== undefined);
	return records.length > 0 ? records : undefined;
}

function toRelated(value: unknown, kind: string, hint: Hint): IDataObject | undefined {
	if (!isRecord(value)) return undefined;
	const record = toCrmRecord(isRecord(value.values) ? value.values : value, hint);
	if (record.externalId !== undefined) return record;
	if (saysSomething(record)) {
		hint(
			`${kind} has no External ID and was left out. Enter the ID that it has in your CRM, so that Siro can tell which one it is.`,
		);
	}
	return undefined;
}

/** Switches and numbers may stand there for every record; a name or an email is about this one. */
function saysSomething(record: IDataObject): boolean {
	return Object.values(record).some(
		(value) => !isBlank(value) && typeof value !== 'boolean' && typeof value !== 'number',
	);
}

/** The entries of a fixed collection, which stand under the name of its group. */
function entriesOf(value: unknown): IDataObject[] {
	const [entries] = isRecord(value) ? Object.values(value) : [];
	return isRecordList(entries) ? entries : [];
}
