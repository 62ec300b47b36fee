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

/** Where a hand-made delivery goes, and the secret it is signed with. */
export interface ManualDelivery {
	url: string;
	secret: string;
}

interface WebhookOptions {
	random: Random;
	/** What Svix's waits are multiplied by. */
	timeScale: number;
	timeoutMs: number;
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
	/** Those who are subscribed. */
	readonly endpoints: Endpoint[] = [];
	/** Every message that was sent. */
	readonly messages: WebhookMessage[] = [];
	/** Every attempt to deliver, in the order in which they ended. */
	readonly attempts: DeliveryAttempt[] = [];

	// A kept connection could be one that a restarting endpoint has just dropped.
	private readonly agent = new Agent({ keepAlive: false });
	private readonly inFlight = new Set<Promise<unknown>>();
	private readonly waiting = new Set<NodeJS.Timeout>();
	private stopped = false;

	constructor(private readonly options: WebhookOptions) {}

	/** Subscribes an address on this machine, as an admin does on Siro's dashboard. */
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
		const message = this.newMessage(eventType, payload);
		for (const endpoint of this.subscribersOf(eventType)) {
			this.track(this.attempt(message, endpoint, 1, 'event'));
		}
		return message;
	}

	/** Sends a message again, as an admin can, with its old id and a new timestamp. */
	async replay(messageId: string): Promise<DeliveryAttempt[]> {
		const message = this.messages.find(({ id }) => id === messageId);
		if (!message) throw new Error(`There is no message "${messageId}"`);
		const endpoints = this.subscribersOf(message.eventType);
		return await Promise.all(
			endpoints.map((endpoint) => this.track(this.attempt(message, endpoint, 1, 'replay'))),
		);
	}

	/** Makes a single delivery by hand, which is never retried. */
	async deliver(payload: unknown, { url, secret }: ManualDelivery) {
		const eventType = String(Reflect.get(Object(payload), 'eventType') ?? 'unknown');
		const message = this.newMessage(eventType, payload);
		const sent = this.send(message, { url, secrets: [secret] }, 1, 'manual');
		const { status, body, error } = await this.track(sent);
		if (status === null) throw new Error(error);
		return { status, body };
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
		const made = await this.send(message, endpoint, attempt, cause);
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
		{ url, secrets }: Pick<Endpoint, 'url' | 'secrets'>,
		attempt: number,
		cause: DeliveryAttempt['cause'],
	): Promise<DeliveryAttempt> {
		const at = new Date();
		const body = JSON.stringify(message.payload);
		const headers = signedHeaders(secrets, message.id, at, body);
		const answer = await this.post(url, body, headers).catch((error: Error) => ({
			status: null,
			body: '',
			error: error.message,
		}));
		const made: DeliveryAttempt = {
			messageId: message.id,
			url,
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
	private async post(url: string, body: string, headers: Record<string, string>) {
		const outgoing = request(url, {
			method: 'POST',
			agent: this.agent,
			signal: AbortSignal.timeout(this.options.timeoutMs),
			headers: {
				'user-agent': 'Svix-Webhooks/1.62.0',
				'content-type': 'application/json',
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

	private newMessage(eventType: string, payload: unknown): WebhookMessage {
		const message = { id: `msg_${this.options.random.text(27)}`, eventType, payload };
		this.messages.push(message);
		return message;
	}
}

/** Svix's three headers; with several secrets there are several signatures, by spaces. */
function signedHeaders(secrets: string[], id: string, timestamp: Date, body: string) {
	const signatures = secrets.map((secret) => new Webhook(secret).sign(id, timestamp, body));
	return {
		'svix-id': id,
		'svix-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
		'svix-signature': signatures.join(' '),
	};
}
