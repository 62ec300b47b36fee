/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
	type CachedInstallation,
	ensureInstallable,
	installInCache,
	type Report,
} from '../support/package/cached-installation';
import { nodeHeadersFolder } from '../support/package/node-runtime';
import { runCommand, tryCommand } from '../support/package/run-command';

/** The newest n8n that the registry can install, and the last one of the series before. */
export type N8nSeries = '2' | '1';

const SERIES: N8nSeries[] = ['2', '1'];

/** What compiles n8n's SQLite driver, and the variables that may name other programs for it. */
const COMPILERS = { python3: 'PYTHON', make: 'MAKE', cc: 'CC', 'g++': 'CXX' };

/** Both, one after the other: each of them keeps the machine busy. */
export async function installEachN8n(report: Report): Promise<void> {
	for (const series of SERIES) await installN8n(report, series);
}

/** Fails at once if one of them could not be installed, and says what is missing. */
export async function ensureEachN8nInstallable(): Promise<void> {
	for (const series of SERIES) await ensureInstallable(installationOf(series));
}

/** Installs n8n into the cache unless it is there already, and gives the installation's folder. */
export async function installN8n(
	report: Report = () => {},
	series: N8nSeries = '2',
): Promise<string> {
	return await installInCache(installationOf(series), report);
}

function installationOf(series: N8nSeries): CachedInstallation {
	return {
		name: `n8n-${series}`,
		manifestFolder: path.join(__dirname, `manifest-${series}`),
		expectedMinutes: 3,
		check: requireCompilers,
		finish: {
			name: 'the SQLite driver is compiled',
			expectedMinutes: 2,
			work: compileSqliteDriver,
		},
	};
}

/** On macOS the programs are there even if they do nothing but say how to get them, so they are tried. */
async function requireCompilers(folder: string): Promise<void> {
	if (/\s/.test(folder)) {
		throw new Error(
			`n8n cannot be installed into ${folder}, because its SQLite driver cannot be compiled in a path with a space. Name another folder in $N8N_NODES_SIRO_CACHE.`,
		);
	}
	const missing: string[] = [];
	for (const [program, variable] of Object.entries(COMPILERS)) {
		const [command, ...settings] = (process.env[variable] ?? program).split(' ');
		const tried = await tryCommand(command, [...settings, '--version'], { folder: tmpdir() });
		if (tried.exitCode !== 0) missing.push(command);
	}
	if (missing.length === 0) return;
	throw new Error(`n8n cannot be installed here: its SQLite driver is compiled on your machine, and these programs are missing or do not run: ${missing.join(', ')}.
  Debian, Ubuntu   sudo apt-get install python3 make g++
  Fedora           sudo dnf install python3 make gcc-c++
  macOS            xcode-select --install
  Windows          work in WSL, as on Ubuntu
Then try again. Tests that do without n8n: npm test -- unit contract security`);
}

/**
 * Install scripts are switched off in the manifest: of all packages only the SQLite driver needs
 * its own. It is compiled here, as a ready-made one would come from outside the registry.
 */
async function compileSqliteDriver(folder: string): Promise<void> {
	const headers = nodeHeadersFolder();
	// The repository may be in a path with a space, which node-gyp cannot do with.
	const nodedir = path.join(folder, 'node-headers');
	if (headers) await symlink(headers, nodedir);
	await runCommand('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false'], {
		folder,
		environment: {
			npm_config_build_from_source: 'sqlite3',
			// Wins over a `nodedir` in the user's own .npmrc, which would belong to another Node.
			...(headers ? { npm_config_nodedir: nodedir } : {}),
		},
	});
}
