import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { toCrmRecord } from '../../crm/record';
import { BATCH_SIZE_OPTION, syncRecords } from '../../crm/sync';
import { ACCOUNT, CONTACT, EXTERNAL_ID, LEAD, NAME, REPS } from '../../parameters/crmFields';
import { fieldsOrJson, readFieldsOrJson } from '../../parameters/inputMode';
import { fieldsOf } from '../../runner/definitions';
import type { BatchOperation, OperationItem } from '../../runner/operation';
import { ACTIVITY_TYPES, pointOut } from './hints';

const ADDITIONAL_FIELDS: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Content',
			name: 'content',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'Notes on the appointment',
		},
		{
			displayName: 'Created At',
			name: 'remoteCreatedAt',
			type: 'dateTime',
			default: '',
			description: 'When the appointment was created in your CRM',
		},
		{
			displayName: 'Deleted At',
			name: 'deletedAt',
			type: 'dateTime',
			default: '',
			description: 'When the appointment was deleted in your CRM',
		},
		{
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Inbound', value: 'INBOUND' },
				{ name: 'Outbound', value: 'OUTBOUND' },
			],
			default: 'OUTBOUND',
		},
		{
			displayName: 'Engagement Type External ID',
			name: 'engagementTypeExternalId',
			type: 'string',
			default: '',
			description: 'The ID that this kind of appointment has in your CRM',
		},
		{
			displayName: 'Engagement Type ID',
			name: 'engagementTypeId',
			type: 'string',
			default: '',
			description: 'Siro’s ID for this type, if you know it. It overrides Activity Type.',
		},
		{
			displayName: 'Engagement Type Name',
			name: 'engagementTypeName',
			type: 'string',
			default: '',
			description: 'What this kind of appointment is called. Default: the activity type.',
		},
		{
			displayName: 'Start Time Localized',
			name: 'startTimeLocalized',
			type: 'string',
			default: '',
			placeholder: 'e.g. 2026-02-15T14:00:00',
			description:
				'The start time exactly as reps see it, whatever their time zone. Enter it without a time zone.',
		},
		{
			displayName: 'Updated At',
			name: 'remoteUpdatedAt',
			type: 'dateTime',
			default: '',
			description: 'When the appointment was last changed in your CRM',
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
		placeholder: 'e.g. 00U5e00000AbCdE',
		description: 'The appointment’s ID in your CRM. Siro recognizes the appointment by this ID.',
	},
	{
		displayName: 'Subject',
		name: 'subject',
		type: 'string',
		default: '',
		placeholder: 'e.g. Smith kitchen remodel consultation',
		description: 'What reps see in their appointment list',
	},
	{
		displayName: 'Start Time',
		name: 'startTime',
		type: 'dateTime',
		default: '',
		description:
			'When the appointment begins. Times without a time zone are in the workflow’s time zone.',
	},
	{
		displayName: 'End Time',
		name: 'endTime',
		type: 'dateTime',
		default: '',
		description:
			'When the appointment ends. Times without a time zone are in the workflow’s time zone.',
	},
	{
		displayName: 'Activity Type',
		name: 'activityType',
		type: 'options',
		options: ACTIVITY_TYPES.map((value) => ({ name: toName(value), value })),
		default: 'MEETING',
		hint: 'Only Appointment, Event and Meeting show in Siro’s appointment list',
		description: 'What kind of activity it is',
	},
	REPS,
	ACCOUNT,
	{
		displayName: 'Opportunity',
		name: 'opportunity',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		description: 'The deal. For an opportunity that Siro already has, the External ID is enough.',
		options: [
			{
				displayName: 'Amount',
				name: 'amount',
				type: 'number',
				typeOptions: { numberPrecision: 2 },
				default: 0,
				description: 'The deal’s amount in dollars',
			},
			{ displayName: 'Closed At', name: 'closedAt', type: 'dateTime', default: '' },
			{
				displayName: 'Copy Engagement Relationships',
				name: 'copyEngagementRelationships',
				type: 'boolean',
				default: true,
				description: 'Whether to copy the appointment’s contact, account and reps to the deal',
			},
			{
				displayName: 'Created At',
				name: 'remoteCreatedAt',
				type: 'dateTime',
				default: '',
				description: 'When the deal was created in your CRM',
			},
			{
				displayName: 'Disposition',
				name: 'disposition',
				type: 'options',
				options: [
					{ name: 'Lost', value: 'LOST' },
					{ name: 'Open', value: 'OPEN' },
					{ name: 'Won', value: 'WON' },
				],
				default: 'OPEN',
			},
			{
				displayName: 'External ID',
				name: 'externalId',
				type: 'string',
				default: '',
				description: 'The ID that the deal has in your CRM',
			},
			{ displayName: 'Last Activity At', name: 'lastActivityAt', type: 'dateTime', default: '' },
			{ displayName: 'Name', name: 'name', type: 'string', default: '' },
		],
	},
	CONTACT,
	LEAD,
	ADDITIONAL_FIELDS,
];

/** In the menus, the type stands in several fields. */
const ENGAGEMENT_TYPE: INodeProperties = {
	displayName: 'Engagement Type',
	name: 'engagementType',
	type: 'collection',
	default: {},
	options: [
		{ displayName: 'Activity Type', name: 'activityType', type: 'string', default: '' },
		EXTERNAL_ID,
		NAME,
	],
};

/** What Siro's record holds; in the menus, some of it stands elsewhere or is called otherwise. */
const RECORD_FIELDS: INodeProperties[] = [
	...FIELDS,
	...fieldsOf(ADDITIONAL_FIELDS),
	ENGAGEMENT_TYPE,
	{ ...REPS, name: 'engagementUsers' },
];

export const sync: BatchOperation = {
	value: 'sync',
	name: 'Create or Update (Sync)',
	action: 'Sync an appointment',
	description:
		'Create or update appointments in Siro from your CRM, so that Siro can link recordings to them',
	parameters: fieldsOrJson(FIELDS),
	options: [BATCH_SIZE_OPTION],

	/** Source: external-api.openapi.json, PUT /v1/integrations/sync/engagements and …/sync/batch/engagements. */
	async executeBatch(items, siro) {
		return await syncRecords(items, siro, sync.action, {
			path: '/v1/integrations/sync/engagements',
			batchPath: '/v1/integrations/sync/batch/engagements',
			read: (item) => {
				const fields = readFieldsOrJson(item, RECORD_FIELDS, readEngagement);
				const engagement = toCrmRecord(fields, item.hint);
				pointOut(engagement, item);
				return engagement;
			},
		});
	},
};

function readEngagement(item: OperationItem): IDataObject {
	const { engagementTypeExternalId, engagementTypeName, ...additionalFields } =
		item.parameter<IDataObject>('additionalFields', {});
	const activityType = item.parameter<string>('activityType', '');
	return {
		externalId: item.parameter('externalId', ''),
		subject: item.parameter<string | undefined>('subject'),
		startTime: item.parameter<string | undefined>('startTime'),
		endTime: item.parameter<string | undefined>('endTime'),
		engagementType:
			activityType === ''
				? undefined
				: {
						activityType,
						// As in the guide's example: the activity type in small letters.
						name: engagementTypeName ?? activityType.toLowerCase(),
						...(engagementTypeExternalId ? { externalId: engagementTypeExternalId } : {}),
					},
		engagementUsers: item.parameter<IDataObject>('reps', {}),
		account: item.parameter<IDataObject>('account', {}),
		opportunity: item.parameter<IDataObject>('opportunity', {}),
		contact: item.parameter<IDataObject>('contact', {}),
		lead: item.parameter<IDataObject>('lead', {}),
		...additionalFields,
	};
}

/** `SIRO_BOT_RECORDING` → "Siro Bot Recording". */
function toName(value: string): string {
	return value
		.split('_')
		.map((word) => word.charAt(0) + word.slice(1).toLowerCase())
		.join(' ');
}
