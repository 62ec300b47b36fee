import { randomUUID } from 'node:crypto';

import { findProgram } from '../../support/package/run-command';
import { startService, type Service } from './service';

export interface RedisServer extends Service {
	password: string;
}

/** Where Redis is on this machine, if it is. */
export function findRedis(): string | undefined {
	return findProgram('redis-server');
}

/** Starts a Redis that keeps everything in memory. */
export async function startRedis(): Promise<RedisServer> {
	const command = findRedis();
	if (command === undefined) throw new Error('Redis is not installed');
	const password = randomUUID();
	const service = await startService({
		name: 'redis',
		command,
		commandArguments: (port) => [
			...['--port', String(port), '--bind', '127.0.0.1'],
			...['--requirepass', password],
			...['--save', '', '--appendonly', 'no'],
		],
		readyMessage: /Ready to accept connections/,
		stopSignal: 'SIGTERM',
	});
	return { ...service, password };
}
