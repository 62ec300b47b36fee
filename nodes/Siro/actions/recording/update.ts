import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { RECORDINGS } from '../../parameters/kinds';
import { CONVERSATION_TYPE, located, RECORDING } from '../../parameters/locators';
import { requireChanges } from '../../parameters/updateFields';
import type { ItemOperation } from '../../runner/operation';
import type { RecordFields } from '../../values/recordFields';
import { RESULT } from './result';

const UPDATE_FIELDS: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What to change. Fields that are not added, or left empty, stay as they are.',
	options: [
		{
			displayName: 'Conversation Quality',
			name: 'conversationQualityTag',
			type: 'options',
			options: [
				{ name: 'Full Conversation', value: 'FULL_CONVERSATION' },
				{ name: 'Not a Full Conversation', value: 'NOT_FULL_CONVERSATION' },
			],
			default: 'FULL_CONVERSATION',
			description: 'How complete the recorded conversation is',
		},
		{
			...CONVERSATION_TYPE,
			name: 'conversationType',
			required: false,
			description: 'The conversation type that Siro uses to analyze the recording',
		},
		{
			displayName: 'Customer Consent Attested',
			name: 'customerConsentAttested',
			type: 'boolean',
			default: true,
			description: 'Whether someone has confirmed that the customer agreed to be recorded',
		},
		{
			displayName: 'Discoverable',
			name: 'discoverable',
			type: 'boolean',
			default: true,
			description: 'Whether the recording is shared with the team',
		},
		{
			displayName: 'Do Not Delete',
			name: 'doNotDelete',
			type: 'boolean',
			default: true,
			description: 'Whether the recording is protected from deletion',
		},
		{
			displayName: 'Notes',
			name: 'notes',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'The new notes on the recording. They replace the existing notes.',
		},
		{
			displayName: 'Private',
			name: 'isPrivate',
			type: 'boolean',
			default: true,
			description: 'Whether the recording is private',
		},
		{
			displayName: 'Recorded At',
			name: 'dateCreated',
			type: 'dateTime',
			default: '',
			description:
				'When the conversation took place. Times without a time zone are in the workflow’s time zone.',
		},
		{
			displayName: 'Rep Consent Attested',
			name: 'repConsentAttested',
			type: 'boolean',
			default: true,
			description: 'Whether someone has confirmed that the rep agreed to be recorded',
		},
		RESULT,
		{
			displayName: 'Title',
			name: 'title',
			type: 'string',
			default: '',
			description: 'The title of the recording',
		},
	],
};

/** Of the 139 fields that Siro documents, those that tell of the recording and not of its processing. */
const FIELDS: RecordFields = {
	id: 'id',
	simple: [
		'id',
		'title',
		'dateCreated',
		'userId',
		'result',
		'notes',
		'conversationType',
		'isPrivate',
		'discoverable',
		'doNotDelete',
	],
	others: [
		'conversationQualityTag',
		'customerConsentAttested',
		'deleted',
		'durationInMilliseconds',
		'organizationId',
		'organizationName',
		'outcomeLabel',
		'processingStage',
		'processingStatus',
		'repConsentAttested',
		'repFirstName',
		'repLastName',
		'teamId',
		'transcriptionLanguage',
		'transcriptionStatus',
		'viewCount',
	],
};

export const update: ItemOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update a recording',
	description:
		'Change the title, the result, the notes, the conversation type or the privacy of a recording. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [RECORDING, UPDATE_FIELDS],
	isReading: false,
	records: FIELDS,

	/**
	 * What Siro’s app tells of uploading and transcribing is left out. Sending it twice does no harm.
	 * Source: platform-api.openapi.json, PATCH /v1/core/recordings.
	 */
	async execute(item) {
		const { id, request } = located(item, RECORDINGS);
		const changes = requireChanges(item.parameter<IDataObject>('updateFields', {}));
		return await item.siro.record({
			...request,
			surface: 'platform',
			method: 'PATCH',
			path: RECORDINGS.path,
			body: { id, ...changes },
			repeatable: true,
		});
	},
};
