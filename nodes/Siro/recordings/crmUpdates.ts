import type { IDataObject } from 'n8n-workflow';

import type { CrmLinks, CrmReference } from './crmLinks';
import type { Extraction } from './extractions';

/** What to write into one CRM record: exactly what a CRM node's "update" operation needs. */
export interface CrmUpdate {
	/** Siro's name of the kind of record, as it stands in the mapping. */
	crmModelName: string;
	/** The record's ID in the CRM; `null` when the recording is linked to no such record. */
	externalId: string | null;
	/** Siro's own ID of the record. */
	id: string | null;
	integrationConnectionId: string | null;
	/** CRM field name → extracted value. */
	fields: Record<string, IDataObject[string]>;
	/** Only there when something deserves attention. */
	warnings?: string[];
}

/**
 * The kinds of record that Siro links, by the names that its guide uses for them
 * ("Customer / Account", "Opportunity / Deal / Lead", "Appointment / Meeting", "CRM User").
 */
const LINKED_RECORDS = new Map<string, (links: CrmLinks) => Array<CrmReference | undefined>>([
	['account', ({ account }) => [account]],
	['contact', ({ contacts }) => contacts],
	['engagement', ({ engagement }) => [engagement]],
	['lead', ({ lead }) => [lead]],
	['opportunity', ({ opportunity }) => [opportunity]],
	['user', ({ users }) => users],
]);

const SYNONYMS = new Map([
	['appointment', 'engagement'],
	['crmuser', 'user'],
	['customer', 'account'],
	['deal', 'opportunity'],
	['externaluser', 'user'],
	['meeting', 'engagement'],
]);

const NOT_LINKED: CrmReference = { id: null, externalId: null };

/**
 * Joins extracted values with the CRM records they belong in: one entry per record, in the order in
 * which the mappings first name the kinds of record. Several contacts or users get one entry each.
 * A kind without a linked record is kept with `externalId: null`, so that no value is lost.
 */
export function toCrmUpdates(extractions: Extraction[], links: CrmLinks | undefined): CrmUpdate[] {
	return [...collectFields(extractions).values()].flatMap(({ crmModelName, fields, warnings }) =>
		findRecords(crmModelName, links).map(({ id, externalId }) => ({
			crmModelName,
			externalId,
			id,
			integrationConnectionId: links?.integrationConnectionId ?? null,
			fields: Object.fromEntries(fields),
			...(warnings.length > 0 ? { warnings: [...warnings] } : {}),
		})),
	);
}

interface ModelFields {
	crmModelName: string;
	fields: Map<string, IDataObject[string]>;
	warnings: string[];
}

function collectFields(extractions: Extraction[]): Map<string, ModelFields> {
	const models = new Map<string, ModelFields>();
	for (const { name, value, mappings } of extractions) {
		for (const { crmModelName, crmFieldName } of mappings) {
			const kind = kindOf(crmModelName);
			const model: ModelFields = models.get(kind) ?? {
				crmModelName,
				fields: new Map(),
				warnings: [],
			};
			models.set(kind, model);
			if (model.fields.has(crmFieldName) && !isSame(model.fields.get(crmFieldName), value)) {
				model.warnings.push(
					`Several extractions belong in ${crmModelName}.${crmFieldName}; the last one, "${name}", was taken`,
				);
			}
			model.fields.set(crmFieldName, value);
		}
	}
	return models;
}

function findRecords(crmModelName: string, links: CrmLinks | undefined): CrmReference[] {
	const linked = links ? (LINKED_RECORDS.get(kindOf(crmModelName))?.(links) ?? []) : [];
	const records = linked.filter((reference) => reference !== undefined);
	return records.length > 0 ? records : [NOT_LINKED];
}

/** "Contact", "contact" and "Contacts" are one kind of record; unknown names stay as they are. */
function kindOf(crmModelName: string): string {
	const name = crmModelName.toLowerCase().replace(/[\s_-]/g, '');
	const singular = name.replace(/ies$/, 'y').replace(/s$/, '');
	const kind = SYNONYMS.get(singular) ?? singular;
	return LINKED_RECORDS.has(kind) ? kind : crmModelName;
}

function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}
