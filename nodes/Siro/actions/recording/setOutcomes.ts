import { UserError, type INodeProperties } from 'n8n-workflow';

import { RECORDINGS } from '../../parameters/kinds';
import { located, RECORDING } from '../../parameters/locators';
import type { ItemOperation, OperationItem } from '../../runner/operation';

const PARAMETERS: INodeProperties[] = [
	{
		displayName: 'Clear All',
		name: 'clearAll',
		type: 'boolean',
		default: false,
		description: 'Whether to remove all outcomes from the recording',
	},
	{
		displayName: 'Outcomes',
		name: 'outcomes',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Outcome' },
		displayOptions: { show: { clearAll: [false] } },
		default: [],
		placeholder: 'e.g. follow_up_scheduled',
		description:
			'The outcomes that the recording should have; all others are removed. Enter each as customLabel, as in the output of Get Outcomes.',
	},
];

export const setOutcomes: ItemOperation = {
	value: 'setOutcomes',
	name: 'Set Outcomes',
	action: 'Set the outcomes of a recording',
	description:
		'Replace the outcomes of a recording. Needs an OAuth app (scope Write) or a client app in the credential.',
	parameters: [RECORDING, ...PARAMETERS],
	isReading: false,

	/**
	 * Sending it twice does no harm: it says which outcomes there are to be.
	 * Source: platform-api.openapi.json, PATCH /v1/core/recordings/{recordingId}/outcomes.
	 */
	async execute(item) {
		const { id, request } = located(item, RECORDINGS);
		const outcomes = await item.siro.record({
			...request,
			surface: 'platform',
			method: 'PATCH',
			path: `${request.path}/outcomes`,
			body: { selectedCustomLabels: readOutcomes(item) },
			repeatable: true,
		});
		return { recordingId: id, ...outcomes };
	},
};

/** An expression that finds nothing must not take off what the recording has. */
function readOutcomes(item: OperationItem): string[] {
	if (item.parameter<boolean>('clearAll', false) === true) return [];
	const outcomes = item.parameter<string[]>('outcomes', []);
	if (outcomes.length > 0) return outcomes;
	throw new UserError('Outcomes is empty', {
		description: 'Add at least one outcome, or switch on Clear All to remove all outcomes.',
	});
}
