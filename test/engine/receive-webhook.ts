/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import './environment';

import { parse as parseQuery } from 'node:querystring';

import type { Request, Response } from 'express';
import { WebhookContext } from 'n8n-core';
import {
	jsonParse,
	sleep,
	UnexpectedError,
	type INodeExecutionData,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { webhookOf, type SavedWorkflow, type WebhookUrl } from './saved-workflow';

/** What n8n made of a request. */
export interface Received {
	/** The items that the workflow was started with; `undefined` if it was not started. */
	workflowData: INodeExecutionData[][] | undefined;
	/** Whether the node said that it has answered, or will answer, by itself. */
	noWebhookResponse: boolean;
	/** What `webhook()` threw. n8n then stores a failed execution and answers 500. */
	error: Error | undefined;
}

/** What becomes of the execution that n8n stores before it answers. */
export interface Storing {
	/** In milliseconds. */
	takes: number;
	fails: boolean;
}

const NOTHING: Received = { workflowData: undefined, noWebhookResponse: false, error: undefined };

/**
 * Runs a trigger's `webhook()` for a request, whose body is there as bytes, and answers it.
 *
 * n8n-core has only the context in which `webhook()` runs; what happens around it belongs to the n8n
 * CLI. The rules here are those of its `webhook-helpers`, `live-webhooks`, `test-webhooks`,
 * `webhook-request-handler` and `workflow-runner` (n8n 2.41.1), in our words, for triggers that answer
 * at once, as their `webhook()` says (`responseMode: 'onReceived'`, `responseData: ''`).
 * `e2e/engine.test.ts` holds both against each other.
 */
export async function receiveWebhook(
	saved: SavedWorkflow,
	request: Request,
	response: Response,
	url: WebhookUrl,
	storing: Storing,
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
	const { responseMode, responseData } = webhook.webhookDescription;
	if (responseMode !== 'onReceived' || responseData !== '' || !saved.nodeType.webhook) {
		throw new UnexpectedError('Triggers that answer otherwise are not part of these tests');
	}
	if (!offerBody(request, node.typeVersion)) {
		response.status(422).json({ code: 422, message: 'Failed to parse request body' });
		return NOTHING;
	}

	const context = new WebhookContext(workflow, node, additionalData, mode, webhook, [], null);
	let result: IWebhookResponseData;
	try {
		result = await saved.nodeType.webhook.call(context);
	} catch (error) {
		fail(response);
		return { ...NOTHING, error: error instanceof Error ? error : new Error(String(error)) };
	}

	const { workflowData, noWebhookResponse = false } = result;
	const respond = (otherwise: string) => {
		// n8n reads the answer only now, right before it saves static data.
		const body = noWebhookResponse ? undefined : (result.webhookResponse ?? { message: otherwise });
		if (!isTest) saved.saveStaticData(workflow);
		if (!noWebhookResponse) response.json(body);
	};
	if (workflowData === undefined) {
		respond('Webhook call received');
		return { ...NOTHING, noWebhookResponse };
	}
	// A node that answers by itself has its static data saved before the execution is stored.
	if (noWebhookResponse) respond('');
	// When n8n stores the execution, it makes a second `Workflow` of the same row. That takes the mark
	// "static data has changed" off again, for which reason n8n 2.40 and 2.41 do not save it.
	saved.load(row);
	await sleep(storing.takes);
	if (storing.fails) {
		fail(response);
		return NOTHING;
	}
	if (!noWebhookResponse) respond('Workflow was started');
	return { ...NOTHING, workflowData, noWebhookResponse };
}

/** n8n does not save static data then. */
function fail(response: Response): void {
	const message = 'Workflow Webhook Error: Workflow could not be started!';
	response.status(500).json({ code: 0, message });
}

/**
 * Gives a request what n8n adds to it, and parses the body; `false` if it cannot be parsed. From
 * version 2 on (1.1 counts) a node reads a body of another type by itself, with `readRawBody()`.
 */
function offerBody(request: Request, nodeVersion: number): boolean {
	const content: unknown = request.body;
	const bytes = content instanceof Buffer ? content : Buffer.alloc(0);
	const type = request.headers['content-type']?.split(';')[0].toLowerCase();
	request.body = undefined;
	request.contentType = type;
	request.encoding = 'utf-8';
	request.readRawBody = async () => {
		request.rawBody = bytes;
	};
	const parse = {
		'application/json': (text: string) => jsonParse(text.replace(/^\uFEFF/, '')),
		'text/plain': (text: string) => text,
		'application/x-www-form-urlencoded': parseQuery,
	}[type ?? ''];
	if (nodeVersion > 1 && !parse) return true;
	request.rawBody = bytes;
	try {
		if (parse && bytes.length > 0) request.body = parse(bytes.toString());
		return true;
	} catch {
		return false;
	}
}
