import './environment';

import type { Request, Response } from 'express';
import { WebhookContext } from 'n8n-core';
import {
	resolveWebhookDescriptionField,
	sleep,
	UnexpectedError,
	type INode,
	type INodeExecutionData,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowBase,
	type Workflow,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { offerRawBody, parseBody } from './request-body';
import type { SavedWorkflow } from './saved-workflow';
import { webhookOf, type WebhookUrl } from './webhook-registration';

/** What n8n made of a request. */
export interface Received {
	/** The items that the workflow was started with; `undefined` if it was not started. */
	workflowData: INodeExecutionData[][] | undefined;
	/** Whether the node said that it has answered, or will answer, by itself. */
	noWebhookResponse: boolean;
	/** What `webhook()` threw. n8n then stores a failed execution and answers 500. */
	error: Error | undefined;
}

const NOTHING: Received = { workflowData: undefined, noWebhookResponse: false, error: undefined };

/**
 * Runs a trigger's `webhook()` for a request and answers it.
 *
 * n8n-core has only the context in which `webhook()` runs; what happens around it belongs to the n8n
 * CLI. The rules here are those of its `webhook-helpers`, `live-webhooks`, `test-webhooks`,
 * `webhook-request-handler` and `workflow-runner` (n8n 2.41.1), in our words, for triggers that answer
 * at once (`responseMode: 'onReceived'`).
 */
export async function receiveWebhook(
	saved: SavedWorkflow,
	request: Request,
	response: Response,
	url: WebhookUrl,
	storingTakes: number,
): Promise<Received> {
	const isTest = url === 'test';
	const mode = isTest ? 'manual' : 'webhook';
	const row = saved.row();
	const workflow = isTest ? saved.loadForTest() : saved.load(row);
	const node = saved.nodeIn(workflow);
	const additionalData = {
		...saved.additionalData(mode),
		httpRequest: request,
		httpResponse: response,
	};
	const webhook = webhookOf(saved, additionalData, url);
	const { responseMode, responseCode, responseData } = describedResponse(
		workflow,
		webhook,
		node,
		mode,
	);
	if (responseMode !== 'onReceived') {
		throw new UnexpectedError(`Response mode "${responseMode}" is not part of these tests`);
	}

	offerRawBody(request);
	if (!(await parseBody(request, node.typeVersion))) {
		response.status(422).json({ code: 422, message: 'Failed to parse request body' });
		return NOTHING;
	}

	const context = new WebhookContext(workflow, node, additionalData, mode, webhook, [], null);
	let result: IWebhookResponseData;
	try {
		result = await runWebhook(saved, context);
	} catch (error) {
		// n8n does not save static data then.
		const message = 'Workflow Webhook Error: Workflow could not be started!';
		response.status(500).json({ code: 0, message });
		const thrown = error instanceof Error ? error : new UnexpectedError(String(error));
		return { ...NOTHING, error: thrown };
	}

	const { workflowData, noWebhookResponse = false } = result;
	const respond = (body: unknown) => {
		if (!isTest) saved.saveStaticData(workflow);
		if (!noWebhookResponse) answer(response, responseCode, body);
	};
	if (workflowData === undefined) {
		respond(given(result.webhookResponse, { message: 'Webhook call received' }));
		return { ...NOTHING, noWebhookResponse };
	}
	// A node that answers by itself has its static data saved before the execution is stored.
	if (noWebhookResponse) respond(undefined);
	await storeExecution(saved, row, storingTakes);
	// n8n reads the answer only now, right before it saves static data.
	if (!noWebhookResponse) respond(bodyOnReceived(responseData, result.webhookResponse));
	return { ...NOTHING, workflowData, noWebhookResponse };
}

async function runWebhook(
	{ nodeType, node }: SavedWorkflow,
	context: WebhookContext,
): Promise<IWebhookResponseData> {
	if (nodeType.webhook === undefined) {
		throw new UnexpectedError(`${node.name} has no method webhook()`);
	}
	return await nodeType.webhook.call(context);
}

/**
 * When n8n stores the execution, it makes a second `Workflow` of the same row. That takes the mark
 * "static data has changed" off again, for which reason n8n 2.40 and 2.41 do not save it.
 */
async function storeExecution(saved: SavedWorkflow, row: IWorkflowBase, takes: number) {
	saved.load(row);
	await sleep(takes);
}

/** The parts of the node's webhook description that say how to answer, expressions resolved. */
function describedResponse(
	workflow: Workflow,
	{ webhookDescription }: IWebhookData,
	node: INode,
	mode: WorkflowExecuteMode,
) {
	const resolve = (field: string, otherwise: string | number) => {
		const native = resolveWebhookDescriptionField(node, webhookDescription, field);
		if (native.resolved) return native.value;
		const value = webhookDescription[field];
		const { expression } = workflow;
		return expression.getComplexParameterValue(node, value, mode, {}, undefined, otherwise);
	};
	return {
		responseMode: resolve('responseMode', 'onReceived'),
		responseCode: Number(resolve('responseCode', 200)),
		responseData: resolve('responseData', 'firstEntryJson'),
	};
}

/** What n8n answers when the workflow was started: the description comes before the node's answer. */
function bodyOnReceived(responseData: unknown, webhookResponse: unknown): unknown {
	if (responseData === 'noData') return undefined;
	return responseData || given(webhookResponse, { message: 'Workflow was started' });
}

const given = (value: unknown, otherwise: unknown) => (value === undefined ? otherwise : value);

function answer(response: Response, status: number, body: unknown): void {
	response.status(status);
	if (typeof body === 'string') response.send(body);
	else response.json(body);
}
