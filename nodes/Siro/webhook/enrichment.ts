import type { ICredentialDataDecryptedObject, IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { SiroConnection } from '../api/client';
import { path } from '../api/path';
import { toEnrichment, toEnrichmentFlags, type Enrichment } from '../recordings/details';
import type { RecordingEvent } from './delivery';

export type { Enrichment };

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
	credential: ICredentialDataDecryptedObject,
	event: RecordingEvent,
	include: Enrichment[],
): Promise<IDataObject> {
	if (include.length === 0) return {};
	const { recordingId } = event;
	const siro = SiroConnection.with(credential, context, {
		timeout: TIMEOUT_MS,
		totalTime: TOTAL_TIME_MS,
	});
	const recording = await siro.client({ action: 'Get the recording of a delivery' }).record({
		path: path`/v1/core/recordings/${recordingId}`,
		query: toEnrichmentFlags(include),
		subject: { kind: 'recording', id: recordingId },
	});
	return toEnrichment(recordingId, recording, include, event.crm);
}
