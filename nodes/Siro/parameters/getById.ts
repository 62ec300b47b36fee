import type { INodeProperties } from 'n8n-workflow';

import type { ItemOperation } from '../runner/operation';
import type { Kind } from './kinds';
import { located } from './locators';

/** The operation that gets one record by Siro's own ID. `locator` is the parameter of its kind. */
export function getById(
	kind: Kind,
	locator: INodeProperties,
	{ action, description }: Pick<ItemOperation, 'action' | 'description'>,
): ItemOperation {
	return {
		value: 'get',
		name: 'Get',
		action,
		description,
		parameters: [locator],
		isReading: true,
		records: kind.fields,

		async execute(item) {
			return await item.siro.record(located(item, kind).request);
		},
	};
}
