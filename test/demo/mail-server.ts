/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { SMTPServer } from 'smtp-server';

/** What an email says. */
export interface Mail {
	to: string[];
	subject: string;
	/** The body as it was written. */
	text: string;
}

export interface Mailbox {
	port: number;
	/** Takes out what has arrived so far. */
	take: () => Mail[];
	stop: () => Promise<void>;
}

/** A real mail server that delivers nothing. */
export async function startMailServer(): Promise<Mailbox> {
	const arrived: Mail[] = [];
	const server = new SMTPServer({
		authOptional: true,
		disabledCommands: ['STARTTLS'],
		onData(stream, { envelope }, done) {
			const chunks: Buffer[] = [];
			stream.on('data', (chunk: Buffer) => chunks.push(chunk));
			stream.on('end', () => {
				const to = envelope.rcptTo.map(({ address }) => address);
				arrived.push({ to, ...readMail(Buffer.concat(chunks).toString('latin1')) });
				done();
			});
		},
	});
	const listening = server.listen(0, '127.0.0.1');
	await once(listening, 'listening');
	return {
		port: (listening.address() as AddressInfo).port,
		take: () => arrived.splice(0),
		stop: async () => await new Promise((done) => server.close(done)),
	};
}

function readMail(mail: string): Omit<Mail, 'to'> {
	const [headers] = mail.split('\r\n\r\n', 1);
	const body = mail.slice(headers.length + 4);
	const [, subject = ''] = /^Subject: (.*)$/m.exec(headers) ?? [];
	const text = /^Content-Transfer-Encoding: quoted-printable\r?$/im.test(headers)
		? body
				.replace(/=\r\n/g, '')
				.replace(/=([0-9A-F]{2})/g, (_all, code: string) => String.fromCharCode(parseInt(code, 16)))
		: body;
	return {
		subject: subject.trim(),
		text: Buffer.from(text, 'latin1').toString('utf8').replaceAll('\r\n', '\n'),
	};
}
