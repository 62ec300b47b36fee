import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../values/values';

/** The events that Siro emits about a recording (webhooks.openapi.json). */
export const EVENTS = {
	linked: 'integrations.recordingLinked',
	processed: 'integrations.recordingProcessed',
} as const;

/** The payload of both events (webhooks.openapi.json, RecordingEventWebhookPayload). */
export interface RecordingEvent extends IDataObject {
	recordingId: string;
	recordingProcessed: boolean;
	recordingLinked: boolean;
	eventType: string;
}

/** What to do with a genuine delivery. */
export type Decision =
	/** Start the workflow. */
	| { kind: 'ready'; event: RecordingEvent }
	/** All is well, but it is not for this workflow. */
	| { kind: 'ignored'; reason: string }
	/** It is for this workflow, but the recording is not ready yet. */
	| { kind: 'early'; event: RecordingEvent; reason: string }
	/** Not what Siro documents; the fault is named. */
	| { kind: 'malformed'; fault: string };

/**
 * Decides what a genuine delivery is good for. A recording is ready only when it is both processed
 * and linked; each delivery tells the state of both, whichever event it is (guide, step 4.2).
 */
export function decide(rawBody: Buffer, selectedEvents: string[]): Decision {
	const payload = parse(rawBody.toString('utf8'));
	if (!isRecord(payload)) return malformed('The body is not a JSON object');
	const { eventType } = payload;
	if (typeof eventType !== 'string') return malformed('"eventType" is not text');
	// Other events have other shapes, so this comes before the shape is looked at.
	if (!selectedEvents.includes(eventType)) {
		return ignored(`The event "${shorten(eventType)}" is not selected in this Siro Trigger`);
	}

	const fault = findFault(payload);
	if (fault !== undefined) return malformed(fault);
	const event = payload as RecordingEvent;
	const reason = whyNotReady(event);
	return reason === undefined ? { kind: 'ready', event } : { kind: 'early', event, reason };
}

function whyNotReady({ recordingProcessed, recordingLinked }: RecordingEvent): string | undefined {
	if (!recordingProcessed && !recordingLinked) {
		return 'The recording is neither processed nor linked yet';
	}
	if (!recordingProcessed) return 'The recording is not processed yet';
	return recordingLinked ? undefined : 'The recording is not linked yet';
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function findFault(payload: IDataObject): string | undefined {
	const { recordingId, siroUserId, recordingProcessed, recordingLinked, crm } = payload;
	if (typeof recordingId !== 'string' || recordingId.trim() === '') {
		return '"recordingId" is not text';
	}
	if (!isAbsent(siroUserId) && typeof siroUserId !== 'string') return '"siroUserId" is not text';
	if (typeof recordingProcessed !== 'boolean') return '"recordingProcessed" is not true or false';
	if (typeof recordingLinked !== 'boolean') return '"recordingLinked" is not true or false';
	if (!isAbsent(crm) && !isRecord(crm)) return '"crm" is not an object';
	return undefined;
}

function isAbsent(value: unknown): boolean {
	return value === undefined || value === null;
}

function malformed(fault: string): Decision {
	return { kind: 'malformed', fault };
}

function ignored(reason: string): Decision {
	return { kind: 'ignored', reason };
}

function shorten(text: string): string {
	return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
