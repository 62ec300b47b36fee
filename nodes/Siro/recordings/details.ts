import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';

import { readCrmLinks } from './crmLinks';
import { toCrmUpdates } from './crmUpdates';
import { readExtractions } from './extractions';
import { toSimpleRecording } from './simpleRecording';
import { toRecordingSummary } from './summary';

/** What both triggers can put beside the fields that tell of a recording. */
export type Enrichment = 'recording' | 'summary' | 'extractions' | 'crmUpdates';

export const ENRICHMENTS: Array<INodePropertyOptions & { value: Enrichment }> = [
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

/**
 * The query flags with which Siro gives a recording all that is included.
 * Source: external-api.openapi.json, GET /v1/core/recordings/{id}.
 */
export function toEnrichmentFlags(include: Enrichment[]): Record<string, 'true' | undefined> {
	const flag = (...blocks: Enrichment[]) =>
		blocks.some((block) => include.includes(block)) ? 'true' : undefined;
	return {
		showCrmLinks: flag('recording', 'crmUpdates'),
		showSummary: flag('summary'),
		showEntityExtractions: flag('extractions', 'crmUpdates'),
	};
}

/**
 * What is included, taken from a recording that was fetched with the flags for it, in the shapes
 * that the action node's operations give. `crm` stands in while the recording itself has no links.
 */
export function toEnrichment(
	recordingId: string,
	{ summary, entityExtractions, ...recording }: IDataObject,
	include: Enrichment[],
	crm?: unknown,
): IDataObject {
	const extractions = readExtractions(entityExtractions);
	const enrichment: Record<Enrichment, () => IDataObject | IDataObject[]> = {
		recording: () => toSimpleRecording(recording),
		summary: () => ({ ...toRecordingSummary(recordingId, summary) }),
		extractions: () => extractions.map((extraction) => ({ recordingId, ...extraction })),
		crmUpdates: () =>
			toCrmUpdates(extractions, readCrmLinks(recording.crm) ?? readCrmLinks(crm)).map((update) => ({
				...update,
			})),
	};
	return Object.fromEntries(include.map((block) => [block, enrichment[block]()]));
}
