import { path } from '../../api/path';
import { RECORDING } from '../../parameters/locators';
import { output } from '../../parameters/output';
import { readSource, SOURCE } from '../../parameters/source';
import { toRecordingSummary } from '../../recordings/summary';
import type { ItemOperation } from '../../runner/operation';

const OUTPUT = output(
	[
		{
			name: 'One Item per Recording',
			value: 'recording',
			description: 'One item with the whole summary as text, and each section by name',
		},
		{ name: 'One Item per Section', value: 'sections' },
	],
	'recording',
);

const NOT_YET =
	'The recording has no summary yet. Siro writes it while it processes the recording: try again later, or start the workflow with the Siro Trigger, which waits until the recording is processed.';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a summary',
	description: 'Get the summary that Siro’s AI wrote of a recording, as text and by section',
	parameters: [RECORDING, OUTPUT],
	options: [SOURCE],
	isReading: true,

	/**
	 * Sources: external-api.openapi.json, GET /v1/core/recordings/{id}/summaries;
	 * platform-api.openapi.json, GET /v1/core/recordings/{id}/summary.
	 */
	async execute(item) {
		const { id: recordingId } = item.locator('recordingId');
		const surface = readSource(item);
		const recordingPath = path`/v1/core/recordings/${recordingId}`;
		const sections = await item.siro.list({
			surface,
			path: `${recordingPath}/${surface === 'platform' ? 'summary' : 'summaries'}`,
			subject: { kind: 'recording', id: recordingId },
		});
		const summary = toRecordingSummary(recordingId, sections);
		if (summary.text === '') item.hint(NOT_YET);
		return item.parameter<string>('output', 'recording') === 'sections'
			? summary.sections.map((section) => ({ recordingId, ...section }))
			: { ...summary };
	},
};
