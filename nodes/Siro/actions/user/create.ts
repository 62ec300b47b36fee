import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { USERS } from '../../parameters/kinds';
import { ORGANIZATION, readOrganizationId } from '../../parameters/organization';
import type { ItemOperation } from '../../runner/operation';
import { ADDITIONAL_FIELDS, toUserBody } from './userFields';

const EMAIL: INodeProperties = {
	displayName: 'Email',
	name: 'email',
	type: 'string',
	placeholder: 'e.g. nathan@example.com',
	default: '',
	required: true,
	description: 'The user’s email address. Siro sends a link for setting a password to it.',
};

export const create: ItemOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create a user',
	description: 'Create a Siro user. Siro emails the user a link for setting a password.',
	parameters: [EMAIL, ORGANIZATION, ADDITIONAL_FIELDS],
	isReading: false,
	records: USERS.fields,

	/** Source: external-api.openapi.json, POST /v1/core/users. */
	async execute(item) {
		const email = item.parameter('email', '');
		if (email === '') {
			throw new UserError('Email is empty', { description: 'Enter the user’s email address.' });
		}
		return await item.siro.record({
			method: 'POST',
			path: '/v1/core/users',
			body: {
				...toUserBody(item.parameter<IDataObject>('additionalFields', {})),
				email,
				organizationId: await readOrganizationId(item),
			},
		});
	},
};
