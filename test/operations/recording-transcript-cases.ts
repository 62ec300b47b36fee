import type { OperationCase } from './operation-case';

const word = (speakerTag: string, utterance: string, startTimeInMillis: number) => ({
	utterance,
	startTimeInMillis,
	endTimeInMillis: startTimeInMillis + 400,
	speakerTag,
	redacted: false,
	confidence: 0.99,
});

const WORDS = [word('0', 'Good', 0), word('0', 'morning.', 500), word('1', 'Hello.', 1000)];
const MORE_WORDS = [word('1', 'Come in.', 1500), word('2', 'Who is it?', 2000)];

const UTTERANCES = [...WORDS, ...MORE_WORDS].map((utterance) => ({
	...utterance,
	speaker: { '0': 'Nathan Rep', '1': 'Customer', '2': 'Speaker 2' }[utterance.speakerTag],
}));

const TRANSCRIPT_CASE = {
	resource: 'recording',
	operation: 'getTranscript',
	credential: 'readingUser',
	exchanges: [
		{
			answer: {
				data: { utterances: WORDS, isLowDataMode: false, speakerMap: { '0': 'Nathan Rep' } },
				pageSize: 3,
				cursor: 2,
			},
		},
		{
			query: { cursor: '2' },
			answer: {
				data: { utterances: MORE_WORDS, isLowDataMode: false, speakerMap: { '1': 'Customer' } },
				pageSize: 3,
				cursor: null,
			},
		},
	].map((exchange) => ({
		surface: 'platform',
		method: 'GET',
		path: '/v1/core/recordings/rec-1/utterances',
		documentedPath: '/v1/core/recordings/{id}/utterances',
		...exchange,
	})),
	failure: {
		status: 404,
		answer: { error: 'Recording not found' },
		message: /^Could not get a transcript: Siro has no recording with the ID "rec-1"$/,
	},
} satisfies Partial<OperationCase>;

const TRANSCRIPT = {
	recordingId: 'rec-1',
	text: 'Nathan Rep: Good morning.\nCustomer: Hello. Come in.\nSpeaker 2: Who is it?',
	speakers: ['Nathan Rep', 'Customer', 'Speaker 2'],
};

export const RECORDING_TRANSCRIPT_CASES: OperationCase[] = [
	{
		...TRANSCRIPT_CASE,
		title: 'as readable text',
		parameters: { recordingId: 'rec-1' },
		output: [TRANSCRIPT],
	},
	{
		...TRANSCRIPT_CASE,
		title: 'with its utterances',
		parameters: { recordingId: 'rec-1', options: { includeUtterances: true } },
		output: [{ ...TRANSCRIPT, utterances: UTTERANCES }],
	},
	{
		...TRANSCRIPT_CASE,
		title: 'one item per turn',
		parameters: { recordingId: 'rec-1', output: 'turns' },
		output: [
			{
				recordingId: 'rec-1',
				speaker: 'Nathan Rep',
				text: 'Good morning.',
				startTimeInMillis: 0,
				endTimeInMillis: 900,
			},
			{
				recordingId: 'rec-1',
				speaker: 'Customer',
				text: 'Hello. Come in.',
				startTimeInMillis: 1000,
				endTimeInMillis: 1900,
			},
			{
				recordingId: 'rec-1',
				speaker: 'Speaker 2',
				text: 'Who is it?',
				startTimeInMillis: 2000,
				endTimeInMillis: 2400,
			},
		],
	},
];
