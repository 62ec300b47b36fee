import { isRecord } from '../../nodes/Siro/values/values';
import type { OperationCase } from '../operations/operation-case';

/** The part of JSON Schema that n8n's editor understands. */
export interface OutputSchema {
	type: string | string[];
	/** As ajv means it: `null` is allowed besides. */
	nullable?: true;
	properties?: Record<string, OutputSchema>;
	items?: OutputSchema;
}

/**
 * What an item of an operation looks like, by the output of its cases: n8n shows these fields before
 * the node has run. The fields are those that come with the parameters as they are at first; of what
 * type they can be is told by all cases.
 */
export function toOutputSchema(cases: OperationCase[]): OutputSchema | undefined {
	const usual = cases.filter(({ parameters }) => !changesOutput(parameters));
	const items = (usual.length > 0 ? usual : cases).flatMap(({ output }) => output);
	const schema = toItemSchema(items);
	return cases
		.flatMap(({ output }) => output)
		.map(schemaOf)
		.reduce((known, other) => known && widen(known, other), schema);
}

/** What items look like: all fields that any of them has. */
export function toItemSchema(items: unknown[]): OutputSchema | undefined {
	return items.map(schemaOf).reduce<OutputSchema | undefined>(combine, undefined);
}

function changesOutput({ output, simplify, options }: OperationCase['parameters']): boolean {
	return output !== undefined || simplify === false || options !== undefined;
}

function schemaOf(value: unknown): OutputSchema {
	if (value === null || value === undefined) return { type: 'null' };
	if (Array.isArray(value)) {
		const items = toItemSchema(value);
		return items ? { type: 'array', items } : { type: 'array' };
	}
	if (!isRecord(value)) return { type: typeof value };
	const properties = Object.fromEntries(
		Object.entries(value).map(([name, inner]) => [name, schemaOf(inner)]),
	);
	return { type: 'object', properties };
}

/** Both: the fields of either, each of either's type. */
function combine(one: OutputSchema | undefined, other: OutputSchema): OutputSchema {
	if (one === undefined) return other;
	return merge(one, other, (known = {}, more = {}) => ({
		...known,
		...Object.fromEntries(
			Object.entries(more).map(([name, schema]) => [name, combine(known[name], schema)]),
		),
	}));
}

/** The fields of the one, each of the type that it has in either. */
function widen(one: OutputSchema, other: OutputSchema): OutputSchema {
	return merge(one, other, (known, more = {}) =>
		known === undefined
			? more
			: Object.fromEntries(
					Object.entries(known).map(([name, schema]) => [
						name,
						name in more ? widen(schema, more[name]) : schema,
					]),
				),
	);
}

type Properties = OutputSchema['properties'];

function merge(
	one: OutputSchema,
	other: OutputSchema,
	mergeProperties: (known: Properties, more: Properties) => Properties,
): OutputSchema {
	const types = [...new Set([one.type, other.type].flat())];
	const valueTypes = types.filter((type) => type !== 'null');
	if (valueTypes.length === 0) return { type: 'null' };
	const isNullable = valueTypes.length < types.length || one.nullable || other.nullable;
	return {
		type: valueTypes.length === 1 ? valueTypes[0] : valueTypes,
		...(isNullable ? { nullable: true } : {}),
		...(one.properties || other.properties
			? { properties: mergeProperties(one.properties, other.properties) }
			: {}),
		...(one.items && other.items
			? { items: merge(one.items, other.items, mergeProperties) }
			: (one.items ?? other.items)
				? { items: one.items ?? other.items }
				: {}),
	};
}
