/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code runs in Node, never inside n8n */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { findProgram } from '../../support/package/run-command';
import { startService, type Service, type ServiceProgram } from './service';

/** Debian keeps the server's programs here, by version, and not on the PATH. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';

const INITIALIZE = [
	'"$1/initdb" --pgdata=data --username=n8n --pwfile=password --auth=scram-sha-256',
	'--encoding=UTF8 --locale=C.UTF-8 --no-sync',
].join(' ');

const SERVE = [
	'exec "$1/postgres" -D data -p "$2" -c listen_addresses=127.0.0.1',
	'-c unix_socket_directories= -c max_connections=200',
	// The data need not outlive the test.
	'-c fsync=off -c synchronous_commit=off -c full_page_writes=off',
].join(' ');

export interface PostgresServer extends Service {
	user: string;
	password: string;
	database: string;
	/** All of that in one. */
	url: string;
}

/** Where PostgreSQL's programs are on this machine, if they are. */
export function findPostgres(): string | undefined {
	const onPath = findProgram('initdb');
	if (onPath) return path.dirname(onPath);
	const versions = existsSync(DEBIAN_FOLDER) ? readdirSync(DEBIAN_FOLDER) : [];
	return versions
		.sort((one, other) => Number(other) - Number(one))
		.map((version) => path.join(DEBIAN_FOLDER, version, 'bin'))
		.find((folder) => existsSync(path.join(folder, 'initdb')));
}

/** `describe` for tests of a real PostgreSQL; where there is none, they are skipped, and counted so. */
export function describePostgres(name: string, tests: () => void): void {
	(findPostgres() === undefined ? describe.skip : describe)(name, tests);
}

/** Makes an empty database of its own and serves it. */
export async function startPostgres(): Promise<PostgresServer> {
	const programs = findPostgres();
	if (programs === undefined) throw new Error('PostgreSQL is not installed');
	const password = randomUUID();
	const service = await startService({
		name: 'postgres',
		command: 'sh',
		commandArguments: (port) => ['-c', `${INITIALIZE} && ${SERVE}`, 'sh', programs, String(port)],
		prepare: async (folder) => await writeFile(path.join(folder, 'password'), password),
		user: unprivilegedUser(),
		readyMessage: /database system is ready to accept connections/,
		stopSignal: 'SIGINT',
	});
	const [user, database] = ['n8n', 'postgres'];
	const url = `postgres://${user}:${password}@127.0.0.1:${service.port}/${database}`;
	return { ...service, user, password, database, url };
}

/** PostgreSQL refuses to be run by root. Its Debian package brings a user for it. */
function unprivilegedUser(): ServiceProgram['user'] {
	if (process.getuid?.() !== 0) return undefined;
	const id = (option: string) =>
		Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}
