import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { CONNECTION, isExternal, locator } from '../../parameters/locators';
import type { OperationItem } from '../../runner/operation';

const RECORD_TYPE: INodeProperties = {
	displayName: 'Record Type',
	name: 'dataType',
	type: 'options',
	options: [
		{ name: 'Account', value: 'ACCOUNT' },
		{ name: 'Appointment (Engagement)', value: 'ENGAGEMENT' },
		{ name: 'Contact', value: 'CONTACT' },
		{ name: 'Lead', value: 'LEAD' },
		{ name: 'Opportunity', value: 'OPPORTUNITY' },
	],
	default: 'ENGAGEMENT',
	required: true,
	description: 'What kind of CRM record it is',
};

const CRM_RECORD = locator({
	label: 'CRM Record',
	parameter: 'crmRecordId',
	one: 'a record',
	listing: { method: 'searchCrmRecords' },
	takesExternalId: true,
	description:
		'The record: choose it, or enter Siro’s ID or the ID in your CRM. For contacts and leads there is no list.',
});

/** The parameters that name the CRM record of a link. */
export const LINKED_RECORD: INodeProperties[] = [
	RECORD_TYPE,
	CRM_RECORD,
	{
		...CONNECTION,
		required: false,
		description:
			'Siro’s connection to the CRM that the external ID is from. Not needed with Siro’s own ID.',
	},
];

/** What errors call the kinds of record. */
const KINDS: Record<string, string> = {
	ACCOUNT: 'account',
	CONTACT: 'contact',
	ENGAGEMENT: 'appointment',
	LEAD: 'lead',
	OPPORTUNITY: 'opportunity',
};

export interface LinkedRecord {
	/** Either `id`, or `externalId` and `integrationConnectionId`, as Siro wants it. */
	body: IDataObject;
	kind: string;
	id: string;
	idName: 'ID' | 'external ID';
}

/** Source: platform-api.openapi.json, PUT and DELETE /v1/core/recordings/{id}/link. */
export function readLinkedRecord(item: OperationItem): LinkedRecord {
	const dataType = item.parameter<string>('dataType');
	const kind = KINDS[dataType] ?? 'record';
	const named = item.locator('crmRecordId');
	const { id } = named;
	if (id === '') {
		throw new UserError('CRM Record is empty', {
			description: 'Choose the record from the list, or enter one of its IDs.',
		});
	}
	if (!isExternal(named)) return { body: { dataType, id }, kind, id, idName: 'ID' };

	const integrationConnectionId = item.locator('connectionId').id;
	if (integrationConnectionId === '') {
		throw new UserError('Connection is empty', {
			description:
				'Choose the CRM connection that the external ID belongs to. Siro’s own ID needs none.',
		});
	}
	const body = { dataType, externalId: id, integrationConnectionId };
	return { body, kind, id, idName: 'external ID' };
}
