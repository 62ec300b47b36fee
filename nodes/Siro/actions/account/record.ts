/**
 * The bodies of the account endpoints, which hold less than the accounts that are synced with an
 * appointment or a deal.
 */
import { UserError, type IDataObject } from 'n8n-workflow';

import { toCrmRecord, withExternalId } from '../../crm/record';
import { readFieldsOrJson } from '../../parameters/inputMode';
import { requireChanges } from '../../parameters/updateFields';
import type { OperationItem } from '../../runner/operation';
import { isBlank } from '../../values/values';

/** Source: external-api.openapi.json, POST /v1/integrations/accounts. */
export function readNewAccount(item: OperationItem): IDataObject {
	const account = withExternalId(
		readFieldsOrJson(item, () =>
			toFields({
				externalId: item.parameter('externalId', ''),
				name: item.parameter('name', ''),
				...item.parameter<IDataObject>('additionalFields', {}),
			}),
		),
	);
	const hasPlace = !isBlank(account.latitude) && !isBlank(account.longitude);
	if (hasPlace || !isBlank(account.addresses)) return account;
	throw new UserError('An account needs an address, or both latitude and longitude', {
		description: 'Add one of them; Siro takes no account without.',
	});
}

/** Source: external-api.openapi.json, PUT /v1/integrations/accounts/{id}. */
export function readAccountChanges(item: OperationItem): IDataObject {
	return requireChanges(
		readFieldsOrJson(item, () => toFields(item.parameter<IDataObject>('updateFields', {}))),
	);
}

function toFields(values: IDataObject): IDataObject {
	return toCrmRecord(values) ?? {};
}
