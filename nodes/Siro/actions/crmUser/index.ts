import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const crmUser: Resource = {
	value: 'crmUser',
	name: 'CRM User',
	description: 'A rep as listed in your CRM (as opposed to a Siro user)',
	defaultOperation: operations.getAll.value,
	operations: Object.values(operations),
};
