/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import './environment';

import { once } from 'node:events';
import { request, type IncomingMessage, type RequestOptions } from 'node:http';
import { text } from 'node:stream/consumers';

import express from 'express';
import { jsonParse, UnexpectedError } from 'n8n-workflow';

import { receiveWebhook, type Received } from './receive-webhook';
import type { SavedWorkflow } from './saved-workflow';
import { webhookOf, type WebhookUrl } from './webhook-registration';

export interface Delivery {
	/** Sent byte for byte. */
	body: Buffer | string;
	/** Names in lower case; the content type is JSON unless given. */
	headers?: Record<string, string>;
	query?: Record<string, string>;
	/** Which of the trigger's two addresses receives it; by default `production`. */
	url?: WebhookUrl;
	/** How long n8n takes to store the execution before it answers (milliseconds). */
	storingTakes?: number;
	/** When the sender gives up (milliseconds). */
	senderWaits?: number;
}

/** How the sender was answered. */
export interface Answer {
	/** `undefined` if the sender gave up. */
	status: number | undefined;
	headers: Record<string, string>;
	/** Parsed if it is JSON, else text. */
	body: unknown;
}

export type DeliveryOutcome = Answer & Received;

/** Sends a request to a trigger and gives the answer, and what n8n did with it. */
export async function deliverWebhook(
	saved: SavedWorkflow,
	{
		body,
		headers = {},
		query = {},
		url = 'production',
		storingTakes = 10,
		senderWaits = 1000,
	}: Delivery,
): Promise<DeliveryOutcome> {
	const app = express();
	const received = new Promise<Received>((resolve, reject) => {
		app.all('/', (incoming, response) => {
			receiveWebhook(saved, incoming, response, url, storingTakes).then(resolve, reject);
		});
	});
	const server = app.listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		const address = server.address();
		if (address === null || typeof address === 'string') throw new UnexpectedError('No port');
		const answer = await send(
			`http://127.0.0.1:${address.port}/?${new URLSearchParams(query)}`,
			{
				method: webhookOf(saved, saved.additionalData('webhook'), url).httpMethod,
				headers: { 'content-type': 'application/json', ...headers },
			},
			body,
			senderWaits,
		);
		return { ...answer, ...(await received) };
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

async function send(
	address: string,
	options: RequestOptions,
	body: Buffer | string,
	waits: number,
): Promise<Answer> {
	const senderGivesUp = AbortSignal.timeout(waits);
	return await new Promise((resolve, reject) => {
		const sent = request(address, { ...options, signal: senderGivesUp }, (answer) => {
			text(answer).then((content) => resolve(toAnswer(answer, content)), reject);
		});
		sent.on('error', (error) => {
			if (senderGivesUp.aborted) resolve({ status: undefined, headers: {}, body: undefined });
			else reject(error);
		});
		sent.end(body);
	});
}

const toAnswer = ({ statusCode, headers }: IncomingMessage, content: string): Answer => ({
	status: statusCode,
	headers: Object.fromEntries(
		Object.entries(headers).map(([name, value]) => [name, String(value)]),
	),
	body: jsonParse<unknown>(content, { fallbackValue: content }),
});
