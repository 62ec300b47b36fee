import { sleep, type IWebhookFunctions, type IWebhookResponseData } from 'n8n-workflow';

import type { Delivery } from './emittedRecordings';
import { mustGiveWay } from './rightOfWay';
import { hasSeveralProcesses, putOff, recall, save, type TriggerMemory } from './triggerMemory';

const POLL_MS = 10;
/** Svix gives up after 15 seconds. */
const LONGEST_WAIT_MS = 13_000;
/** Who waited longer has not enough time left for `start`, which may take 10 seconds. */
const LONGEST_WAIT_BEFORE_START_MS = 4_000;
/** After that long we no longer believe that n8n will store the execution. */
const LONGEST_STORING_MS = 60_000;

/**
 * Starts the workflow for a delivery, unless it was started for the same recording before.
 *
 * A recording is remembered when n8n has stored its execution, and not earlier. When `start`
 * fails, when n8n cannot store the execution or is killed before it has, nothing holds back what
 * comes next, be it Svix's redelivery of that message or the other event's message. A delivery that
 * comes while an execution for its recording is on its way waits for the outcome. So "repeated"
 * always speaks of an execution that is stored, never of one that is hoped for.
 *
 * This guarantees: at least once, always. Exactly once, as long as the n8n process that receives the
 * webhooks is not killed in the moment between storing an execution and saving this memory,
 * which is what n8n does next, before it answers. Several processes that receive webhooks learn from one
 * another what they have saved, but late; `rightOfWay.ts` says how the two events of a recording keep
 * out of each other's way meanwhile.
 *
 * Gives "busy" when nothing can be decided before Svix gives up, and "putOff" when the other event's
 * message is to start the workflow; Svix delivers again then.
 */
export async function onceOnly(
	context: IWebhookFunctions,
	delivery: Delivery,
	start: () => Promise<IWebhookResponseData>,
): Promise<IWebhookResponseData | 'repeated' | 'busy' | 'putOff'> {
	const memory = recall(context);
	const { emitted, underway } = memory;
	const { recordingId } = delivery;

	const arrival = Date.now();
	const hasWaited = (milliseconds: number) => Date.now() - arrival > milliseconds;
	while (underway.has(recordingId) && !emitted.has(delivery) && !hasWaited(LONGEST_WAIT_MS)) {
		await sleep(POLL_MS);
	}
	// Nothing is awaited from here until the recording is under way: no other delivery can intervene.
	if (emitted.has(delivery)) {
		if (emitted.addRepetition(delivery)) save(context, memory);
		return 'repeated';
	}
	if (underway.has(recordingId) || hasWaited(LONGEST_WAIT_BEFORE_START_MS)) return 'busy';
	if (hasSeveralProcesses(context) && mustGiveWay(memory, delivery)) {
		putOff(context, memory, delivery);
		return 'putOff';
	}
	underway.add(recordingId);

	let isStarting = false;
	try {
		const result = await start();
		isStarting = result.workflowData !== undefined;
		return isStarting ? rememberOnceStored(context, memory, delivery, result) : result;
	} finally {
		if (!isStarting) underway.delete(recordingId);
	}
}

/**
 * Follows what n8n does with the result of `webhook()`: it stores the execution, reads the answer,
 * saves static data if they are marked as changed, and answers. If it cannot store the execution,
 * it answers an error and saves nothing.
 *
 * While it stores the execution, n8n 2.40 and 2.41 take that mark off again
 * (`WorkflowRunner.establishContextForPersistence` makes a second `Workflow` of the same data), so
 * that whatever was set before is lost. Therefore the memory is set when n8n reads the answer, which is
 * between storing and saving; and, in case another version reads it earlier, again and again until n8n
 * has answered.
 */
function rememberOnceStored(
	context: IWebhookFunctions,
	memory: TriggerMemory,
	delivery: Delivery,
	result: IWebhookResponseData,
): IWebhookResponseData {
	const { emitted, underway } = memory;
	const response = context.getResponseObject();

	const follow = async () => {
		const deadline = Date.now() + LONGEST_STORING_MS;
		try {
			while (!response.writableEnded && Date.now() < deadline) {
				save(context, memory, delivery);
				await sleep(POLL_MS);
			}
			if (response.writableEnded && response.statusCode < 300) emitted.add(delivery);
		} finally {
			underway.delete(delivery.recordingId);
		}
	};
	void follow();

	return {
		...result,
		get webhookResponse() {
			save(context, memory, delivery);
			return result.webhookResponse;
		},
	};
}
