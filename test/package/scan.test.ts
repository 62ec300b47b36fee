/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { unpackedPackage } from '../support/package/pack';
import { repositoryFolder } from '../support/package/repository';
import { scan } from './scanner/scan';

jest.setTimeout(300_000);

describe("n8n's scan of community packages", () => {
	let folder: string;

	afterEach(async () => await rm(folder, { recursive: true, force: true }));

	test('finds nothing in the sources', async () => {
		folder = '';
		expect(await scan('sources', repositoryFolder)).toBe('');
	});

	test('finds nothing in the packed package', async () => {
		folder = await unpackedPackage();
		expect(await scan('package', folder)).toBe('');
	});

	test('finds what is wrong in a package that breaks the rules', async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'siro-bad-package-'));
		await mkdir(path.join(folder, 'nodes'));
		const badCode = "import fs from 'node:fs';\nsetTimeout(() => console.log(fs), 1);\n";
		const badManifest = { name: 'bad', dependencies: { axios: '1.0.0' } };
		await writeFile(path.join(folder, 'nodes', 'Bad.node.ts'), badCode);
		await writeFile(path.join(folder, 'nodes', 'Bad.node.js'), badCode);
		await writeFile(path.join(folder, 'package.json'), JSON.stringify(badManifest));

		for (const findings of [await scan('sources', folder), await scan('package', folder)]) {
			expect(findings).toContain('no-restricted-imports');
			expect(findings).toContain('no-restricted-globals');
			expect(findings).toContain('package-name-convention');
		}
	});

	test('does not take an empty folder for a clean package', async () => {
		folder = await mkdtemp(path.join(tmpdir(), 'siro-empty-package-'));
		expect(await scan('package', folder)).toContain('No files found');
	});
});
