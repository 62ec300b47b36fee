/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import * as tar from 'tar';

import { repositoryFolder } from './repository';
import { runCommand } from './run-command';

let packing: Promise<string> | undefined;

/**
 * Builds and packs this package as it would be published, once per run, and gives the tarball's
 * path. `test/run.ts` does it before all tests and hands the path on in `SIRO_TARBALL`.
 */
export async function packPackage(): Promise<string> {
	packing ??= process.env.SIRO_TARBALL ? Promise.resolve(process.env.SIRO_TARBALL) : buildAndPack();
	return await packing;
}

/** Unpacks a tarball of npm's into an existing folder, without its `package/` level. */
export async function unpackPackage(tarball: string, folder: string): Promise<void> {
	await tar.extract({ file: tarball, cwd: folder, strip: 1 });
}

/** Unpacks this package into a temporary folder, which the caller removes. */
export async function unpackedPackage(): Promise<string> {
	const folder = await mkdtemp(path.join(tmpdir(), 'siro-unpacked-'));
	await unpackPackage(await packPackage(), folder);
	return folder;
}

async function buildAndPack(): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), 'siro-package-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	const inRepository = { folder: repositoryFolder };
	await runCommand('npm', ['run', 'build'], inRepository);
	await runCommand('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], inRepository);
	return path.join(folder, ...readdirSync(folder));
}
