/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code runs in Node, never inside n8n */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

import { nodeBinary } from '../support/package/node-runtime';

const graceMilliseconds = 15_000;

/** What n8n is started as: everything in one, or a part of it in queue mode. */
export type N8nCommand = 'start' | 'worker' | 'webhook';

/** One run of the n8n program, from its start to its end. */
export class N8nProcess {
	private readonly child: ChildProcess;

	private readonly ended: Promise<void>;

	private hasEnded = false;

	constructor(
		command: N8nCommand,
		installationFolder: string,
		workingFolder: string,
		environment: Record<string, string>,
		private readonly logLines: string[],
	) {
		const exitWithParent = path.join(__dirname, 'exit-with-parent.cjs');
		const n8n = path.join(installationFolder, 'node_modules', 'n8n', 'bin', 'n8n');
		this.child = spawn(nodeBinary, ['--require', exitWithParent, n8n, command], {
			cwd: workingFolder,
			env: environment,
			// A process group of its own, so that the task runner can be ended with n8n.
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
		});
		for (const output of [this.child.stdout, this.child.stderr]) {
			if (output) createInterface(output).on('line', (line) => this.logLines.push(line));
		}
		this.ended = new Promise((resolve) => {
			this.child.once('error', (error) => {
				this.logLines.push(`n8n could not be started: ${error.message}`);
				this.hasEnded = true;
				resolve();
			});
			this.child.once('close', (code, signal) => {
				this.logLines.push(`n8n ended (${signal ?? `exit code ${code}`})`);
				this.hasEnded = true;
				resolve();
			});
		});
	}

	/** The process ID, unless n8n could not be started. */
	get id(): number | undefined {
		return this.child.pid;
	}

	get running(): boolean {
		return !this.hasEnded;
	}

	/** Asks n8n to end in an orderly way, and ends it by force if it takes too long. */
	async stop(): Promise<void> {
		if (this.running) this.child.kill('SIGTERM');
		const patience = new AbortController();
		await Promise.race([
			this.ended,
			sleep(graceMilliseconds, undefined, { signal: patience.signal }).catch(() => {}),
		]);
		patience.abort();
		await this.kill();
	}

	/** Ends n8n and everything it started at once, as a power failure would. */
	async kill(): Promise<void> {
		try {
			if (this.child.pid !== undefined) process.kill(-this.child.pid, 'SIGKILL');
		} catch {
			// The whole group is gone already.
		}
		await this.ended;
	}
}
