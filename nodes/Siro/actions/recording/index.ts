import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const recording: Resource = {
	value: 'recording',
	name: 'Recording',
	description: 'A recorded sales conversation',
	defaultOperation: operations.get.value,
	operations: Object.values(operations),
};
