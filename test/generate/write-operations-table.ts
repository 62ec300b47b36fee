/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */

/* `npm run docs`: writes what is derived from the sources into the README. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { repositoryFolder } from '../support/package/repository';
import { withOperationsTable } from './operations-table';

const readme = path.join(repositoryFolder, 'README.md');
writeFileSync(readme, withOperationsTable(readFileSync(readme, 'utf8')));
