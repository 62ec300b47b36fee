/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { once } from 'node:events';
import {
	createServer,
	request,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';

/** An HTTP server that hands each request on to another one. */
export abstract class ReverseProxy {
	private readonly server: Server = createServer((incoming, outgoing) => {
		const target = this.targetFor(incoming.url ?? '/');
		if (target === undefined) outgoing.writeHead(503).end('Service Unavailable');
		else forward(target, incoming, outgoing);
	});

	/** The server that a request for this path goes to, or none if there is none at the moment. */
	protected abstract targetFor(path: string): string | undefined;

	protected async listen(): Promise<void> {
		this.server.listen(0, '127.0.0.1');
		await once(this.server, 'listening');
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
}

function forward(target: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
	const { method, url, headers } = incoming;
	// A kept connection could be one that n8n has just dropped.
	const forwarded = request(`${target}${url}`, { method, headers, agent: false }, (answer) => {
		outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
		answer.on('error', () => outgoing.destroy());
		answer.pipe(outgoing);
	});
	// Whether the request had reached the server matters to the sender: it hears no answer either then.
	forwarded.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'ECONNREFUSED') outgoing.writeHead(502).end('Bad Gateway');
		else outgoing.destroy();
	});
	incoming.pipe(forwarded);
}
