/**
 * Fields of the CRM records that are synced together with an appointment or a deal.
 * Source: external-api.openapi.json, PUT /v1/integrations/sync/engagements and …/opportunities.
 */
import type { INodeProperties } from 'n8n-workflow';

import { alphabetical } from '../values/alphabetical';

export const EXTERNAL_ID: INodeProperties = {
	displayName: 'External ID',
	name: 'externalId',
	type: 'string',
	default: '',
	description: 'The record’s ID in your CRM (in HubSpot: Record ID)',
};

export const NAME: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
};

const DELETED_AT: INodeProperties = {
	displayName: 'Deleted At',
	name: 'deletedAt',
	type: 'dateTime',
	default: '',
	description: 'When the record was deleted in your CRM',
};

const LAST_ACTIVITY_AT: INodeProperties = {
	displayName: 'Last Activity At',
	name: 'lastActivityAt',
	type: 'dateTime',
	default: '',
	description: 'When something last happened to the record in your CRM',
};

const ADDRESSES: INodeProperties = {
	displayName: 'Addresses',
	name: 'addresses',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Address',
	default: {},
	options: [
		{
			displayName: 'Address',
			name: 'address',
			values: [
				{ displayName: 'City', name: 'city', type: 'string', default: '' },
				{ displayName: 'Country', name: 'country', type: 'string', default: '' },
				{ displayName: 'State', name: 'state', type: 'string', default: '' },
				{ displayName: 'Street', name: 'street', type: 'string', default: '' },
				{ displayName: 'ZIP Code', name: 'zip', type: 'string', default: '' },
			],
		},
	],
};

/** Where a party is and how to reach it. */
export const CONTACT_DETAILS: INodeProperties[] = [
	ADDRESSES,
	{
		displayName: 'Email Addresses',
		name: 'emailAddresses',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Email Address' },
		placeholder: 'e.g. nathan@example.com',
		default: [],
	},
	{
		displayName: 'Latitude',
		name: 'latitude',
		type: 'number',
		typeOptions: { numberPrecision: 8 },
		default: 0,
	},
	{
		displayName: 'Longitude',
		name: 'longitude',
		type: 'number',
		typeOptions: { numberPrecision: 8 },
		default: 0,
	},
	{
		displayName: 'Phone Numbers',
		name: 'phoneNumbers',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Phone Number' },
		default: [],
	},
];

/** The fields that accounts, contacts and leads have in common. */
const PARTY_FIELDS: INodeProperties[] = [
	...CONTACT_DETAILS,
	DELETED_AT,
	EXTERNAL_ID,
	LAST_ACTIVITY_AT,
	{
		displayName: 'Merged From External IDs',
		name: 'mergedFromExternalIds',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add External ID' },
		default: [],
		description:
			'The IDs of records that were merged into this one in your CRM. Siro moves everything linked to them to this record.',
	},
	{
		displayName: 'Merged To External ID',
		name: 'mergedToExternalId',
		type: 'string',
		default: '',
		description:
			'The ID of the record that this one was merged into in your CRM. Siro moves everything linked to this record there.',
	},
	{
		displayName: 'Owner External ID',
		name: 'ownerExternalId',
		type: 'string',
		default: '',
		description: 'The ID that the owner of the record has in your CRM',
	},
];

const ACCOUNT_FIELDS = alphabetical([...PARTY_FIELDS, NAME]);

const CONTACT_FIELDS = alphabetical([
	...PARTY_FIELDS,
	NAME,
	{
		displayName: 'Account',
		name: 'account',
		type: 'fixedCollection' as const,
		placeholder: 'Add Account',
		default: {},
		description: 'The account that the contact belongs to',
		options: [{ displayName: 'Account', name: 'values', values: ACCOUNT_FIELDS }],
	},
]);

const LEAD_FIELDS = alphabetical([
	...PARTY_FIELDS,
	{ displayName: 'First Name', name: 'firstName', type: 'string' as const, default: '' },
	{ displayName: 'Last Name', name: 'lastName', type: 'string' as const, default: '' },
]);

export const ACCOUNT: INodeProperties = {
	displayName: 'Account',
	name: 'account',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description:
		'The customer (in HubSpot: company). For an account that Siro already has, the External ID is enough.',
	options: ACCOUNT_FIELDS,
};

export const CONTACT: INodeProperties = {
	displayName: 'Contact',
	name: 'contact',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description:
		'The person the rep meets. For a contact that Siro already has, the External ID is enough.',
	options: CONTACT_FIELDS,
};

export const CONTACTS: INodeProperties = {
	displayName: 'Contacts',
	name: 'contacts',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Contact',
	default: {},
	description: 'The people involved. Fields left empty are not sent.',
	options: [
		{
			displayName: 'Contact',
			name: 'contact',
			values: alphabetical([
				...CONTACT_FIELDS,
				{
					displayName: 'Primary',
					name: 'isPrimary',
					type: 'boolean' as const,
					default: false,
					description: 'Whether this is the main contact',
				},
			]),
		},
	],
};

export const LEAD: INodeProperties = {
	displayName: 'Lead',
	name: 'lead',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'The lead. Its External ID is required.',
	options: LEAD_FIELDS,
};

export const REPS: INodeProperties = {
	displayName: 'Reps',
	name: 'reps',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Rep',
	default: {},
	description:
		'The sales reps. Siro finds the matching user by email address or name. Without a rep, Siro cannot link recordings.',
	options: [
		{
			displayName: 'Rep',
			name: 'rep',
			values: [
				{ ...EXTERNAL_ID, required: true, description: 'The ID that the rep has in your CRM' },
				{
					displayName: 'Email',
					name: 'email',
					type: 'string',
					placeholder: 'e.g. nathan@example.com',
					default: '',
					description: 'Preferably the address that the rep uses to sign in to Siro',
				},
				NAME,
				{
					displayName: 'Share of Sale',
					name: 'shareOfSale',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 4 },
					default: 0,
					description:
						'The rep’s share of the sale, from 0 to 1: 0.5 means half. Leave at 0 to send nothing.',
				},
				DELETED_AT,
			],
		},
	],
};
