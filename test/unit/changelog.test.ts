/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { repositoryFolder } from '../support/package/repository';

// `npm version` runs this with the new version, before it commits and tags.
test('the change log begins with this version, and says what is new', async () => {
	const { version } = JSON.parse(await read('package.json')) as { version: string };
	const [, newest] = (await read('CHANGELOG.md')).split(/^## /m);
	const [heading, ...content] = newest.trim().split('\n');
	expect(heading).toBe(version);
	expect(content.join('\n')).toMatch(/^- .+/m);
});

async function read(file: string): Promise<string> {
	return await readFile(path.join(repositoryFolder, file), 'utf8');
}
