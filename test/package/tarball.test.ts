/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

import { packPackage, unpackedPackage } from '../support/package/pack';
import { packageName, repositoryFolder } from '../support/package/repository';

jest.setTimeout(300_000);

const largestSize = 150 * 1024;
const expectedEntries = [
	'CHANGELOG.md',
	'LICENSE.md',
	'README.md',
	'dist',
	'index.js',
	'package.json',
];

interface Manifest {
	name: string;
	main: string;
	dependencies?: Record<string, string>;
	peerDependencies: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

describe('The packed package', () => {
	let folder: string;
	let manifest: Manifest;

	beforeAll(async () => {
		folder = await unpackedPackage();
		manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
	});

	afterAll(async () => await rm(folder, { recursive: true, force: true }));

	test('is smaller than 150 KB', async () => {
		const { size } = await stat(await packPackage());
		expect(size).toBeLessThan(largestSize);
	});

	test('holds what is expected and nothing else', async () => {
		expect((await readdir(folder)).sort()).toEqual(expectedEntries);
	});

	test('has no dependencies, and n8n-workflow as its only peer', () => {
		expect(manifest.name).toBe(packageName);
		expect(manifest.dependencies ?? {}).toEqual({});
		expect(Object.keys(manifest.peerDependencies)).toEqual(['n8n-workflow']);
	});

	test('holds every file that its package.json names', async () => {
		const { nodes, credentials } = manifest.n8n;
		expect(nodes.length).toBeGreaterThan(0);
		expect(credentials.length).toBeGreaterThan(0);
		for (const file of [manifest.main, ...nodes, ...credentials]) {
			await expect(stat(path.join(folder, file))).resolves.toBeDefined();
		}
	});

	test('passes on the licence of everything that is bundled', async () => {
		const bundle = await readFile(path.join(folder, 'dist', 'siro.js'), 'utf8');
		// The bundler begins each module with a comment that names its file.
		const modules = bundle.matchAll(/^\/\/ node_modules\/((?:@[^/]+\/)?[^/]+)\//gm);
		const bundled = [...new Set([...modules].map(([, name]) => name))].sort();
		expect(bundled).toContain('svix');

		const licenses = await readFile(path.join(folder, 'dist', 'THIRD-PARTY-LICENSES.md'), 'utf8');
		const [, ...notices] = licenses.split(/^## /m);
		expect(notices.map((notice) => notice.split(' ')[0])).toEqual(bundled);
		for (const notice of notices) {
			expect(notice).toMatch(/Permission is hereby granted|into the public domain/);
		}
	});

	test('does not tell where it was built', async () => {
		const files = await filesUnder(folder);
		expect(files.length).toBeGreaterThan(expectedEntries.length);
		for (const file of files) {
			const content = await readFile(file, 'utf8');
			expect(content).not.toContain(`${repositoryFolder}/`);
			expect(content).not.toContain(`${homedir()}/`);
		}
	});
});

async function filesUnder(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	return entries
		.filter((entry) => entry.isFile())
		.map((entry) => path.join(entry.parentPath, entry.name));
}
