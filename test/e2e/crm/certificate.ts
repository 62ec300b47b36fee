/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { generate } from 'selfsigned';

export interface Certificate {
	/** The file that n8n is told to trust. */
	file: string;
	certificate: string;
	key: string;
	remove: () => Promise<void>;
}

/** Makes a certificate for these hosts, and puts it into a throw-away folder. */
export async function makeCertificate(hosts: string[]): Promise<Certificate> {
	const { cert, private: key } = await generate(
		[{ name: 'commonName', value: 'CRMs of the tests' }],
		{
			keyType: 'ec',
			extensions: [
				{ name: 'basicConstraints', cA: true },
				{ name: 'subjectAltName', altNames: hosts.map((value) => ({ type: 2, value })) },
			],
		},
	);
	const folder = await mkdtemp(path.join(tmpdir(), 'siro-certificate-'));
	const file = path.join(folder, 'certificate.pem');
	await writeFile(file, cert);
	return {
		file,
		certificate: cert,
		key,
		remove: async () => await rm(folder, { recursive: true, force: true }),
	};
}
