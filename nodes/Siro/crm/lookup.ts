import { UserError, type IDataObject } from 'n8n-workflow';

import { missingRecordError } from '../api/errors';
import { collect } from '../api/pagination';
import { path } from '../api/path';
import type { OperationItem } from '../runner/operation';
import { readLocator } from '../parameters/locators';

/** A kind of record from the CRM that Siro finds by its own ID and by the ID in the CRM. */
export interface CrmKind {
	/** What one of them is called in a sentence. */
	kind: string;
	/** Its resource locator. */
	locator: string;
	/** Where Siro lists them; a single one is below it, by Siro's own ID. */
	listPath: string;
}

/** Source: external-api.openapi.json, GET /v1/integrations/engagements and …/{id}. */
export const APPOINTMENTS: CrmKind = {
	kind: 'appointment',
	locator: 'engagementId',
	listPath: '/v1/integrations/engagements',
};

/** Source: external-api.openapi.json, GET /v1/integrations/opportunities and …/{id}. */
export const OPPORTUNITIES: CrmKind = {
	kind: 'opportunity',
	locator: 'opportunityId',
	listPath: '/v1/integrations/opportunities',
};

/** The record that the item's locator names. The list has the same fields as the single record. */
export async function getCrmRecord(item: OperationItem, crmKind: CrmKind): Promise<IDataObject> {
	const { kind, locator, listPath } = crmKind;
	const { id, isExternalId } = readLocator(item, locator);
	if (isExternalId) return await findByExternalId(item, crmKind, id);
	return await item.siro.record({ path: listPath + path`/${id}`, subject: { kind, id } });
}

/**
 * The one record that has this ID in the CRM. Whatever Siro lists is looked at again, because what
 * is found here may be deleted next.
 */
export async function findByExternalId(
	{ siro }: OperationItem,
	{ kind, listPath }: CrmKind,
	externalId: string,
): Promise<IDataObject> {
	if (externalId === '') {
		throw new UserError('External ID is empty', {
			description: `Enter the ID that the ${kind} has in your CRM.`,
		});
	}
	const request = { path: listPath, query: { externalId } };
	const matches = (record: IDataObject) => String(record.externalId) === externalId;
	const found = await collect(siro, request, 2, matches);
	if (found.length > 1) {
		throw new UserError(`More than one ${kind} in Siro has the external ID "${externalId}"`, {
			description:
				'They come from different CRM connections. Find the right one with Get Many and its filter External ID, then enter Siro’s own ID.',
		});
	}
	if (found.length === 0) {
		const subject = { kind, id: externalId, idName: 'external ID' as const };
		throw missingRecordError(siro.node, siro.failure({ subject }));
	}
	return found[0];
}
