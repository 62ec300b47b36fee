import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const scorecard: Resource = {
	value: 'scorecard',
	name: 'Scorecard',
	description: 'How reps and teams score on your scorecards',
	defaultOperation: operations.getMetricValues.value,
	operations: Object.values(operations),
};
