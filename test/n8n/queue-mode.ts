/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error -- test code runs in Node, never inside n8n */
import { type N8nClient, signIn } from './client';
import { startN8n, type N8nInstance, type StartOptions } from './instance';
import { startReverseProxy } from './reverse-proxy';
import { findPostgres, startPostgres, type PostgresServer } from './services/postgres';
import { findRedis, startRedis, type RedisServer } from './services/redis';

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

/** How production webhooks are shared out among the webhook processes. */
export type Balancing =
	/** One after the other, as load balancers do unless told otherwise. */
	| 'roundRobin'
	/** By the address, so that one process sees all deliveries of a trigger. */
	| 'byPath';

/** An n8n in queue mode. */
export interface QueueModeN8n {
	main: N8nInstance;
	workers: N8nInstance[];
	webhookProcesses: N8nInstance[];
	redis: RedisServer;
	balancing: Balancing;
	/** Those that the load balancer sends webhooks to; it takes out what it finds to be down. */
	inRotation: N8nInstance[];
	/** Where the editor, the REST API and the webhooks are. */
	url: string;
	/** What all processes have printed so far. */
	readonly logs: string;
	/** A session of the instance's owner, who is set up at the first call. */
	signIn: () => Promise<N8nClient>;
	/** Stops everything and removes the throw-away folders. */
	stop: () => Promise<void>;
}

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
	const instances: N8nInstance[] = [];
	const start = async (change: Partial<StartOptions>) => {
		const instance = await startN8n({ ...options, environment, ...change });
		instances.push(instance);
		return instance;
	};
	const startAll = async (count: number, command: 'worker' | 'webhook') =>
		await Promise.all(Array.from({ length: count }, async () => await start({ command })));
	const stop = async () => {
		await Promise.all(instances.map(async (instance) => await instance.stop()));
		await Promise.all([postgres.stop(), redis.stop()]);
	};
	try {
		// The main process makes the database's tables; the others need them.
		const main = await start({
			environment: { ...environment, N8N_DISABLE_PRODUCTION_MAIN_PROCESS: 'true' },
		});
		const [workers, webhookProcesses] = await Promise.all([
			startAll(WORKERS, 'worker'),
			startAll(WEBHOOK_PROCESSES, 'webhook'),
		]);
		let turn = 0;
		const loadBalancer = await startReverseProxy((path) => {
			if (!path.startsWith('/webhook/')) return main.url;
			const number = n8n.balancing === 'byPath' ? sumOfCharacters(path) : turn++;
			return n8n.inRotation[number % n8n.inRotation.length].url;
		});
		const { url } = loadBalancer;
		const n8n: QueueModeN8n = {
			...{ main, workers, webhookProcesses, redis, url },
			balancing: 'roundRobin',
			inRotation: [...webhookProcesses],
			get logs() {
				return instances.map(({ logs }) => logs).join('\n');
			},
			signIn: async () => await signIn(url),
			stop: async () => {
				await loadBalancer.stop();
				await stop();
			},
		};
		return n8n;
	} catch (error) {
		await stop();
		throw error;
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

function sumOfCharacters(text: string): number {
	return [...text].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0);
}
