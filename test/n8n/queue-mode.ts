/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- test code runs in Node, never inside n8n */
import { findPostgres, startPostgres, type PostgresServer } from './services/postgres';
import { findRedis, startRedis, type RedisServer } from './services/redis';
import { N8nClient } from './client';
import { startN8n, type N8nInstance, type StartOptions } from './instance';
import { LoadBalancer } from './load-balancer';

const WORKERS = 2;
export const WEBHOOK_PROCESSES = 2;

/** So many executions a worker takes at the same time, by default. */
export const WORKER_CONCURRENCY = 10;

/** How soon n8n notices that a worker is gone. It then waits 30 seconds more, unchangeably. */
const SHORT_PATIENCE = {
	QUEUE_WORKER_LOCK_DURATION: '6000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '1000',
	QUEUE_WORKER_STALLED_INTERVAL: '3000',
};

/** For many deliveries at a time, on the two processors that the tests have. */
const FOR_BURSTS = {
	// By default two connections per process, which webhook processes wait for in a burst.
	DB_POSTGRESDB_POOL_SIZE: '10',
	// As docs/scaling.md recommends for many deliveries at a time.
	N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true',
};

export type QueueModeOptions = Pick<StartOptions, 'tarball' | 'environment' | 'report'>;

/** Why queue mode cannot be tested on this machine, if so. */
export function whyQueueModeIsNotTested(): string | undefined {
	const missing = [
		...(findRedis() === undefined ? ['redis-server'] : []),
		...(findPostgres() === undefined ? ['postgresql'] : []),
	];
	if (missing.length === 0) return undefined;
	return `n8n in queue mode was NOT tested: install ${missing.join(' and ')} (apt-get install ${missing.join(' ')})`;
}

/** `describe` for tests of queue mode; where its programs are missing, they are skipped aloud. */
export function describeQueueMode(name: string, tests: () => void): void {
	const reason = whyQueueModeIsNotTested();
	if (reason === undefined) return describe(name, tests);
	process.stderr.write(`${reason}\n`);
	describe.skip(name, tests);
}

/**
 * Starts n8n as large installations run it: a main process, workers and webhook processes on Redis
 * and PostgreSQL, behind a load balancer.
 */
export async function startQueueMode(options: QueueModeOptions): Promise<QueueModeN8n> {
	const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
	const environment = { ...queueEnvironment(postgres, redis), ...options.environment };
	const started: N8nInstance[] = [];
	const start = async (change: Partial<StartOptions>) => {
		const instance = await startN8n({ ...options, environment, ...change });
		started.push(instance);
		return instance;
	};
	try {
		// The main process makes the database's tables; the others need them.
		const main = await start({
			environment: { ...environment, N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' },
		});
		const startAll = async (count: number, command: 'worker' | 'webhook') =>
			await Promise.all(Array.from({ length: count }, async () => await start({ command })));
		const [workers, webhookProcesses] = await Promise.all([
			startAll(WORKERS, 'worker'),
			startAll(WEBHOOK_PROCESSES, 'webhook'),
		]);
		const loadBalancer = await LoadBalancer.start(
			main.url,
			webhookProcesses.map(({ url }) => url),
		);
		return new QueueModeN8n(main, workers, webhookProcesses, loadBalancer, postgres, redis);
	} catch (error) {
		await Promise.all(started.map(async (instance) => await instance.stop()));
		await Promise.all([postgres.service.stop(), redis.service.stop()]);
		throw error;
	}
}

/** An n8n in queue mode. */
export class QueueModeN8n {
	constructor(
		readonly main: N8nInstance,
		readonly workers: N8nInstance[],
		readonly webhookProcesses: N8nInstance[],
		readonly loadBalancer: LoadBalancer,
		private readonly postgres: PostgresServer,
		readonly redis: RedisServer,
	) {}

	/** Where the editor, the REST API and the webhooks are. */
	get url(): string {
		return this.loadBalancer.url;
	}

	/** What all processes have printed so far. */
	get logs(): string {
		return this.processes.map(({ logs }) => logs).join('\n');
	}

	/** A session of the instance's owner, who is set up at the first call. */
	async signIn(): Promise<N8nClient> {
		return await N8nClient.signIn(this.url);
	}

	/** Stops everything and removes the throw-away folders. */
	async stop(): Promise<void> {
		await this.loadBalancer.stop();
		await Promise.all(this.processes.map(async (instance) => await instance.stop()));
		await Promise.all([this.postgres.service.stop(), this.redis.service.stop()]);
	}

	private get processes(): N8nInstance[] {
		return [this.main, ...this.workers, ...this.webhookProcesses];
	}
}

function queueEnvironment(postgres: PostgresServer, redis: RedisServer): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		N8N_ENCRYPTION_KEY: crypto.randomUUID(),
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		QUEUE_BULL_REDIS_PASSWORD: redis.password,
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: postgres.database,
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		N8N_GRACEFUL_SHUTDOWN_TIMEOUT: '30',
		...FOR_BURSTS,
		...SHORT_PATIENCE,
	};
}
