import type { INodeProperties } from 'n8n-workflow';

import { malformedAnswerError } from '../../api/errors';
import { path } from '../../api/path';
import type { SiroRequest } from '../../api/request';
import { CONVERSATION_TYPE, TEAM, USER } from '../../parameters/locators';
import { ORGANIZATION, readOrganizationId } from '../../parameters/organization';
import type { ItemOperation } from '../../runner/operation';
import { isRecord } from '../../values/values';

const PARAMETERS: INodeProperties[] = [
	{
		displayName: 'Score Of',
		name: 'scoreOf',
		type: 'options',
		options: [
			{ name: 'Team', value: 'team' },
			{ name: 'User', value: 'user' },
		],
		default: 'user',
		description: 'Whose score to get',
	},
	// Not required: n8n would ask for both when an expression tells which.
	{ ...USER, required: false, displayOptions: { show: { scoreOf: ['user'] } } },
	{ ...TEAM, required: false, displayOptions: { show: { scoreOf: ['team'] } } },
	{
		displayName: 'Days',
		name: 'horizon',
		type: 'options',
		options: [
			{ name: 'Last 7 Days', value: 7 },
			{ name: 'Last 30 Days', value: 30 },
			{ name: 'Last 180 Days', value: 180 },
		],
		default: 30,
		description: 'How far to look back',
	},
	ORGANIZATION,
	{
		...CONVERSATION_TYPE,
		required: false,
		description: 'Only recordings of this type. Leave empty for the user’s preferred type.',
	},
];

export const getScoreHistory: ItemOperation = {
	value: 'getScoreHistory',
	name: 'Get Score History',
	action: 'Get a score history',
	description:
		'Get the average scorecard score of a user or a team over the last 7, 30 or 180 days. Needs an OAuth app or a client app in the credential.',
	parameters: PARAMETERS,
	isReading: true,

	/**
	 * Days begin in the workflow’s time zone. The `buckets` of Siro's answer are always empty.
	 * Source: platform-api.openapi.json, GET /v1/core/scorecards/users/{userId}/weighted-score-history
	 * and …/teams/{teamId}/….
	 */
	async execute(item) {
		const isTeam = item.parameter<string>('scoreOf', 'user') === 'team';
		const { id } = item.locator(isTeam ? 'teamId' : 'userId');
		const request: SiroRequest = {
			surface: 'platform',
			path: isTeam
				? path`/v1/core/scorecards/teams/${id}/weighted-score-history`
				: path`/v1/core/scorecards/users/${id}/weighted-score-history`,
			subject: { kind: isTeam ? 'team' : 'user', id },
			query: {
				horizon: item.parameter<number>('horizon', 30),
				timezone: item.reading.timeZone,
				conversationType: item.locator('conversationTypeId').id,
				organizationId: await readOrganizationId(item),
			},
		};
		const history = await item.siro.record(request);
		const { summary, ...rest } = history;
		delete rest.buckets;
		if (isRecord(summary)) return { ...rest, ...summary };
		const failure = item.siro.failure(request);
		throw malformedAnswerError(item.siro.node, failure, history, 'a summary of scores');
	},
};
