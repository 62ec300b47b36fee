import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const followup: Resource = {
	value: 'followup',
	name: 'Follow-Up',
	description: 'What Siro’s AI suggests to do next after a conversation',
	defaultOperation: operations.getAll.value,
	operations: Object.values(operations),
};
