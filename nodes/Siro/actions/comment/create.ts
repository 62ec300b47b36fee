import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { RECORDINGS, TEAMS, USERS } from '../../parameters/kinds';
import { located, RECORDING } from '../../parameters/locators';
import { COMMENT_FIELDS } from '../../parameters/recordFields';
import { several } from '../../parameters/several';
import type { ItemOperation, OperationItem } from '../../runner/operation';

const PARAMETERS: INodeProperties[] = [
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 3 },
		default: '',
		required: true,
		description: 'What the comment says',
	},
	several(
		USERS,
		'Recipient User Names or IDs',
		'recipientUserIds',
		'The Siro users who should get the comment',
	),
	several(
		TEAMS,
		'Recipient Team Names or IDs',
		'recipientTeamIds',
		'The teams that the comment is for',
	),
	{
		displayName: 'Start',
		name: 'start',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description: 'Where in the recording the commented part begins, in milliseconds from the start',
	},
	{
		displayName: 'End',
		name: 'end',
		type: 'number',
		typeOptions: { minValue: 0 },
		default: 0,
		description:
			'Where the commented part ends, in milliseconds. Leave at 0 for the same point as Start.',
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [
			{
				displayName: 'Private',
				name: 'isPrivate',
				type: 'boolean',
				default: true,
				description: 'Whether only the recipients see the comment',
			},
			{
				displayName: 'Thread ID',
				name: 'selectedThreadId',
				type: 'string',
				default: '',
				description: 'The thread to reply to: threadId in the output of Get Many',
			},
		],
	},
];

export const create: ItemOperation = {
	value: 'create',
	name: 'Create',
	action: 'Create a comment',
	description:
		'Comment on a recording for Siro users and teams. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [RECORDING, ...PARAMETERS],
	isReading: false,
	records: COMMENT_FIELDS,

	/**
	 * A comment in sound is left out: Siro documents no way to bring the sound there.
	 * Source: platform-api.openapi.json, POST /v1/core/recordings/{id}/comments.
	 */
	async execute(item) {
		const { request } = located(item, RECORDINGS);
		return await item.siro.record({
			...request,
			surface: 'platform',
			method: 'POST',
			path: `${request.path}/comments`,
			body: {
				...item.parameter<IDataObject>('additionalFields', {}),
				text: item.parameter<string>('text'),
				highlightRange: readPassage(item),
				recipients: readRecipients(item),
			},
		});
	},
};

function readPassage(item: OperationItem): IDataObject {
	const start = item.parameter('start', 0);
	const end = item.parameter('end', 0) || start;
	if (end >= start) return { start, end };
	throw new UserError('End is before Start', {
		description: 'Enter both in milliseconds from the beginning of the recording.',
	});
}

function readRecipients(item: OperationItem): IDataObject[] {
	const users = item.parameter<string[]>('recipientUserIds', []);
	const teams = item.parameter<string[]>('recipientTeamIds', []);
	return [
		...users.map((key) => ({ type: 'user', key })),
		...teams.map((key) => ({ type: 'team', key })),
	];
}
