import {
	NodeApiError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { SiroClient } from '../api/client';
import { SiroConnection } from '../api/connection';
import type { ListFormat } from '../recordings/crmUpdates';
import { findNotReady, toBlocks, toDetails, type Detail } from '../recordings/details';
import { fetchRecording } from '../recordings/fetch';
import type { RecordingEvent } from './delivery';

/** Svix gives up on an answer after 15 seconds; this leaves time to store the execution. */
const TOTAL_TIME_MS = 10_000;
const TIMEOUT_MS = 8_000;

/** What Siro gives beside the payload of a delivery. */
export interface Details {
	json: IDataObject;
	/** What of it Siro has not finished yet. */
	notReady: Detail[];
}

/**
 * Fetches, in one request, what the user wants beside the payload, in the shapes that the action
 * node's operations give. Throws within 10 seconds when Siro does not deliver it whole; gives the
 * reason, as a text, when Siro does not have the recording.
 */
export async function fetchDetails(
	context: IWebhookFunctions,
	credential: ICredentialDataDecryptedObject,
	{ recordingId, crm }: RecordingEvent,
	{ include, listFormat }: { include: Detail[]; listFormat: ListFormat },
): Promise<Details | string> {
	if (include.length === 0) return { json: {}, notReady: [] };
	const connection = SiroConnection.with(credential, context, {
		timeout: TIMEOUT_MS,
		totalTime: TOTAL_TIME_MS,
		deadline: Date.now() + TOTAL_TIME_MS,
	});
	const siro = new SiroClient(connection, { action: 'Get the recording of a delivery' });
	const recording = await fetchRecording(siro, recordingId, toBlocks(include)).catch(toReason);
	if (typeof recording === 'string') return recording;
	if (recording.deleted === true) return 'This recording was deleted in Siro';
	return {
		json: toDetails(recordingId, recording, include, { crm, listFormat }),
		notReady: findNotReady(recording, include),
	};
}

/** That Siro does not have a recording is no failure. */
function toReason(error: unknown): string {
	if (error instanceof NodeApiError && error.httpCode === '404') return error.message;
	throw error;
}
