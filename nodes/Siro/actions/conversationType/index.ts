import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const conversationType: Resource = {
	value: 'conversationType',
	name: 'Conversation Type',
	description: 'A kind of conversation, with what Siro looks for in it',
	defaultOperation: operations.getAll.value,
	operations: Object.values(operations),
};
