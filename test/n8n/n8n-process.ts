/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code runs in Node, never inside n8n */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';

import { nodeBinary } from '../support/package/node-runtime';

const GRACE_MS = 15_000;
const MEGABYTE = 1024 * 1024;

/** What n8n is started as: everything in one, or a part of it in queue mode. */
export type N8nCommand = 'start' | 'worker' | 'webhook';

/** In megabytes. */
export interface MemoryUse {
	/** What the program holds on to, after a garbage collection: its heap and its buffers. */
	held: number;
	/** What the operating system has given to the process. */
	resident: number;
}

/** One run of the n8n program, from its start to its end. */
export class N8nProcess {
	private readonly child: ChildProcess;

	private readonly ended: Promise<unknown>;

	constructor(
		command: N8nCommand,
		installationFolder: string,
		environment: Record<string, string>,
		logLines: string[],
	) {
		const n8n = path.join(installationFolder, 'node_modules', 'n8n', 'bin', 'n8n');
		const preload = path.join(__dirname, 'preload.cjs');
		this.child = spawn(nodeBinary, ['--require', preload, n8n, command], {
			cwd: environment.HOME,
			env: environment,
			// A process group of its own, so that the task runner can be ended with n8n.
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		});
		for (const output of [this.child.stdout, this.child.stderr]) {
			if (output) createInterface(output).on('line', (line) => logLines.push(line));
		}
		this.ended = once(this.child, 'close').then(([code, signal]) =>
			logLines.push(`n8n ended (${signal ?? `exit code ${code}`})`),
		);
	}

	get id(): number | undefined {
		return this.child.pid;
	}

	get running(): boolean {
		return this.child.exitCode === null && this.child.signalCode === null;
	}

	async memory(): Promise<MemoryUse> {
		this.child.send('memory');
		const [{ heapUsed, external, rss }] = (await once(this.child, 'message')) as [
			NodeJS.MemoryUsage,
		];
		return {
			held: Math.round((heapUsed + external) / MEGABYTE),
			resident: Math.round(rss / MEGABYTE),
		};
	}

	/** Asks n8n to end in an orderly way, and ends it by force if it takes too long. */
	async stop(): Promise<void> {
		this.child.kill('SIGTERM');
		const patience = setTimeout(() => this.killGroup(), GRACE_MS);
		await this.ended;
		clearTimeout(patience);
		this.killGroup();
	}

	/** Ends n8n and everything it started at once, as a power failure would. */
	async kill(): Promise<void> {
		this.killGroup();
		await this.ended;
	}

	private killGroup(): void {
		try {
			if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
		} catch {
			// The whole group is gone already.
		}
	}
}
