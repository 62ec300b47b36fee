import * as engagement from './engagement';
import * as extraction from './extraction';
import type { Resource } from './operation';
import * as opportunity from './opportunity';
import * as recording from './recording';
import * as summary from './summary';

/**
 * Everything the action node can do. The node's menus, parameters and dispatch are derived from it;
 * an operation is added by its file and one line in the `index.ts` of its resource.
 */
export const RESOURCES: Resource[] = [
	{
		value: 'engagement',
		name: 'Appointment (Engagement)',
		description: 'A visit, meeting or call from your CRM that recordings link themselves to',
		defaultOperation: 'sync',
		operations: Object.values(engagement),
	},
	{
		value: 'opportunity',
		name: 'Opportunity',
		description: 'A deal from your CRM, with its amount and outcome',
		defaultOperation: 'sync',
		operations: Object.values(opportunity),
	},
	{
		value: 'recording',
		name: 'Recording',
		description: 'A recorded sales conversation',
		defaultOperation: 'get',
		operations: Object.values(recording),
	},
	{
		value: 'summary',
		name: 'Summary',
		description: 'What Siro’s AI wrote about a recording',
		defaultOperation: 'get',
		operations: Object.values(summary),
	},
	{
		value: 'extraction',
		name: 'Extraction',
		description: 'Values that Siro’s AI found in a recording, and the CRM fields they belong in',
		defaultOperation: 'getCrmUpdates',
		operations: Object.values(extraction),
	},
];
