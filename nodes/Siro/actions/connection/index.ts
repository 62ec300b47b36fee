import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const connection: Resource = {
	value: 'connection',
	name: 'CRM Connection',
	description: 'A connection between Siro and a CRM or another system',
	defaultOperation: operations.getAll.value,
	operations: Object.values(operations),
};
