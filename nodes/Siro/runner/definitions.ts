import {
	UnexpectedError,
	type IDataObject,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
} from 'n8n-workflow';

import { isRecord } from '../values/values';

/** The definition of a parameter, as the node's menus show it. */
export type Definition = INodeProperties;

/** The entries of a menu. */
export function choicesOf({ options = [] }: Definition): INodePropertyOptions[] {
	return options.filter((option): option is INodePropertyOptions => 'value' in option);
}

/** The fields of a collection. */
export function fieldsOf({ options = [] }: Definition): Definition[] {
	return options.filter((option): option is INodeProperties => 'type' in option);
}

/** The groups of a fixed collection; ours have one each. */
export function groupOf({ options = [] }: Definition): INodePropertyCollection | undefined {
	return options.find((option): option is INodePropertyCollection => 'values' in option);
}

/** The definition of a parameter, also of one inside a collection: `options.batchSize`. */
function findDefinition(definitions: Definition[], path: string): Definition | undefined {
	const [name, ...rest] = path.split('.');
	const definition = definitions.find((candidate) => candidate.name === name);
	if (definition === undefined || rest.length === 0) return definition;
	return findDefinition(fieldsOf(definition), rest.join('.'));
}

/** The same of a parameter that must be there. Throws an `UnexpectedError`. */
export function definitionOf(definitions: Definition[], path: string): Definition {
	const definition = findDefinition(definitions, path);
	if (definition) return definition;
	throw new UnexpectedError(`There is no parameter "${path}"`);
}

/** Whether a parameter takes several values: under "Add …", or from a menu of Siro's records. */
export function takesSeveral(definition: Definition): boolean {
	return definition.typeOptions?.multipleValues === true || isFilledBySiro(definition);
}

/** Whether the entries of a menu are the records that Siro has, and so any ID may be one. */
export function isFilledBySiro({ typeOptions }: Definition): boolean {
	return typeOptions?.loadOptionsMethod !== undefined;
}

/** Whether a value is what n8n stores for a resource locator. */
export function isLocatorValue(value: unknown): value is IDataObject {
	return isRecord(value) && '__rl' in value;
}

/** The mode of a resource locator that takes the address of a record's page. */
export const URL_MODE = 'url';

/** What may be begun like this is an address of Siro's, or of anything else; no ID is. */
const ADDRESS = /^(?:[a-z][a-z\d+.-]*:)?\/\/|^(?:[\w-]+\.)*siro\.ai(?:[/:]|$)/i;

/**
 * How a locator that takes addresses reads this one; `undefined` for a text that is no address, and
 * for a locator that takes none, because an ID may be any text.
 */
export function readAddress(
	{ modes = [] }: Definition,
	text: string,
): { id?: string; example: string } | undefined {
	const mode = modes.find(({ name }) => name === URL_MODE);
	const { extractValue, placeholder = '' } = mode ?? {};
	if (extractValue?.type !== 'regex' || !ADDRESS.test(text)) return undefined;
	const [, encoded = ''] = new RegExp(extractValue.regex, 'i').exec(text) ?? [];
	return { id: decode(encoded), example: placeholder.replace('e.g. ', '') };
}

/** `undefined` for what is empty, or cannot be decoded. */
function decode(encoded: string): string | undefined {
	try {
		return decodeURIComponent(encoded).trim() || undefined;
	} catch {
		return undefined;
	}
}
