import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { TEAMS } from '../../parameters/kinds';
import { TEAM } from '../../parameters/locators';
import { several } from '../../parameters/several';

const BILLABLE: INodeProperties = {
	displayName: 'Billable',
	name: 'billable',
	type: 'boolean',
	default: true,
	description: 'Whether the user counts towards your Siro licenses',
};

const FIRST_NAME: INodeProperties = {
	displayName: 'First Name',
	name: 'firstName',
	type: 'string',
	default: '',
};

const LAST_NAME: INodeProperties = {
	displayName: 'Last Name',
	name: 'lastName',
	type: 'string',
	default: '',
};

const MEMBER_TEAM_ID: INodeProperties = {
	...TEAM,
	displayName: 'Member Team',
	name: 'memberTeamId',
	required: false,
	description: 'The team that the user belongs to. Siro recommends choosing one.',
};

const PHONE_NUMBER: INodeProperties = {
	displayName: 'Phone Number',
	name: 'phoneNumber',
	type: 'string',
	default: '',
};

const SUPPRESS_EMAILS: INodeProperties = {
	displayName: 'Suppress Emails',
	name: 'suppressEmails',
	type: 'boolean',
	default: true,
	description: 'Whether to keep Siro from sending emails to the user',
};

const SUPPRESS_EMAIL_ERRORS: INodeProperties = {
	displayName: 'Suppress Email Errors',
	name: 'suppressEmailErrors',
	type: 'boolean',
	default: true,
	description: 'Whether to save the user even if an email to them cannot be sent',
};

/**
 * What can be said of a new user besides the email. `password` is left out: Siro ignores it and
 * makes one of its own.
 * Source: external-api.openapi.json, POST /v1/core/users.
 */
export const ADDITIONAL_FIELDS: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		BILLABLE,
		several(TEAMS, 'Coach Team Names or IDs', 'coachTeamIds', 'The teams that the user coaches'),
		{
			displayName: 'External ID',
			name: 'externalId',
			type: 'string',
			default: '',
			description: 'The ID that the user has in your CRM. No two users can have the same.',
		},
		FIRST_NAME,
		{
			displayName: 'Is Admin',
			name: 'isAdmin',
			type: 'boolean',
			default: false,
			description: 'Whether the user administers the organization in Siro',
		},
		LAST_NAME,
		MEMBER_TEAM_ID,
		PHONE_NUMBER,
		SUPPRESS_EMAIL_ERRORS,
		SUPPRESS_EMAILS,
	],
};

/** Source: external-api.openapi.json, PUT /v1/core/users/{id}. */
export const UPDATE_FIELDS: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What to change. Fields that are not added, or left empty, stay as they are.',
	options: [
		BILLABLE,
		{
			displayName: 'Disabled',
			name: 'disabled',
			type: 'boolean',
			default: true,
			description:
				'Whether to disable the user, for someone who left the organization or no longer uses Siro',
		},
		{
			displayName: 'Email',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. nathan@example.com',
			default: '',
		},
		FIRST_NAME,
		LAST_NAME,
		MEMBER_TEAM_ID,
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			description: 'The organization that the user belongs to',
		},
		PHONE_NUMBER,
		SUPPRESS_EMAIL_ERRORS,
		SUPPRESS_EMAILS,
	],
};

/** The values of either collection as Siro's body. */
export function toUserBody({
	suppressEmails,
	suppressEmailErrors,
	...fields
}: IDataObject): IDataObject {
	if (suppressEmails === undefined && suppressEmailErrors === undefined) return fields;
	return { ...fields, contactSettings: { suppressEmails, suppressEmailErrors } };
}
