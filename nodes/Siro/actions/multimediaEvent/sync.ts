import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { BATCH_SIZE_OPTION, syncRecords } from '../../crm/sync';
import { fieldsOrJson, readFieldsOrJson } from '../../parameters/inputMode';
import { ORGANIZATION, readOrganizationId } from '../../parameters/organization';
import { fieldsOf } from '../../runner/definitions';
import type { BatchOperation, OperationItem } from '../../runner/operation';

const REQUIRED_FIELDS: INodeProperties[] = [
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		required: true,
		description:
			'The ID that the recorded file has in the other system. Siro recognizes the file by this ID.',
	},
	{
		displayName: 'External Event ID',
		name: 'externalEventId',
		type: 'string',
		default: '',
		required: true,
		description: 'The ID that the call or meeting has in the other system',
	},
	{
		displayName: 'Download URL',
		name: 'downloadUrl',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. https://calls.example.com/recordings/456.mp3',
		description: 'Where Siro can fetch the file',
	},
	{
		displayName: 'MIME Type',
		name: 'mimeType',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. audio/mpeg',
		description: 'What kind of file it is',
	},
	{
		displayName: 'Created At',
		name: 'remoteCreatedAt',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'When the call or meeting took place. Times without a time zone are in the workflow’s time zone.',
	},
	{
		displayName: 'External User ID',
		name: 'externalUserId',
		type: 'string',
		default: '',
		required: true,
		description: 'The ID that the rep has in the other system',
	},
	{
		displayName: 'External Email Address',
		name: 'externalEmailAddress',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. nathan@example.com',
		description: 'The email address that the rep has in the other system',
	},
];

const ADDITIONAL_FIELDS: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'External User Name',
			name: 'externalUserName',
			type: 'string',
			default: '',
			description: 'The name that the rep has in the other system',
		},
	],
};

const RECORD_FIELDS = [...REQUIRED_FIELDS, ...fieldsOf(ADDITIONAL_FIELDS), ORGANIZATION];

export const sync: BatchOperation = {
	value: 'sync',
	name: 'Create or Update (Sync)',
	action: 'Sync a multimedia event',
	description:
		'Tell Siro about calls and meetings recorded in another system, so that Siro downloads the files itself. To send a file, use the operation Upload of the resource Recording.',
	parameters: [...fieldsOrJson([...REQUIRED_FIELDS, ADDITIONAL_FIELDS]), ORGANIZATION],
	options: [BATCH_SIZE_OPTION],

	/**
	 * Siro does not document what it answers with. The address of the file may be signed, and is not
	 * given out.
	 * Source: external-api.openapi.json, PUT /v1/integrations/multimedia-events and …/batch/multimedia-events.
	 */
	async executeBatch(items, siro) {
		return await syncRecords(items, siro, sync.action, {
			path: '/v1/integrations/multimedia-events',
			batchPath: '/v1/integrations/batch/multimedia-events',
			read: readEvent,
			toOutput: ({ externalId, externalEventId }) => ({
				externalId,
				externalEventId,
				synced: true,
			}),
		});
	},
};

async function readEvent(item: OperationItem): Promise<IDataObject> {
	const { organizationId, ...event } = readFieldsOrJson(item, RECORD_FIELDS, readEnteredFields);
	for (const { name, displayName } of REQUIRED_FIELDS) {
		if (event[name] !== undefined) continue;
		throw new UserError(`${displayName} is empty`, {
			description: `Fill in ${displayName}. Siro requires it.`,
		});
	}
	return { ...event, organizationId: organizationId ?? (await readOrganizationId(item)) };
}

function readEnteredFields(item: OperationItem): IDataObject {
	const entered = REQUIRED_FIELDS.map(({ name }) => [name, item.parameter<string>(name)]);
	return {
		...(Object.fromEntries(entered) as IDataObject),
		...item.parameter<IDataObject>('additionalFields', {}),
	};
}
