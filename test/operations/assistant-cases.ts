import type { OperationCase } from './operation-case';

const PARTS = [
	{ kind: 'text', text: 'The price, in 12 of 40 conversations.' },
	{ kind: 'tool', tool: 'show_chart', data: null },
	{ kind: 'text', text: 'The time that it takes, in 5.' },
];

const RUN = {
	surface: 'platform',
	method: 'POST',
	path: '/v1/agents/run',
} as const;

export const ASSISTANT_CASES: OperationCase[] = [
	{
		title: 'a question',
		resource: 'assistant',
		operation: 'ask',
		credential: 'writingUser',
		parameters: { question: ' Which objections came up? ' },
		exchanges: [
			{
				...RUN,
				body: {
					userQuery: 'Which objections came up?',
					queryType: 'CHAT',
					queryEntrypoint: 'UNIVERSAL_CHAT',
					questionSource: 'manual',
					streaming: false,
				},
				answer: {
					data: { sessionId: 'session-1', eventType: 'RESPONSE', content: { parts: PARTS } },
				},
			},
		],
		output: [
			{
				question: 'Which objections came up?',
				answer: 'The price, in 12 of 40 conversations.\n\nThe time that it takes, in 5.',
				sessionId: 'session-1',
				parts: PARTS,
			},
		],
		failure: {
			parameters: { question: "={{ ' ' }}" },
			message: /^Could not ask the assistant: question is empty$/,
		},
	},
	{
		title: 'going on, with every field',
		resource: 'assistant',
		operation: 'ask',
		credential: 'writingUser',
		parameters: {
			question: 'And the week before?',
			additionalFields: {
				organizationId: 'org-1',
				queryEntrypoint: 'MANAGER_CHAT',
				queryType: 'REPORT',
				sessionId: 'session-1',
				webSearchEnabled: false,
			},
		},
		exchanges: [
			{
				...RUN,
				body: {
					userQuery: 'And the week before?',
					organizationId: 'org-1',
					queryEntrypoint: 'MANAGER_CHAT',
					queryType: 'REPORT',
					sessionId: 'session-1',
					webSearchEnabled: false,
					questionSource: 'manual',
					streaming: false,
				},
				answer: { data: { sessionId: 'session-1', eventType: 'RESPONSE' } },
			},
		],
		output: [{ question: 'And the week before?', answer: '', sessionId: 'session-1', parts: [] }],
		failure: {
			status: 403,
			answer: { error: 'Forbidden' },
			message: /^Could not ask the assistant: Siro does not allow this$/,
		},
	},
];
