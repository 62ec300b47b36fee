/**
 * The bodies of the account endpoints, which hold less than the accounts that are synced with an
 * appointment or a deal.
 */
import { UserError, type IDataObject } from 'n8n-workflow';

import { toCrmRecord, withExternalId } from '../../crm/record';
import { CONTACT_DETAILS, EXTERNAL_ID, NAME } from '../../parameters/crmFields';
import { readFieldsOrJson } from '../../parameters/inputMode';
import { requireChanges } from '../../parameters/updateFields';
import type { OperationItem } from '../../runner/operation';

/** Source: external-api.openapi.json, POST /v1/integrations/accounts. */
export function readNewAccount(item: OperationItem): IDataObject {
	const fields = readFieldsOrJson(item, [EXTERNAL_ID, NAME, ...CONTACT_DETAILS], () => ({
		externalId: item.parameter('externalId', ''),
		name: item.parameter<string | undefined>('name'),
		...item.parameter<IDataObject>('additionalFields', {}),
	}));
	const account = withExternalId(toCrmRecord(fields, item.hint));
	const { latitude, longitude, addresses } = account;
	if ((latitude !== undefined && longitude !== undefined) || addresses) return account;
	throw new UserError('An account needs an address, or both latitude and longitude', {
		description: 'Siro requires one of them. Add it to the account.',
	});
}

/** Source: external-api.openapi.json, PUT /v1/integrations/accounts/{id}. */
export function readAccountChanges(item: OperationItem): IDataObject {
	const fields = readFieldsOrJson(item, [NAME, ...CONTACT_DETAILS], () =>
		item.parameter<IDataObject>('updateFields', {}),
	);
	return requireChanges(toCrmRecord(fields, item.hint));
}
