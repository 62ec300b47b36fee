/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { createHash } from 'node:crypto';
import { existsSync, utimesSync } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { runCommand } from './run-command';

const MANIFEST_FILES = ['package.json', 'package-lock.json', '.npmrc'];
const HEARTBEAT_MS = 2_000;
const ABANDONED_AFTER_MS = 20_000;
const PROGRESS_EVERY_MS = 10_000;

/** A part of an installation. */
interface Step {
	/** For the reader of the progress lines, as is about how long it takes. */
	name: string;
	expectedMinutes: number;
	/** Does it, in the installation's folder. */
	work: (folder: string) => Promise<unknown>;
}

export interface CachedInstallation {
	/** Begins the name of the folder in the cache and the progress lines. */
	name: string;
	/** The folder with `package.json`, `package-lock.json` and `.npmrc`. */
	manifestFolder: string;
	/** About how long npm takes. */
	expectedMinutes: number;
	/** Fails if it cannot be installed here, in this folder. Asked before anything is begun. */
	check?: (folder: string) => Promise<void>;
	/** What is to be done after `npm ci`. */
	finish?: Step;
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
	const folder = await folderInCache(installation);
	const unfinished = `${folder}.unfinished`;
	await ensureInstallable(installation);
	for (let waits = 0; !existsSync(folder); waits++) {
		if (await claim(unfinished)) {
			try {
				// Whoever held the claim before us may have finished in the meantime.
				if (!existsSync(folder)) await install(installation, unfinished, folder, report);
			} finally {
				await remove(unfinished);
			}
		} else {
			if (waits === 0) report(`${installation.name}: another process is installing it, waiting`);
			await sleep(1_000);
		}
	}
	return folder;
}

/** Fails if it is still to be installed, but cannot be on this machine, and says what is missing. */
export async function ensureInstallable(installation: CachedInstallation): Promise<void> {
	const folder = await folderInCache(installation);
	if (existsSync(folder)) return;
	await installation.check?.(folder);
	await mkdir(path.dirname(folder), { recursive: true }).catch((error: unknown) => {
		const advice = 'Name another folder in $N8N_NODES_SIRO_CACHE.';
		throw new Error(`${installation.name} cannot be kept in its cache. ${advice} ${String(error)}`);
	});
}

/** Where things are kept that are too large for the repository and the same for every run. */
async function folderInCache({ name, manifestFolder }: CachedInstallation): Promise<string> {
	const userCache = process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache');
	const cache = process.env.N8N_NODES_SIRO_CACHE ?? path.join(userCache, 'n8n-nodes-siro');
	const hash = createHash('sha256');
	for (const file of MANIFEST_FILES) hash.update(await readFile(path.join(manifestFolder, file)));
	// What is compiled during an installation fits one platform only.
	hash.update([process.platform, process.arch].join());
	return path.join(cache, `${name}-${hash.digest('hex').slice(0, 16)}`);
}

async function claim(unfinished: string): Promise<boolean> {
	const { mtimeMs } = (await stat(unfinished).catch(() => undefined)) ?? {};
	if (mtimeMs !== undefined && Date.now() - mtimeMs > ABANDONED_AFTER_MS) {
		// Renamed first, so that of several waiting processes only one removes it.
		const abandoned = `${unfinished}.abandoned-${process.pid}`;
		await rename(unfinished, abandoned).catch(() => {});
		await remove(abandoned);
	}
	return (await mkdir(unfinished, { recursive: true })) !== undefined;
}

async function remove(folder: string): Promise<void> {
	await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function install(
	{ name, manifestFolder, expectedMinutes, finish }: CachedInstallation,
	unfinished: string,
	folder: string,
	report: Report,
): Promise<void> {
	report(`${name}: installing into ${path.dirname(folder)}, once`);
	const download: Step = {
		name: 'npm downloads and unpacks the packages',
		expectedMinutes,
		work: async () =>
			await runCommand('npm', ['ci', '--no-audit', '--no-fund'], { folder: unfinished }),
	};
	const steps = finish ? [download, finish] : [download];
	let started = Date.now();
	let line = '';
	const heartbeat = setInterval(() => {
		void utimes(unfinished, new Date(), new Date()).catch(() => {});
	}, HEARTBEAT_MS);
	const progress = setInterval(
		() => report(`${line}, ${Math.round((Date.now() - started) / 1000)} s so far`),
		PROGRESS_EVERY_MS,
	);
	// So that whoever comes next need not wait to see that we are gone.
	const abandon = () => existsSync(unfinished) && utimesSync(unfinished, 0, 0);
	process.once('exit', abandon);
	try {
		for (const file of MANIFEST_FILES) {
			await copyFile(path.join(manifestFolder, file), path.join(unfinished, file));
		}
		for (const [index, step] of steps.entries()) {
			started = Date.now();
			line = `${name}, step ${index + 1} of ${steps.length}: ${step.name} (usually ${step.expectedMinutes} min)`;
			report(line);
			await step.work(unfinished);
		}
		await rename(unfinished, folder);
	} finally {
		clearInterval(heartbeat);
		clearInterval(progress);
		process.off('exit', abandon);
	}
	report(`${name}: installed`);
}
