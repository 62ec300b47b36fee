import {
	UserError,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import type { Detail } from '../recordings/details';
import { messageOf } from '../values/text';
import { decide, type RecordingEvent } from './delivery';
import { describeLinks } from './describeLinks';
import type { Delivery } from './emittedRecordings';
import { fetchDetails } from './fetchDetails';
import { onceOnly } from './onceOnly';
import { acceptedCredential, forgetCredential } from './rememberedCredential';
import { givesWay, passOver } from './rightOfWay';
import { readDeduplication, readEvents, readInclude, readListFormat } from './settings';
import { isGenuine, readSigningSecrets } from './signature';
import { putOff, recall } from './triggerMemory';

/** The third delivery, some five minutes after the first, starts the workflow with what there is. */
const MOST_TIMES_NOT_READY = 2;

/**
 * Receives one delivery of Siro and answers it, whatever it is:
 * 200 and an execution for a recording that is ready, 200 with the reason for one that is not,
 * 200 without one for a recording that has started the workflow already,
 * 401 for what Siro did not sign, 400 for what is not a Siro event, 503 when Siro cannot be asked
 * for what should be included, or has not finished it (Svix then delivers again).
 */
export async function receive(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const rawBody = await readRawBody(context);
	if (rawBody === undefined) return refuse(context);
	const credential = await acceptedCredential(context, (candidate) =>
		isFromSiro(context, candidate, rawBody),
	);
	if (credential === undefined) return refuse(context);
	return await handle(context, credential, rawBody).catch((error) => postpone(context, error));
}

/** For a parameter whose value cannot be meant: it may be put right before Svix gives up. */
function postpone(context: IWebhookFunctions, error: unknown): IWebhookResponseData {
	if (!(error instanceof UserError)) throw error;
	warn(context, `could not handle a delivery: ${error.message}`);
	return askAgain(context, error.message);
}

async function handle(
	context: IWebhookFunctions,
	credential: ICredentialDataDecryptedObject,
	rawBody: Buffer,
): Promise<IWebhookResponseData> {
	const selectedEvents = readEvents(context);
	const decision = decide(rawBody, selectedEvents);
	switch (decision.kind) {
		case 'malformed':
			return answer(context, 400, { error: decision.fault });
		case 'ignored':
			return ignore(context, decision.reason);
		case 'early':
			passOver(context, toDelivery(context, decision.event, selectedEvents));
			return ignore(context, decision.reason);
		case 'ready': {
			const delivery = toDelivery(context, decision.event, selectedEvents);
			return await startOnce(context, credential, decision.event, delivery);
		}
	}
}

/**
 * The body as it was sent. n8n has read it already if it is declared to be JSON or text; whatever else
 * a proxy calls it, it is read here. What breaks off or is too large is nothing that Siro signed.
 */
async function readRawBody(context: IWebhookFunctions): Promise<Buffer | undefined> {
	const request = context.getRequestObject();
	try {
		await request.readRawBody();
		return Buffer.isBuffer(request.rawBody) ? request.rawBody : undefined;
	} catch {
		return undefined;
	}
}

/** Without a signing secret, nothing can be trusted: the trigger fails closed. */
function isFromSiro(
	context: IWebhookFunctions,
	{ webhookSigningSecret }: ICredentialDataDecryptedObject,
	rawBody: Buffer,
): boolean {
	try {
		const secrets = readSigningSecrets(String(webhookSigningSecret ?? ''));
		return isGenuine(rawBody, context.getHeaderData() as IDataObject, secrets);
	} catch (error) {
		context.logger.error(
			`A delivery to "${context.getNode().name}" was refused: ${messageOf(error)}`,
		);
		return false;
	}
}

function toDelivery(
	context: IWebhookFunctions,
	{ recordingId, eventType }: RecordingEvent,
	selectedEvents: string[],
): Delivery {
	const messageId = String(context.getHeaderData()['svix-id'] ?? '');
	return { recordingId, messageId, givesWay: givesWay(eventType, selectedEvents) };
}

/** Starts the workflow unless the recording has done so already. The test URL has no memory. */
async function startOnce(
	context: IWebhookFunctions,
	credential: ICredentialDataDecryptedObject,
	event: RecordingEvent,
	given: Delivery,
): Promise<IWebhookResponseData> {
	const deduplicate = readDeduplication(context);
	const links = deduplicate === 'recordingAndCrm' ? describeLinks(event.crm) : undefined;
	const delivery = { ...given, links };
	const startNow = async () => await start(context, credential, event, delivery);
	if (deduplicate === 'off' || context.getMode() === 'manual') return await startNow();
	const result = await onceOnly(context, delivery, startNow);
	switch (result) {
		case 'repeated':
			return ignore(context, 'This recording has already started the workflow');
		case 'busy':
			return askAgain(context, 'n8n is already working on this recording');
		case 'putOff':
			return askAgain(context, 'n8n is waiting for the other event of this recording');
		default:
			return result;
	}
}

/** Starts the workflow with what is included, unless that cannot be had, or is worth waiting for. */
async function start(
	context: IWebhookFunctions,
	credential: ICredentialDataDecryptedObject,
	event: RecordingEvent,
	delivery: Delivery,
): Promise<IWebhookResponseData> {
	const include = readInclude(context);
	const isTest = context.getMode() === 'manual';
	try {
		const details = await fetchDetails(context, credential, event, {
			include,
			listFormat: readListFormat(context),
		});
		if (typeof details === 'string') {
			if (isTest) return startWith(event, {}, include);
			warn(context, `did not start the workflow with recording ${event.recordingId}: ${details}`);
			return ignore(context, details);
		}
		const { json, notReady } = details;
		if (notReady.length > 0 && !isTest && mayWait(context, delivery)) {
			return askAgain(context, `Siro has not finished this yet: ${notReady.join(', ')}`);
		}
		return startWith(event, json, notReady);
	} catch (error) {
		forgetCredential(context);
		const reason = messageOf(error);
		warn(context, `asked Siro to deliver recording ${event.recordingId} again later: ${reason}`);
		return askAgain(context, reason);
	}
}

/** Whether a message that is not ready is put off. */
function mayWait(context: IWebhookFunctions, delivery: Delivery): boolean {
	const memory = recall(context);
	if (memory.held.timesOf(delivery.messageId) >= MOST_TIMES_NOT_READY) return false;
	putOff(context, memory, delivery);
	return true;
}

function startWith(
	event: RecordingEvent,
	details: IDataObject,
	notReady: Detail[],
): IWebhookResponseData {
	const json = { ...event, ...details, ...(notReady.length > 0 ? { notReady } : {}) };
	return {
		workflowData: [[{ json }]],
		webhookResponse: { started: true, recordingId: event.recordingId },
	};
}

function ignore(context: IWebhookFunctions, reason: string): IWebhookResponseData {
	return answer(context, 200, { ignored: true, reason });
}

/** Svix then delivers the message again: after 5 seconds, 5 minutes, 30 minutes and so on. */
function askAgain(context: IWebhookFunctions, reason: string): IWebhookResponseData {
	return answer(context, 503, { error: `${reason}. Please deliver this message again.` });
}

/** One answer for whatever Siro did not sign, so that it tells an attacker nothing. */
function refuse(context: IWebhookFunctions): IWebhookResponseData {
	// Anybody can cause such a line, so it is not for the log of every day.
	log(context, 'debug', 'refused a delivery: its signature is missing or not valid');
	return answer(context, 401, { error: 'The signature is missing or not valid' });
}

/** Answers the request itself, and starts nothing. */
function answer(
	context: IWebhookFunctions,
	status: number,
	body: IDataObject,
): IWebhookResponseData {
	context.getResponseObject().status(status).json(body);
	return { noWebhookResponse: true };
}

function warn(context: IWebhookFunctions, what: string): void {
	log(context, 'warn', what);
}

function log(context: IWebhookFunctions, level: 'debug' | 'warn', what: string): void {
	context.logger[level](`"${context.getNode().name}" ${what}`);
}
