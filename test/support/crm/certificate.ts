/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { runCommand } from '../package/run-command';

export interface Certificate {
	/** The file that n8n is told to trust. */
	file: string;
	certificate: Buffer;
	key: Buffer;
	remove: () => Promise<void>;
}

/** Makes a certificate for these hosts, in a throw-away folder. */
export async function makeCertificate(hosts: string[]): Promise<Certificate> {
	const folder = await mkdtemp(path.join(tmpdir(), 'siro-certificate-'));
	const names = hosts.map((host) => `DNS:${host}`).join(',');
	await runCommand(
		'openssl',
		[
			...['req', '-x509', '-nodes', '-days', '2', '-newkey', 'ec'],
			...['-pkeyopt', 'ec_paramgen_curve:prime256v1', '-subj', '/CN=CRMs of the tests'],
			...['-addext', `subjectAltName=${names}`],
			...['-keyout', 'key.pem', '-out', 'certificate.pem'],
		],
		{ folder },
	);
	const file = path.join(folder, 'certificate.pem');
	return {
		file,
		certificate: await readFile(file),
		key: await readFile(path.join(folder, 'key.pem')),
		remove: async () => await rm(folder, { recursive: true, force: true }),
	};
}
