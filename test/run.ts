/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */

/*
 * `npm test`: all layers of tests, or the named ones (`npm test -- unit contract`).
 *
 * The last line counts all tests; a part that could not run at all counts as a failed test, so that
 * it cannot go unnoticed. Only what needs something that npm cannot give, a Chromium or the programs
 * of queue mode, may be skipped, and is counted and named.
 */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { NO_CHROMIUM, provideChromium } from './browser/chromium';
import { ensureEachN8nInstallable } from './n8n/install';
import { whyQueueModeIsNotTested } from './n8n/queue-mode';
import { nodeBinary, pathWithNode } from './support/package/node-runtime';
import { startKept } from './support/package/run-command';
import prepareTests from './support/package/prepare-tests';
import { repositoryFolder } from './support/package/repository';

const LAYERS = ['unit', 'contract', 'security', 'package', 'e2e', 'browser'];
const WITH_PACKAGE = ['package', 'e2e', 'browser'];

/** The machines that run this have two processors, and a real n8n keeps one of them busy. */
const WORKERS = 2;

/** The part of Jest's JSON result that is used here. */
interface JestResult {
	numPassedTests: number;
	numFailedTests: number;
	numPendingTests: number;
	numTodoTests: number;
	numRuntimeErrorTestSuites: number;
	testResults: Array<{ name: string; assertionResults: Array<{ status: string }> }>;
}

const total = { passed: 0, failed: 0, skipped: 0 };
const results = mkdtempSync(path.join(tmpdir(), 'siro-results-'));

main().catch((error: unknown) => {
	print(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
});

async function main(): Promise<void> {
	// An orderly exit is what ends the programs that run at that moment.
	process.once('exit', () => rmSync(results, { recursive: true, force: true }));
	process.once('SIGINT', () => process.exit(130));
	process.once('SIGTERM', () => process.exit(143));
	const chosen = chooseLayers(process.argv.slice(2));
	// Said at once, and not after all that can be tested without n8n.
	if (chosen.some((layer) => WITH_PACKAGE.includes(layer))) await ensureEachN8nInstallable();

	print('Checking types');
	total[(await run('npm', ['run', '--silent', 'typecheck'])) === 0 ? 'passed' : 'failed'] += 1;
	for (const layer of chosen) {
		print(`\n${layer} tests`);
		await runLayer(layer).catch((error: unknown) => {
			print(`The ${layer} tests could not run: ${String(error)}`);
			total.failed += 1;
		});
	}
	const queueModeIsMissing = chosen.includes('e2e') ? whyQueueModeIsNotTested() : undefined;
	if (queueModeIsMissing) print(`\n${queueModeIsMissing}`);
	if (total.skipped > 0) print(`\n${total.skipped} not run`);
	print(`\n${total.passed} passed, ${total.failed} failed`);
	process.exitCode = total.failed > 0 ? 1 : 0;
}

function chooseLayers(names: string[]): string[] {
	const unknown = names.filter((name) => !LAYERS.includes(name));
	if (unknown.length > 0) {
		throw new Error(`There are no "${unknown.join('", "')}" tests, only: ${LAYERS.join(', ')}`);
	}
	return LAYERS.filter((layer) => names.length === 0 || names.includes(layer));
}

async function runLayer(layer: string): Promise<void> {
	if (layer === 'browser' && (await provideChromium(print)) === undefined) {
		print(`The browser tests were not run. ${NO_CHROMIUM}`);
		total.skipped += 1;
		return;
	}
	// Here, and not in the global setup of each layer's Jest, which then finds it all.
	if (WITH_PACKAGE.includes(layer)) await prepareTests();
	const jest = path.join(repositoryFolder, 'node_modules', 'jest', 'bin', 'jest.js');
	const file = path.join(results, layer);
	const options = [`--selectProjects=${layer}`, `--maxWorkers=${WORKERS}`, '--silent', '--json'];
	const exitCode = await run(nodeBinary, [jest, ...options, `--outputFile=${file}`]);
	const result = JSON.parse(await readFile(file, 'utf8')) as JestResult;
	for (const { name, assertionResults } of result.testResults) {
		const skipped = assertionResults.filter(({ status }) => status === 'pending').length;
		if (skipped > 0) print(`skipped in ${path.relative(repositoryFolder, name)}: ${skipped}`);
	}
	const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
	total.passed += result.numPassedTests;
	// Jest may fail for a reason that is no test's, such as having found no test at all.
	total.failed += failed === 0 && exitCode !== 0 ? 1 : failed;
	total.skipped += result.numPendingTests + result.numTodoTests;
}

/** Runs a program that shows what it does, and gives its exit code. */
async function run(command: string, commandArguments: string[]): Promise<number> {
	const child = startKept(
		{ command, commandArguments },
		{
			folder: repositoryFolder,
			environment: { ...process.env, PATH: pathWithNode() },
			prints: true,
		},
	);
	await once(child, 'close');
	return child.exitCode ?? 1;
}

function print(line: string): void {
	process.stdout.write(`${line}\n`);
}
