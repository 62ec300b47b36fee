/* eslint-disable @n8n/community-nodes/webhook-lifecycle-complete -- it is the least that works: there is nothing to register */
import {
	NodeConnectionTypes,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';
import { Webhook } from 'svix';

/**
 * The least that any community trigger for Siro has to do: read the secret, let svix verify, emit
 * what is ready. It is what our trigger is measured against; nobody should use it.
 */
export class FloorTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Floor Trigger',
		name: 'floorTrigger',
		group: ['trigger'],
		// As ours: spares n8n an expression.
		version: 1.1,
		description: 'Starts the workflow when a Siro recording is processed and linked',
		defaults: { name: 'Floor Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'siroApi', required: true }],
		webhooks: [{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'floor' }],
		properties: [],
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		const { webhookSigningSecret } = await this.getCredentials('siroApi');
		const webhook = new Webhook(String(webhookSigningSecret).split(', ')[0]);
		const headers = this.getHeaderData() as Record<string, string>;
		const { rawBody } = this.getRequestObject();
		webhook.verify(rawBody, headers);
		const event = this.getBodyData();
		const isReady = event.recordingProcessed && event.recordingLinked;
		return isReady ? { workflowData: [[{ json: event }]] } : { webhookResponse: 'not ready' };
	}
}
