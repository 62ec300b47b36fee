import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { isRecord } from '../values/values';

/** How long an answer to an AI agent is at most, in characters of JSON: about 10,000 tokens. */
export const LONGEST_TOOL_ANSWER = 40_000;

/** The room for the words about what is left out of an answer, and of a value. */
const ANSWER_NOTE = 300;
const VALUE_NOTE = 80;

/**
 * The items in as many characters as an AI model can be expected to read. What has no place is left out,
 * and words say so: of items in a last item, of a text, a list or an object where it ends.
 */
export function toToolAnswer(items: INodeExecutionData[]): INodeExecutionData[] {
	if (lengthOf(items.map(({ json }) => json)) <= LONGEST_TOOL_ANSWER) return items;
	const room = LONGEST_TOOL_ANSWER - ANSWER_NOTE;
	const [first, ...others] = items;
	const kept = [{ ...first, json: cutRecord(first.json, room) }];
	kept.push(...fitting(others, room - lengthOf(kept[0].json), ({ json }) => json));
	if (kept.length === items.length) return kept;
	const leftOut = `${items.length - kept.length} of ${items.length} records are left out here, because the answer would be too long. Ask for fewer records with the filters and the limit, or for fewer fields.`;
	return [...kept, { json: { leftOut }, pairedItem: first.pairedItem }];
}

/** Small fields stay as they are, and the large ones share what room is left. */
function cutRecord(record: IDataObject, room: number): IDataObject {
	const smallestFirst = Object.entries(record).sort(
		([, one], [, other]) => lengthOf(one) - lengthOf(other),
	);
	const kept = new Map<string, unknown>();
	let roomLeft = room - VALUE_NOTE;
	for (const [index, [name, value]] of smallestFirst.entries()) {
		const nameLength = lengthOf(name) + 2;
		const share = Math.floor(roomLeft / (smallestFirst.length - index)) - nameLength;
		const isTooSmall = share < VALUE_NOTE && lengthOf(value) > share;
		if (isTooSmall) continue;
		kept.set(name, cutValue(value, share));
		roomLeft -= nameLength + lengthOf(kept.get(name));
	}
	const names = Object.keys(record).filter((name) => kept.has(name));
	const leftOut = smallestFirst.length - names.length;
	return {
		...Object.fromEntries(names.map((name) => [name, kept.get(name)])),
		...(leftOut > 0 ? { leftOut: note(leftOut, 'fields') } : {}),
	};
}

function cutValue(value: unknown, room: number): unknown {
	if (lengthOf(value) <= room) return value;
	if (typeof value === 'string') return cutText(value, room - VALUE_NOTE);
	if (isRecord(value)) return cutRecord(value, room);
	if (!Array.isArray(value)) return value;
	const kept = fitting(value, room - VALUE_NOTE, (element: unknown) => element);
	return [...kept, note(value.length - kept.length, 'entries')];
}

function cutText(text: string, room: number): string {
	let kept = text.slice(0, Math.max(0, room));
	// In JSON, quotes and line breaks take two characters.
	while (kept !== '' && lengthOf(kept) > room) {
		kept = kept.slice(0, Math.floor(kept.length * 0.9));
	}
	// Not in the middle of a character that takes two.
	kept = kept.replace(/[\uD800-\uDBFF]$/, '');
	return `${kept} ${note(text.length - kept.length, 'characters')}`;
}

/** As many elements from the beginning as there is room for. */
function fitting<Element>(
	elements: Element[],
	room: number,
	toJson: (element: Element) => unknown,
): Element[] {
	let length = 0;
	const end = elements.findIndex((element) => {
		length += lengthOf(toJson(element)) + 1;
		return length > room;
	});
	return end < 0 ? elements : elements.slice(0, end);
}

function note(count: number, what: string): string {
	return `… (${count} more ${what} are left out)`;
}

function lengthOf(value: unknown): number {
	return JSON.stringify(value)?.length ?? 0;
}
