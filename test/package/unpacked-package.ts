/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { packPackage, unpackPackage } from '../support/package/pack';

/** Unpacks this package's tarball into a temporary folder; the caller removes it. */
export async function unpackedPackage(): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'siro-unpacked-'));
	await unpackPackage(await packPackage(), folder);
	return folder;
}
