/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import path from 'node:path';

import { installInCache, type Report } from '../package/cached-installation';
import { nodeHeadersFolder } from '../package/node-runtime';
import { runCommand } from '../package/run-command';

/** Installs n8n into the cache unless it is there already, and gives the installation's folder. */
export async function installN8n(report: Report = () => {}): Promise<string> {
	return await installInCache(
		{
			name: 'n8n',
			manifestFolder: path.join(__dirname, 'manifest'),
			expectedMinutes: 4,
			finish: async (folder) => {
				report('n8n: compiling the SQLite driver');
				await compileSqliteDriver(folder);
			},
		},
		report,
	);
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
