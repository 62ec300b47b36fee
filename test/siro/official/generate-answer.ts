import { isRefusal } from '../../../nodes/Siro/api/shapes';
import { isRecord } from '../../../nodes/Siro/values/values';
import type { Exchange } from '../../operations';
import { describedBy } from '../openapi/description';
import type { Document } from '../openapi/document';
import type { Conversion, Schema } from '../openapi/json-schema';
import { openapi } from '../openapi/library';

/** A kind of answer that the official document allows. */
export interface Variant extends Conversion {
	name: string;
	seed: number;
	/** How likely it is that a field is there that need not be. */
	optionals: number;
}

export const VARIANTS: Variant[] = [
	{ name: 'all fields', seed: 1, optionals: 1, nulls: 'never' },
	{ name: 'required fields only', seed: 2, optionals: 0, nulls: 'never' },
	{ name: 'null wherever it is allowed', seed: 3, optionals: 1, nulls: 'always' },
	{ name: 'some fields, some null', seed: 4, optionals: 0.5 },
	{ name: 'other fields, others null', seed: 5, optionals: 0.5 },
];

/**
 * An answer of Siro to this exchange, made up from the official document. It is as long as the answer
 * of the case, and agrees with it in what the operation goes by afterwards: see `adapt`.
 * Gives the answer of the case itself where the document does not say what JSON comes.
 */
export function generateAnswer(
	document: Document,
	exchange: Exchange,
	variant: Variant,
	laterNeeded: Set<string>,
): unknown {
	const conversion = { ...variant, anything: { const: ANYTHING } };
	const schema = describedBy(document)
		.find(exchange)
		?.answerSchema(exchange.status ?? 200, conversion);
	if (schema === undefined || isText(schema)) return exchange.answer;
	for (let seed = variant.seed; ; seed += VARIANTS.length) {
		const generated = openapi.generateSync(schema, {
			seed,
			optionalsProbability: variant.optionals,
			alwaysFakeOptionals: variant.optionals === 1,
			minItems: 1,
			maxItems: 3,
			maxDepth: 20,
		});
		// Some documents allow for a refusal in a successful answer.
		if (!isRefusal(generated)) return adapt(generated, exchange.answer, laterNeeded, []);
	}
}

/** What the documents describe as a text, they call an empty answer. */
function isText({ type, anyOf = [] }: Schema): boolean {
	return type === 'string' || anyOf.some(isText);
}

/** Stands where the document says nothing; there, the answer of the case stays. */
const ANYTHING = 'anything';

/** Whatever an operation compares or sends on: texts and numbers in requests and parameters. */
export function textsIn(value: unknown): string[] {
	if (Array.isArray(value)) return value.flatMap(textsIn);
	if (isRecord(value)) return Object.values(value).flatMap(textsIn);
	if (typeof value === 'number') return [String(value)];
	return typeof value === 'string' && value !== '' ? [value, ...value.split('/')] : [];
}

/** The lists of records themselves stand in the answer, in its `data`, or in a field of that. */
const DEEPEST_LIST_OF_RECORDS = 2;

/** By these Siro says how it goes on, or how it went. */
const DECISIVE = new Set(['cursor', 'data', 'deleted', 'error', 'success']);

function adapt(
	generated: unknown,
	original: unknown,
	needed: Set<string>,
	place: string[],
): unknown {
	const field = place.at(-1) ?? '';
	if (typeof original === 'boolean' && (place.length === 0 || DECISIVE.has(field))) return original;
	if (generated === ANYTHING) return original ?? null;
	if (field === 'cursor' && place.length === 1) return original;
	if (Array.isArray(generated) && Array.isArray(original)) {
		const length = place.length <= DEEPEST_LIST_OF_RECORDS ? original.length : generated.length;
		return Array.from({ length }, (_, index) => {
			const element: unknown = generated[index % generated.length];
			// A list of lists in the document may be a plain list in the guide.
			const isPlain = Array.isArray(element) && !Array.isArray(original[index]);
			const inner: unknown = isPlain ? element[0] : element;
			return adapt(inner, original[index], needed, [...place, '']);
		});
	}
	if (isRecord(original) && (isRecord(generated) || isNeeded(original, needed))) {
		const fields = isRecord(generated) ? generated : {};
		const names = new Set([...Object.keys(fields), ...Object.keys(original)]);
		const entries = [...names]
			.filter((name) => name in fields || isNeeded(original[name], needed) || name === 'cursor')
			.map((name) => [
				name,
				// What the cursor says in the case is said here, too.
				name === 'hasNextPage'
					? Boolean(original.cursor)
					: adapt(fields[name], original[name], needed, [...place, name]),
			]);
		return Object.fromEntries(entries);
	}
	return isNeeded(original, needed) && !isRecord(original) ? original : generated;
}

function isNeeded(original: unknown, needed: Set<string>): boolean {
	if (isRecord(original)) return Object.values(original).some((value) => isNeeded(value, needed));
	if (typeof original !== 'string')
		return typeof original === 'number' && needed.has(`${original}`);
	return needed.has(original) || needed.has(URL.parse(original)?.pathname ?? original);
}
