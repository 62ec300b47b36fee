import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

/** What Siro's AI may still be working on when a recording is processed and linked. */
export type Milestone = 'evaluationScore' | 'extractions' | 'summary';

interface MilestoneDescription extends INodePropertyOptions {
	value: Milestone;
	/** What a list is asked for, so that it shows whether this is done, or has only what is. */
	query: Record<string, 'true'>;
	/** Siro's flags are optional in its OpenAPI document; where one is absent, the filter has decided. */
	isDone: (recording: IDataObject) => boolean;
}

/** Source: external-api.openapi.json, GET /v1/core/recordings. */
export const MILESTONES: MilestoneDescription[] = [
	{
		name: 'Evaluation Score',
		value: 'evaluationScore',
		description: 'The score that the recording reached on its scorecard',
		query: { showEvaluationScore: 'true' },
		isDone: ({ evaluationScore }) => typeof evaluationScore === 'number',
	},
	{
		name: 'Extractions',
		value: 'extractions',
		description: 'The values that Siro finds in the conversation',
		query: { isEntityExtractionDone: 'true' },
		isDone: ({ isEntityExtractionDone }) => isEntityExtractionDone !== false,
	},
	{
		name: 'Summary',
		value: 'summary',
		description: 'What Siro’s AI writes',
		query: { isSummaryDone: 'true' },
		isDone: ({ isSummaryDone }) => isSummaryDone !== false,
	},
];

/** The milestones that are waited for, in the order of the menu. */
export function selectMilestones(waitFor: Milestone[]): MilestoneDescription[] {
	return MILESTONES.filter(({ value }) => waitFor.includes(value));
}
