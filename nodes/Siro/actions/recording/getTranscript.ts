import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { wholePages } from '../../api/pagination';
import { path } from '../../api/path';
import { RECORDING } from '../../parameters/locators';
import { output } from '../../parameters/output';
import { toTranscriptText, toTurns } from '../../recordings/transcript';
import type { ItemOperation } from '../../runner/operation';

const OUTPUT = output(
	[
		{
			name: 'One Item per Recording',
			value: 'recording',
			description: 'The whole conversation as one text, with one line per turn',
		},
		{
			name: 'One Item per Turn',
			value: 'turns',
			description: 'What one speaker said before another one spoke, with the time',
		},
	],
	'recording',
);

const INCLUDE_UTTERANCES: INodeProperties = {
	displayName: 'Include Utterances',
	name: 'includeUtterances',
	type: 'boolean',
	default: false,
	description:
		'Whether to add Siro’s raw transcript pieces with their times and confidence. For long conversations this can be several megabytes.',
};

const NOT_YET =
	'Siro has no transcript of the recording yet. It writes one while it processes the recording: try again later, or start the workflow with the Siro Trigger, which waits until the recording is processed.';

export const getTranscript: ItemOperation = {
	value: 'getTranscript',
	name: 'Get Transcript',
	action: 'Get a transcript',
	description:
		'Get what was said in a recording, as readable text with the names of the speakers. Needs an OAuth app or a client app in the credential.',
	parameters: [RECORDING, OUTPUT],
	options: [INCLUDE_UTTERANCES],
	isReading: true,

	/** Source: platform-api.openapi.json, GET /v1/core/recordings/{id}/utterances. */
	async execute(item) {
		const { id: recordingId } = item.locator('recordingId');
		const utterances: IDataObject[] = [];
		const speakerMap: IDataObject = {};
		const pages = wholePages(item.siro, {
			surface: 'platform',
			path: path`/v1/core/recordings/${recordingId}/utterances`,
			listName: 'utterances',
			subject: { kind: 'recording', id: recordingId },
		});
		for await (const { records, container } of pages) {
			utterances.push(...records);
			Object.assign(speakerMap, container?.speakerMap);
		}

		const turns = toTurns(utterances, speakerMap);
		if (turns.length === 0) item.hint(NOT_YET);
		const withUtterances = item.parameter('options.includeUtterances', false);
		if (item.parameter<string>('output', 'recording') === 'turns') {
			return turns.map(({ utterances: pieces, ...turn }) => ({
				recordingId,
				...turn,
				...(withUtterances ? { utterances: pieces } : {}),
			}));
		}
		return {
			recordingId,
			text: toTranscriptText(turns),
			speakers: [...new Set(turns.map(({ speaker }) => speaker))],
			...(withUtterances ? { utterances: turns.flatMap((turn) => turn.utterances) } : {}),
		};
	},
};
