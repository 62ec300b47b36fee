/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { stripVTControlCharacters } from 'node:util';

import { repositoryFolder } from '../support/package/repository';
import { tryCommand } from '../support/package/run-command';

jest.setTimeout(300_000);

test('n8n-node lint shows neither an error nor a warning', async () => {
	const { exitCode, standardOutput } = await tryCommand(
		'npx',
		['--no-install', 'n8n-node', 'lint'],
		{ folder: repositoryFolder },
	);

	// What lint finds; on standard error there may be warnings of Node itself.
	const found = stripVTControlCharacters(standardOutput);
	expect(found).not.toMatch(/\b(error|warning)s?\b|✖/i);
	expect(exitCode).toBe(0);
});
