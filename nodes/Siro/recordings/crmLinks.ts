/**
 * Siro's shapes as this package reads them.
 * Source: external-api.openapi.json, GET /v1/core/recordings/{id}; webhooks.openapi.json.
 */
import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../values/values';

/** Siro's own ID of a CRM record, and the ID that the record has in the CRM. */
export interface CrmReference {
	id: string | null;
	externalId: string | null;
}

/** The CRM records that a recording is linked to. Siro leaves out what is not linked, or gives `null`. */
export interface CrmLinks {
	integrationConnectionId: string | null;
	users: CrmReference[];
	engagement?: CrmReference;
	opportunity?: CrmReference;
	contacts: CrmReference[];
	account?: CrmReference;
	lead?: CrmReference;
}

/** Reads the block `crm` of a recording or a webhook payload; `undefined` while nothing is linked. */
export function readCrmLinks(crm: unknown): CrmLinks | undefined {
	if (!isRecord(crm)) return undefined;
	return {
		integrationConnectionId: textOrNull(crm.integrationConnectionId),
		users: readReferences(crm.users),
		engagement: readReference(crm.engagement),
		opportunity: readReference(crm.opportunity),
		contacts: readReferences(crm.contacts),
		account: readReference(crm.account),
		lead: readReference(crm.lead),
	};
}

function readReferences(value: unknown): CrmReference[] {
	return Array.isArray(value)
		? value.map(readReference).filter((reference) => reference !== undefined)
		: [];
}

function readReference(value: unknown): CrmReference | undefined {
	if (!isRecord(value)) return undefined;
	return { id: textOrNull(value.id), externalId: textOrNull(value.externalId) };
}

function textOrNull(value: IDataObject[string] | undefined): string | null {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
