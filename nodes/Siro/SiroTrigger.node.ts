import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { DETAILS } from './recordings/details';
import { EVENTS } from './webhook/delivery';
import { receive } from './webhook/receive';
import { readSigningSecrets } from './webhook/signature';
import { noteActivation } from './webhook/triggerMemory';

/** Line breaks instead of a list, because n8n's panel cuts the numbers of lists. */
const SETUP_STEPS = `<b>Connect Siro, once:</b><br />
1. In Siro, as an admin, open <b>Organization Admin Area → Webhooks</b> and click <b>Add Endpoint</b>.<br />
2. Paste a URL from <b>Webhook URLs</b> of this node. The test URL and the production URL are different: make one endpoint for each.<br />
3. Select <b>integrations.recordingProcessed</b> and <b>integrations.recordingLinked</b>, and save.<br />
4. Copy the <b>Signing Secret</b> of each endpoint into the Siro credential, separated by a space.<br /><br />`;

const WHILE_YOU_BUILD =
	'<b>While you build the workflow</b>, click <b>Execute step</b>. Then send an example from the <b>Testing</b> tab of the endpoint with the test URL in Siro. Only a delivery that says processed <b>and</b> linked starts the workflow.<br /><br />';

export class SiroTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Siro Trigger',
		name: 'siroTrigger',
		icon: { light: 'file:siro.svg', dark: 'file:siro.dark.svg' },
		group: ['trigger'],
		// They do the same, but n8n evaluates an expression at each delivery to a trigger of version 1.
		version: [1, 1.1],
		defaultVersion: 1.1,
		subtitle: 'processed and linked',
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
			header: 'Receive recordings from Siro',
			executionsHelp: {
				inactive: `${SETUP_STEPS}${WHILE_YOU_BUILD}<b>When it is finished</b>, publish (activate) the workflow: then every delivery to the production URL counts, and you see the executions in the executions list, not here.`,
				active: `${SETUP_STEPS}${WHILE_YOU_BUILD}<b>Your workflow is active</b>: deliveries to the production URL start it, and you see them in the <a data-key="executions">executions list</a>, not here.`,
			},
			activationHint: 'Siro must know this trigger’s URL. How to connect it, in four steps:',
		},
		properties: [
			{
				displayName:
					'Siro needs an endpoint with this trigger’s URL, and the credential needs the endpoint’s signing secret: the steps are on the left, under "More info". Deliveries without a valid signature are refused.',
				name: 'setupNotice',
				type: 'notice',
				default: '',
			},
			{
				// Not "Events": n8n's nodes panel would then offer a trigger per event, with the other one off.
				displayName: 'Siro Events',
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
				options: DETAILS,
				default: ['summary', 'crmUpdates'],
				description:
					'What to fetch from Siro and put beside the payload. If Siro does not deliver it within 10 seconds, the delivery is refused and comes again. If Siro is still working on it, the workflow waits: until it is done, or for some 5 minutes; then it starts without, and “notReady” lists what is missing.',
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
					{
						displayName: 'Several Webhook Processes',
						name: 'severalProcesses',
						type: 'boolean',
						default: true,
						description:
							'Whether n8n receives webhooks in more than one process, as it may in queue mode. The trigger finds out by itself; add this to tell it beforehand. It then has Siro deliver one of the two events of a recording again after 5 seconds, so that each recording starts the workflow only once.',
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
				noteActivation(this);
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
