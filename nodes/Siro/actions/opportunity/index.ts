import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const opportunity: Resource = {
	value: 'opportunity',
	name: 'Opportunity',
	description: 'A deal from your CRM, with its amount and outcome',
	defaultOperation: operations.sync.value,
	operations: Object.values(operations),
};
