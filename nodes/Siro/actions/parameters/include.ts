import type { INodeProperties } from 'n8n-workflow';

/** What can be fetched together with a recording. */
export type Included = 'crm' | 'summary' | 'extractions' | 'evaluationScore' | 'followups';

/** Source: external-api.openapi.json, GET /v1/core/recordings, the `show…` flags. */
const FLAGS: Record<Included, string> = {
	crm: 'showCrmLinks',
	summary: 'showSummary',
	extractions: 'showEntityExtractions',
	evaluationScore: 'showEvaluationScore',
	followups: 'showFollowups',
};

export const INCLUDE: INodeProperties = {
	displayName: 'Include',
	name: 'include',
	type: 'multiOptions',
	options: [
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
	],
	default: ['crm', 'summary', 'extractions'],
	description: 'What to fetch together with the recording. The more, the slower Siro answers.',
};

/** The query flags that ask Siro for the included blocks. */
export function toShowFlags(include: Included[]): Record<string, 'true'> {
	return Object.fromEntries(include.map((block) => [FLAGS[block], 'true' as const]));
}
