/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { installInCache, type Report } from '../../support/package/cached-installation';
import { nodeBinary } from '../../support/package/node-runtime';
import { runCommand } from '../../support/package/run-command';

interface Analysis {
	passed: boolean;
	message?: string;
	details?: string;
}

/** Installs n8n's scanner into the cache unless it is there already, and gives its folder. */
export async function installScanner(report: Report = () => {}): Promise<string> {
	return await installInCache(
		{
			name: 'scanner',
			manifestFolder: path.join(__dirname, 'manifest'),
			expectedMinutes: 1,
		},
		report,
	);
}

/** What n8n's verification has against the sources in a folder; nothing is an empty text. */
export async function scanSources(folder: string): Promise<string> {
	return await scan(folder, 'sources');
}

/** What n8n's verification has against an unpacked package; nothing is an empty text. */
export async function scanPackage(folder: string): Promise<string> {
	return await scan(folder, 'package');
}

async function scan(folder: string, kind: 'sources' | 'package'): Promise<string> {
	const installation = await installScanner();
	// The scanner leaves a folder in the temporary one; this way it goes as well.
	const temporaryFolder = await mkdtemp(path.join(tmpdir(), 'siro-scan-'));
	try {
		const { standardOutput } = await runCommand(
			nodeBinary,
			[path.join(__dirname, 'analyze.mjs'), installation, folder, kind],
			{ folder: installation, environment: { TMPDIR: temporaryFolder, FORCE_COLOR: '0' } },
		);
		const { message, details } = JSON.parse(standardOutput) as Analysis;
		// "No files found to analyze" counts as passed for the scanner, but not for us.
		return [message, details].filter(Boolean).join('\n');
	} finally {
		await rm(temporaryFolder, { recursive: true, force: true });
	}
}
