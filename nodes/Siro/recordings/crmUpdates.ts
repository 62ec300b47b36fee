import type { IDataObject } from 'n8n-workflow';

import { toText } from '../values/text';
import type { CrmLinks, CrmReference } from './crmLinks';
import { toFound, type Extraction } from './extractions';

/** The kinds of record that Siro links. */
export type CrmRecordKind = 'account' | 'contact' | 'engagement' | 'lead' | 'opportunity' | 'user';

/** What to write into one CRM record: exactly what a CRM node's "update" operation needs. */
export interface CrmUpdate {
	/** Our one name for the kind of record; `null` for one that Siro does not link. */
	kind: CrmRecordKind | null;
	/** Siro's name of it, as it stands in the mapping that names it first. */
	crmModelName: string;
	/** The record's ID in the CRM; `null` when the recording is linked to no such record. */
	externalId: string | null;
	/** Siro's own ID of the record. */
	id: string | null;
	integrationConnectionId: string | null;
	/** CRM field name → extracted value; only what Siro has found. */
	fields: Record<string, IDataObject[string]>;
	/** CRM field name → number, for each extracted value that is one clear number. */
	numbers: Record<string, number>;
	/** Only there when something deserves attention. */
	warnings?: string[];
}

/** How a value that is a list stands in `fields`: as a list, or as the one text that a CRM takes. */
export type ListFormat = 'list' | 'semicolons' | 'commas';

const SEPARATORS: Record<ListFormat, string | undefined> = {
	list: undefined,
	semicolons: ';',
	commas: ', ',
};

const LINKED_RECORDS: Record<CrmRecordKind, (links: CrmLinks) => Array<CrmReference | undefined>> =
	{
		account: ({ account }) => [account],
		contact: ({ contacts }) => contacts,
		engagement: ({ engagement }) => [engagement],
		lead: ({ lead }) => [lead],
		opportunity: ({ opportunity }) => [opportunity],
		user: ({ users }) => users,
	};

/**
 * What the kinds are called in mappings: by Siro's guide ("Customer / Account", "Opportunity / Deal /
 * Lead", "Appointment / Meeting", "CRM User"), by what Siro takes for new recordings
 * (platform-api.openapi.json, `crmObjects`: Event, ServiceAppointment), and by the CRMs themselves.
 */
const NAMES: Record<CrmRecordKind, string[]> = {
	account: ['account', 'client', 'company', 'customer', 'organisation', 'organization'],
	contact: ['contact', 'person'],
	engagement: [
		'activity',
		'appointment',
		'calendarevent',
		'engagement',
		'event',
		'meeting',
		'serviceappointment',
		'visit',
	],
	lead: ['lead', 'prospect'],
	opportunity: ['deal', 'job', 'opportunity'],
	user: ['crmuser', 'employee', 'externaluser', 'owner', 'rep', 'salesrep', 'technician', 'user'],
};

const KINDS = new Map(
	Object.entries(NAMES).flatMap(([kind, names]) =>
		names.map((name) => [name, kind as CrmRecordKind] as const),
	),
);

const NOT_LINKED: CrmReference = { id: null, externalId: null };

/**
 * Joins extracted values with the CRM records they belong in: one entry per record, in the order in
 * which the mappings first name the kinds of record. Several contacts or users get one entry each.
 * A kind without a linked record is kept with `externalId: null`, so that no value is lost. What Siro
 * has not found is left out, so that it does not wipe out what the CRM has.
 */
export function toCrmUpdates(
	extractions: Extraction[],
	links: CrmLinks | undefined,
	listFormat: ListFormat = 'list',
): CrmUpdate[] {
	const models = collectFields(extractions, listFormat);
	return models.flatMap(({ kind, crmModelName, fields, numbers, warnings }) =>
		findRecords(kind, links).map(({ id, externalId }) => ({
			kind,
			crmModelName,
			externalId,
			id,
			integrationConnectionId: links?.integrationConnectionId ?? null,
			fields: Object.fromEntries(fields),
			numbers: Object.fromEntries(numbers),
			...(warnings.length > 0 ? { warnings: [...warnings] } : {}),
		})),
	);
}

interface ModelFields {
	kind: CrmRecordKind | null;
	crmModelName: string;
	fields: Map<string, IDataObject[string]>;
	numbers: Map<string, number>;
	warnings: string[];
}

function collectFields(extractions: Extraction[], listFormat: ListFormat): ModelFields[] {
	const models = new Map<string, ModelFields>();
	for (const { name, value: given, number, mappings } of extractions) {
		const found = toFound(given);
		if (found === undefined) continue;
		const value = formatList(found, listFormat);
		for (const { crmModelName, crmFieldName } of mappings) {
			const kind = kindOf(crmModelName);
			const key = kind ?? crmModelName;
			const model: ModelFields = models.get(key) ?? {
				kind,
				crmModelName,
				fields: new Map(),
				numbers: new Map(),
				warnings: [],
			};
			models.set(key, model);
			if (model.fields.has(crmFieldName) && !isSame(model.fields.get(crmFieldName), value)) {
				model.warnings.push(
					`Several extracted values are mapped to ${crmModelName}.${crmFieldName}; the last one, "${name}", was used`,
				);
			}
			model.fields.set(crmFieldName, value);
			model.numbers.delete(crmFieldName);
			if (number !== null) model.numbers.set(crmFieldName, number);
		}
	}
	return [...models.values()];
}

function findRecords(kind: CrmRecordKind | null, links: CrmLinks | undefined): CrmReference[] {
	const linked = kind && links ? LINKED_RECORDS[kind](links) : [];
	const records = linked.filter((reference) => reference !== undefined);
	return records.length > 0 ? records : [NOT_LINKED];
}

/** "Contact", "contacts" and "Contact__c" are one kind of record. */
function kindOf(crmModelName: string): CrmRecordKind | null {
	const name = crmModelName
		.toLowerCase()
		.replace(/__c$/, '')
		.replace(/[\s_-]/g, '');
	const singular = name
		.replace(/people$/, 'person')
		.replace(/ies$/, 'y')
		.replace(/s$/, '');
	return KINDS.get(singular) ?? null;
}

/** A list of records has no text form, and stays as it is. */
function formatList(value: Extraction['value'], format: ListFormat): Extraction['value'] {
	const separator = SEPARATORS[format];
	if (separator === undefined || !Array.isArray(value)) return value;
	const texts = value.map(toText);
	return texts.includes(undefined) ? value : texts.join(separator);
}

function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}
