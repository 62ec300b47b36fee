/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { installInCache, type Report } from '../../support/package/cached-installation';
import { nodeBinary } from '../../support/package/node-runtime';
import { runCommand } from '../../support/package/run-command';

/** Installs n8n's scanner into the cache unless it is there already, and gives its folder. */
export async function installScanner(report: Report = () => {}): Promise<string> {
	const manifestFolder = path.join(__dirname, 'manifest');
	return await installInCache({ name: 'scanner', manifestFolder, expectedMinutes: 1 }, report);
}

/** What n8n's verification has against a folder of sources or an unpacked package; often ''. */
export async function scan(kind: 'sources' | 'package', folder: string): Promise<string> {
	const installation = await installScanner();
	// The scanner leaves a folder in the temporary one; this way it goes as well.
	const temporaryFolder = await mkdtemp(path.join(tmpdir(), 'siro-scan-'));
	try {
		const analysis = await runCommand(
			nodeBinary,
			[path.join(__dirname, 'analyze.mjs'), installation, folder, kind],
			{ folder: installation, environment: { TMPDIR: temporaryFolder } },
		);
		const { message, details } = JSON.parse(analysis) as { message?: string; details?: string };
		// "No files found to analyze" counts as passed for the scanner, but not for us.
		return [message, details].filter(Boolean).join('\n');
	} finally {
		await rm(temporaryFolder, { recursive: true, force: true });
	}
}
