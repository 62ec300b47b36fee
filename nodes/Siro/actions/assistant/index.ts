import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const assistant: Resource = {
	value: 'assistant',
	name: 'Assistant',
	description: 'Siro’s AI, asked about many recordings',
	defaultOperation: operations.ask.value,
	operations: Object.values(operations),
};
