import {
	isExpression,
	UserError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { isRecord } from '../values/values';
import { definitionOf, isLocatorValue, type Definition } from './definitions';
import type { NamedRecord } from './operation';
import { readValue } from './readValue';

/** A field that was dragged into a parameter: `={{ $json.name }}`, `={{ $json['Start Time'] }}`. */
const DRAGGED_FIELD = /^=\{\{ ?\$json((?:\.[A-Za-z_]\w*|\["[^"\\]+"\]|\['[^'\\]+'\])+) ?\}\}$/;
const NAMES = /\.(\w+)|\["([^"]+)"\]|\['([^']+)'\]/g;

/** What stands for a value that n8n must work out. */
const UNKNOWN = Symbol('unknown');

/** A parameter of the node, which is the same for all items. */
interface Parameter {
	definition: Definition;
	/** What stands in the workflow. */
	raw: unknown;
	hasExpression: boolean;
	/** Without an expression, what was read, once it was. */
	fixed?: { value: unknown };
}

/**
 * The node's parameters for each of its items, read by their definitions (`readValue`).
 *
 * n8n evaluates an expression in an isolate, once for each field and item, which takes longer than all
 * requests of a sync together. Two kinds of parameters need no evaluation: those without an expression
 * are the same for every item, and a dragged field is looked up in the item. All others are left to n8n.
 */
export class ItemParameters {
	private readonly parameters = new Map<string, Parameter>();

	/** The names that a dragged field consists of, by its expression. */
	private readonly paths = new Map<string, string[] | undefined>();

	constructor(
		private readonly context: IExecuteFunctions,
		private readonly inputs: INodeExecutionData[],
		private readonly definitions: Definition[],
		private readonly hint: (text: string, itemIndex: number) => void,
	) {}

	/**
	 * A parameter's value for an item; of a resource locator, the ID. `fallback` stands for a value that
	 * says nothing; without one, a required parameter that says nothing is a `UserError`.
	 */
	read(name: string, index: number, fallback?: unknown): unknown {
		const parameter = this.find(name, index);
		const { definition, fixed } = parameter;
		const value = fixed ? fixed.value : this.readAnew(name, index, parameter);
		if (value !== undefined) return value;
		if (fallback === undefined && definition.required) {
			throw new UserError(`${definition.displayName} is empty`, {
				description: `Fill in ${definition.displayName}, or check what it gets from the nodes before this one.`,
			});
		}
		return fallback;
	}

	/** What a resource locator names for an item. */
	locate(name: string, index: number): NamedRecord {
		const { raw } = this.find(name, index);
		// Only of a locator that is an expression as a whole, n8n must tell the mode.
		const locator: unknown = isExpression(raw) ? this.context.getNodeParameter(name, index) : raw;
		return {
			id: String(this.read(name, index, '')),
			mode: isRecord(locator) ? String(locator.mode) : 'id',
		};
	}

	private readAnew(name: string, index: number, parameter: Parameter): unknown {
		const { definition, raw } = parameter;
		const context = {
			timeZone: this.context.getTimezone(),
			hint: (text: string) => this.hint(text, index),
		};
		const filled = parameter.hasExpression ? this.fill(raw, this.inputs[index].json) : UNKNOWN;
		const given = filled === UNKNOWN ? this.resolve(name, index) : filled;
		const value = readValue(definition, given, context);
		if (!parameter.hasExpression) parameter.fixed = { value };
		return value;
	}

	private find(name: string, index: number): Parameter {
		const known = this.parameters.get(name);
		if (known) return known;
		const raw: unknown = this.context.getNodeParameter(name, index, null, { rawExpressions: true });
		const parameter = {
			definition: definitionOf(this.definitions, name),
			raw,
			hasExpression: hasExpression(raw),
		};
		this.parameters.set(name, parameter);
		return parameter;
	}

	/**
	 * The value as n8n works it out. The ID is taken out of a resource locator here, because n8n's own
	 * way fails for a parameter that it would not show, such as Limit if Return All is the text "false".
	 */
	private resolve(name: string, index: number): unknown {
		const value: unknown = this.context.getNodeParameter(name, index, null);
		return isLocatorValue(value) ? value.value : value;
	}

	private fill(raw: unknown, json: IDataObject): unknown {
		if (Array.isArray(raw)) return allOrNothing(raw.map((value) => this.fill(value, json)));
		if (isRecord(raw)) {
			// Of a resource locator, the ID is taken out by its definition afterwards.
			if (isLocatorValue(raw)) return this.fill(raw.value, json);
			const values = allOrNothing(Object.values(raw).map((value) => this.fill(value, json)));
			if (values === UNKNOWN) return UNKNOWN;
			return Object.fromEntries(Object.keys(raw).map((key, index) => [key, values[index]]));
		}
		return isExpression(raw) ? this.lookUp(raw, json) : raw;
	}

	private lookUp(expression: string, json: IDataObject): unknown {
		if (!this.paths.has(expression)) this.paths.set(expression, toPath(expression));
		const path = this.paths.get(expression);
		if (path === undefined) return UNKNOWN;
		let value: unknown = json;
		for (const name of path) {
			if (!isRecord(value) || !Object.hasOwn(value, name)) return UNKNOWN;
			value = value[name];
		}
		const isPlain = value === null || ['string', 'number', 'boolean'].includes(typeof value);
		return isPlain ? value : UNKNOWN;
	}
}

function allOrNothing(values: unknown[]): unknown[] | typeof UNKNOWN {
	return values.includes(UNKNOWN) ? UNKNOWN : values;
}

function toPath(expression: string): string[] | undefined {
	const [, names] = DRAGGED_FIELD.exec(expression) ?? [];
	if (names === undefined) return undefined;
	return Array.from(
		names.matchAll(NAMES),
		([, plain, double, single]) => plain ?? double ?? single,
	);
}

function hasExpression(raw: unknown): boolean {
	if (typeof raw === 'object' && raw !== null) return Object.values(raw).some(hasExpression);
	return isExpression(raw);
}
