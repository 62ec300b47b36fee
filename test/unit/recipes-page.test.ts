/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { repositoryFolder } from '../support/package/repository';

const page = readFileSync(path.join(repositoryFolder, 'docs', 'recipes.md'), 'utf8');

/** The README and another page lead to these. */
const OF_OTHER_PAGES = [
	'appointments-to-siro.json',
	'set-up-example-tables.json',
	'siro-recording-once-with-redis.json',
	'siro-recording-to-crm.json',
];

const linksTo = (target: RegExp) => [...page.matchAll(target)].map(([, file]) => file).sort();

test('the page of recipes links to each of them, and to nothing that is not there', () => {
	const recipes = readdirSync(path.join(repositoryFolder, 'examples'));

	expect(linksTo(/\]\(\.\.\/examples\/([\w-]+\.json)\)/g)).toEqual(
		recipes.filter((file) => !OF_OTHER_PAGES.includes(file)).sort(),
	);
});

test('the pictures are there', () => {
	const pictures = readdirSync(path.join(repositoryFolder, 'docs', 'images'));
	expect(pictures).toEqual(expect.arrayContaining(linksTo(/\]\(images\/([\w-]+\.png)\)/g)));
});

test('a record of a kind that "Update Any Record" does not list goes by what your mapping calls it', () => {
	const recipes = path.join(repositoryFolder, 'examples');
	const listing = readdirSync(recipes).flatMap((file) =>
		[
			...readFileSync(path.join(recipes, file), 'utf8').matchAll(
				/"url": "(.*\}\[\$json\.kind\].*)"/g,
			),
		].map(([, url]) => ({ file, url })),
	);

	expect(listing.length).toBeGreaterThan(5);
	expect(listing.filter(({ url }) => !url.includes('] ?? $json.crmModelName'))).toEqual([]);
});
