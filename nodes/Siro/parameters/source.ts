import type { INodeProperties } from 'n8n-workflow';

import type { Surface } from '../api/surfaces';
import type { OperationItem } from '../runner/operation';

/** An entry of "Options", for what both of Siro's APIs give. */
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

/** Which of Siro's two APIs the user chose under Options: `platform` for "User", else `external`. */
export function readSource(item: OperationItem): Surface {
	return item.parameter<string>('options.source', 'organization') === 'user'
		? 'platform'
		: 'external';
}
