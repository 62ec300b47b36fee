/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { repositoryFolder } from '../support/package/repository';
import { withOperations, withOperationsTable } from '../generate/operations-table';

// `npm run docs` brings them up to date.
test.each([
	{ file: 'README.md', generated: withOperationsTable },
	{ file: 'docs/operations.md', generated: withOperations },
])('$file lists every operation as it is', ({ file, generated }) => {
	const page = read(file);
	expect(page).toBe(generated(page));
});

test('the README has the two commands at the beginning of Development', () => {
	const [, development] = read('README.md').split(/^## Development$/m);
	const [firstLines] = development.split(/^#/m);
	expect(firstLines).toContain('npm ci && npm run demo');
	expect(firstLines).toContain('npm ci && npm test');
});

function read(file: string): string {
	return readFileSync(path.join(repositoryFolder, file), 'utf8');
}
