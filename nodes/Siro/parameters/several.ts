import type { INodeProperties } from 'n8n-workflow';

import type { Kind } from './kinds';

/** How n8n says it in every menu that comes from the service. */
const CHOOSE =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.';

/** A menu of records of which several can be chosen; `description` is a sentence without its full stop. */
export function several(
	{ listing }: Pick<Kind, 'listing'>,
	displayName: string,
	name: string,
	description: string,
): INodeProperties {
	return severalOf(listing?.menuMethod, { displayName, name, description });
}

/** The same, filled by any method of the node. */
export function severalOf(
	loadOptionsMethod: string | undefined,
	{ description, ...property }: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
): INodeProperties {
	return {
		...property,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod },
		default: [],
		description: `${description}. ${CHOOSE}`,
	};
}
