import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const team: Resource = {
	value: 'team',
	name: 'Team',
	description: 'A team of Siro users, with its coaches and members',
	defaultOperation: operations.getAll.value,
	operations: Object.values(operations),
};
