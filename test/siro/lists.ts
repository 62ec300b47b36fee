import { Refusal } from './refusal';
import type { Stored } from './state';

export type ListOrder = 'newestFirst' | 'oldestFirst';

interface PageRequest {
	cursor?: string;
	size: number;
	order: ListOrder;
}

/** A page as most of Siro's lists give it; what a list does not have is cut off by its description. */
export interface Page<Item> {
	data: Item[];
	cursor: string | null;
	pageSize: number;
	limit: number;
	total: number;
	hasNextPage: boolean;
}

/**
 * One page of what matches. The cursor names the last item seen rather than an offset, so that
 * records which arrive or change between two pages neither repeat nor hide others.
 */
export function pageOf<Item extends Stored>(
	matching: Item[],
	{ cursor, size, order }: PageRequest,
): Page<Item> {
	const direction = order === 'newestFirst' ? -1 : 1;
	const ordered = [...matching].sort((one, other) => direction * (one.sequence - other.sequence));
	const seen = cursor === undefined ? undefined : readCursor(cursor);
	const rest =
		seen === undefined
			? ordered
			: ordered.filter(({ sequence }) => direction * (sequence - seen) > 0);
	const data = rest.slice(0, size);
	const hasNextPage = rest.length > size;
	return {
		data,
		cursor: hasNextPage ? writeCursor(data[data.length - 1].sequence) : null,
		pageSize: data.length,
		limit: size,
		total: ordered.length,
		hasNextPage,
	};
}

/** Reads a page size that arrives as text; Siro falls back to a largest size rather than refusing. */
export function pageSize(text = '25'): number {
	if (!/^[1-9]\d*$/.test(text)) throw new Refusal(400, `Invalid page size "${text}"`);
	return Math.min(Number(text), 100);
}

const writeCursor = (sequence: number) =>
	Buffer.from(`after:${sequence}`, 'utf8').toString('base64url');

function readCursor(cursor: string): number {
	const [, sequence] =
		/^after:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
	if (sequence === undefined) throw new Refusal(400, 'Invalid cursor');
	return Number(sequence);
}

/** Names of query parameters, and what they are compared with: `field`, or `field:gte` and the like. */
export type Filters = Record<string, string>;

type Comparable = string | number;
const COMPARISONS: Record<string, (value: Comparable, wanted: Comparable) => boolean> = {
	gt: (value, wanted) => value > wanted,
	gte: (value, wanted) => value >= wanted,
	lt: (value, wanted) => value < wanted,
	lte: (value, wanted) => value <= wanted,
};

/** The items that a query asks for; a parameter that is blank asks for nothing. */
export function matching<Item extends object>(
	items: Item[],
	query: object,
	filters: Filters,
): Item[] {
	const criteria = Object.entries(query).flatMap(([name, wanted]) =>
		name in filters && wanted !== '' && wanted !== null
			? [criterion(name, filters[name], wanted)]
			: [],
	);
	return items.filter((item) => criteria.every((holds) => holds(item)));
}

function criterion(name: string, filter: string, wanted: unknown): (item: object) => boolean {
	const [field, comparison] = filter.split(':');
	if (comparison === undefined) {
		const choices = [wanted].flat().map(String);
		return (item) => choices.includes(String(Reflect.get(item, field)));
	}
	// ISO strings in UTC sort like the moments they stand for.
	const limit = typeof wanted === 'number' ? wanted : instant(String(wanted));
	if (limit === undefined) throw new Refusal(400, `${name} is not a date: "${String(wanted)}"`);
	return (item) => COMPARISONS[comparison](Reflect.get(item, field) ?? '', limit);
}

const hasZone = /(Z|[+-]\d\d:?\d\d)$/i;

/** The moment a CRM's date stands for, as an ISO string; without a zone it counts as UTC. */
export function instant(text: string): string | undefined {
	const time = Date.parse(text);
	if (Number.isNaN(time)) return undefined;
	return new Date(
		hasZone.test(text) ? time : Date.parse(`${text.replace(' ', 'T')}Z`) || time,
	).toISOString();
}
