import { UserError, type IDataObject } from 'n8n-workflow';

import { missingRecordError } from '../api/errors';
import { collect } from '../api/pagination';
import type { Kind } from '../parameters/kinds';
import { isExternal, located } from '../parameters/locators';
import type { OperationItem } from '../runner/operation';

/** The record that the item's locator names. The list has the same fields as the single record. */
export async function getCrmRecord(item: OperationItem, kind: Kind): Promise<IDataObject> {
	const named = item.locator(kind.parameter);
	if (isExternal(named)) return await findByExternalId(item, kind, named.id);
	return await item.siro.record(located(item, kind).request);
}

/**
 * The one record that has this ID in the CRM. Whatever Siro lists is looked at again, because what
 * is found here may be deleted next.
 */
export async function findByExternalId(
	{ siro }: OperationItem,
	{ noun, path }: Kind,
	externalId: string,
): Promise<IDataObject> {
	if (externalId === '') {
		throw new UserError('External ID is empty', {
			description: `Enter the ID that the ${noun} has in your CRM.`,
		});
	}
	const request = { path, query: { externalId } };
	const matches = (record: IDataObject) => String(record.externalId) === externalId;
	const found = await collect(siro, request, 2, matches);
	if (found.length > 1) {
		throw new UserError(`More than one ${noun} in Siro has the external ID "${externalId}"`, {
			description:
				'They come from different CRM connections. Find the right one with Get Many and its filter External ID, then enter Siro’s own ID.',
		});
	}
	if (found.length === 0) {
		const subject = { kind: noun, id: externalId, idName: 'external ID' as const };
		throw missingRecordError(siro.node, siro.failure({ subject }));
	}
	return found[0];
}
