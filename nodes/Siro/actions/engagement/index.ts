import type { Resource } from '../../runner/operation';
import * as operations from './operations';

export const engagement: Resource = {
	value: 'engagement',
	name: 'Appointment (Engagement)',
	description: 'A visit, meeting or call from your CRM that Siro can link recordings to',
	defaultOperation: operations.sync.value,
	operations: Object.values(operations),
};
