/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { repositoryFolder } from '../support/package/repository';

test('the page of recipes links to each of them, and to nothing that is not there', () => {
	const page = readFileSync(path.join(repositoryFolder, 'docs', 'recipes.md'), 'utf8');
	const linked = [...page.matchAll(/\]\(\.\.\/examples\/([\w-]+\.json)\)/g)].map(
		([, file]) => file,
	);
	const recipes = readdirSync(path.join(repositoryFolder, 'examples')).filter((file) =>
		/^(http-crm|hubspot|pipedrive|salesforce)-/.test(file),
	);

	expect(linked.sort()).toEqual(recipes.sort());
});
