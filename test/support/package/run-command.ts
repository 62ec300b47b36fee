/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code runs in Node, never inside n8n */
import { spawn } from 'node:child_process';

import { pathWithNode } from './node-runtime';

export interface CommandResult {
	exitCode: number;
	/** Standard output and standard error, in the order in which they came. */
	output: string;
	standardOutput: string;
}

interface CommandOptions {
	folder: string;
	environment?: Record<string, string>;
}

/** Runs a program with Node 24 on its PATH and keeps what it prints, whatever its exit code. */
export async function tryCommand(
	command: string,
	commandArguments: string[],
	{ folder, environment }: CommandOptions,
): Promise<CommandResult> {
	const child = spawn(command, commandArguments, {
		cwd: folder,
		// Jest's NODE_ENV would be misleading: a plugin of n8n's lint takes it for its own tests.
		env: { ...process.env, NODE_ENV: undefined, PATH: pathWithNode(), ...environment },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	const stopWithUs = () => child.kill();
	process.once('exit', stopWithUs);
	let output = '';
	let standardOutput = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		output += chunk;
		standardOutput += chunk;
	});
	child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
		output += chunk;
	});
	try {
		return await new Promise((resolve, reject) => {
			child.once('error', reject);
			child.once('close', (code) => resolve({ exitCode: code ?? 1, output, standardOutput }));
		});
	} finally {
		process.off('exit', stopWithUs);
	}
}

/** Like {@link tryCommand}, but fails with the program's output when its exit code is not 0. */
export async function runCommand(
	command: string,
	commandArguments: string[],
	options: CommandOptions,
): Promise<CommandResult> {
	const result = await tryCommand(command, commandArguments, options);
	if (result.exitCode !== 0) {
		throw new Error(
			`\`${[command, ...commandArguments].join(' ')}\` ended with exit code ${result.exitCode}:\n${result.output}`,
		);
	}
	return result;
}
