/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code runs in Node, never inside n8n */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { nodeBinary, pathWithNode } from './node-runtime';

/** A program, and how it ends when we do. */
export interface KeptProgram {
	command: string;
	commandArguments: string[];
	/** Whom to run it as, if not as ourselves. */
	user?: { uid: number; gid: number };
	/** What ends it in good order; it is ended by force unless given. */
	stopSignal?: NodeJS.Signals;
	/** A folder that goes when it has ended. */
	throwAwayFolder?: string;
}

interface Surroundings {
	folder: string;
	environment: NodeJS.ProcessEnv;
	/** Whether it prints where we do; what it prints can be read unless given. */
	prints?: boolean;
}

/**
 * Starts a program that runs no longer than we do, however we end. Ending the process that is given
 * ends the program, with all that it has started itself.
 */
export function startKept(program: KeptProgram, surroundings: Surroundings): ChildProcess {
	const { folder, environment, prints = false } = surroundings;
	const keeper = path.join(__dirname, 'keep-program.cjs');
	const output = prints ? 'inherit' : 'pipe';
	return spawn(nodeBinary, [keeper, JSON.stringify({ stopSignal: 'SIGKILL', ...program })], {
		cwd: folder,
		env: environment,
		// A process group of its own, which a Ctrl-C in the terminal does not reach.
		detached: true,
		stdio: ['ignore', output, output, 'ipc'],
	});
}

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
	const inherited = { ...process.env, ...NOT_INHERITED, PATH: pathWithNode() };
	const child = startKept(
		{ command, commandArguments },
		{ folder, environment: { ...inherited, ...environment } },
	);
	const outputs = [child.stdout, child.stderr].map(async (output) => output && text(output));
	await once(child, 'close');
	const [standardOutput, standardError] = (await Promise.all(outputs)).map(String);
	return { exitCode: child.exitCode ?? 1, standardOutput, standardError };
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
