import type { OperationCase } from './operation-case';

const SECTIONS = [
	{ id: 's1', name: 'Overview', content: 'They liked the oak.' },
	{ id: 's2', name: 'Next Steps', content: 'Send a proposal.' },
];

const REQUEST = {
	method: 'GET',
	path: '/v1/core/recordings/rec-1/summaries',
	documentedPath: '/v1/core/recordings/{id}/summaries',
} as const;

const FAILURE = {
	status: 404,
	answer: { error: 'Not found' },
	message: /^Could not get a summary: Siro has no recording with the ID "rec-1"$/,
};

export const SUMMARY_CASES: OperationCase[] = [
	{
		title: 'one item per recording',
		resource: 'summary',
		operation: 'get',
		parameters: { recordingId: { __rl: true, mode: 'id', value: 'rec-1' } },
		exchanges: [{ ...REQUEST, answer: SECTIONS }],
		output: [
			{
				recordingId: 'rec-1',
				sections: SECTIONS,
				text: 'Overview:\nThey liked the oak.\n\nNext Steps:\nSend a proposal.',
				html: '<p><strong>Overview:</strong><br>They liked the oak.</p><p><strong>Next Steps:</strong><br>Send a proposal.</p>',
				byName: { Overview: 'They liked the oak.', 'Next Steps': 'Send a proposal.' },
			},
		],
		failure: FAILURE,
	},
	{
		title: 'one item per section, from the wrapped answer of the guide',
		resource: 'summary',
		operation: 'get',
		parameters: { recordingId: 'rec-1', output: 'sections' },
		exchanges: [{ ...REQUEST, answer: { data: SECTIONS } }],
		output: SECTIONS.map((section) => ({ recordingId: 'rec-1', ...section })),
		failure: FAILURE,
	},
	{
		title: 'the same from the user-scoped source',
		resource: 'summary',
		operation: 'get',
		parameters: { recordingId: 'rec-1', output: 'sections', options: { source: 'user' } },
		credential: 'readingUser',
		exchanges: [
			{
				surface: 'platform',
				method: 'GET',
				path: '/v1/core/recordings/rec-1/summary',
				documentedPath: '/v1/core/recordings/{id}/summary',
				answer: {
					data: [
						{
							id: 's2',
							promptHeader: 'Next Steps',
							promptResponse: 'Send a proposal.',
							summaryResultIndex: 1,
							quotes: [{ quote: 'send it', startTimeInMillis: 1, endTimeInMillis: 2 }],
						},
						{
							id: 's1',
							promptHeader: 'Overview',
							promptResponse: 'They liked the oak.',
							summaryResultIndex: 0,
							quotes: null,
						},
					],
				},
			},
		],
		output: SECTIONS.map((section) => ({ recordingId: 'rec-1', ...section })),
		failure: FAILURE,
	},
];
