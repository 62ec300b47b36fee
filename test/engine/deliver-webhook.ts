/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- test code runs in Node, never inside n8n */
import './environment';

import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import express from 'express';
import { jsonParse } from 'n8n-workflow';

import { receiveWebhook, type Received } from './receive-webhook';
import type { SavedWorkflow, WebhookUrl } from './saved-workflow';

/** How long Svix waits for an answer. */
const SVIX_WAITS_MS = 15_000;

export interface Delivery {
	/** Sent byte for byte. */
	body: Buffer | string;
	/** Names in lower case; the content type is JSON unless given. */
	headers?: Record<string, string>;
	/** Which of the trigger's two addresses receives it; by default `production`. */
	url?: WebhookUrl;
	/** How long n8n takes to store the execution before it answers (milliseconds). */
	storingTakes?: number;
	/** Whether it fails to. */
	storingFails?: boolean;
	/** When the sender gives up (milliseconds). */
	senderWaits?: number;
}

/** How the sender was answered. */
export interface Answer {
	/** `undefined` if the sender gave up. */
	status: number | undefined;
	headers: IncomingHttpHeaders;
	/** Parsed if it is JSON, else text. */
	body: unknown;
}

export type DeliveryOutcome = Answer & Received;

/** Sends a request to a trigger and gives the answer, and what n8n did with it. */
export async function deliverWebhook(
	saved: SavedWorkflow,
	{ url = 'production', storingTakes = 10, storingFails = false, ...delivery }: Delivery,
): Promise<DeliveryOutcome> {
	const storing = { takes: storingTakes, fails: storingFails };
	const app = express().use(express.raw({ type: () => true, limit: '16mb' }));
	const received = new Promise<Received>((resolve, reject) => {
		app.post('/', (incoming, response) => {
			receiveWebhook(saved, incoming, response, url, storing).then(resolve, reject);
		});
	});
	const server = app.listen(0, '127.0.0.1');
	await once(server, 'listening');
	try {
		const { port } = server.address() as AddressInfo;
		const answer = await send(`http://127.0.0.1:${port}/`, delivery);
		return { ...answer, ...(await received) };
	} finally {
		server.closeAllConnections();
		server.close();
	}
}

// Not with `fetch`, whose body nock would use up.
async function send(
	address: string,
	{ body, headers, senderWaits = SVIX_WAITS_MS }: Delivery,
): Promise<Answer> {
	const signal = AbortSignal.timeout(senderWaits);
	const sent = request(address, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		signal,
	}).end(body);
	try {
		const [answer] = (await once(sent, 'response')) as [IncomingMessage];
		const content = await text(answer);
		return {
			status: answer.statusCode,
			headers: answer.headers,
			body: jsonParse<unknown>(content, { fallbackValue: content }),
		};
	} catch (error) {
		if (!signal.aborted) throw error;
		return { status: undefined, headers: {}, body: undefined };
	}
}
