/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'svix';

import type { Random } from './random';
import type { WebhookEvent } from './state';

/** Where Siro sends events to. */
export interface Endpoint {
	id: string;
	url: string;
	/** During a rotation there are two. */
	secrets: string[];
	/** All events when absent. */
	events?: WebhookEvent[];
}

export interface NewEndpoint {
	url: string;
	/** One signing secret, or several as during a rotation. */
	secret: string | string[];
	events?: WebhookEvent[];
}

/** An event that was sent, however often. */
export interface WebhookMessage {
	id: string;
	eventType: string;
	payload: unknown;
}

/** One try to deliver a message to one endpoint. */
export interface DeliveryAttempt {
	messageId: string;
	url: string;
	eventType: string;
	/** 1 for the first one; counts anew with each replay. */
	attempt: number;
	cause: 'event' | 'retry' | 'replay' | 'manual';
	/** `null` when no answer came. */
	status: number | null;
	/** What the endpoint answered. */
	body: string;
	/** Why no answer came. */
	error?: string;
	/** Whether it counts as delivered, which a 2xx alone does. */
	delivered: boolean;
	durationMs: number;
	at: Date;
}

/** How a hand-made delivery differs from a proper one. */
export interface ManualDelivery {
	/** The endpoint's address; that of the first endpoint when absent. */
	url?: string;
	/** The secret or secrets to sign with; the endpoint's own when absent. */
	secret?: string | string[];
	id?: string;
	/** A moment, or seconds since 1970 as in the header. */
	timestamp?: Date | number;
	/** Changes the body after it was signed. */
	tamper?: boolean;
	/** Added to Svix's headers or put in their place; `undefined` takes one away. */
	headers?: Record<string, string | undefined>;
	/** Sent instead of the payload's JSON. */
	rawBody?: string;
	contentType?: string;
	method?: string;
}

interface WebhookOptions {
	random: Random;
	/** What Svix's waits are multiplied by. */
	timeScale: number;
	timeoutMs: number;
}

interface Outgoing {
	url: string;
	body: string;
	headers: Record<string, string>;
	method?: string;
}

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** The waits before each redelivery. */
export const svixSchedule = [
	5 * seconds,
	5 * minutes,
	30 * minutes,
	2 * hours,
	5 * hours,
	10 * hours,
	10 * hours,
];

/** Delivers events as Svix does for Siro. */
export class Webhooks {
	readonly endpoints: Endpoint[] = [];
	readonly messages = new Map<string, WebhookMessage>();
	readonly attempts: DeliveryAttempt[] = [];

	// A kept connection could be one that a restarting endpoint has just dropped.
	private readonly agent = new Agent({ keepAlive: false });
	private readonly inFlight = new Set<Promise<unknown>>();
	private readonly waiting = new Set<NodeJS.Timeout>();
	private stopped = false;

	constructor(private readonly options: WebhookOptions) {}

	/** Subscribes an address on this machine. */
	addEndpoint({ url, secret, events }: NewEndpoint): Endpoint {
		const { hostname, protocol } = new URL(url);
		if (protocol !== 'http:' || !['127.0.0.1', 'localhost', '[::1]'].includes(hostname)) {
			throw new Error(`The simulator sends webhooks to this machine only, not to ${url}`);
		}
		const id = `ep_${this.options.random.text(24)}`;
		const endpoint: Endpoint = { id, url, secrets: [secret].flat(), events };
		this.endpoints.push(endpoint);
		return endpoint;
	}

	/** Sends an event to every endpoint that subscribed to it. */
	emit(eventType: WebhookEvent, payload: unknown): WebhookMessage {
		const message = { id: this.newMessageId(), eventType, payload };
		this.messages.set(message.id, message);
		for (const endpoint of this.subscribersOf(eventType)) {
			this.track(this.attempt(message, endpoint, 1, 'event'));
		}
		return message;
	}

	/** Sends a message again, as an admin can, with its old id and a new timestamp. */
	async replay(messageId: string): Promise<DeliveryAttempt[]> {
		const message = this.messages.get(messageId);
		if (!message) throw new Error(`There is no message "${messageId}"`);
		const endpoints = this.subscribersOf(message.eventType);
		return await Promise.all(
			endpoints.map((endpoint) => this.track(this.attempt(message, endpoint, 1, 'replay'))),
		);
	}

	/** Makes a single delivery by hand, which is never retried. */
	async deliver(
		payload: unknown,
		manual: ManualDelivery = {},
	): Promise<{ status: number; body: string }> {
		const url = manual.url ?? this.endpoints[0]?.url;
		if (!url) throw new Error('There is no endpoint to deliver to');
		const endpoint = this.endpoints.find((candidate) => candidate.url === url);
		const secrets = manual.secret ? [manual.secret].flat() : (endpoint?.secrets ?? []);
		const id = manual.id ?? this.newMessageId();
		const body = manual.rawBody ?? JSON.stringify(payload);
		const { timestamp = new Date() } = manual;
		const moment = typeof timestamp === 'number' ? new Date(timestamp * 1_000) : timestamp;
		const message = { id, eventType: eventTypeOf(payload), payload };
		if (!this.messages.has(id)) this.messages.set(id, message);
		const signed = signedHeaders(secrets, id, moment, body);
		const type = { 'content-type': manual.contentType ?? 'application/json' };
		const headers = replaced({ ...type, ...signed }, manual.headers);
		const sent = { url, body: manual.tamper ? tampered(body) : body, headers };
		const { method } = manual;
		const attempt = await this.track(this.send(message, { ...sent, method }, 1, 'manual'));
		if (attempt.status === null) throw new Error(attempt.error);
		return { status: attempt.status, body: attempt.body };
	}

	/** Resolves when nothing is under way; redeliveries that are still waiting do not count. */
	async idle(): Promise<void> {
		while (this.inFlight.size > 0) await Promise.allSettled(this.inFlight);
	}

	/** How many redeliveries are waiting for their time. */
	get pendingRedeliveries(): number {
		return this.waiting.size;
	}

	/** Ends everything under way and everything planned. */
	async stop(): Promise<void> {
		this.stopped = true;
		for (const timer of this.waiting) clearTimeout(timer);
		this.waiting.clear();
		this.agent.destroy();
		await this.idle();
	}

	private subscribersOf(eventType: string): Endpoint[] {
		return this.endpoints.filter(
			({ events }) => !events || events.some((event) => event === eventType),
		);
	}

	private async attempt(
		message: WebhookMessage,
		endpoint: Endpoint,
		attempt: number,
		cause: DeliveryAttempt['cause'],
	): Promise<DeliveryAttempt> {
		const body = JSON.stringify(message.payload);
		const headers = {
			'content-type': 'application/json',
			...signedHeaders(endpoint.secrets, message.id, new Date(), body),
		};
		const made = await this.send(message, { url: endpoint.url, body, headers }, attempt, cause);
		const wait = svixSchedule[attempt - 1];
		if (!made.delivered && wait !== undefined && !this.stopped) {
			const timer = setTimeout(() => {
				this.waiting.delete(timer);
				void this.track(this.attempt(message, endpoint, attempt + 1, 'retry'));
			}, wait * this.options.timeScale);
			this.waiting.add(timer);
		}
		return made;
	}

	private async send(
		message: WebhookMessage,
		outgoing: Outgoing,
		attempt: number,
		cause: DeliveryAttempt['cause'],
	): Promise<DeliveryAttempt> {
		const at = new Date();
		const answer = await this.post(outgoing).catch((error: Error) => ({
			status: null,
			body: '',
			error: error.message,
		}));
		const made: DeliveryAttempt = {
			messageId: message.id,
			url: outgoing.url,
			eventType: message.eventType,
			attempt,
			cause,
			...answer,
			delivered: answer.status !== null && answer.status >= 200 && answer.status < 300,
			durationMs: Date.now() - at.getTime(),
			at,
		};
		this.attempts.push(made);
		return made;
	}

	/** Posts without following redirects, and gives up after the timeout. */
	private async post({ url, body, headers, method = 'POST' }: Outgoing) {
		const outgoing = request(url, {
			method,
			agent: this.agent,
			signal: AbortSignal.timeout(this.options.timeoutMs),
			headers: {
				'user-agent': 'Svix-Webhooks/1.62.0',
				'content-length': String(Buffer.byteLength(body)),
				...headers,
			},
		});
		// What goes wrong later shows in the body.
		outgoing.on('error', () => {});
		const answered = once(outgoing, 'response');
		outgoing.end(body);
		const [response]: IncomingMessage[] = await answered;
		return { status: response.statusCode ?? 0, body: await text(response) };
	}

	private async track<Result>(work: Promise<Result>): Promise<Result> {
		this.inFlight.add(work);
		try {
			return await work;
		} finally {
			this.inFlight.delete(work);
		}
	}

	private newMessageId(): string {
		return `msg_${this.options.random.text(27)}`;
	}
}

/** Svix's three headers; with several secrets there are several signatures, by spaces. */
function signedHeaders(
	secrets: string[],
	id: string,
	timestamp: Date,
	body: string,
): Record<string, string> {
	const signatures = secrets.map((secret) => new Webhook(secret).sign(id, timestamp, body));
	return {
		'svix-id': id,
		'svix-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
		...(signatures.length > 0 && { 'svix-signature': signatures.join(' ') }),
	};
}

/** Still JSON where it was JSON, but not what was signed. */
function tampered(body: string): string {
	return body.startsWith('{"') ? body.replace('{', '{"tampered":true,') : `${body} `;
}

function replaced(headers: Record<string, string>, changes: ManualDelivery['headers'] = {}) {
	const changed = { ...headers };
	for (const [name, value] of Object.entries(changes)) {
		if (value === undefined) delete changed[name.toLowerCase()];
		else changed[name.toLowerCase()] = value;
	}
	return changed;
}

const eventTypeOf = (payload: unknown) =>
	String(Reflect.get(Object(payload), 'eventType') ?? 'unknown');
