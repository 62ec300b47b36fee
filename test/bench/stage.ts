import type { Credential } from '../n8n/credentials';
import type { Execution } from '../n8n/executions';
import type { StartOptions } from '../n8n/instance';
import type { Workflow, WorkflowDefinition } from '../n8n/workflows';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import { startSimulator, type Simulator, type SimulatorOptions } from '../siro';
import type { Sample } from './bench-case';
import { cpuTime } from './n8n-usage';

/** How long Siro takes at least, and how many requests it allows a token in a minute. */
const SIRO: SimulatorOptions = { seeded: false, latencyMs: 50, rateLimit: 1_000 };

/** What Siro signs with. Decoded it is text, or n8n's Crypto node could do nothing with it. */
const SIGNING_SECRET = `whsec_${Buffer.from('what the bench signs with').toString('base64')}`;

/** Above this the simulator, and not n8n, would decide how long a job takes. */
const BUSY = 0.8;

export type StageOptions = Pick<StartOptions, 'tarball' | 'environment' | 'otherPackages'> & {
	/** What differs from a Siro as it is in real life. */
	simulator?: SimulatorOptions;
};

/** A real n8n and a Siro that can be had anew, with both kinds of credential for it. */
export class Stage {
	siro: Simulator;

	readonly signingSecret = SIGNING_SECRET;

	private seed = 1;

	private constructor(
		private readonly world: SiroAndN8n,
		private readonly simulator: SimulatorOptions,
		/** What a user of the HTTP Request node enters: the token as a header. */
		readonly headerCredential: Credential,
		private readonly tell: (line: string) => void,
	) {
		this.siro = world.siro;
	}

	static async open(
		{ simulator, ...n8nOptions }: StageOptions,
		tell: (line: string) => void,
	): Promise<Stage> {
		const options = { ...SIRO, ...simulator };
		const world = await startSiroAndN8n({ ...n8nOptions, simulator: options, report: tell });
		const headerCredential = await world.client.credentials.create({
			name: 'Siro token as a header',
			type: 'httpHeaderAuth',
			data: tokenHeader(world.siro),
		});
		const stage = new Stage(world, options, headerCredential, tell);
		await stage.saveCredentials();
		return stage;
	}

	get n8n() {
		return this.world.n8n;
	}

	get client() {
		return this.world.client;
	}

	get credential() {
		return this.world.credential;
	}

	/**
	 * Another Siro at the same addresses: empty, and with another token, so that no run has to wait
	 * for the minute of the one before.
	 */
	async renewSiro(): Promise<Simulator> {
		const { externalApiUrl, platformApiUrl, storageUrl } = this.siro;
		await this.siro.stop();
		this.siro = await startSimulator({
			...this.simulator,
			randomSeed: ++this.seed,
			ports: {
				external: portOf(externalApiUrl),
				platform: portOf(platformApiUrl),
				storage: portOf(storageUrl),
			},
		});
		await this.saveCredentials();
		return this.siro;
	}

	private async saveCredentials(): Promise<void> {
		const { credentials } = this.client;
		await credentials.update(this.headerCredential, tokenHeader(this.siro));
		await credentials.update(this.credential, {
			...this.world.credentialData,
			organizationToken: this.siro.organizationToken,
			webhookSigningSecret: `${SIGNING_SECRET}, ${this.world.testSigningSecret}`,
		});
	}

	async create(workflow: WorkflowDefinition): Promise<Workflow> {
		return await this.client.workflows.create(workflow);
	}

	/** Runs a workflow and tells how long these of its nodes took together, and n8n's CPU, in all. */
	async time(
		workflow: Workflow,
		nodes: string[],
	): Promise<{ execution: Execution; sample: Sample }> {
		const requestsBefore = this.siro.requests.length;
		const { result: execution, cpu } = await this.measureCpu(
			async () => await this.client.workflows.run(workflow, 600_000),
		);
		const times = nodes.flatMap((node) =>
			execution.runs(node).map(({ executionTime }) => executionTime),
		);
		return {
			execution,
			sample: {
				value: times.reduce((sum, time) => sum + time, 0),
				requests: this.siro.requests.length - requestsBefore,
				cpu,
			},
		};
	}

	/** Does a job and tells how much CPU time n8n took for it, in milliseconds. */
	async measureCpu<Result>(job: () => Promise<Result>): Promise<{ result: Result; cpu: number }> {
		const cpuBefore = await cpuTime(this.n8n);
		const busyBefore = performance.eventLoopUtilization();
		const result = await job();
		this.warnIfBusy(performance.eventLoopUtilization(busyBefore).utilization);
		return { result, cpu: (await cpuTime(this.n8n)) - cpuBefore };
	}

	/** The simulator runs in this process, and must not be what is measured. */
	private warnIfBusy(utilization: number): void {
		if (utilization < BUSY) return;
		this.tell(`the simulator was ${Math.round(utilization * 100)} % busy: it may be what is slow`);
	}

	async close(): Promise<void> {
		await this.siro.stop();
		await this.world.stop();
	}
}

function tokenHeader({ organizationToken }: Simulator) {
	return { name: 'Authorization', value: `Bearer ${organizationToken}` };
}

function portOf(url: string): number {
	return Number(new URL(url).port);
}
