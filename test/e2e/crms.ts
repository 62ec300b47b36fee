/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Duplex } from 'node:stream';

import express, { type Request } from 'express';
import { generate } from 'selfsigned';

/** What an n8n node has asked of a CRM. */
export interface CrmRequest {
	/** The method and the address, without the query. */
	to: string;
	query: Record<string, unknown>;
	headers: Request['headers'];
	/** `undefined` if there was none. */
	body: unknown;
}

/** What an answer throws to refuse a request. */
export class Refusal extends Error {
	constructor(
		readonly status: number,
		message: string,
		readonly body: object = { message },
	) {
		super(message);
	}
}

/** Stands in for CRMs whose addresses are fixed in n8n's nodes. */
export interface Crms {
	/** The settings with which n8n asks these CRMs. */
	environment: Record<string, string>;
	/** Sets what is answered to one method and address, such as `GET https://crm.example.com/api/deals`. */
	answer: (to: string, answer: (request: CrmRequest) => unknown) => void;
	/** Takes out what has been asked so far. */
	takeRequests: () => CrmRequest[];
	stop: () => Promise<void>;
}

/**
 * n8n is told to use a proxy, and this proxy answers in the name of these hosts itself. No other host
 * can be reached through it.
 */
export async function startCrms(hosts: string[]): Promise<Crms> {
	const requests: CrmRequest[] = [];
	const answers = new Map<string, (request: CrmRequest) => unknown>();
	const app = express().use(express.json(), (request, response) => {
		const { method, hostname, path, query, headers } = request;
		const to = `${method} https://${hostname}${path}`;
		const asked = { to, query: { ...query }, headers, body: request.body as unknown };
		requests.push(asked);
		const answer = answers.get(to);
		try {
			if (!answer) throw new Refusal(404, `Nothing at ${to}`);
			response.send(answer(asked));
		} catch (error) {
			const refusal = error instanceof Refusal ? error : new Refusal(500, String(error));
			response.status(refusal.status).json(refusal.body);
		}
	});

	const { cert, private: key } = await makeCertificate(hosts);
	const folder = await mkdtemp(path.join(tmpdir(), 'siro-certificate-'));
	const file = path.join(folder, 'certificate.pem');
	await writeFile(file, cert);

	const crm = createSecureServer({ cert, key }, app);
	const sockets = new Set<Duplex>();
	const proxy = createServer().on('connect', ({ url }, socket: Duplex) => {
		if (!hosts.some((host) => url === `${host}:443`)) {
			socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
			return;
		}
		sockets.add(socket);
		socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
		crm.emit('connection', socket);
	});
	await once(proxy.listen(0, '127.0.0.1'), 'listening');

	return {
		environment: {
			HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
			NO_PROXY: '127.0.0.1',
			NODE_EXTRA_CA_CERTS: file,
		},
		answer: (to, answer) => void answers.set(to, answer),
		takeRequests: () => requests.splice(0),
		stop: async () => {
			proxy.close();
			for (const socket of sockets) socket.destroy();
			await once(proxy, 'close');
			await rm(folder, { recursive: true });
		},
	};
}

async function makeCertificate(hosts: string[]) {
	return await generate([{ name: 'commonName', value: 'CRMs of the tests' }], {
		keyType: 'ec',
		extensions: [
			{ name: 'basicConstraints', cA: true },
			{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
		],
	});
}
