/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */

/* `npm run docs`: writes what is derived from the sources into the README and `docs/`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { repositoryFolder } from '../support/package/repository';
import { withApiCoverage } from './api-coverage';
import { withOperations, withOperationsTable } from './operations-table';

for (const [name, withTables] of [
	['README.md', withOperationsTable],
	['docs/operations.md', withOperations],
	['docs/api-coverage.md', withApiCoverage],
] as const) {
	const page = path.join(repositoryFolder, name);
	writeFileSync(page, withTables(readFileSync(page, 'utf8')));
}
