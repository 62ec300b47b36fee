/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code runs in Node, never inside n8n */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { pathWithNode } from './node-runtime';

interface CommandOptions {
	folder: string;
	environment?: Record<string, string>;
}

/**
 * What programs are not to inherit: colours (with both settings, which come from different people,
 * Node prints a warning), and Jest's NODE_ENV, which a plugin of n8n's lint takes for its own tests.
 */
const NOT_INHERITED = { NO_COLOR: undefined, FORCE_COLOR: undefined, NODE_ENV: undefined };

/** Runs a program with Node 24 on its PATH and keeps what it prints, whatever its exit code. */
export async function tryCommand(
	command: string,
	commandArguments: string[],
	{ folder, environment }: CommandOptions,
): Promise<{ exitCode: number; standardOutput: string; standardError: string }> {
	const env = { ...process.env, ...NOT_INHERITED, PATH: pathWithNode(), ...environment };
	return await new Promise((resolve, reject) => {
		const child = execFile(
			command,
			commandArguments,
			{ cwd: folder, env, maxBuffer: Infinity },
			(error, standardOutput, standardError) => {
				process.off('exit', stopWithUs);
				if (error && child.pid === undefined) reject(error);
				else resolve({ exitCode: child.exitCode ?? 1, standardOutput, standardError });
			},
		);
		const stopWithUs = () => child.kill();
		process.once('exit', stopWithUs);
	});
}

/** Runs a program and gives what it prints; fails with that when the exit code is not 0. */
export async function runCommand(
	command: string,
	commandArguments: string[],
	options: CommandOptions,
): Promise<string> {
	const result = await tryCommand(command, commandArguments, options);
	if (result.exitCode === 0) return result.standardOutput;
	const line = [command, ...commandArguments].join(' ');
	const printed = result.standardOutput + result.standardError;
	throw new Error(`\`${line}\` ended with exit code ${result.exitCode}:\n${printed}`);
}

/** The file of a program that is on the PATH. */
export function findProgram(name: string): string | undefined {
	const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
	return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}
