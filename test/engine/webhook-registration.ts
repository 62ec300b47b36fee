import {
	NodeHelpers,
	UnexpectedError,
	type IHttpRequestMethods,
	type IWebhookData,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { SavedWorkflow } from './saved-workflow';

/** n8n gives each trigger two addresses: one for the active workflow, one for the editor. */
export type WebhookUrl = 'production' | 'test';

/** What n8n registers for a trigger's (first) webhook. */
export function webhookOf(
	{ id, node, nodeType }: SavedWorkflow,
	additionalData: IWorkflowExecuteAdditionalData,
	url: WebhookUrl,
): IWebhookData {
	const description = nodeType.description.webhooks?.[0];
	if (description === undefined) throw new UnexpectedError(`${node.name} has no webhook`);
	return {
		httpMethod: toMethod(description.httpMethod),
		node: node.name,
		path: NodeHelpers.getNodeWebhookPath(id, node, description.path, description.isFullPath),
		webhookDescription: description,
		workflowId: id,
		workflowExecuteAdditionalData: additionalData,
		...(url === 'test' ? { isTest: true } : {}),
	};
}

const METHODS: IHttpRequestMethods[] = ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'];

function toMethod(declared: string): IHttpRequestMethods {
	const method = METHODS.find((known) => known === declared);
	if (method === undefined) throw new UnexpectedError(`Not one HTTP method: ${declared}`);
	return method;
}
