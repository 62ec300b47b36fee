/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { once } from 'node:events';
import { chown, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { startKept } from '../../support/package/run-command';
import { freePort } from '../free-port';

const START_ATTEMPTS = 3;

/** A server program that n8n needs, and how it is run. */
export interface ServiceProgram {
	name: string;
	command: string;
	/** The folder is the program's working directory and belongs to it alone. */
	commandArguments: (port: number) => string[];
	/** Prepares the folder. */
	prepare?: (folder: string) => Promise<void>;
	/** Whom to run it as, if not as ourselves. */
	user?: { uid: number; gid: number };
	/** What it prints when it is ready. */
	readyMessage: RegExp;
	/** Ends it at once, in good order. */
	stopSignal: NodeJS.Signals;
}

/** A server that runs, until it is stopped. */
export interface Service {
	port: number;
	stop: () => Promise<void>;
}

/**
 * Starts a server for one test: on a free loopback port, in a throw-away folder, and never longer
 * than the process that runs the test.
 */
export async function startService(program: ServiceProgram): Promise<Service> {
	for (let attempt = 1; ; attempt++) {
		const port = await freePort();
		const keeper = await launch(program, port);
		const ended = once(keeper, 'close');
		const lines: string[] = [];
		const isReady = await new Promise<boolean>((resolve) => {
			for (const output of [keeper.stdout, keeper.stderr]) {
				if (!output) continue;
				createInterface(output).on('line', (line) => {
					lines.push(line);
					if (program.readyMessage.test(line)) resolve(true);
				});
			}
			void ended.then(() => resolve(false));
		});
		const stop = async () => {
			keeper.kill('SIGTERM');
			await ended;
		};
		if (isReady) return { port, stop };
		const output = lines.join('\n');
		if (/address already in use/i.test(output) && attempt < START_ATTEMPTS) continue;
		throw new Error(`${program.name} did not start. It printed:\n${output}`);
	}
}

async function launch(program: ServiceProgram, port: number) {
	const { name, command, commandArguments, prepare, user, stopSignal } = program;
	const folder = await mkdtemp(path.join(tmpdir(), `siro-${name}-`));
	await prepare?.(folder);
	if (user) await chown(folder, user.uid, user.gid);
	return startKept(
		{
			command,
			commandArguments: commandArguments(port),
			user,
			stopSignal,
			throwAwayFolder: folder,
		},
		{ folder, environment: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C' } },
	);
}
