/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { repositoryFolder } from '../support/package/repository';
import { withOperationsTable } from '../generate/operations-table';

test('the README lists every operation as it is (`npm run docs` brings it up to date)', () => {
	const readme = readFileSync(path.join(repositoryFolder, 'README.md'), 'utf8');
	expect(readme).toBe(withOperationsTable(readme));
});
