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
		subtitle: 'processed and linked',
		description:
			'Starts the workflow when a Siro recording is both processed and linked to your CRM, by asking Siro regularly. For an n8n that Siro’s webhooks cannot reach.',
		defaults: { name: 'Siro Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'siroApi', required: true }],
		activationMessage:
			'Your workflow will start for each recording that is processed and linked from now on, one item each, at the next poll.',
		properties: PROPERTIES,
		usableAsTool: undefined,
	};

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}
}
