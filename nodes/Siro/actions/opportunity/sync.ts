import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toCrmRecord } from '../../crm/record';
import { BATCH_SIZE_OPTION, syncRecords } from '../../crm/sync';
import { ACCOUNT, CONTACT, CONTACTS, REPS } from '../../parameters/crmFields';
import { fieldsOrJson, readFieldsOrJson } from '../../parameters/inputMode';
import { fieldsOf } from '../../runner/definitions';
import type { BatchOperation, OperationItem } from '../../runner/operation';
import { readValue } from '../../runner/readValue';

/** A text, because an untouched number would read 0. */
const AMOUNT: INodeProperties = {
	displayName: 'Amount',
	name: 'amount',
	type: 'string',
	default: '',
	placeholder: 'e.g. 45000',
	description: 'The amount of the deal in dollars, as a number. Leave empty to send nothing.',
};

const ADDITIONAL_FIELDS: INodeProperties = {
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
			description: 'Siro’s ID of the account, if you know it. It overrides the field Account.',
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
};

const FIELDS: INodeProperties[] = [
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 0065e00000AbCdE',
		description: 'The ID that the deal has in your CRM. Siro recognizes the deal by this ID.',
	},
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		placeholder: 'e.g. Smith kitchen remodel',
		description: 'What the deal is called',
	},
	AMOUNT,
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
		description: 'Whether the deal is open, won or lost',
	},
	{
		displayName: 'Closed At',
		name: 'closedAt',
		type: 'dateTime',
		default: '',
		description:
			'When the deal was closed. Times without a time zone are in the workflow’s time zone.',
	},
	REPS,
	ACCOUNT,
	CONTACTS,
	ADDITIONAL_FIELDS,
];

const AMOUNT_AS_NUMBER: INodeProperties = {
	...AMOUNT,
	type: 'number',
	typeOptions: { numberPrecision: 2 },
};

/** What Siro's record holds; in the menus, some of it stands elsewhere or is called otherwise. */
const RECORD_FIELDS: INodeProperties[] = [
	AMOUNT_AS_NUMBER,
	...FIELDS,
	...fieldsOf(ADDITIONAL_FIELDS),
	{ ...REPS, name: 'opportunityUsers' },
	{ ...CONTACTS, name: 'opportunityContacts' },
	CONTACT,
];

export const sync: BatchOperation = {
	value: 'sync',
	name: 'Create or Update (Sync)',
	action: 'Sync an opportunity',
	description:
		'Create or update deals in Siro from your CRM, so that recordings show which deal they belong to',
	parameters: fieldsOrJson(FIELDS),
	options: [BATCH_SIZE_OPTION],

	/** Source: external-api.openapi.json, PUT /v1/integrations/sync/opportunities and …/sync/batch/opportunities. */
	async executeBatch(items, siro) {
		return await syncRecords(items, siro, sync.action, {
			path: '/v1/integrations/sync/opportunities',
			batchPath: '/v1/integrations/sync/batch/opportunities',
			read: (item) =>
				toCrmRecord(readFieldsOrJson(item, RECORD_FIELDS, readOpportunity), item.hint),
		});
	},
};

function readOpportunity(item: OperationItem): IDataObject {
	return {
		externalId: item.parameter('externalId', ''),
		name: item.parameter<string | undefined>('name'),
		amount: readValue(AMOUNT_AS_NUMBER, item.parameter('amount', ''), item.reading) as
			number | undefined,
		disposition: item.parameter<string | undefined>('disposition'),
		closedAt: item.parameter<string | undefined>('closedAt'),
		opportunityUsers: item.parameter<IDataObject>('reps', {}),
		account: item.parameter<IDataObject>('account', {}),
		opportunityContacts: item.parameter<IDataObject>('contacts', {}),
		...item.parameter<IDataObject>('additionalFields', {}),
	};
}
