import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { STATUSES } from '../../parameters/followupStatuses';
import { FOLLOWUPS } from '../../parameters/kinds';
import { FOLLOWUP, located } from '../../parameters/locators';
import { requireChanges } from '../../parameters/updateFields';
import type { ItemOperation } from '../../runner/operation';

const UPDATE_FIELDS: INodeProperties = {
	displayName: 'Update Fields',
	name: 'updateFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	description: 'What to change. Fields that are not added, or left empty, stay as they are.',
	options: [
		{
			displayName: 'Completed',
			name: 'completed',
			type: 'boolean',
			default: true,
			description:
				'Whether the follow-up is done. Siro calls this field deprecated and recommends Status instead.',
		},
		{
			displayName: 'Has Follow-Up Comment',
			name: 'hasFollowupComment',
			type: 'boolean',
			default: true,
			description: 'Whether the recording has a comment on this follow-up',
		},
		{
			displayName: 'Note',
			name: 'note',
			type: 'string',
			typeOptions: { rows: 3 },
			default: '',
			description: 'A note to add to the follow-up',
		},
		{
			displayName: 'Starred',
			name: 'starred',
			type: 'boolean',
			default: true,
			description: 'Whether the follow-up is starred',
		},
		{
			displayName: 'Status',
			name: 'status',
			type: 'options',
			options: STATUSES,
			default: 'COMPLETE',
		},
	],
};

export const update: ItemOperation = {
	value: 'update',
	name: 'Update',
	action: 'Update a follow-up',
	description:
		'Change the status or the star of a follow-up, or add a note. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [FOLLOWUP, UPDATE_FIELDS],
	isReading: false,
	records: FOLLOWUPS.fields,

	/**
	 * Not repeated by itself: each time would add the note once more.
	 * Source: platform-api.openapi.json, PATCH /v1/core/followups/{id}.
	 */
	async execute(item) {
		return await item.siro.record({
			...located(item, FOLLOWUPS).request,
			method: 'PATCH',
			body: requireChanges(item.parameter<IDataObject>('updateFields', {})),
		});
	},
};
