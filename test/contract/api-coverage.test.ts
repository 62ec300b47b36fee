/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { withApiCoverage } from '../generate/api-coverage';
import { nameOf, OPERATION_CASES } from '../operations';
import { labelOf } from '../operations/reached';
import { describedBy } from '../siro/openapi/description';
import { readOfficialDocuments } from '../siro/openapi/document';
import { repositoryFolder } from '../support/package/repository';

const page = readFileSync(path.join(repositoryFolder, 'docs/api-coverage.md'), 'utf8');
const official = readOfficialDocuments();
const describeIfAvailable = official ? describe : describe.skip;

/** The row of an endpoint, in the table of its API. */
function rowOf(api: string, endpoint: string): string {
	const table = page.split(/^## /m)[api === 'external' ? 1 : 2];
	return table.split('\n').find((row) => row.startsWith(`| \`${endpoint}\` |`)) ?? '';
}

test.each(OPERATION_CASES.map((one) => [nameOf(one), one] as const))(
	'the page names %s at each endpoint that it reaches',
	(_name, { resource, operation, exchanges }) => {
		for (const { surface = 'external', method, path, documentedPath = path } of exchanges) {
			if (surface === 'storage') continue;
			expect(rowOf(surface, `${method} ${documentedPath}`)).toContain(labelOf(resource, operation));
		}
	},
);

describeIfAvailable('the page, held against Siro’s documents,', () => {
	test('is up to date (`npm run docs` writes it)', () => {
		expect(withApiCoverage(page)).toBe(page);
	});

	test('tells of all endpoints', () => {
		const documents = official ? [official.external, official.platform] : [];
		const endpoints = documents.flatMap((document) => describedBy(document).operations);
		expect(page.match(/^\| `[A-Z]+ \//gm)).toHaveLength(endpoints.length);
	});
});
