import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { receive } from './webhook/receive';
import { PROPERTIES } from './webhook/settings';
import { readSigningSecrets } from './webhook/signature';
import { noteActivation } from './webhook/triggerMemory';

/** Line breaks instead of a list, because n8n's panel cuts the numbers of lists. */
const SETUP_STEPS = `<b>Connect Siro, once:</b><br />
1. In Siro, as an admin, open <b>Organization Admin Area</b> from the menu at the top right, then <b>Webhooks</b>, and click <b>+ Add Endpoint</b>.<br />
2. Paste the <b>Production URL</b> that this node shows under <b>Webhook URLs</b>. To test while you build, add a second endpoint with the <b>Test URL</b>.<br />
3. Select <b>integrations.recordingProcessed</b> and <b>integrations.recordingLinked</b>, and save.<br />
4. Siro now shows the <b>Signing Secret</b>. Copy it into the Siro credential. With two endpoints, enter both secrets, separated by a space.<br /><br />`;

const WHILE_YOU_BUILD =
	'<b>While you build the workflow</b>, click <b>Execute step</b>. Then, in Siro, open the endpoint with the test URL and send an example from its <b>Testing</b> tab. Only one that says processed <b>and</b> linked starts the workflow. It has no real recording behind it, so what you chose under <b>Include</b> is missing (“notReady” lists it). To get it, have Siro send the message of a real recording.<br /><br />';

export class SiroTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Siro Trigger',
		name: 'siroTrigger',
		icon: { light: 'file:siro.svg', dark: 'file:siro.dark.svg' },
		group: ['trigger'],
		// For version 1, n8n would evaluate an expression at each delivery.
		version: 1.1,
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
			'Your workflow will start once for each recording that is both processed and linked. Check that Siro has an endpoint with the production URL.',
		triggerPanel: {
			header: 'Receive recordings from Siro',
			executionsHelp: {
				inactive: `${SETUP_STEPS}${WHILE_YOU_BUILD}<b>When you are done</b>, publish (activate) the workflow. From then on, recordings start it through the production URL. You see them under <b>Executions</b>, not here.`,
				active: `${SETUP_STEPS}${WHILE_YOU_BUILD}<b>Your workflow is active.</b> Recordings start it through the production URL. You see them in the <a data-key="executions">executions list</a>, not here.`,
			},
			activationHint: 'Siro needs this trigger’s URL. How to set it up, in four steps:',
		},
		properties: PROPERTIES,
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
