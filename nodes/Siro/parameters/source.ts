import type { INodeProperties } from 'n8n-workflow';

import type { Surface } from '../api/surfaces';
import type { OperationItem } from '../runner/operation';

/** For what both of Siro's APIs give: an entry of "Options", or a parameter where others depend on it. */
export const SOURCE: INodeProperties = {
	displayName: 'Source',
	name: 'source',
	type: 'options',
	options: [
		{
			name: 'Organization',
			value: 'organization',
			description: 'All recordings of your organization',
		},
		{
			name: 'User',
			value: 'user',
			description:
				'Only what the credential’s Siro user can see. Needs an OAuth app or a client app in the credential.',
		},
	],
	default: 'organization',
	description: 'Whose view of the recordings to use',
};

/**
 * Which of Siro's two APIs the user chose, under Options unless told otherwise: `platform` for "User", else
 * `external`.
 */
export function readSource(item: OperationItem, parameter = 'options.source'): Surface {
	return item.parameter<string>(parameter, 'organization') === 'user' ? 'platform' : 'external';
}
