import type { INodeProperties } from 'n8n-workflow';

import { alphabetical } from '../values/alphabetical';
import type { Operation, Resource } from './operation';
import { recordParameters } from './recordOutput';
import { REQUEST_OPTIONS } from './requestOptions';

/**
 * The action node's parameters, derived from the registry: the two menus, then each operation's own
 * parameters, shown where they belong. A parameter object that several operations of a resource
 * share becomes one parameter, so that its value stays when the user switches between them.
 */
export function toProperties(resources: Resource[]): INodeProperties[] {
	return [
		toResourceMenu(resources),
		...resources.map(toOperationMenu),
		...resources.flatMap(toParameters),
	];
}

function toResourceMenu(resources: Resource[]): INodeProperties {
	return {
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: alphabetical(
			resources.map(({ name, value, description }) => ({ name, value, description })),
		),
		default: 'engagement',
	};
}

function toOperationMenu({ value, operations, defaultOperation }: Resource): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [value] } },
		options: alphabetical(
			operations.map(({ name, value: operation, action, description }) => ({
				name,
				value: operation,
				action: withoutArticles(action),
				description,
			})),
		),
		default: defaultOperation,
	};
}

function toParameters({ value: resource, operations }: Resource): INodeProperties[] {
	const operationsByParameter = new Map<INodeProperties, string[]>();
	// Part by part: a shared "Options" would else stand where the first operation has it.
	for (const part of PARTS) {
		for (const operation of operations) {
			for (const parameter of part(operation)) {
				const sharing = operationsByParameter.get(parameter) ?? [];
				operationsByParameter.set(parameter, [...sharing, operation.value]);
			}
		}
	}
	return [...operationsByParameter].map(([parameter, names]) => ({
		...parameter,
		displayOptions: {
			...parameter.displayOptions,
			show: { ...parameter.displayOptions?.show, resource: [resource], operation: names },
		},
	}));
}

/** Everything that the user can fill in for an operation. */
export function definitionsOf(operation: Operation): INodeProperties[] {
	return PARTS.flatMap((part) => part(operation));
}

/** In the order in which they are shown. */
const PARTS: Array<(operation: Operation) => INodeProperties[]> = [
	({ parameters }) => parameters,
	(operation) =>
		'records' in operation && operation.records ? recordParameters(operation.records) : [],
	({ options }) => [options ? toOptions(options) : REQUEST_OPTIONS_ONLY],
	({ sorting }) => (sorting ? [toCollection('Sort', 'sort', 'Add Sorting', sorting)] : []),
];

function toOptions(options: INodeProperties[]): INodeProperties {
	const all = alphabetical([...options, ...REQUEST_OPTIONS]);
	return toCollection('Options', 'options', 'Add Option', all);
}

/** One object, so that the operations of a resource share it. */
const REQUEST_OPTIONS_ONLY = toOptions([]);

function toCollection(
	displayName: string,
	name: string,
	placeholder: string,
	options: INodeProperties[],
): INodeProperties {
	return { displayName, name, type: 'collection', placeholder, default: {}, options };
}

/** "Get a recording" → "Get recording", as n8n's guidelines ask. */
function withoutArticles(action: string): string {
	return action.replace(/\b(?:a|an|the) /g, '');
}
