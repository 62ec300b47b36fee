import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { alphabetical } from '../values/alphabetical';

const CRM_DETAILS: INodePropertyOptions[] = [
	{
		name: 'CRM Customer',
		value: 'crmCustomers',
		description:
			'The customer in full, from the source User and not simplified. Otherwise the same as CRM Links.',
	},
	{
		name: 'CRM Opportunities',
		value: 'crmOpportunities',
		description:
			'The deals in full, from the source User and not simplified. Otherwise the same as CRM Links.',
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
		description: 'What Siro suggests to do next. A list has only their IDs and scores.',
	},
	{
		name: 'Rep',
		value: 'rep',
		description: 'The name and email address of who had the conversation, and their ID in your CRM',
	},
	{ name: 'Summary', value: 'summary', description: 'What Siro’s AI wrote' },
];

export const INCLUDE: INodeProperties = {
	displayName: 'Include',
	name: 'include',
	type: 'multiOptions',
	options: BLOCKS,
	default: ['crm', 'summary', 'extractions'],
	description: 'What to fetch together with the recording. The more, the slower Siro answers.',
};

/** For an operation that has the option `SOURCE`. */
export const INCLUDE_FROM_SOURCE: INodeProperties = {
	...INCLUDE,
	options: alphabetical([...BLOCKS, ...CRM_DETAILS]),
};
