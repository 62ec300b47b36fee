import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { CONNECTION } from '../../parameters/locators';
import type { OperationItem } from '../../runner/operation';
import { isRecordList } from '../../values/values';

/** The parameters that name the CRM records of a recording that is yet to be made. */
export const CRM_OBJECTS: INodeProperties[] = [
	{
		displayName: 'CRM Records',
		name: 'crmObjects',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add CRM Record',
		default: {},
		description: 'The CRM records to link the recording to. They must already be in Siro.',
		options: [
			{
				displayName: 'CRM Record',
				name: 'crmObject',
				values: [
					{
						displayName: 'Type',
						name: 'objectType',
						type: 'options',
						options: [
							{ name: 'Account', value: 'Account' },
							{ name: 'Appointment (Engagement)', value: 'Engagement' },
							{ name: 'Contact', value: 'Contact' },
							{ name: 'Event', value: 'Event' },
							{ name: 'Lead', value: 'Lead' },
							{ name: 'Opportunity', value: 'Opportunity' },
							{ name: 'Service Appointment', value: 'ServiceAppointment' },
						],
						default: 'Engagement',
					},
					{
						displayName: 'ID',
						name: 'objectId',
						type: 'string',
						default: '',
						description: 'The ID that the record has in your CRM',
					},
				],
			},
		],
	},
	{
		...CONNECTION,
		required: false,
		description:
			'Siro’s connection to the CRM that these records are in. Needed only if you add CRM records.',
	},
];

/**
 * The CRM records as Siro takes them with a new recording, or nothing. Siro wants the connection
 * with them, and not without them (https://docs.siro.ai/api-references/post-recordings-upload).
 * Source: platform-api.openapi.json, POST /v1/core/recordings/upload.
 */
export function readCrmObjects(item: OperationItem): IDataObject {
	const { crmObject } = item.parameter<{ crmObject?: unknown }>('crmObjects', {});
	if (!isRecordList(crmObject)) return {};

	const crmObjects = crmObject.map(({ objectType, objectId }) => {
		if (objectId === undefined) {
			throw new UserError('A CRM record has no ID', {
				description: 'Enter the ID that the record has in your CRM, or remove the record.',
			});
		}
		if (objectType === undefined) {
			throw new UserError('A CRM record has no Type', {
				description: 'Choose what kind of record it is, or remove the record.',
			});
		}
		return { objectType, objectId };
	});
	const integrationConnectionId = item.locator('connectionId').id;
	if (integrationConnectionId === '') {
		throw new UserError('Connection is empty', {
			description: 'Choose the CRM connection that the CRM records are in.',
		});
	}
	return { integrationConnectionId, crmObjects };
}
