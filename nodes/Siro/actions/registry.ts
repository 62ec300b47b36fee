import * as account from './account';
import * as connection from './connection';
import * as crmUser from './crmUser';
import * as engagement from './engagement';
import * as extraction from './extraction';
import * as followup from './followup';
import * as oauthApp from './oauthApp';
import * as mobileEvent from './mobileEvent';
import type { Resource } from '../runner/operation';
import * as opportunity from './opportunity';
import * as recording from './recording';
import * as scorecard from './scorecard';
import * as summary from './summary';
import * as user from './user';

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
		value: 'account',
		name: 'Account',
		description: 'A customer from your CRM, with addresses and contact details',
		defaultOperation: account.getAll.value,
		operations: Object.values(account),
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
	{
		value: 'followup',
		name: 'Follow-Up',
		description: 'What Siro’s AI suggests to do next after a conversation',
		defaultOperation: followup.getAll.value,
		operations: Object.values(followup),
	},
	{
		value: 'scorecard',
		name: 'Scorecard',
		description: 'How reps and teams do in the metrics of a scorecard',
		defaultOperation: 'getMetricValues',
		operations: Object.values(scorecard),
	},
	{
		value: 'user',
		name: 'User',
		description: 'Someone who can sign in to Siro',
		defaultOperation: user.getAll.value,
		operations: Object.values(user),
	},
	{
		value: 'oauthApp',
		name: 'OAuth App',
		description: 'What lets a Siro credential act as a user',
		defaultOperation: 'create',
		operations: Object.values(oauthApp),
	},
	{
		value: 'crmUser',
		name: 'CRM User',
		description: 'A rep as your CRM knows them, as opposed to a user of Siro',
		defaultOperation: crmUser.getAll.value,
		operations: Object.values(crmUser),
	},
	{
		value: 'connection',
		name: 'CRM Connection',
		description: 'A connection between Siro and a CRM or another system',
		defaultOperation: connection.getAll.value,
		operations: Object.values(connection),
	},
	{
		value: 'mobileEvent',
		name: 'Mobile Event',
		description: 'Something that happened in Siro’s mobile app, such as the start of a recording',
		defaultOperation: mobileEvent.getAll.value,
		operations: Object.values(mobileEvent),
	},
];
