import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { alphabetical } from '../values/alphabetical';

const CRM_DETAILS: INodePropertyOptions[] = [
	{
		name: 'CRM Customer',
		value: 'crmCustomers',
		description:
			'The full customer record. Needs Source "User" under Options, and Simplify switched off; otherwise you get the same as with CRM Links.',
	},
	{
		name: 'CRM Opportunities',
		value: 'crmOpportunities',
		description:
			'The full deal records. Needs Source "User" under Options, and Simplify switched off; otherwise you get the same as with CRM Links.',
	},
];

const BLOCKS: INodePropertyOptions[] = [
	{
		name: 'CRM Links',
		value: 'crm',
		description: 'The IDs of the CRM records that the recording is linked to',
	},
	{
		name: 'Evaluation Score',
		value: 'evaluationScore',
		description: 'The score that the recording reached on its scorecard',
	},
	{
		name: 'Extractions',
		value: 'extractions',
		description: 'Values that Siro found in the conversation',
	},
	{
		name: 'Follow-Ups',
		value: 'followups',
		description: 'What Siro suggests to do next. Get Many returns only their IDs and scores.',
	},
	{
		name: 'Rep',
		value: 'rep',
		description: 'The rep’s name, email address and ID in your CRM',
	},
	{ name: 'Summary', value: 'summary', description: 'What Siro’s AI wrote' },
];

const INCLUDE: INodeProperties = {
	displayName: 'Include',
	name: 'include',
	type: 'multiOptions',
	options: BLOCKS,
	default: ['crm', 'summary', 'extractions'],
	description: 'What to get with the recording. The more you choose, the slower Siro answers.',
};

/** For an operation that has the option `SOURCE`. */
export const INCLUDE_FROM_SOURCE: INodeProperties = {
	...INCLUDE,
	options: alphabetical([...BLOCKS, ...CRM_DETAILS]),
};

const OF_USER_LIST = ['crm', 'evaluationScore', 'followups', 'rep'];

/** For a list whose parameter "Source" says where it comes from: the user's list has less to show. */
export const INCLUDE_IN_LIST: INodeProperties[] = [
	{ ...INCLUDE, displayOptions: { show: { source: ['organization'] } } },
	{
		...INCLUDE,
		displayOptions: { show: { source: ['user'] } },
		options: BLOCKS.filter(({ value }) => OF_USER_LIST.includes(String(value))),
		default: ['crm'],
		description: 'What to get with each recording. This list has no summaries or extracted values.',
	},
];
