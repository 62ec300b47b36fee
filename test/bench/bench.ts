/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the bench runs in Node, never inside n8n */

/*
 * `npm run bench`: this package beside what users would do without it, in a real n8n with a
 * simulated Siro that takes 50 ms and allows 1,000 requests a minute.
 *
 *     npm run bench -- --only sync-1000     one case (or several, separated by commas)
 *     npm run bench -- --repeat 5           how often each way is measured (3 unless given)
 *     npm run bench -- --markdown           prints the table for the README
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { packPackage } from '../support/package/pack';
import { repositoryFolder } from '../support/package/repository';
import type { BenchCase, BenchOptions, DetailTable, Row } from './bench-case';
import { CASES } from './cases';
import { currentLoad, describeMachine } from './machine';
import { ratioOf, toMarkdown, toTable, toText } from './table';

const RESULTS_FILE = path.join(repositoryFolder, 'bench', 'results.json');

interface Outcome {
	machine: string;
	loadBefore: number;
	rows: Row[];
	details: DetailTable[];
	failures: Array<{ case: string; reason: string }>;
}

main().catch((error: unknown) => {
	say(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
	process.exit(1);
});

async function main(): Promise<void> {
	for (const signal of ['SIGINT', 'SIGTERM'] as const)
		process.once(signal, () => process.exit(130));
	const { values } = parseArgs({
		options: {
			only: { type: 'string' },
			repeat: { type: 'string', default: '3' },
			markdown: { type: 'boolean', default: false },
		},
	});
	const cases = chooseCases(values.only);
	const repeat = Number(values.repeat);
	if (!Number.isInteger(repeat) || repeat < 1) throw new Error('--repeat takes a number from 1');

	const outcome: Outcome = {
		machine: describeMachine(),
		loadBefore: currentLoad(),
		rows: [],
		details: [],
		failures: [],
	};
	say(`${outcome.machine}; load ${outcome.loadBefore}`);
	const tell = (line: string) => say(`   ${line}`);
	const options = { repeat, tarball: await packPackage(), tell };
	for (const benchCase of cases) await measure(benchCase, options, outcome);

	report(outcome, values.markdown ? toMarkdown : toText);
	await save(outcome);
	process.exit(outcome.failures.length > 0 ? 1 : 0);
}

function chooseCases(only: string | undefined): BenchCase[] {
	if (only === undefined) return CASES;
	return only.split(',').map((name) => {
		const benchCase = CASES.find((candidate) => candidate.name === name);
		if (benchCase) return benchCase;
		const names = CASES.map((candidate) => candidate.name).join(', ');
		throw new Error(`There is no case "${name}". There are: ${names}`);
	});
}

async function measure(benchCase: BenchCase, options: BenchOptions, outcome: Outcome) {
	say(`\n${benchCase.name}: ${benchCase.compares}`);
	try {
		const { rows, details = [] } = await benchCase.run(options);
		outcome.rows.push(...rows);
		outcome.details.push(...details);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		say(`   ✗ failed: ${reason}`);
		outcome.failures.push({ case: benchCase.name, reason });
	}
}

function report(
	{ machine, loadBefore, rows, details, failures }: Outcome,
	toShow: (table: DetailTable) => string,
): void {
	say(`\nMachine: ${machine}. Load before the start: ${loadBefore}.`);
	if (rows.length > 0) say(`\n${toShow(toTable(rows))}`);
	for (const table of details) say(`\n${table.title}\n\n${toShow(table)}`);
	for (const failure of failures) say(`\n✗ ${failure.case} failed: ${failure.reason}`);
	say('');
}

async function save(outcome: Outcome): Promise<void> {
	const rows = outcome.rows.map((row) => ({ ...row, ratio: ratioOf(row) }));
	await mkdir(path.dirname(RESULTS_FILE), { recursive: true });
	await writeFile(RESULTS_FILE, `${JSON.stringify({ ...outcome, rows }, null, '\t')}\n`);
}

function say(line: string): void {
	process.stdout.write(`${line}\n`);
}
