import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const summary: Resource = {
	value: 'summary',
	name: 'Summary',
	description: 'What Siro’s AI wrote about a recording',
	defaultOperation: operations.get.value,
	operations: Object.values(operations),
};
