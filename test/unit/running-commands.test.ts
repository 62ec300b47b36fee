/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
/** What a stranger's machine needs of `npm run demo` and `npm test`. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ensureEachN8nInstallable } from '../n8n/install';
import { waitUntil } from '../n8n/wait-until';
import { nodeBinary } from '../support/package/node-runtime';
import { repositoryFolder } from '../support/package/repository';
import { startKept, tryCommand } from '../support/package/run-command';

const environment = { ...process.env };
const NO_EXCEPTION = { no_proxy: '', NO_PROXY: '' };
const folder = mkdtempSync(path.join(tmpdir(), 'Büro Siro '));

afterEach(() => (process.env = { ...environment }));

afterAll(() => rmSync(folder, { recursive: true }));

test('what a program has started ends with whoever asked for it', async () => {
	const program = { command: 'sh', commandArguments: ['-c', 'sleep 600 & echo $!; wait'] };
	const child = startKept(program, { folder, environment });
	const [printed] = (await once(child.stdout ?? child, 'data')) as [Buffer];
	const startedByIt = Number(printed.toString());
	expect(isRunning(startedByIt)).toBe(true);

	// As when our process is gone, however it went.
	child.disconnect();
	try {
		await waitUntil('its end', 4_000, () => !isRunning(startedByIt));
	} finally {
		if (isRunning(startedByIt)) process.kill(startedByIt);
	}
});

test('a missing compiler is named before anything is installed, with what brings it', async () => {
	Object.assign(process.env, { PATH: folder, N8N_NODES_SIRO_CACHE: path.join(tmpdir(), 'none') });
	await expect(ensureEachN8nInstallable()).rejects.toThrow(
		/missing or do not run: python3, make, cc, g\+\+\.\n.*apt-get install python3 make g\+\+/,
	);
});

test('a cache in which nothing can be compiled is refused before anything is installed', async () => {
	Object.assign(process.env, { N8N_NODES_SIRO_CACHE: folder });
	await expect(ensureEachN8nInstallable()).rejects.toThrow(
		/a path with a space\. Name another folder in \$N8N_NODES_SIRO_CACHE/,
	);
});

test('a command runs in a folder with a space and an umlaut, and what fails says why', async () => {
	const printing = await tryCommand('sh', ['-c', 'pwd; echo problem >&2; exit 3'], { folder });
	expect(printing).toEqual({
		exitCode: 3,
		standardOutput: `${folder}\n`,
		standardError: 'problem\n',
	});
	const missing = await tryCommand('no-such-program', [], { folder });
	expect(missing).toMatchObject({ exitCode: 1, standardError: expect.stringMatching(/ENOENT/) });
});

test('a proxy for the world outside is not asked for what is on this machine', async () => {
	const server = createServer((_request, response) => response.end('here')).listen(0, '127.0.0.1');
	await once(server, 'listening');
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const direct = path.join(repositoryFolder, 'test/support/loopback-without-proxy.cjs');
	const ask = `fetch('${url}').then((answer) => answer.text()).then(console.log)`;
	const printing = await tryCommand(nodeBinary, ['--require', direct, '--eval', ask], {
		folder,
		// At this port nobody listens.
		environment: { NODE_USE_ENV_PROXY: '1', HTTP_PROXY: 'http://127.0.0.1:9', ...NO_EXCEPTION },
	});
	server.close();
	expect(printing).toEqual({ exitCode: 0, standardOutput: 'here\n', standardError: '' });
});

function isRunning(processId: number): boolean {
	try {
		return process.kill(processId, 0);
	} catch {
		return false;
	}
}
