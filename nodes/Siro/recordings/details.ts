import type { IDataObject, INodePropertyOptions, IParameterBuilderHint } from 'n8n-workflow';

import { isBlank, isRecord, isRecordList } from '../values/values';
import { readCrmLinks } from './crmLinks';
import { toCrmUpdates, type ListFormat } from './crmUpdates';
import { readExtractions } from './extractions';
import type { Block } from './fetch';
import { selectMilestones, type Milestone } from './milestones';
import { toRecordingNote } from './note';
import { toSimpleRecording } from './simpleRecording';
import { toRecordingSummary } from './summary';

/** What both triggers can put beside the fields that tell of a recording. */
export type Detail =
	| 'crmUpdates'
	| 'evaluationScore'
	| 'extractions'
	| 'followups'
	| 'note'
	| 'recording'
	| 'rep'
	| 'summary';

export const DETAILS: Array<INodePropertyOptions & { value: Detail }> = [
	{
		name: 'CRM Updates',
		value: 'crmUpdates',
		description:
			'For each linked CRM record, its ID in your CRM, and the fields to write with the values that Siro extracted',
	},
	{
		name: 'Evaluation Score',
		value: 'evaluationScore',
		description:
			'The recording’s score on its scorecard. Recordings under 3 minutes often have none.',
	},
	{
		name: 'Extractions',
		value: 'extractions',
		description: 'Each extracted value with the CRM fields it belongs in',
	},
	{
		name: 'Follow-Ups',
		value: 'followups',
		description: 'What Siro suggests to do next, in full',
	},
	{
		name: 'Note',
		value: 'note',
		description:
			'One note with title, summary and extracted values, as text and as HTML, ready for your CRM',
	},
	{
		name: 'Recording',
		value: 'recording',
		description: 'Title, length, result, web link, and the IDs of the linked CRM records',
	},
	{
		name: 'Rep',
		value: 'rep',
		description: 'The rep’s name, email address and ID in your CRM',
	},
	{
		name: 'Summary',
		value: 'summary',
		description: 'The summary that Siro’s AI wrote, as one text and by section',
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
	evaluationScore: ['evaluationScore'],
	extractions: ['extractions'],
	followups: ['followups'],
	note: ['summary', 'extractions'],
	recording: ['crm'],
	rep: ['rep'],
	summary: ['summary'],
};

/** What to ask Siro for, given what is included. */
export function toBlocks(include: Detail[]): Block[] {
	return [...new Set(include.flatMap((detail) => BLOCKS[detail] ?? []))];
}

/** What Siro's AI must have done, so that a detail is there. */
const NEEDS: Partial<Record<Detail, Milestone[]>> = {
	crmUpdates: ['extractions'],
	evaluationScore: ['evaluationScore'],
	extractions: ['extractions'],
	note: ['summary', 'extractions'],
	summary: ['summary'],
};

/**
 * What is included and will only be there later. Siro says so of summaries and extractions; of a score
 * that is not there, it does not say whether there will be one.
 */
export function findNotReady(recording: IDataObject, include: Detail[]): Detail[] {
	return include.filter((detail) =>
		selectMilestones(NEEDS[detail] ?? []).some(({ isDone }) => !isDone(recording)),
	);
}

/**
 * What is included, taken from a recording that was fetched with the blocks for it, in the shapes
 * that the action node's operations give. `crm` stands in while the recording itself has no links;
 * `listFormat` says how values that are lists stand in the CRM updates.
 */
export function toDetails(
	recordingId: string,
	{ summary, entityExtractions, evaluationScore, followups, rep, ...fetched }: IDataObject,
	include: Detail[],
	{ crm, listFormat }: { crm?: unknown; listFormat?: ListFormat } = {},
): IDataObject {
	const recording = isBlank(fetched.crm) && isRecord(crm) ? { ...fetched, crm } : fetched;
	const extractions = readExtractions(entityExtractions);
	const details: Record<Detail, () => IDataObject[string]> = {
		recording: () => toSimpleRecording(recording),
		note: () => ({
			...toRecordingNote(recording.title, toRecordingSummary(recordingId, summary), extractions),
		}),
		rep: () => rep ?? null,
		evaluationScore: () => (typeof evaluationScore === 'number' ? evaluationScore : null),
		followups: () => (isRecordList(followups) ? followups : []),
		summary: () => ({ ...toRecordingSummary(recordingId, summary) }),
		extractions: () => extractions.map((extraction) => ({ recordingId, ...extraction })),
		crmUpdates: () =>
			toCrmUpdates(extractions, readCrmLinks(recording.crm), listFormat).map((update) => ({
				...update,
			})),
	};
	return Object.fromEntries(include.map((detail) => [detail, details[detail]()]));
}
