import type { IDataObject } from 'n8n-workflow';

import type { SiroClient } from '../api/client';
import { path } from '../api/path';
import type { Surface } from '../api/surfaces';
import { withRep } from './rep';

/**
 * The query flags of each block; the two APIs differ in what they tell of the CRM records, and the
 * list of the platform API has neither summaries nor extractions.
 *
 * Sources: external-api.openapi.json, GET /v1/core/recordings;
 * platform-api.openapi.json, GET /v1/core/recordings and …/{id}.
 */
const COMMON_FLAGS = {
	summary: ['showSummary'],
	extractions: ['showEntityExtractions'],
	evaluationScore: ['showEvaluationScore'],
	followups: ['showFollowups'],
	// Not Siro's with a recording: it is fetched besides.
	rep: [],
};
const FLAGS: Record<Surface | 'platformList', Partial<Record<Block, string[]>>> = {
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
	platformList: {
		crm: ['showCrmCustomer'],
		evaluationScore: COMMON_FLAGS.evaluationScore,
		followups: COMMON_FLAGS.followups,
	},
};

/** What can be given together with a recording. */
export type Block = keyof typeof COMMON_FLAGS | 'crm' | 'crmCustomers' | 'crmOpportunities';

/** The query flags that ask Siro for the blocks, with a recording or a list of them. */
export function toShowFlags(
	blocks: Block[],
	place: keyof typeof FLAGS = 'external',
): Record<string, 'true'> {
	const flags = blocks.flatMap((block) => FLAGS[place][block] ?? []);
	return Object.fromEntries(flags.map((flag) => [flag, 'true' as const]));
}

/**
 * One recording as Siro has it, with the blocks that are asked for. A `NodeApiError` with the code
 * 404 says that there is none with this ID.
 *
 * Sources: external-api.openapi.json and platform-api.openapi.json, GET /v1/core/recordings/{id}.
 */
export async function fetchRecording(
	siro: SiroClient,
	recordingId: string,
	blocks: Block[],
	surface: Surface = 'external',
): Promise<IDataObject> {
	const recording = await siro.record({
		surface,
		path: path`/v1/core/recordings/${recordingId}`,
		query: toShowFlags(blocks, surface),
		subject: { kind: 'recording', id: recordingId },
	});
	return blocks.includes('rep') ? await withRep(siro, recording) : recording;
}
