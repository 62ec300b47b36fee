import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { ENRICHMENTS } from './crm/enrichment';
import { EVENTS } from './webhook/delivery';
import { readSigningSecrets } from './webhook/signature';
import { receive } from './webhook/receive';

const SETUP_STEPS = `
<ol>
	<li>In Siro, as an admin: open <b>Organization Admin Area → Webhooks</b> and click <b>Add Endpoint</b>.</li>
	<li>Paste the URL of this trigger. The <b>test URL</b> and the <b>production URL</b> are different: make one endpoint for each.</li>
	<li>Select <b>integrations.recordingProcessed</b> and <b>integrations.recordingLinked</b>, and save.</li>
	<li>Copy the <b>Signing Secret</b> of each endpoint into the Siro credential, separated by a space.</li>
</ol>`;

export class SiroTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Siro Trigger',
		name: 'siroTrigger',
		icon: { light: 'file:siro.svg', dark: 'file:siro.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: 'when a recording is processed and linked',
		description:
			'Starts the workflow when a Siro recording is both processed and linked to your CRM',
		defaults: { name: 'Siro Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'siroApi', required: true }],
		webhooks: [
			{
				name: 'default',
				httpMethod: 'POST',
				responseMode: 'onReceived',
				// Empty, so that n8n answers what `webhook()` gives; left out, it would answer "firstEntryJson".
				responseData: '',
				path: 'siro',
			},
		],
		eventTriggerDescription: 'Waiting for a recording that is both processed and linked',
		activationMessage:
			'Your workflow will start once for each recording that is both processed and linked. Make sure that an endpoint with the production URL exists in Siro.',
		triggerPanel: {
			header: '',
			executionsHelp: {
				inactive: `<b>While you build the workflow</b>, click "listen" and send an example from the Testing tab of the endpoint with the test URL in Siro. Only a delivery that says processed <b>and</b> linked starts the workflow.${SETUP_STEPS}<b>Once you are happy</b>, activate the workflow: then every delivery to the production URL counts, and you see the executions in the executions list, not here.`,
				active: `<b>While you build the workflow</b>, click "listen" and send an example from the Testing tab of the endpoint with the test URL in Siro.${SETUP_STEPS}<b>Your workflow is active</b>: deliveries to the production URL start it, and you see them in the <a data-key="executions">executions list</a>, not here.`,
			},
			activationHint:
				'Once you have finished building your workflow, activate it, so that Siro’s deliveries to the production URL start it.',
		},
		properties: [
			{
				displayName:
					'Siro needs an endpoint with this trigger’s URL, and the credential needs the endpoint’s signing secret. Click "listen" to see the steps. Deliveries without a valid signature are refused.',
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			{
				displayName: 'Events',
				name: 'events',
				type: 'multiOptions',
				required: true,
				options: [
					{
						name: 'Recording Linked',
						value: EVENTS.linked,
						description: 'Siro linked the recording to a CRM record',
					},
					{
						name: 'Recording Processed',
						value: EVENTS.processed,
						description: 'Siro finished transcript, summary and extraction',
					},
				],
				default: [EVENTS.linked, EVENTS.processed],
				description:
					'Which events count. Keep both: they come in either order, and the later one finds the recording ready.',
			},
			{
				displayName: 'Include',
				name: 'include',
				type: 'multiOptions',
				options: ENRICHMENTS,
				default: ['summary', 'crmUpdates'],
				description:
					'What to fetch from Siro and put beside the payload. If Siro does not deliver it within 10 seconds, the delivery is refused and comes again.',
			},
			{
				displayName: 'Options',
				name: 'options',
				type: 'collection',
				placeholder: 'Add option',
				default: {},
				options: [
					{
						displayName: 'Deduplicate',
						name: 'deduplicate',
						type: 'options',
						options: [
							{
								name: 'Off',
								value: 'off',
								description: 'Start the workflow at each delivery that says ready',
							},
							{
								name: 'Once per Recording',
								value: 'recording',
								description: 'Siro sends several events per recording and repeats deliveries',
							},
							{
								name: 'Once per Recording and CRM Links',
								value: 'recordingAndCrm',
								description: 'Start again when the recording is linked to other CRM records',
							},
						],
						default: 'recording',
						description: 'How often a recording may start the workflow',
					},
				],
			},
		],
		usableAsTool: undefined,
	};

	webhookMethods = {
		default: {
			/** Endpoints are made by hand in Siro; here only a malformed signing secret is found out. */
			async checkExists(this: IHookFunctions): Promise<boolean> {
				const { webhookSigningSecret } = await this.getCredentials('siroApi');
				const secrets = readSigningSecrets(String(webhookSigningSecret ?? ''));
				if (secrets.length === 0) {
					this.logger.warn(
						`"${this.getNode().name}" will refuse every delivery: the Siro credential has no webhook signing secret`,
					);
				}
				return true;
			},
			async create(this: IHookFunctions): Promise<boolean> {
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receive(this);
	}
}
