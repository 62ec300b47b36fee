import type { INodeProperties } from 'n8n-workflow';

import { APP_OWNER } from '../../parameters/locators';

/** Only fills the list of OAuth apps: a client ID says all that Siro needs. */
export const LISTED_OWNER: INodeProperties = {
	...APP_OWNER,
	required: false,
	description: 'Whose OAuth apps the list shows. Not needed with a client ID.',
};
