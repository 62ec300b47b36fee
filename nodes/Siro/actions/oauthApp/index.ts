import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const oauthApp: Resource = {
	value: 'oauthApp',
	name: 'OAuth App',
	description: 'Lets the Siro credential act on behalf of a Siro user',
	defaultOperation: operations.create.value,
	operations: Object.values(operations),
};
