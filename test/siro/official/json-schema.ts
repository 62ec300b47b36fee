import type { JsonSchema } from 'json-schema-faker';

import { resolveReference, type OfficialDocument, type OfficialSchema } from './documents';

type JsonSchemaObject = Exclude<JsonSchema, boolean>;

export interface Conversion {
	/** Refuse properties that the document does not name, as far as it names any. */
	closed?: boolean;
	/** What becomes of values that may be null. Default: either. */
	nulls?: 'always' | 'never';
	/** What stands for a schema that says nothing. Default: a schema that says nothing. */
	anything?: JsonSchemaObject;
}

/** What only describes, or what JSON Schema means otherwise. */
const LEFT_OUT = new Set(['default', 'deprecated', 'description', 'example', 'nullable', 'title']);

/** Makes a JSON Schema of a schema of OpenAPI 3.0. */
export function toJsonSchema(
	document: OfficialDocument,
	schema: OfficialSchema,
	conversion: Conversion = {},
	above: OfficialSchema[] = [],
): JsonSchemaObject {
	const official = resolveReference(document, schema);
	// A schema inside itself: anything goes from there on.
	if (above.includes(official)) return {};
	const convert = (inner: unknown): JsonSchemaObject =>
		toJsonSchema(document, Object(inner), conversion, [...above, official]);

	const converted: JsonSchemaObject = {};
	for (const [keyword, value] of Object.entries(official)) {
		if (LEFT_OUT.has(keyword) || keyword.startsWith('x-')) continue;
		converted[keyword] = convertKeyword(keyword, value, convert);
	}
	if (conversion.closed && official.properties && official.additionalProperties === undefined) {
		converted.additionalProperties = false;
	}
	// Officially some schemas say nothing, or nothing but that they may be null.
	if (Object.keys(converted).length === 0) return conversion.anything ?? {};
	return official.nullable === true ? withNull(converted, conversion) : converted;
}

function convertKeyword(
	keyword: string,
	value: unknown,
	convert: (schema: unknown) => JsonSchemaObject,
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

function withNull(schema: JsonSchemaObject, { nulls }: Conversion): JsonSchemaObject {
	if (nulls === 'always') return { type: 'null' };
	if (nulls === 'never') return schema;
	return { anyOf: [schema, { type: 'null' }] };
}
