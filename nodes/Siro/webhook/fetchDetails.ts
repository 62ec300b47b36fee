import type { ICredentialDataDecryptedObject, IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { SiroClient } from '../api/client';
import { SiroConnection } from '../api/connection';
import { toBlocks, toDetails, type Detail } from '../recordings/details';
import { fetchRecording } from '../recordings/fetch';
import type { RecordingEvent } from './delivery';

/** Svix gives up on an answer after 15 seconds; this leaves time to store the execution. */
const TOTAL_TIME_MS = 10_000;
const TIMEOUT_MS = 8_000;

/**
 * Fetches, in one request, what the user wants beside the payload, in the shapes that the action
 * node's operations give. Throws within 10 seconds when Siro does not deliver it whole.
 */
export async function fetchDetails(
	context: IWebhookFunctions,
	credential: ICredentialDataDecryptedObject,
	{ recordingId, crm }: RecordingEvent,
	include: Detail[],
): Promise<IDataObject> {
	if (include.length === 0) return {};
	const connection = SiroConnection.with(credential, context, {
		timeout: TIMEOUT_MS,
		totalTime: TOTAL_TIME_MS,
	});
	const siro = new SiroClient(connection, { action: 'Get the recording of a delivery' });
	const recording = await fetchRecording(siro, recordingId, toBlocks(include));
	return toDetails(recordingId, recording, include, crm);
}
