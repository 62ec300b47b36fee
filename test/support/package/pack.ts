/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { mkdtempSync, rmSync } from 'node:fs';
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

async function buildAndPack(): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), 'siro-package-'));
	process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
	await runCommand('npm', ['run', 'build'], { folder: repositoryFolder });
	const { standardOutput } = await runCommand(
		'npm',
		['pack', '--ignore-scripts', '--json', '--pack-destination', folder],
		{ folder: repositoryFolder },
	);
	return path.join(folder, packedFileName(standardOutput));
}

function packedFileName(packOutput: string): string {
	const packed: unknown = JSON.parse(packOutput);
	const first: unknown = Array.isArray(packed) ? packed[0] : undefined;
	if (typeof first === 'object' && first !== null && 'filename' in first) {
		return String(first.filename);
	}
	throw new Error(`\`npm pack\` did not name the file it made:\n${packOutput}`);
}
