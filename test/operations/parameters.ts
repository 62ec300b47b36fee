import { isINodeProperties, type INodeProperties } from 'n8n-workflow';

import type { Operation } from '../../nodes/Siro/runner/operation';
import { definitionsOf } from '../../nodes/Siro/runner/properties';

/** Where a parameter stands: in a collection, the collection's name first. */
export type Place = Array<string | number>;

export interface PlacedParameter {
	place: Place;
	definition: INodeProperties;
}

/** All parameters of an operation that hold a value, also those inside collections. */
export function parametersOf(operation: Operation): PlacedParameter[] {
	return definitionsOf(operation).flatMap((definition) => inside(definition, []));
}

function inside(definition: INodeProperties, outer: Place): PlacedParameter[] {
	const { type, name, options = [], typeOptions } = definition;
	const place = [...outer, name];
	switch (type) {
		case 'notice':
			return [];
		case 'collection':
			return options.filter(isINodeProperties).flatMap((option) => inside(option, place));
		case 'fixedCollection': {
			const first = typeOptions?.multipleValues === true ? [0] : [];
			return options.flatMap((group) =>
				'values' in group
					? group.values.flatMap((value) => inside(value, [...place, group.name, ...first]))
					: [],
			);
		}
		default:
			return [{ place, definition }];
	}
}

/** The places of all texts among the values of parameters, whatever they are for. */
export function textPlacesIn(values: unknown, place: Place = []): Place[] {
	if (typeof values === 'string') return [place];
	if (typeof values !== 'object' || values === null) return [];
	const isList = Array.isArray(values);
	return Object.entries(values)
		.filter(([name]) => name !== 'mode')
		.flatMap(([name, value]) => textPlacesIn(value, [...place, isList ? Number(name) : name]));
}

/** The values of parameters, with another one at this place. */
export function put<Values>(values: Values, [key, ...rest]: Place, value: unknown): Values {
	const copy = (Array.isArray(values) ? [...values] : { ...values }) as Values & object;
	const inner: unknown = Reflect.get(copy, key) ?? (typeof rest[0] === 'number' ? [] : {});
	return Object.assign(copy, { [key]: rest.length > 0 ? put(inner, rest, value) : value });
}
