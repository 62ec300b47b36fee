import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const multimediaEvent: Resource = {
	value: 'multimediaEvent',
	name: 'Multimedia Event',
	description: 'A call or meeting that another system recorded',
	defaultOperation: operations.sync.value,
	operations: Object.values(operations),
};
