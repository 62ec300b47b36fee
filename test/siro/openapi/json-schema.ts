import type { JsonSchema } from 'json-schema-faker';

import { resolveReference, type Document } from './document';

/** A JSON Schema; only what the tests look into is typed. */
export interface Schema extends Exclude<JsonSchema, boolean> {
	properties?: Record<string, Schema>;
	items?: Schema;
	anyOf?: Schema[];
}

export interface Conversion {
	/** Refuse properties that the document does not name, as far as it names any. */
	closed?: boolean;
	/** What becomes of values that may be null. Default: either. */
	nulls?: 'always' | 'never';
	/** What stands for a schema that says nothing. Default: a schema that says nothing. */
	anything?: Schema;
}

/** What only describes, or what JSON Schema means otherwise. */
const LEFT_OUT = new Set(['default', 'deprecated', 'description', 'example', 'nullable', 'title']);

/** Makes a JSON Schema, without references, of a schema of OpenAPI 3.0. */
export function toJsonSchema(
	document: Document,
	schema: Record<string, unknown>,
	conversion: Conversion = {},
	above: object[] = [],
): Schema {
	const source = resolveReference(document, schema);
	// A schema inside itself: anything goes from there on.
	if (above.includes(source)) return {};
	const convert = (inner: unknown): Schema =>
		toJsonSchema(document, Object(inner), conversion, [...above, source]);

	const converted: Schema = {};
	for (const [keyword, value] of Object.entries(source)) {
		if (!LEFT_OUT.has(keyword)) converted[keyword] = convertKeyword(keyword, value, convert);
	}
	if (conversion.closed && source.properties && source.additionalProperties === undefined) {
		converted.additionalProperties = false;
	}
	// Officially some schemas say nothing, or nothing but that they may be null.
	if (Object.keys(converted).length === 0) return conversion.anything ?? {};
	return source.nullable === true ? withNull(converted, conversion) : converted;
}

function convertKeyword(
	keyword: string,
	value: unknown,
	convert: (schema: unknown) => Schema,
): unknown {
	switch (keyword) {
		case 'properties':
			return Object.fromEntries(
				Object.entries(Object(value)).map(([name, schema]) => [name, convert(schema)]),
			);
		case 'items':
			return convert(value);
		case 'additionalProperties':
			return typeof value === 'boolean' ? value : convert(value);
		case 'allOf':
		case 'anyOf':
		case 'oneOf':
			return Array.isArray(value) ? value.map(convert) : value;
		default:
			return value;
	}
}

function withNull(schema: Schema, { nulls }: Conversion): Schema {
	if (nulls === 'always') return { type: 'null' };
	if (nulls === 'never') return schema;
	return { anyOf: [schema, { type: 'null' }] };
}
