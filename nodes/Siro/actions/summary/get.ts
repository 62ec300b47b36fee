import type { INodeProperties } from 'n8n-workflow';

import { path } from '../../api/path';
import { toRecordingSummary } from '../../crm/summary';
import type { ItemOperation } from '../operation';
import { RECORDING } from '../parameters/locators';

const OUTPUT: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{
			name: 'One Item per Recording',
			value: 'recording',
			description: 'With all sections, one readable text, and each section by its name',
		},
		{ name: 'One Item per Section', value: 'sections' },
	],
	default: 'recording',
	description: 'How many items to give',
};

export const get: ItemOperation = {
	value: 'get',
	name: 'Get',
	action: 'Get a summary',
	description: 'Get the summary that Siro’s AI wrote of a recording, as text and by section',
	parameters: [RECORDING, OUTPUT],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/core/recordings/{id}/summaries. */
	async execute(item) {
		const recordingId = item.parameter<string>('recordingId');
		const sections = await item.siro.list({
			path: path`/v1/core/recordings/${recordingId}/summaries`,
			subject: { kind: 'recording', id: recordingId },
		});
		const summary = toRecordingSummary(recordingId, sections);
		return item.parameter<string>('output', 'recording') === 'sections'
			? summary.sections.map((section) => ({ recordingId, ...section }))
			: { ...summary };
	},
};
