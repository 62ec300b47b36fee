import { Refusal } from './refusal';

export type ListOrder = 'newestFirst' | 'oldestFirst';

interface Sequenced {
	/** The position in the order of creation. */
	sequence: number;
}

interface PageRequest {
	cursor?: string;
	size: number;
	order: ListOrder;
}

export interface Page<Item> {
	data: Item[];
	cursor: string | null;
	total: number;
	hasNextPage: boolean;
}

/**
 * One page of what matches. The cursor names the last item seen rather than an offset, so that
 * records which arrive or change between two pages neither repeat nor hide others.
 */
export function pageOf<Item extends Sequenced>(
	matching: Item[],
	{ cursor, size, order }: PageRequest,
): Page<Item> {
	const ordered = [...matching].sort((one, other) =>
		order === 'newestFirst' ? other.sequence - one.sequence : one.sequence - other.sequence,
	);
	const start = cursor === undefined ? 0 : positionAfter(ordered, readCursor(cursor), order);
	const data = ordered.slice(start, start + size);
	const hasNextPage = start + size < ordered.length;
	return {
		data,
		cursor: hasNextPage ? writeCursor(data[data.length - 1].sequence) : null,
		total: ordered.length,
		hasNextPage,
	};
}

/** Reads a page size that arrives as text; Siro falls back to a largest size rather than refusing. */
export function pageSize(text: string | undefined, usual: number, largest: number): number {
	if (text === undefined) return usual;
	if (!/^[1-9]\d*$/.test(text)) throw new Refusal(400, `Invalid page size "${text}"`);
	return Math.min(Number(text), largest);
}

function positionAfter(ordered: Sequenced[], seen: number, order: ListOrder): number {
	const position = ordered.findIndex(({ sequence }) =>
		order === 'newestFirst' ? sequence < seen : sequence > seen,
	);
	return position === -1 ? ordered.length : position;
}

const writeCursor = (sequence: number) =>
	Buffer.from(`after:${sequence}`, 'utf8').toString('base64url');

function readCursor(cursor: string): number {
	const [, sequence] =
		/^after:(\d+)$/.exec(Buffer.from(cursor, 'base64url').toString('utf8')) ?? [];
	if (sequence === undefined) throw new Refusal(400, 'Invalid cursor');
	return Number(sequence);
}
