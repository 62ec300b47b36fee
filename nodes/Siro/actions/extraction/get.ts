import { RECORDING } from '../../parameters/locators';
import { output } from '../../parameters/output';
import { readSource, SOURCE } from '../../parameters/source';
import { readExtractions, toValuesByName } from '../../recordings/extractions';
import { fetchRecording } from '../../recordings/fetch';
import type { ItemOperation } from '../../runner/operation';

const OUTPUT = output(
	[
		{
			name: 'One Item per Recording',
			value: 'recording',
			description: 'One item with all values, also listed by name',
		},
		{ name: 'One Item per Value', value: 'values' },
	],
	'values',
);

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get extracted values',
	description:
		'Get the values that Siro’s AI found in a recording, each with the CRM fields it belongs in',
	parameters: [RECORDING, OUTPUT],
	options: [SOURCE],
	isReading: true,

	async execute(item) {
		const { id: recordingId } = item.locator('recordingId');
		const recording = await fetchRecording(
			item.siro,
			recordingId,
			['extractions'],
			readSource(item),
		);
		const extractions = readExtractions(recording.entityExtractions);
		return item.parameter<string>('output', 'values') === 'recording'
			? { recordingId, extractions, byName: toValuesByName(extractions) }
			: extractions.map((extraction) => ({ recordingId, ...extraction }));
	},
};
