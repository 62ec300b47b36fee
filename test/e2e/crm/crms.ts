/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import express, { type Request, type Response } from 'express';

import { makeCertificate, type Certificate } from './certificate';

/** What an n8n node has asked of a CRM. */
export interface CrmRequest {
	/** The method and the address, without the query. */
	to: string;
	query: Record<string, unknown>;
	headers: Request['headers'];
	/** `undefined` if there was none. */
	body: unknown;
}

type Answer = (request: CrmRequest) => unknown;

/**
 * Stands in for CRMs whose addresses are fixed in n8n's nodes: n8n is told to use a proxy, and this
 * proxy answers in the name of these hosts itself. No other host can be reached through it.
 */
export class Crms {
	private readonly requests: CrmRequest[] = [];

	private readonly answers = new Map<string, Answer>();

	private readonly sockets = new Set<Duplex>();

	private constructor(
		private readonly hosts: string[],
		private readonly certificate: Certificate,
		private readonly proxy: Server,
	) {}

	static async start(hosts: string[]): Promise<Crms> {
		const certificate = await makeCertificate(hosts);
		const crms = new Crms(hosts, certificate, createServer());
		await crms.listen();
		return crms;
	}

	/** The settings with which n8n asks these CRMs. */
	get environment(): Record<string, string> {
		const { port } = this.proxy.address() as AddressInfo;
		return {
			HTTPS_PROXY: `http://127.0.0.1:${port}`,
			NO_PROXY: '127.0.0.1',
			NODE_EXTRA_CA_CERTS: this.certificate.file,
		};
	}

	/** Sets what is answered to one method and address, such as `GET https://crm.example.com/api/deals`. */
	answer(to: string, answer: Answer): void {
		this.answers.set(to, answer);
	}

	/** Takes out what has been asked so far. */
	takeRequests(): CrmRequest[] {
		return this.requests.splice(0);
	}

	async stop(): Promise<void> {
		const closed = new Promise((resolve) => this.proxy.close(resolve));
		for (const socket of this.sockets) socket.destroy();
		await closed;
		await this.certificate.remove();
	}

	private async listen(): Promise<void> {
		const app = express();
		app.use(express.json());
		app.use((request: Request, response: Response) => this.handle(request, response));
		const { certificate, key } = this.certificate;
		const crm = createSecureServer({ cert: certificate, key }, app);
		this.proxy.on('connect', ({ url }, socket: Duplex) => {
			if (!this.hosts.some((host) => url === `${host}:443`)) {
				socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
				return;
			}
			this.sockets.add(socket);
			socket.once('close', () => this.sockets.delete(socket));
			socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			crm.emit('connection', socket);
		});
		await new Promise<void>((resolve) => this.proxy.listen(0, '127.0.0.1', resolve));
	}

	private handle(request: Request, response: Response): void {
		const { method, hostname, path, query, headers } = request;
		const body: unknown = request.body;
		const asked: CrmRequest = {
			to: `${method} https://${hostname}${path}`,
			query: { ...query },
			headers,
			body,
		};
		this.requests.push(asked);
		const answer = this.answers.get(asked.to);
		if (answer) response.json(answer(asked));
		else response.status(404).json({ message: `Nothing at ${asked.to}` });
	}
}
