import { isINodeProperties, type INodeParameters, type INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../../nodes/Siro/runner/operation';

/** A parameter that takes an ID. */
export interface IdParameter {
	/** Where it stands: in a collection, the collection's name first. */
	path: Array<string | number>;
	/** Of a resource locator. */
	modes?: string[];
	/** Whether it may be left empty. */
	isOptional?: boolean;
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
	if (typeof parameters !== 'object' || parameters === null) return [];
	const isList = Array.isArray(parameters);
	return Object.entries(parameters)
		.filter(([name]) => name !== 'mode')
		.flatMap(([name, value]) => textPlacesOf(value, [...path, isList ? Number(name) : name]));
}

function find(property: INodeProperties, outer: IdParameter['path']): IdParameter[] {
	const { type, name, modes = [], options = [], typeOptions, required } = property;
	const isOptional = required !== true;
	const path = [...outer, name];
	switch (type) {
		case 'resourceLocator':
			return [{ path, modes: modes.map((mode) => mode.name), isOptional }];
		case 'collection':
			return options.filter(isINodeProperties).flatMap((option) => find(option, path));
		case 'fixedCollection': {
			const first = typeOptions?.multipleValues === true ? [0] : [];
			return options.flatMap((group) =>
				'values' in group
					? group.values.flatMap((value) => find(value, [...path, group.name, ...first]))
					: [],
			);
		}
		default:
			return type === 'string' && /(^|[a-z])ids?$/i.test(name) ? [{ path, isOptional }] : [];
	}
}

function put<T>(target: T, [key, ...rest]: IdParameter['path'], value: unknown): T {
	const copy = (Array.isArray(target) ? [...target] : { ...target }) as T & object;
	const inner: unknown = Reflect.get(copy, key) ?? (typeof rest[0] === 'number' ? [] : {});
	return Object.assign(copy, { [key]: rest.length > 0 ? put(inner, rest, value) : value });
}
