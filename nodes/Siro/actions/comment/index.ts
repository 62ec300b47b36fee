import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const comment: Resource = {
	value: 'comment',
	name: 'Comment',
	description: 'What people say to one another about a recording',
	defaultOperation: operations.getAll.value,
	operations: Object.values(operations),
};
