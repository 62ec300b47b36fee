import { path } from '../../api/path';
import { toSimpleRecording } from '../../crm/simpleRecording';
import type { ItemOperation } from '../operation';
import { INCLUDE, toShowFlags } from '../parameters/include';
import { RECORDING } from '../parameters/locators';
import { SIMPLIFY } from '../parameters/simplify';

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a recording',
	description: 'Get one recording, with its CRM links, summary and extracted values',
	parameters: [RECORDING, INCLUDE, SIMPLIFY],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/core/recordings/{id}. */
	async execute(item) {
		const recordingId = item.parameter<string>('recordingId');
		const recording = await item.siro.record({
			path: path`/v1/core/recordings/${recordingId}`,
			query: toShowFlags(item.parameter('include', [])),
			subject: { kind: 'recording', id: recordingId },
		});
		return item.parameter('simplify', true) ? toSimpleRecording(recording) : recording;
	},
};
