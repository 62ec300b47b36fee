/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import path from 'node:path';

import { installInCache, type Report } from '../support/package/cached-installation';
import { nodeHeadersFolder } from '../support/package/node-runtime';
import { runCommand } from '../support/package/run-command';

/** The newest n8n that the registry can install, and the last one of the series before. */
export type N8nSeries = '2' | '1';

/** Both, one after the other: each of them keeps the machine busy. */
export async function installEachN8n(report: Report): Promise<void> {
	await installN8n(report, '2');
	await installN8n(report, '1');
}

/** Installs n8n into the cache unless it is there already, and gives the installation's folder. */
export async function installN8n(
	report: Report = () => {},
	series: N8nSeries = '2',
): Promise<string> {
	const name = `n8n-${series}`;
	const manifestFolder = path.join(__dirname, `manifest-${series}`);
	const finish = compileSqliteDriver;
	return await installInCache({ name, manifestFolder, expectedMinutes: 4, finish }, report);
}

/**
 * Install scripts are switched off in the manifest: of all packages only the SQLite driver needs
 * its own. It is compiled here, as a ready-made one would come from outside the registry.
 */
async function compileSqliteDriver(folder: string): Promise<void> {
	const headers = nodeHeadersFolder();
	await runCommand('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false'], {
		folder,
		environment: {
			npm_config_build_from_source: 'sqlite3',
			// Wins over a `nodedir` in the user's own .npmrc, which would belong to another Node.
			...(headers ? { npm_config_nodedir: headers } : {}),
		},
	});
}
