import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const mobileEvent: Resource = {
	value: 'mobileEvent',
	name: 'Mobile Event',
	description: 'Something that happened in Siro’s mobile app, such as the start of a recording',
	defaultOperation: operations.getAll.value,
	operations: Object.values(operations),
};
