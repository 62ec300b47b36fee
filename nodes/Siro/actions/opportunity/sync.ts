import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { toCrmRecord } from '../../crm/record';
import { readReps } from '../../crm/reps';
import { BATCH_SIZE_OPTION, syncRecords } from '../../crm/sync';
import { ACCOUNT, CONTACTS, REPS } from '../../parameters/crmFields';
import { fieldsOrJson, readFieldsOrJson } from '../../parameters/inputMode';
import type { BatchOperation, OperationItem } from '../../runner/operation';
import { isRecord, isBlank } from '../../values/values';

const FIELDS: INodeProperties[] = [
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 0065e00000AbCdE',
		description: 'The ID that the deal has in your CRM. Siro recognises it by this ID.',
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Smith kitchen remodel',
		description: 'What the deal is called',
	},
	{
		displayName: 'Amount',
		name: 'amount',
		type: 'string',
		default: '',
		placeholder: 'e.g. 45000',
		description: 'The dollar amount of the deal, as a number. Empty: not sent.',
	},
	{
		displayName: 'Disposition',
		name: 'disposition',
		type: 'options',
		options: [
			{ name: 'Do Not Send', value: '' },
			{ name: 'Lost', value: 'LOST' },
			{ name: 'Open', value: 'OPEN' },
			{ name: 'Won', value: 'WON' },
		],
		default: '',
		description: 'How the deal stands',
	},
	{
		displayName: 'Closed At',
		name: 'closedAt',
		type: 'dateTime',
		default: '',
		description: 'When the deal was closed. A time without a zone means the workflow’s time zone.',
	},
	REPS,
	ACCOUNT,
	CONTACTS,
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Account ID',
				name: 'accountId',
				type: 'string',
				default: '',
				description:
					'Siro’s own ID of the account, if you know it. It takes precedence over the account above.',
			},
			{
				displayName: 'Created At',
				name: 'remoteCreatedAt',
				type: 'dateTime',
				default: '',
				description: 'When the deal was created in your CRM',
			},
			{
				displayName: 'Deleted At',
				name: 'deletedAt',
				type: 'dateTime',
				default: '',
				description: 'When the deal was deleted in your CRM',
			},
			{
				displayName: 'Last Activity At',
				name: 'lastActivityAt',
				type: 'dateTime',
				default: '',
				description: 'When something last happened to the deal in your CRM',
			},
		],
	},
];

export const sync: BatchOperation = {
	value: 'sync',
	name: 'Sync',
	action: 'Sync an opportunity',
	description:
		'Create or update deals in Siro from your CRM, so that recordings show their context',
	parameters: fieldsOrJson(FIELDS),
	options: [BATCH_SIZE_OPTION],

	/** Source: external-api.openapi.json, PUT /v1/integrations/sync/opportunities and …/sync/batch/opportunities. */
	async executeBatch(items, siro) {
		return await syncRecords(items, siro, sync.action, {
			path: '/v1/integrations/sync/opportunities',
			batchPath: '/v1/integrations/sync/batch/opportunities',
			read: (item) => readFieldsOrJson(item, readOpportunity),
		});
	},
};

function readOpportunity(item: OperationItem): IDataObject {
	return (
		toCrmRecord({
			externalId: item.parameter('externalId', ''),
			name: item.parameter('name', ''),
			amount: readAmount(item.parameter<unknown>('amount', '')),
			disposition: item.parameter('disposition', '').toUpperCase(),
			closedAt: item.parameter('closedAt', ''),
			opportunityUsers: readReps(item),
			account: item.parameter('account', {}),
			opportunityContacts: readContacts(item),
			...item.parameter<IDataObject>('additionalFields', {}),
		}) ?? {}
	);
}

function readAmount(value: unknown): number | undefined {
	if (isBlank(value)) return undefined;
	const amount = Number(value);
	if (Number.isFinite(amount)) return amount;
	throw new UserError(`Amount "${String(value)}" is not a number`, {
		description: 'Enter digits only, with a point before the cents: 45000 or 45000.50.',
	});
}

function readContacts(item: OperationItem): IDataObject[] {
	const { contact } = item.parameter<{ contact?: unknown }>('contacts', {});
	if (!Array.isArray(contact)) return [];
	return contact.filter(isRecord).flatMap((fields: IDataObject) => {
		const record = toCrmRecord(fields);
		if (record === undefined || isBlank(record.externalId)) {
			throw new UserError('A contact has no External ID', {
				description: 'Enter the ID that the contact has in your CRM, or remove the contact.',
			});
		}
		return [record];
	});
}
