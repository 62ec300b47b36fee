/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error -- test code runs in Node, never inside n8n */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { unpackPackage } from '../support/package/pack';
import { packageName } from '../support/package/repository';
import { type N8nClient, signIn } from './client';
import { n8nEnvironment } from './environment';
import { freePort } from './free-port';
import { installN8n, type N8nSeries } from './install';
import { type MemoryUse, type N8nCommand, N8nProcess } from './n8n-process';
import { waitUntil } from './wait-until';

/** Five of them may be starting at the same time. */
const START_MS = 180_000;
const START_ATTEMPTS = 3;

export interface StartOptions {
	/** The packed package that is to be installed as a community package; none if left out. */
	tarball?: string;
	/** Folders of further community packages. */
	otherPackages?: string[];
	/** Which n8n; the newest unless given. */
	series?: N8nSeries;
	/** What to start n8n as; `start`, which is everything in one process, unless given. */
	command?: N8nCommand;
	/** Settings of n8n that differ from those of `environment.ts`. */
	environment?: Record<string, string>;
	/** Serve n8n's editor as well. */
	editor?: boolean;
	/** Receives progress lines while n8n is being installed. */
	report?: (line: string) => void;
}

/** Starts a real n8n with the packed package installed, and waits until it is ready. */
export async function startN8n(options: StartOptions): Promise<N8nInstance> {
	const installationFolder = await installN8n(options.report, options.series);
	const userFolder = await mkdtemp(path.join(tmpdir(), 'siro-n8n-'));
	const packagesFolder = path.join(userFolder, '.n8n/nodes/node_modules');
	const { tarball, otherPackages = [] } = options;
	if (tarball !== undefined) {
		const folder = path.join(packagesFolder, packageName);
		await mkdir(folder, { recursive: true });
		await unpackPackage(tarball, folder);
	}
	for (const folder of otherPackages) {
		await cp(folder, path.join(packagesFolder, path.basename(folder)), { recursive: true });
	}

	const instance = new N8nInstance(installationFolder, userFolder, options);
	await instance.start();
	return instance;
}

/** A real n8n on this machine, with SQLite and a throw-away folder of its own. */
export class N8nInstance {
	private process?: N8nProcess;

	private port = 0;

	private readonly logLines: string[] = [];

	constructor(
		private readonly installationFolder: string,
		private readonly userFolder: string,
		private readonly options: StartOptions,
	) {}

	/** Where the editor, the REST API and the webhooks are. */
	get url(): string {
		return `http://127.0.0.1:${this.port}`;
	}

	/** What n8n has printed so far, over all restarts. */
	get logs(): string {
		return this.logLines.join('\n');
	}

	/** The ID of the process that n8n runs in, if it was started. */
	get processId(): number | undefined {
		return this.process?.id;
	}

	/** What n8n holds in memory after a garbage collection, and what it was given. */
	async memory(): Promise<MemoryUse> {
		if (this.process === undefined) throw new Error('n8n does not run');
		return await this.process.memory();
	}

	/** A session of the instance's owner, who is set up at the first call. */
	async signIn(): Promise<N8nClient> {
		return await signIn(this.url, this.options.series);
	}

	/** Starts n8n, on the port it had before if there was one, and waits until it is ready. */
	async start(): Promise<void> {
		const portIsNew = this.port === 0;
		for (let attempt = 1; ; attempt++) {
			if (portIsNew) this.port = await freePort();
			const linesBefore = this.logLines.length;
			this.process = await this.launch();
			try {
				return await this.waitUntilReady(this.process);
			} catch (error) {
				await this.process.kill();
				const output = this.logLines.slice(linesBefore).join('\n');
				const portWasTaken = /port \d+ is already in use/.test(output);
				if ((portWasTaken || endedInRecovery(output)) && attempt < START_ATTEMPTS) continue;
				await this.stop();
				throw new Error(`n8n did not start. It printed:\n${output}`, { cause: error });
			}
		}
	}

	/** Stops n8n and removes its throw-away folder. */
	async stop(): Promise<void> {
		await this.end();
		await rm(this.userFolder, { recursive: true, force: true, maxRetries: 5 });
	}

	/** Ends n8n in an orderly way; {@link start} brings it back with what it had stored. */
	async end(): Promise<void> {
		await this.process?.stop();
	}

	/** Ends n8n as a crash would; {@link start} brings it back with what it had stored. */
	async kill(): Promise<void> {
		await this.process?.kill();
	}

	/** Stops n8n if it still runs, and starts it again on the same folder and port. */
	async restart(): Promise<void> {
		await this.end();
		await this.start();
	}

	private async launch(): Promise<N8nProcess> {
		const { series = '2', command = 'start', environment, editor = false } = this.options;
		const { userFolder, port, installationFolder, logLines } = this;
		const taskBrokerPort = await freePort();
		const settings = {
			...n8nEnvironment({ series, userFolder, port, taskBrokerPort, editor }),
			...environment,
		};
		return new N8nProcess(command, installationFolder, settings, logLines);
	}

	/**
	 * While n8n boots, its REST paths answer 200 "n8n is starting up"; only the readiness check
	 * tells the truth. With n8n 1 it does so too early: it is ready when it wants to know who we are.
	 */
	private async waitUntilReady(started: N8nProcess): Promise<void> {
		const [path, readyStatus] =
			this.options.series === '1' ? ['rest/login', 401] : ['healthz/readiness', 200];
		await waitUntil('n8n to be ready', START_MS, async () => {
			if (!started.running) throw new Error('n8n ended before it was ready');
			const response = await fetch(`${this.url}/${path}`).catch(() => undefined);
			return response?.status === readyStatus;
		});
	}
}

/**
 * After a kill, n8n 2.41 may end itself when it recovers an execution that was stored but not begun:
 * such an execution has no start time, which `WorkflowStatisticsService` and
 * `InsightsCollectionService` read. n8n skips that recovery at the next start, to which whatever
 * supervises n8n brings it.
 */
function endedInRecovery(output: string): boolean {
	return /reading 'getTime'\)[^]*ExecutionRecoveryService\.runHooks/.test(output);
}
