/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- test code runs in Node, never inside n8n */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { runCommand } from './run-command';

const manifestFiles = ['package.json', 'package-lock.json', '.npmrc'];
const heartbeatMilliseconds = 2_000;
const abandonedAfterMilliseconds = 20_000;
const progressMilliseconds = 20_000;

export interface CachedInstallation {
	/** Begins the name of the folder in the cache and the progress lines. */
	name: string;
	/** The folder with `package.json`, `package-lock.json` and `.npmrc`. */
	manifestFolder: string;
	/** About how long it takes, for the reader of the progress lines. */
	expectedMinutes: number;
	/** What is to be done after `npm ci`, in the installation's folder. */
	finish?: (folder: string) => Promise<void>;
}

export type Report = (line: string) => void;

/**
 * Installs npm packages from a manifest of their own into the cache, once, and gives the folder.
 *
 * The work is done in a sibling folder that gets its final name when it is complete, so a crash
 * never leaves half an installation. That sibling is the lock as well: a second process that
 * wants the same waits for it, as long as the first one keeps touching it.
 */
export async function installInCache(
	installation: CachedInstallation,
	report: Report,
): Promise<string> {
	const folder = path.join(cacheFolder(), await versionedName(installation));
	const unfinished = `${folder}.unfinished`;
	await mkdir(path.dirname(folder), { recursive: true });

	let announced = false;
	while (!existsSync(folder)) {
		if (await claim(unfinished)) {
			try {
				// Whoever held the claim before us may have finished in the meantime.
				if (!existsSync(folder)) await install(installation, unfinished, folder, report);
			} finally {
				await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
			}
		} else {
			if (!announced) report(`${installation.name}: another process is installing it, waiting`);
			announced = true;
			await sleep(1_000);
		}
	}
	return folder;
}

/** Where things are kept that are too large for the repository and the same for every run. */
export function cacheFolder(): string {
	const userCache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
	return process.env.N8N_NODES_SIRO_CACHE ?? path.join(userCache, 'n8n-nodes-siro');
}

/** What is compiled during an installation fits one platform only. */
async function versionedName({ name, manifestFolder }: CachedInstallation): Promise<string> {
	const hash = createHash('sha256');
	for (const file of manifestFiles) hash.update(await readFile(path.join(manifestFolder, file)));
	hash.update([process.platform, process.arch].join());
	return `${name}-${hash.digest('hex').slice(0, 16)}`;
}

async function claim(unfinished: string): Promise<boolean> {
	await removeAbandoned(unfinished);
	try {
		await mkdir(unfinished);
		return true;
	} catch (error) {
		if (isFileSystemError(error, 'EEXIST')) return false;
		throw error;
	}
}

async function removeAbandoned(unfinished: string): Promise<void> {
	try {
		const { mtimeMs } = await stat(unfinished);
		if (Date.now() - mtimeMs < abandonedAfterMilliseconds) return;
		// Renamed first, so that of several waiting processes only one removes it.
		const abandoned = `${unfinished}.abandoned-${process.pid}`;
		await rename(unfinished, abandoned);
		await rm(abandoned, { recursive: true, force: true, maxRetries: 5 });
	} catch (error) {
		if (!isFileSystemError(error, 'ENOENT')) throw error;
	}
}

async function install(
	{ name, manifestFolder, expectedMinutes, finish }: CachedInstallation,
	unfinished: string,
	folder: string,
	report: Report,
): Promise<void> {
	report(`${name}: installing into ${path.dirname(folder)} (about ${expectedMinutes} min, once)`);
	const started = Date.now();
	const heartbeat = setInterval(() => {
		const now = new Date();
		void utimes(unfinished, now, now).catch(() => {});
	}, heartbeatMilliseconds);
	const progress = setInterval(() => {
		const seconds = Math.round((Date.now() - started) / 1000);
		void countPackages(unfinished).then((count) =>
			report(`${name}: still installing, ${seconds} s, ${count} packages so far`),
		);
	}, progressMilliseconds);
	try {
		for (const file of manifestFiles) {
			await copyFile(path.join(manifestFolder, file), path.join(unfinished, file));
		}
		await runCommand('npm', ['ci', '--no-audit', '--no-fund'], { folder: unfinished });
		await finish?.(unfinished);
		await rename(unfinished, folder);
	} finally {
		clearInterval(heartbeat);
		clearInterval(progress);
	}
	report(`${name}: installed in ${Math.round((Date.now() - started) / 1000)} s`);
}

async function countPackages(folder: string): Promise<number> {
	const entries = await readdir(path.join(folder, 'node_modules')).catch(() => []);
	return entries.length;
}

/** Not with `instanceof`: under jest the errors of Node itself come from another realm. */
function isFileSystemError(error: unknown, code: string): boolean {
	return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
