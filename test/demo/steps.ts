/* eslint-disable @n8n/community-nodes/no-restricted-globals -- the demo runs in Node, never inside n8n */
import type { DataTableRow } from '../n8n/data-tables';

const PROGRESS_EVERY_MS = 10_000;

let stepNumber = 0;

/** Says what is being done, that it still is, and how long it took. */
export async function step<Result>(title: string, work: () => Promise<Result>): Promise<Result> {
	const started = Date.now();
	const seconds = () => `${((Date.now() - started) / 1000).toFixed(1)} s`;
	say(`${++stepNumber}. ${title}`);
	const progress = setInterval(() => tell(`still at it (${seconds()})`), PROGRESS_EVERY_MS);
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
	process.stdout.write(`${line}\n`);
}

/** A remark within a step. */
export function tell(remark: string): void {
	say(`   ${remark}`);
}

/** Shows a row of a table, one column a line; what is n8n's own is left out. */
export function printRow(table: string, row: DataTableRow): void {
	say(`   ${table}`);
	for (const [column, value] of Object.entries(row)) {
		if (['id', 'createdAt', 'updatedAt'].includes(column) || value === null) continue;
		const [first, ...rest] = String(value).split('\n');
		say(`     ${column.padEnd(14)} ${first}`);
		for (const line of rest) say(`     ${' '.repeat(14)} ${line}`);
	}
}
