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
			'Starts the workflow when a Siro follow-up is new or changes its status, or a recording stays without a link to your CRM, by asking Siro regularly. For an n8n that Siro’s webhooks cannot reach, also when a recording is both processed and linked.',
		defaults: { name: 'Siro Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'siroApi', required: true }],
		activationMessage:
			'Your workflow will start for what happens from now on, at the next poll, with one item for each follow-up or recording that you chose under Trigger On.',
		hints: [
			{
				type: 'info',
				message:
					'One poll can give several items: one for each recording or follow-up that came up since the last poll.',
				location: 'outputPane',
				whenToDisplay: 'beforeExecution',
			},
		],
		properties: PROPERTIES,
		usableAsTool: undefined,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
