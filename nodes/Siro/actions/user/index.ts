import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const user: Resource = {
	value: 'user',
	name: 'User',
	description: 'Someone who can sign in to Siro',
	defaultOperation: operations.getAll.value,
	operations: Object.values(operations),
};
