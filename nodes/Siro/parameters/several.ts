import type { INodeProperties } from 'n8n-workflow';

import type { Kind } from './kinds';

/** How n8n says it in every menu that comes from the service. */
const choose = (what: string) =>
	`Choose from the list, or specify ${what} using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`;

/** A menu of records of which several can be chosen; `description` is a sentence without its full stop. */
export function several(
	{ listing }: Pick<Kind, 'listing'>,
	displayName: string,
	name: string,
	description: string,
): INodeProperties {
	return severalOf(listing?.menuMethod, { displayName, name, description });
}

/** The same, filled by any method of the node; `what` it gives if not IDs. */
export function severalOf(
	loadOptionsMethod: string | undefined,
	{ description, ...property }: Pick<INodeProperties, 'displayName' | 'name' | 'description'>,
	what = 'IDs',
): INodeProperties {
	return {
		...property,
		type: 'multiOptions',
		typeOptions: { loadOptionsMethod },
		default: [],
		description: `${description}. ${choose(what)}`,
	};
}

/**
 * Where Siro lists and searches recordings, it goes by the names of conversation types.
 * Sources: platform-api.openapi.json, GET /v1/core/recordings and POST /v1/core/recordings/search.
 */
export const CONVERSATION_TYPE_NAMES = severalOf(
	'getConversationTypeNames',
	{
		displayName: 'Conversation Type Names',
		name: 'conversationTypes',
		description: 'Only recordings of these types of conversation',
	},
	'names',
);
