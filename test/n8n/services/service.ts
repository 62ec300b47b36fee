/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code runs in Node, never inside n8n */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { freePort } from '../free-port';
import { nodeBinary } from '../../support/package/node-runtime';

const startAttempts = 3;

/** A user of this machine. */
export interface SystemUser {
	uid: number;
	gid: number;
}

/** A server program that n8n needs, and how it is run. */
export interface ServiceProgram {
	name: string;
	command: string;
	/** The folder is the program's working directory and belongs to it alone. */
	commandArguments: (port: number) => string[];
	/** Prepares the folder. */
	prepare?: (folder: string) => Promise<void>;
	/** Whom to run it as, if not as ourselves. */
	user?: SystemUser;
	/** What it prints when it is ready. */
	readyMessage: RegExp;
	/** Ends it at once, in good order. */
	stopSignal: NodeJS.Signals;
}

/**
 * Starts a server for one test: on a free loopback port, in a throw-away folder, and never longer
 * than the process that runs the test.
 */
export async function startService(program: ServiceProgram): Promise<Service> {
	for (let attempt = 1; ; attempt++) {
		const service = await Service.launch(program);
		if (await service.isReady()) return service;
		const portWasTaken = /address already in use/i.test(service.output);
		if (portWasTaken && attempt < startAttempts) continue;
		throw new Error(`${program.name} did not start. It printed:\n${service.output}`);
	}
}

/** A server that runs. */
export class Service {
	private readonly lines: string[] = [];

	private readonly ended: Promise<unknown>;

	private readonly ready: Promise<boolean>;

	private constructor(
		readonly port: number,
		private readonly keeper: ChildProcess,
		readyMessage: RegExp,
	) {
		this.ended = once(keeper, 'close');
		this.ready = new Promise((resolve) => {
			for (const output of [keeper.stdout, keeper.stderr]) {
				if (!output) continue;
				createInterface(output).on('line', (line) => {
					this.lines.push(line);
					if (readyMessage.test(line)) resolve(true);
				});
			}
			void this.ended.then(() => resolve(false));
		});
	}

	static async launch(program: ServiceProgram): Promise<Service> {
		const { name, command, commandArguments, prepare, user, readyMessage, stopSignal } = program;
		const port = await freePort();
		const folder = await mkdtemp(path.join(tmpdir(), `siro-${name}-`));
		await prepare?.(folder);
		if (user) await chown(folder, user.uid, user.gid);
		const keeper = spawn(
			nodeBinary,
			[
				path.join(__dirname, 'keep-program.cjs'),
				JSON.stringify({
					command,
					commandArguments: commandArguments(port),
					folder,
					user,
					stopSignal,
				}),
			],
			{
				cwd: folder,
				env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C' },
				// A process group of its own, which a Ctrl-C in the terminal does not reach.
				detached: true,
				stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
			},
		);
		return new Service(port, keeper, readyMessage);
	}

	get output(): string {
		return this.lines.join('\n');
	}

	/** Waits until it is ready, or has ended instead. */
	async isReady(): Promise<boolean> {
		return await this.ready;
	}

	/** Ends it and removes its folder. */
	async stop(): Promise<void> {
		this.keeper.kill('SIGTERM');
		await this.ended;
	}
}
