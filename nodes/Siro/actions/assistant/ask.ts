import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { malformedAnswerError } from '../../api/errors';
import type { SiroRequest } from '../../api/request';
import type { ItemOperation } from '../../runner/operation';
import { isRecord, isRecordList } from '../../values/values';

const QUESTION: INodeProperties = {
	displayName: 'Question',
	name: 'question',
	type: 'string',
	typeOptions: { rows: 3 },
	placeholder: 'e.g. Which objections came up most often last week?',
	default: '',
	required: true,
	description:
		'What to ask, in plain language. Say which recordings, reps or days the question is about.',
};

const ADDITIONAL_FIELDS: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add Field',
	default: {},
	options: [
		{
			displayName: 'Entry Point',
			name: 'queryEntrypoint',
			type: 'options',
			options: [
				{ name: 'Ask Siro', value: 'ASK_SIRO' },
				{ name: 'Film Room', value: 'FILM_ROOM' },
				{ name: 'Generic', value: 'GENERIC' },
				{ name: 'Manager Chat', value: 'MANAGER_CHAT' },
				{ name: 'Re-Engage', value: 'RE_ENGAGE' },
				{ name: 'Rep Chat', value: 'REP_CHAT' },
				{ name: 'Scorecards', value: 'SCORECARDS' },
				{ name: 'Universal Chat', value: 'UNIVERSAL_CHAT' },
			],
			default: 'UNIVERSAL_CHAT',
			description: 'The part of Siro that the question appears to come from',
		},
		{
			displayName: 'Organization ID',
			name: 'organizationId',
			type: 'string',
			default: '',
			description: 'The organization that the question is about',
		},
		{
			displayName: 'Query Type',
			name: 'queryType',
			type: 'options',
			options: [
				{ name: 'Chat', value: 'CHAT' },
				{ name: 'Report', value: 'REPORT' },
			],
			default: 'CHAT',
			description: 'Whether to answer as in a chat or with a report',
		},
		{
			displayName: 'Session ID',
			name: 'sessionId',
			type: 'string',
			default: '',
			description: 'To continue a conversation, enter the session ID of an earlier answer',
		},
		{
			displayName: 'Web Search',
			name: 'webSearchEnabled',
			type: 'boolean',
			default: true,
			description: 'Whether Siro’s AI may search the web for the answer',
		},
	],
};

export const ask: ItemOperation = {
	value: 'ask',
	name: 'Ask',
	action: 'Ask the assistant',
	description:
		'Ask Siro’s AI one question about many recordings. It can take a minute. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [QUESTION, ADDITIONAL_FIELDS],
	isReading: false,

	/**
	 * What steers Siro’s agents from inside, the overrides, is left out.
	 * Source: platform-api.openapi.json, POST /v1/agents/run.
	 */
	async execute(item) {
		const question = item.parameter<string>('question');
		const request: SiroRequest = {
			surface: 'platform',
			method: 'POST',
			path: '/v1/agents/run',
			body: {
				queryType: 'CHAT',
				queryEntrypoint: 'UNIVERSAL_CHAT',
				...item.parameter<IDataObject>('additionalFields', {}),
				userQuery: question,
				questionSource: 'manual',
				streaming: false,
			},
		};
		const run = await item.siro.record(request);
		const { sessionId, content } = run;
		const parts = isRecord(content) ? content.parts : [];
		if (typeof sessionId !== 'string' || !isRecordList(parts)) {
			throw malformedAnswerError(item.siro.node, item.siro.failure(request), run, 'an answer');
		}
		return { question, answer: toText(parts), sessionId, parts };
	},
};

/** The words of an answer: what shows a chart or patches a text has none. */
function toText(parts: IDataObject[]): string {
	const texts = parts.flatMap(({ kind, text }) =>
		kind === 'text' && typeof text === 'string' ? [text] : [],
	);
	return texts.join('\n\n');
}
