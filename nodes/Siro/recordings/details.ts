import type { IDataObject, INodePropertyOptions, IParameterBuilderHint } from 'n8n-workflow';

import { isBlank, isRecord } from '../values/values';
import { readCrmLinks } from './crmLinks';
import { toCrmUpdates } from './crmUpdates';
import { readExtractions } from './extractions';
import type { Block } from './fetch';
import { selectMilestones, type Milestone } from './milestones';
import { toSimpleRecording } from './simpleRecording';
import { toRecordingSummary } from './summary';

/** What both triggers can put beside the fields that tell of a recording. */
export type Detail = 'recording' | 'summary' | 'extractions' | 'crmUpdates';

export const DETAILS: Array<INodePropertyOptions & { value: Detail }> = [
	{
		name: 'CRM Updates',
		value: 'crmUpdates',
		description: 'For each linked CRM record, the fields to write and their extracted values',
	},
	{
		name: 'Extractions',
		value: 'extractions',
		description: 'Each extracted value with the CRM fields it belongs in',
	},
	{
		name: 'Recording',
		value: 'recording',
		description: 'Title, length, result, links and the IDs of the CRM records',
	},
	{
		name: 'Summary',
		value: 'summary',
		description: 'What Siro’s AI wrote, as one text and by section',
	},
];

/** For the AI that builds workflows. */
export const SPLIT_CRM_UPDATES: IParameterBuilderHint = {
	propertyHint:
		'crmUpdates is a list with one entry per CRM record: split it with the Split Out node, keep the entries whose externalId is not empty, and give externalId and fields to the node of the CRM.',
};

/** The blocks that Siro is asked for, so that all that is included can be given. */
const BLOCKS: Record<Detail, Block[]> = {
	crmUpdates: ['crm', 'extractions'],
	extractions: ['extractions'],
	recording: ['crm'],
	summary: ['summary'],
};

/** What to ask Siro for, given what is included. */
export function toBlocks(include: Detail[]): Block[] {
	return [...new Set(include.flatMap((detail) => BLOCKS[detail] ?? []))];
}

/** What Siro's AI must have done, so that a detail is there. */
const NEEDS: Partial<Record<Detail, Milestone>> = {
	crmUpdates: 'extractions',
	extractions: 'extractions',
	summary: 'summary',
};

/** What is included and will only be there later: Siro says so of no other than that. */
export function findNotReady(recording: IDataObject, include: Detail[]): Detail[] {
	return include.filter((detail) => {
		const milestone = NEEDS[detail];
		return milestone && selectMilestones([milestone]).some(({ isDone }) => !isDone(recording));
	});
}

/**
 * What is included, taken from a recording that was fetched with the flags for it, in the shapes
 * that the action node's operations give. `crm` stands in while the recording itself has no links.
 */
export function toDetails(
	recordingId: string,
	{ summary, entityExtractions, ...fetched }: IDataObject,
	include: Detail[],
	crm?: unknown,
): IDataObject {
	const recording = isBlank(fetched.crm) && isRecord(crm) ? { ...fetched, crm } : fetched;
	const extractions = readExtractions(entityExtractions);
	const details: Record<Detail, () => IDataObject | IDataObject[]> = {
		recording: () => toSimpleRecording(recording),
		summary: () => ({ ...toRecordingSummary(recordingId, summary) }),
		extractions: () => extractions.map((extraction) => ({ recordingId, ...extraction })),
		crmUpdates: () =>
			toCrmUpdates(extractions, readCrmLinks(recording.crm)).map((update) => ({ ...update })),
	};
	return Object.fromEntries(include.map((detail) => [detail, details[detail]()]));
}
