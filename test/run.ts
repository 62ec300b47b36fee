/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-dangerous-functions -- test code runs in Node, never inside n8n */

/*
 * `npm test`: all layers of tests, or the named ones (`npm test -- unit contract`).
 *
 * Whatever takes long and is needed by many tests (the packed package, n8n, n8n's scanner) is
 * made before the tests that need it. The last line counts all tests; a part that could not run
 * at all counts as a failed test, so that it cannot go unnoticed. Only the browser tests may lack
 * something that npm cannot give, a Chromium: they then count as skipped.
 */
import { spawn } from 'node:child_process';
import path from 'node:path';

import { NO_CHROMIUM, provideChromium } from './browser/chromium';
import { installEachN8n } from './n8n/install';
import { whyQueueModeIsNotTested } from './n8n/queue-mode';
import { nodeBinary, pathWithNode } from './support/package/node-runtime';
import { packPackage } from './support/package/pack';
import { repositoryFolder } from './support/package/repository';
import { tryCommand } from './support/package/run-command';
import { installScanner } from './package/scanner/scan';

const layers = ['unit', 'contract', 'security', 'package', 'e2e', 'browser'] as const;
type Layer = (typeof layers)[number];

/** The machines that run this have two processors, and a real n8n keeps one of them busy. */
const workers = 2;

interface Count {
	passed: number;
	failed: number;
	skipped: number;
}

/** The part of Jest's JSON result that is used here. */
interface JestResult {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	numRuntimeErrorTestSuites: number;
	testResults: Array<{ name: string; assertionResults: Array<{ status: string }> }>;
}

const success = (): Count => ({ passed: 1, failed: 0, skipped: 0 });
const failure = (): Count => ({ passed: 0, failed: 1, skipped: 0 });
const notRun = (): Count => ({ passed: 0, failed: 0, skipped: 1 });

main().catch((error: unknown) => {
	print(String(error));
	process.exitCode = 1;
});

async function main(): Promise<void> {
	const chosen = chosenLayers(process.argv.slice(2));
	// An orderly exit is what ends the programs that run at that moment.
	process.once('SIGINT', () => process.exit(130));
	process.once('SIGTERM', () => process.exit(143));

	const total = await typecheck();
	for (const layer of chosen) {
		print(`\n${layer} tests`);
		add(total, await runLayer(layer));
	}
	const queueModeIsMissing = chosen.includes('e2e') ? whyQueueModeIsNotTested() : undefined;
	if (queueModeIsMissing) print(`\n${queueModeIsMissing}`);
	if (total.skipped > 0) print(`\n${total.skipped} not run`);
	print(`\n${total.passed} passed, ${total.failed} failed`);
	process.exitCode = total.failed > 0 ? 1 : 0;
}

function chosenLayers(names: string[]): Layer[] {
	const unknown = names.filter((name) => !layers.some((layer) => layer === name));
	if (unknown.length > 0) {
		throw new Error(`There are no "${unknown.join('", "')}" tests, only: ${layers.join(', ')}`);
	}
	return layers.filter((layer) => names.length === 0 || names.includes(layer));
}

async function typecheck(): Promise<Count> {
	print('Checking types');
	const { exitCode, output } = await tryCommand('npm', ['run', '--silent', 'typecheck'], {
		folder: repositoryFolder,
	});
	if (exitCode === 0) return success();
	print(output);
	return failure();
}

async function runLayer(layer: Layer): Promise<Count> {
	try {
		if (layer === 'browser' && (await provideChromium(print)) === undefined) {
			print(`The browser tests were not run. ${NO_CHROMIUM}`);
			return notRun();
		}
		await prepare(layer);
		return await runJest(layer);
	} catch (error) {
		print(`The ${layer} tests could not run: ${String(error)}`);
		return failure();
	}
}

async function prepare(layer: Layer): Promise<void> {
	if (!['package', 'e2e', 'browser'].includes(layer)) return;
	if (process.env.SIRO_TARBALL === undefined) {
		print('Building and packing the package');
		process.env.SIRO_TARBALL = await packPackage();
	}
	await (layer === 'package' ? installScanner(print) : installEachN8n(print));
}

async function runJest(layer: Layer): Promise<Count> {
	const jest = path.join(repositoryFolder, 'node_modules', 'jest', 'bin', 'jest.js');
	const options = [`--selectProjects=${layer}`, `--maxWorkers=${workers}`, '--silent', '--json'];
	const { exitCode, standardOutput } = await runVisibly(nodeBinary, [jest, ...options]);
	const result = JSON.parse(standardOutput) as JestResult;
	for (const { name, assertionResults } of result.testResults) {
		const skipped = assertionResults.filter(({ status }) => status === 'pending').length;
		if (skipped > 0) print(`skipped in ${path.relative(repositoryFolder, name)}: ${skipped}`);
	}
	const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
	return {
		passed: result.numPassedTests,
		// Jest may fail for a reason that is no test's, such as having found no test at all.
		failed: failed === 0 && exitCode !== 0 ? 1 : failed,
		skipped: result.numPendingTests + result.numTodoTests,
	};
}

/** Shows what a program prints for people while it runs, and keeps what it prints for us. */
async function runVisibly(
	command: string,
	commandArguments: string[],
): Promise<{ exitCode: number; standardOutput: string }> {
	const child = spawn(command, commandArguments, {
		cwd: repositoryFolder,
		env: { ...process.env, PATH: pathWithNode() },
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	const stopWithUs = () => child.kill();
	process.once('exit', stopWithUs);
	let standardOutput = '';
	child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
		standardOutput += chunk;
	});
	try {
		return await new Promise((resolve, reject) => {
			child.once('error', reject);
			child.once('close', (code) => resolve({ exitCode: code ?? 1, standardOutput }));
		});
	} finally {
		process.off('exit', stopWithUs);
	}
}

function add(total: Count, count: Count): void {
	total.passed += count.passed;
	total.failed += count.failed;
	total.skipped += count.skipped;
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
