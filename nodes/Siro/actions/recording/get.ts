import { INCLUDE_FROM_SOURCE } from '../../parameters/include';
import { RECORDING } from '../../parameters/locators';
import { SIMPLIFY } from '../../parameters/simplify';
import { readSource, SOURCE } from '../../parameters/source';
import { fetchRecording, type Block } from '../../recordings/fetch';
import { toSimpleRecording } from '../../recordings/simpleRecording';
import type { ItemOperation } from '../../runner/operation';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a recording',
	description: 'Get one recording, with its CRM links, summary and extracted values',
	parameters: [RECORDING, INCLUDE_FROM_SOURCE, SIMPLIFY],
	options: [SOURCE],
	isReading: true,

	async execute(item) {
		const include = item.parameter<Block[]>('include', []);
		const { id: recordingId } = item.locator('recordingId');
		const recording = await fetchRecording(item.siro, recordingId, include, readSource(item));
		return item.parameter('simplify', true) ? toSimpleRecording(recording) : recording;
	},
};
