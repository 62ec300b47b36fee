import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const oauthApp: Resource = {
	value: 'oauthApp',
	name: 'OAuth App',
	description: 'What lets a Siro credential act as a user',
	defaultOperation: operations.create.value,
	operations: Object.values(operations),
};
