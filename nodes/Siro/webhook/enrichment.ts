import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { SiroConnection } from '../api/client';
import { path } from '../api/path';
import { readCrmLinks } from '../crm/crmLinks';
import { toCrmUpdates } from '../crm/crmUpdates';
import { readExtractions } from '../crm/extractions';
import { toSimpleRecording } from '../crm/simpleRecording';
import { toRecordingSummary } from '../crm/summary';
import type { RecordingEvent } from './delivery';

/** What the trigger can put beside the payload. */
export type Enrichment = 'recording' | 'summary' | 'extractions' | 'crmUpdates';

/** Svix gives up on an answer after 15 seconds; this leaves time to store the execution. */
const TOTAL_TIME_MS = 10_000;
const TIMEOUT_MS = 8_000;

/**
 * Fetches, in one request, what the user wants beside the payload, in the shapes that the action
 * node's operations give. Throws within 10 seconds when Siro does not deliver it whole.
 *
 * Source: external-api.openapi.json, GET /v1/core/recordings/{id}.
 */
export async function enrich(
	context: IWebhookFunctions,
	event: RecordingEvent,
	include: Enrichment[],
): Promise<IDataObject> {
	if (include.length === 0) return {};
	const { recordingId } = event;
	const siro = await SiroConnection.open(context, {
		timeout: TIMEOUT_MS,
		totalTime: TOTAL_TIME_MS,
	});
	const { summary, entityExtractions, ...recording } = await siro
		.client({ action: 'Get the recording of a delivery' })
		.record({
			path: path`/v1/core/recordings/${recordingId}`,
			query: toShowFlags(include),
			subject: { kind: 'recording', id: recordingId },
		});

	const extractions = readExtractions(entityExtractions);
	const enrichment: Record<Enrichment, () => IDataObject | IDataObject[]> = {
		recording: () => toSimpleRecording(recording),
		summary: () => ({ ...toRecordingSummary(recordingId, summary) }),
		extractions: () => extractions.map((extraction) => ({ recordingId, ...extraction })),
		crmUpdates: () =>
			toCrmUpdates(extractions, readCrmLinks(recording.crm) ?? readCrmLinks(event.crm)).map(
				(update) => ({ ...update }),
			),
	};
	return Object.fromEntries(include.map((block) => [block, enrichment[block]()]));
}

function toShowFlags(include: Enrichment[]): Record<string, 'true' | undefined> {
	const flag = (...blocks: Enrichment[]) =>
		blocks.some((block) => include.includes(block)) ? 'true' : undefined;
	return {
		showCrmLinks: flag('recording', 'crmUpdates'),
		showSummary: flag('summary'),
		showEntityExtractions: flag('extractions', 'crmUpdates'),
	};
}
