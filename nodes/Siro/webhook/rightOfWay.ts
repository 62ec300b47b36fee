import type { IWebhookFunctions } from 'n8n-workflow';

import { EVENTS } from './delivery';
import { subjectOf, type Delivery } from './emittedRecordings';
import { hasSeveralProcesses, recall, save, type TriggerMemory } from './triggerMemory';

/** The third delivery, some five minutes after the first. */
const TIMES_GIVING_WAY = 2;

/** By then, 17 hours after the first delivery, the message that has the right of way has failed. */
const TIMES_LEAVING_IT_TO_THE_OTHER = 6;

/** Of the two events, the one whose message is put off while the other one's may be on its way. */
export function givesWay(eventType: string, selectedEvents: string[]): boolean {
	return eventType === EVENTS.processed && selectedEvents.includes(EVENTS.linked);
}

/**
 * Whether a message has to be put off, so that Svix delivers it again, because another process may be
 * starting the workflow for the other event of the same recording at this moment. No process can ask
 * another one, and n8n reads its memory from the database only when a delivery comes. So the two
 * messages take turns that lie far enough apart for the one to see what the other has done:
 *
 * - "linked" starts the workflow at once.
 * - "processed" is put off twice, for 5 seconds and for 5 minutes, and starts it at its third delivery
 *   if nothing has started it by then. It does so at once if "linked" came before, and was not ready.
 * - When the third delivery of "processed" is to be expected, "linked" leaves it to that one.
 */
export function mustGiveWay({ held }: TriggerMemory, delivery: Delivery): boolean {
	const { messageId } = delivery;
	const subject = subjectOf(delivery);
	const times = held.timesOf(messageId);
	if (delivery.givesWay)
		return times < TIMES_GIVING_WAY && !held.hasPassedOver(delivery.recordingId);
	return (
		times < TIMES_LEAVING_IT_TO_THE_OTHER &&
		held.timesOfOthers(messageId, subject) >= TIMES_GIVING_WAY
	);
}

/** Remembers that the message which would have the right of way is none that starts the workflow. */
export function passOver(context: IWebhookFunctions, delivery: Delivery): void {
	if (delivery.givesWay || context.getMode() === 'manual' || !hasSeveralProcesses(context)) return;
	const memory = recall(context);
	memory.held.passOver(delivery.messageId, delivery.recordingId);
	save(context, memory);
}
