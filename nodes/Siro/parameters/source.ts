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
			description: 'Every recording of the organization',
		},
		{
			name: 'User',
			value: 'user',
			description:
				'As the Siro user of the credential sees it. Needs an OAuth app or a client app in the credential.',
		},
	],
	default: 'organization',
	description: 'Which of Siro’s two APIs to ask',
};

/**
 * Which of Siro's two APIs the user chose, under Options unless told otherwise: `platform` for "User", else
 * `external`.
 */
export function readSource(item: OperationItem, parameter = 'options.source'): Surface {
	return item.parameter<string>(parameter, 'organization') === 'user' ? 'platform' : 'external';
}
