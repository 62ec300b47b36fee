import {
	isINodeProperties,
	type INodeParameters,
	type INodeProperties,
	type INodePropertyCollection,
	type INodePropertyOptions,
	type NodeParameterValueType,
} from 'n8n-workflow';

import type { Operation } from '../../../nodes/Siro/runner/operation';

/** A parameter that takes an ID. */
export interface IdParameter {
	/** Where it stands: in a collection, the collection's name first. */
	path: Array<string | number>;
	/** Of a resource locator. */
	modes?: string[];
}

/** All parameters of an operation that take an ID, also those inside collections. */
export function idParametersOf({ parameters, options = [] }: Operation): IdParameter[] {
	return [
		...parameters.flatMap((parameter) => find(parameter, [])),
		...options.flatMap((option) => find(option, ['options'])),
	];
}

/** The parameters with an ID put in. */
export function withId(
	parameters: INodeParameters,
	{ path, modes }: IdParameter,
	value: string,
	mode = modes?.[0],
): INodeParameters {
	return put(parameters, path, modes ? { __rl: true, mode, value } : value);
}

/** The places of all texts among parameters, whatever they are for. */
export function textPlacesOf(parameters: unknown, path: IdParameter['path'] = []): IdParameter[] {
	if (typeof parameters === 'string') return [{ path }];
	if (Array.isArray(parameters)) {
		return parameters.flatMap((value, index) => textPlacesOf(value, [...path, index]));
	}
	if (typeof parameters !== 'object' || parameters === null) return [];
	return Object.entries(parameters)
		.filter(([name]) => name !== 'mode')
		.flatMap(([name, value]) => textPlacesOf(value, [...path, name]));
}

function find(property: INodeProperties, outer: Array<string | number>): IdParameter[] {
	const path = [...outer, property.name];
	if (property.type === 'resourceLocator') {
		const modes = (property.modes ?? []).map(({ name }) => name);
		return [{ path, modes }];
	}
	if (property.type === 'collection') {
		return inner(property.options).flatMap((option) => find(option, path));
	}
	if (property.type === 'fixedCollection') {
		const isList = property.typeOptions?.multipleValues === true;
		return groups(property.options).flatMap(({ name, values }) =>
			values.flatMap((value) => find(value, [...path, name, ...(isList ? [0] : [])])),
		);
	}
	const isId = property.type === 'string' && /(^|[a-z])ids?$/i.test(property.name);
	return isId ? [{ path }] : [];
}

type Options = Array<INodePropertyOptions | INodeProperties | INodePropertyCollection> | undefined;

function inner(options: Options = []): INodeProperties[] {
	return options.filter(isINodeProperties);
}

function groups(options: Options = []): INodePropertyCollection[] {
	return options.filter((option): option is INodePropertyCollection => 'values' in option);
}

function put<T extends NodeParameterValueType>(
	target: T,
	path: Array<string | number>,
	value: NodeParameterValueType,
): T;
function put(
	target: unknown,
	[key, ...rest]: Array<string | number>,
	value: NodeParameterValueType,
): unknown {
	if (key === undefined) return value;
	if (typeof key === 'number') {
		const list: unknown[] = Array.isArray(target) ? [...target] : [];
		list[key] = put(list[key] as NodeParameterValueType, rest, value);
		return list;
	}
	const record = typeof target === 'object' && target !== null ? { ...target } : {};
	const old = (record as Record<string, NodeParameterValueType>)[key];
	return { ...record, [key]: put(old, rest, value) };
}
