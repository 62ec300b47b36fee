import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { poll } from './polling/poll';
import { PROPERTIES } from './polling/properties';

export class SiroPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Siro Polling Trigger',
		name: 'siroPollingTrigger',
		icon: { light: 'file:siro.svg', dark: 'file:siro.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ { followup: "follow-up new or changed", recordingUnlinked: "recording not linked" }[$parameter["triggerOn"]] || "processed and linked" }}',
		description:
			'Starts the workflow for new and changed follow-ups, for recordings that stay unlinked and, if Siro cannot reach your n8n, for recordings that are ready. Checks Siro on a schedule.',
		defaults: { name: 'Siro Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'siroApi', required: true }],
		activationMessage:
			'From now on, the trigger checks Siro on your schedule and starts the workflow with one item for each follow-up or recording that it finds.',
		hints: [
			{
				type: 'info',
				message:
					'One check of Siro can find several recordings or follow-ups. The workflow then starts once, with one item for each.',
				location: 'outputPane',
				whenToDisplay: 'beforeExecution',
			},
		],
		properties: PROPERTIES,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
