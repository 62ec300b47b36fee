/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */

/* `npm run docs`: writes what is derived from the sources into the README and `docs/`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { readOfficialDocuments } from '../siro/openapi/document';
import { repositoryFolder } from '../support/package/repository';
import { API_COVERAGE, withApiCoverage } from './api-coverage';
import { withOperations, withOperationsTable } from './operations-table';

const readme = path.join(repositoryFolder, 'README.md');
writeFileSync(readme, withOperationsTable(readFileSync(readme, 'utf8')));

const operations = path.join(repositoryFolder, 'docs/operations.md');
writeFileSync(operations, withOperations(readFileSync(operations, 'utf8')));

const page = readFileSync(API_COVERAGE, 'utf8');
const official = readOfficialDocuments();
if (official) writeFileSync(API_COVERAGE, withApiCoverage(page, official));
