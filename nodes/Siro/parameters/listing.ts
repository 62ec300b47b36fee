import type { INodeProperties } from 'n8n-workflow';

import type { OperationItem } from '../runner/operation';

const RETURN_ALL: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

/** For lists that Siro gives in one piece only. */
export const LIMIT: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1 },
	default: 50,
	description: 'Max number of results to return',
};

/** The parameters of every "Get Many" operation. */
export const LISTING: INodeProperties[] = [
	RETURN_ALL,
	{ ...LIMIT, displayOptions: { show: { returnAll: [false] } } },
];

/** How many records are wanted, by the parameters of `LISTING`. */
export function readLimit(item: OperationItem): number {
	return item.parameter<boolean>('returnAll', false) ? Infinity : item.parameter('limit', 50);
}
