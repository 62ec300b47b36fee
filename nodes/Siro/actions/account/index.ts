import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const account: Resource = {
	value: 'account',
	name: 'Account',
	description: 'A customer from your CRM, with addresses and contact details',
	defaultOperation: operations.getAll.value,
	operations: Object.values(operations),
};
