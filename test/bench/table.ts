import type { DetailTable, Figures, Row, Unit } from './bench-case';
import { largest, median, medianOf, medianValue } from './statistics';

const COLUMNS = [
	'case',
	'Siro node: median (min–max)',
	'compared with',
	'theirs: median (min–max)',
	'requests (ours / theirs)',
	'ratio',
	'target',
	'reached',
	'n8n’s CPU, per delivery or in all (ours / theirs)',
	'n8n’s peak memory (ours / theirs)',
];

/** All rows as one table of texts. */
export function toTable(rows: Row[]): DetailTable {
	return { title: 'Results', columns: COLUMNS, lines: rows.map(toLine) };
}

/** How many times better ours is: less time, or more deliveries a second. */
export function ratioOf({ unit, ours, theirs }: Row): number {
	const [our, their] = [medianValue(ours), medianValue(theirs)];
	return unit === '/s' ? our / their : their / our;
}

function toLine(row: Row): string[] {
	const { ours, theirs, unit } = row;
	return [
		row.case,
		toSpread(ours, unit),
		row.comparedWith,
		toSpread(theirs, unit),
		pair(ours, theirs, (figures) => toCount(largest(figures, 'requests'))),
		medianValue(theirs) === 0 ? '' : `${ratioOf(row).toFixed(2)} ×`,
		row.target,
		toVerdict(row),
		pair(ours, theirs, (figures) => toUnit(medianOf(figures, 'cpu'), 'ms')),
		pair(ours, theirs, ({ memory }) => toUnit(memory?.peak, 'MB')),
	];
}

function toVerdict({ isReached }: Row): string {
	if (isReached === undefined) return '';
	return isReached ? 'yes' : 'no';
}

function pair(ours: Figures, theirs: Figures, show: (figures: Figures) => string): string {
	const shown = [show(ours), show(theirs)];
	return shown.every((text) => text === '') ? '' : shown.map((text) => text || '–').join(' / ');
}

function toSpread({ samples }: Figures, unit: Unit): string {
	const values = samples.map(({ value }) => value);
	const text = `${toNumber(median(values))} ${unit}`;
	if (values.length === 1) return text;
	return `${text} (${toNumber(Math.min(...values))}–${toNumber(Math.max(...values))})`;
}

function toUnit(value: number | undefined, unit: Unit): string {
	return value === undefined ? '' : `${toNumber(value)} ${unit}`;
}

function toCount(count: number): string {
	return count === 0 ? '' : count.toLocaleString('en');
}

/** As many digits as are worth reading. */
function toNumber(value: number): string {
	const digits = Math.abs(value) < 100 ? 1 : 0;
	return value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** A table for the terminal, its columns under each other. */
export function toText({ columns, lines }: DetailTable): string {
	const widths = columns.map((column, index) =>
		Math.max(column.length, ...lines.map((line) => line[index].length)),
	);
	const format = (line: string[]) =>
		line
			.map((cell, index) => cell.padEnd(widths[index]))
			.join('  ')
			.trimEnd();
	const ruler = widths.map((width) => '─'.repeat(width));
	return [columns, ruler, ...lines].map(format).join('\n');
}

/** The same for the README. */
export function toMarkdown({ columns, lines }: DetailTable): string {
	const rows = [columns, columns.map(() => '---'), ...lines];
	return rows.map((row) => `| ${row.join(' | ')} |`).join('\n');
}
