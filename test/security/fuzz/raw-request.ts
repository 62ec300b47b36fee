/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { connect } from 'node:net';
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
	const socket = connect({ host: hostname, port: Number(port), noDelay: true });
	const received: Buffer[] = [];
	const ended = new Promise<void>((resolve) => {
		// An error may follow the answer: n8n hangs up on a body that is too large.
		socket.on('error', () => resolve());
		socket.on('close', () => resolve());
		socket.on('data', (piece: Buffer) => received.push(piece));
	});
	const impatience = setTimeout(() => socket.destroy(), patienceMilliseconds);
	try {
		socket.write(Buffer.from(head(request, pathname, `${hostname}:${port}`), 'latin1'));
		await sendBody(request, async (piece) => {
			if (!socket.writable) return;
			if (!socket.write(piece)) await Promise.race([drained(), ended]);
		});
		if (request.hangUpAfter !== undefined) socket.destroy();
		await ended;
	} finally {
		clearTimeout(impatience);
		socket.destroy();
	}
	return parseAnswer(Buffer.concat(received).toString('latin1'));

	async function drained() {
		await new Promise((resolve) => socket.once('drain', resolve));
	}
}

function head({ method, headers, body, framing }: RawRequest, path: string, host: string): string {
	const end: HeaderLine =
		framing === 'chunked' ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', `${body.length}`];
	const lines: HeaderLine[] = [['Host', host], ['Connection', 'close'], ...headers, end];
	return [`${method} ${path} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`)]
		.map((line) => `${line}\r\n`)
		.join('')
		.concat('\r\n');
}

async function sendBody(
	{ body, framing, slowly, hangUpAfter }: RawRequest,
	write: (piece: Buffer) => Promise<void>,
): Promise<void> {
	const { pieces = 1, pauseMilliseconds = 0 } = slowly ?? {};
	const sent = body.subarray(0, hangUpAfter);
	const size = Math.max(1, Math.ceil(sent.length / pieces));
	for (let start = 0; start < sent.length; start += size) {
		if (slowly) await sleep(pauseMilliseconds);
		const piece = sent.subarray(start, start + size);
		if (framing === 'chunked') await write(Buffer.from(`${piece.length.toString(16)}\r\n`));
		await write(piece);
		if (framing === 'chunked') await write(Buffer.from('\r\n'));
	}
	if (framing === 'chunked' && hangUpAfter === undefined) await write(Buffer.from('0\r\n\r\n'));
}

function parseAnswer(text: string): RawAnswer {
	const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
	const bodyStart = text.indexOf('\r\n\r\n') + 4;
	return { status: status ? Number(status) : undefined, body: text.slice(bodyStart) };
}
