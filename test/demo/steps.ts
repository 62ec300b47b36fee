/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the demo runs in Node, never inside n8n */
import type { DataTableRow } from '../n8n/data-tables';
import type { Mail } from './mail-server';

const LONGEST_SILENCE_MS = 10_000;

let stepNumber = 0;
let lastLine = 0;

/** Says what is being done, that it still is, and how long it took. */
export async function step<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
	const started = Date.now();
	const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
	say(`${++stepNumber}. ${title}`);
	const progress = setInterval(() => {
		if (Date.now() - lastLine >= LONGEST_SILENCE_MS) tell(`still at it (${seconds()})`);
	}, 1_000);
	try {
		const result = await work();
		say(`   ✓ ${seconds()}`);
		return result;
	} finally {
		clearInterval(progress);
	}
}

/** Prints a line. */
export function say(line: string): void {
	lastLine = Date.now();
	process.stdout.write(`${line}\n`);
}

/** A remark within a step. */
export function tell(remark: string): void {
	say(`   ${remark}`);
}

/** Shows a row of a table, one column a line; what is n8n's own is left out. */
export function printRow(table: string, row: DataTableRow): void {
	tell(table);
	for (const [column, value] of Object.entries(row)) {
		if (['id', 'createdAt', 'updatedAt'].includes(column) || value === null) continue;
		const [first, ...rest] = String(value).split('\n');
		say(`     ${column.padEnd(14)} ${first}`);
		for (const line of rest) say(`     ${' '.repeat(14)} ${line}`);
	}
}

/** Shows an email. */
export function printMail({ to, subject, text }: Mail): void {
	tell(`Email to ${to.join(', ')}: ${subject}`);
	for (const line of text.trim().split('\n')) say(line === '' ? '' : `     ${line}`);
}

/** Ends the demo, with what was expected, if it is not so. */
export function expectThat(isTrue: boolean, what: string): void {
	if (!isTrue) throw new Error(`It is not so that ${what}`);
}
