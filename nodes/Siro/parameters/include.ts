import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { Surface } from '../api/surfaces';
import { alphabetical } from '../values/alphabetical';

/**
 * The query flags of each block; the two APIs differ in what they tell of the CRM records.
 *
 * Sources: external-api.openapi.json, GET /v1/core/recordings;
 * platform-api.openapi.json, GET /v1/core/recordings/{id}.
 */
const COMMON_FLAGS = {
	summary: ['showSummary'],
	extractions: ['showEntityExtractions'],
	evaluationScore: ['showEvaluationScore'],
	followups: ['showFollowups'],
};
const FLAGS = {
	external: {
		...COMMON_FLAGS,
		crm: ['showCrmLinks'],
		crmCustomers: ['showCrmLinks'],
		crmOpportunities: ['showCrmLinks'],
	},
	platform: {
		...COMMON_FLAGS,
		crm: ['showCrmCustomers', 'showCrmOpportunities'],
		crmCustomers: ['showCrmCustomers'],
		crmOpportunities: ['showCrmOpportunities'],
	},
};

/** What can be fetched together with a recording. */
export type Included = keyof (typeof FLAGS)[Surface];

const CRM_DETAILS: INodePropertyOptions[] = [
	{
		name: 'CRM Customer',
		value: 'crmCustomers',
		description:
			'The customer in full, from the source User. From the source Organization the same as CRM Links.',
	},
	{
		name: 'CRM Opportunities',
		value: 'crmOpportunities',
		description:
			'The deals in full, from the source User. From the source Organization the same as CRM Links.',
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

/** The query flags that ask Siro for the included blocks. */
export function toShowFlags(
	include: Included[],
	surface: Surface = 'external',
): Record<string, 'true'> {
	// An expression may give any text.
	const known = include.filter((block) => Object.hasOwn(FLAGS[surface], block));
	const flags = known.flatMap((block) => FLAGS[surface][block]);
	return Object.fromEntries(flags.map((flag) => [flag, 'true' as const]));
}
