/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { once } from 'node:events';
import {
	createServer,
	request,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';

/** How requests are shared out among the webhook processes. */
export type Balancing =
	/** One after the other, as load balancers do unless told otherwise. */
	| 'roundRobin'
	/** By the address, so that one process sees all deliveries of a trigger. */
	| 'byPath';

/**
 * What stands in front of n8n in queue mode: production webhooks go to the webhook processes,
 * everything else to the main process.
 */
export class LoadBalancer {
	balancing: Balancing = 'roundRobin';

	private next = 0;

	private constructor(
		private readonly server: Server,
		private readonly main: string,
		private readonly webhookProcesses: string[],
	) {}

	static async start(main: string, webhookProcesses: string[]): Promise<LoadBalancer> {
		const server = createServer();
		const balancer = new LoadBalancer(server, main, webhookProcesses);
		server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) =>
			forward(balancer.targetFor(incoming.url ?? '/'), incoming, outgoing),
		);
		server.listen(0, '127.0.0.1');
		await once(server, 'listening');
		return balancer;
	}

	get url(): string {
		const address = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('Not listening');
		return `http://127.0.0.1:${address.port}`;
	}

	async stop(): Promise<void> {
		this.server.close();
		this.server.closeAllConnections();
		await once(this.server, 'close');
	}

	private targetFor(path: string): string {
		if (!path.startsWith('/webhook/')) return this.main;
		const number = this.balancing === 'byPath' ? sumOfCharacters(path) : this.next++;
		return this.webhookProcesses[number % this.webhookProcesses.length];
	}
}

function forward(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
	const { method, url, headers } = incoming;
	// A kept connection could be one that n8n has just dropped.
	const forwarded = request(`${target}${url}`, { method, headers, agent: false }, (answer) => {
		outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.on('error', () => outgoing.destroy());
		answer.pipe(outgoing);
	});
	forwarded.on('error', () => {
		if (outgoing.headersSent) outgoing.destroy();
		else outgoing.writeHead(502).end('Bad Gateway');
	});
	incoming.pipe(forwarded);
}

function sumOfCharacters(text: string): number {
	return [...text].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
}
