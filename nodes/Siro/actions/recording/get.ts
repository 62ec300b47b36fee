import { INCLUDE_FROM_SOURCE } from '../../parameters/include';
import { RECORDINGS } from '../../parameters/kinds';
import { RECORDING } from '../../parameters/locators';
import { readSource, SOURCE } from '../../parameters/source';
import { fetchRecording, type Block } from '../../recordings/fetch';
import type { ItemOperation } from '../../runner/operation';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a recording',
	description: 'Get one recording, with its CRM links, summary and extracted values',
	parameters: [RECORDING, INCLUDE_FROM_SOURCE],
	options: [SOURCE],
	isReading: true,
	records: RECORDINGS.fields,

	async execute(item) {
		const include = item.parameter<Block[]>('include', []);
		const { id: recordingId } = item.locator('recordingId');
		return await fetchRecording(item.siro, recordingId, include, readSource(item));
	},
};
