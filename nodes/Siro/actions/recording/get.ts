import { toSimpleRecording } from '../../recordings/simpleRecording';
import { fetchRecording } from '../../recordings/fetch';
import type { ItemOperation } from '../../runner/operation';
import { INCLUDE_FROM_SOURCE, type Included } from '../../parameters/include';
import { RECORDING } from '../../parameters/locators';
import { SIMPLIFY } from '../../parameters/simplify';
import { readSource, SOURCE } from '../../parameters/source';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a recording',
	description: 'Get one recording, with its CRM links, summary and extracted values',
	parameters: [RECORDING, INCLUDE_FROM_SOURCE, SIMPLIFY],
	options: [SOURCE],
	isReading: true,

	async execute(item) {
		const include = item.parameter<Included[]>('include', []);
		const recording = await fetchRecording(item, include, readSource(item));
		return item.parameter('simplify', true) ? toSimpleRecording(recording) : recording;
	},
};
