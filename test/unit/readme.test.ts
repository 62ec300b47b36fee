/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { repositoryFolder } from '../support/package/repository';
import { withOperations, withOperationsTable } from '../generate/operations-table';

const PAGES = ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].concat(
	globSync('docs/*.md', { cwd: repositoryFolder }),
);

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

test.each(PAGES)('%s leads only to what is there', (page) => {
	const links = [...read(page).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
	const broken = links.filter(([, file, anchor]) => {
		const target = file === '' ? page : path.join(path.dirname(page), file);
		if (!existsSync(path.join(repositoryFolder, target))) return true;
		return anchor !== undefined && !anchorsOf(target).includes(anchor);
	});
	expect(broken.map(([link]) => link)).toEqual([]);
});

test.each(['SECURITY.md', 'docs/administration.md', 'docs/guarantees.md'])(
	'%s names tests that exist',
	(page) => {
		const named = [...read(page).matchAll(/`(test\/[^`]+)`/g)].map(([, file]) => file);
		expect(named).not.toEqual([]);
		expect(named.filter((file) => globSync(file, { cwd: repositoryFolder }).length === 0)).toEqual(
			[],
		);
	},
);

/** As GitHub makes them of headings. */
function anchorsOf(page: string): string[] {
	return [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
		heading
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\s_-]/gu, '')
			.replace(/\s/g, '-'),
	);
}

function read(file: string): string {
	return readFileSync(path.join(repositoryFolder, file), 'utf8');
}
