/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReverseProxy {
	url: string;
	stop: () => Promise<void>;
}

type Target = string | undefined;

/** An HTTP server that hands each request on to another one, if there is one for its path. */
export async function startReverseProxy(
	targetFor: (path: string) => Target | Promise<Target>,
): Promise<ReverseProxy> {
	const server = createServer((incoming, outgoing) => {
		void Promise.resolve(targetFor(incoming.url ?? '/')).then((target) => {
			if (target === undefined) outgoing.writeHead(503).end('Service Unavailable');
			else forward(target, incoming, outgoing);
		});
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		stop: async () => {
			server.close();
			server.closeAllConnections();
			await once(server, 'close');
		},
	};
}

/**
 * A reverse proxy that lets requests through only while n8n says that it is ready, which is what
 * belongs in front of n8n: at each start, until its database is migrated, n8n answers every request
 * with 200 "n8n is starting up" (`setupHealthCheck` in n8n's `abstract-server`), so Svix would take a
 * delivery of that moment for delivered.
 */
export async function startReadinessGate(n8nUrl: string): Promise<ReverseProxy> {
	return await startReverseProxy(async () => {
		const answer = await fetch(`${n8nUrl}/healthz/readiness`).catch(() => undefined);
		return answer?.ok ? n8nUrl : undefined;
	});
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
