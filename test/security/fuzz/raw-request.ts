/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { connect } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import type { HeaderLine } from './signed-delivery';

/** A request as it goes over the wire; nothing is checked, corrected or added but what is named here. */
export interface RawRequest {
	method: string;
	/** `Host`, `Connection` and what says where the body ends are added. */
	headers: HeaderLine[];
	body: Buffer;
	/** How the other side learns where the body ends. Default: `Content-Length`. */
	framing?: 'length' | 'chunked';
	/** Sends the body in so many pieces, with a pause before each. */
	slowly?: { pieces: number; pauseMilliseconds: number };
	/** Hangs up after so many bytes of the body. */
	hangUpAfter?: number;
}

export interface RawAnswer {
	/** `undefined` if there was no answer. */
	status: number | undefined;
	body: string;
}

/** Sends a request on a connection of its own, and waits for the answer until the other side hangs up. */
export async function sendRaw(
	url: string,
	request: RawRequest,
	patienceMilliseconds: number,
): Promise<RawAnswer> {
	const { hostname, port, pathname } = new URL(url);
	const socket = connect({
		host: hostname,
		port: Number(port),
		noDelay: true,
		signal: AbortSignal.timeout(patienceMilliseconds),
	});
	let received = '';
	socket.setEncoding('latin1').on('data', (piece: string) => (received += piece));
	// An error may follow the answer: n8n hangs up on a body that is too large.
	socket.on('error', () => {});
	const closed = new Promise((resolve) => socket.once('close', resolve));

	const sent = Readable.from(
		piecesOf(request, `${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}`),
	);
	sent.pipe(socket, { end: false });
	if (request.hangUpAfter !== undefined) sent.once('end', () => socket.destroy());
	await closed;
	sent.destroy();
	const status = /^HTTP\/1\.1 (\d{3})/.exec(received)?.[1];
	const body = received.slice(received.indexOf('\r\n\r\n') + 4);
	return { status: status ? Number(status) : undefined, body };
}

async function* piecesOf(request: RawRequest, address: string): AsyncGenerator<Buffer> {
	const { method, headers, body, framing, slowly, hangUpAfter } = request;
	const isChunked = framing === 'chunked';
	const end = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${body.length}`;
	const lines = headers.map(([name, value]) => `${name}: ${value}`);
	const head = [`${method} ${address}`, 'Connection: close', ...lines, end, '', ''].join('\r\n');
	yield Buffer.from(head, 'latin1');

	const sent = body.subarray(0, hangUpAfter);
	const size = Math.ceil(sent.length / (slowly?.pieces ?? 1));
	for (let start = 0; start < sent.length; start += size) {
		if (slowly) await sleep(slowly.pauseMilliseconds);
		const piece = sent.subarray(start, start + size);
		if (isChunked) yield Buffer.from(`${piece.length.toString(16)}\r\n`);
		yield piece;
		if (isChunked) yield Buffer.from('\r\n');
	}
	if (isChunked && hangUpAfter === undefined) yield Buffer.from('0\r\n\r\n');
}
