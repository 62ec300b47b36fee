/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

import * as tar from 'tar';

import { installInCache, type Report } from '../support/package/cached-installation';
import { findProgram } from '../support/package/run-command';

/** Chromium and its relatives, as Linux distributions name them. */
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export const NO_CHROMIUM =
	'There is no Chromium on this machine, and npm has none for it: install chromium, e.g. `apt-get install chromium`, or name its file in $CHROMIUM.';

/** A Chromium that can be started. */
export interface Chromium {
	executable: string;
	/** What it needs in its environment to find what it came with. */
	environment: Record<string, string>;
}

/**
 * The Chromium to test with: the one that $CHROMIUM names, else the machine's own, else one out of
 * an npm package, which needs nothing of the machine but Linux on x64. `undefined` where none is.
 */
export async function provideChromium(report: Report = () => {}): Promise<Chromium | undefined> {
	const named = process.env.CHROMIUM;
	if (named) {
		if (!existsSync(named)) throw new Error(`$CHROMIUM names a file that does not exist: ${named}`);
		return { executable: named, environment: {} };
	}
	const [installed] = PROGRAMS.flatMap((program) => findProgram(program) ?? []);
	if (installed) return { executable: installed, environment: {} };
	if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
	return await chromiumFromNpm(report);
}

/**
 * The package is made for servers without any desktop library: it brings a headless Chromium, the
 * libraries that it needs besides the C library, and a font.
 */
async function chromiumFromNpm(report: Report): Promise<Chromium> {
	const manifestFolder = path.join(__dirname, 'manifest');
	const finish = { name: 'Chromium is unpacked', expectedMinutes: 1, work: unpack };
	const installation = { name: 'chromium', manifestFolder, expectedMinutes: 1, finish };
	const folder = await installInCache(installation, report);
	return {
		executable: path.join(folder, 'chromium'),
		environment: {
			LD_LIBRARY_PATH: path.join(folder, 'lib'),
			// Relative paths in it are relative to the file.
			FONTCONFIG_FILE: path.join(folder, 'fonts.conf'),
		},
	};
}

async function unpack(folder: string): Promise<void> {
	const packed = path.join(folder, 'node_modules/@sparticuz/chromium/bin');
	const read = async (file: string) =>
		brotliDecompressSync(await readFile(path.join(packed, file)));
	await writeFile(path.join(folder, 'chromium'), await read('chromium.br'), { mode: 0o755 });
	for (const archive of ['al2023.tar.br', 'fonts.tar.br']) {
		tar.extract({ cwd: folder, sync: true }).end(await read(archive));
	}
	await writeFile(
		path.join(folder, 'fonts.conf'),
		'<fontconfig><dir prefix="relative">fonts</dir><cachedir prefix="xdg">fontconfig</cachedir></fontconfig>\n',
	);
	await rm(path.join(folder, 'node_modules'), { recursive: true });
}
