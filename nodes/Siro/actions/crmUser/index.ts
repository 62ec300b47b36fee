import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const crmUser: Resource = {
	value: 'crmUser',
	name: 'CRM User',
	description: 'A rep as your CRM knows them, as opposed to a user of Siro',
	defaultOperation: operations.getAll.value,
	operations: Object.values(operations),
};
