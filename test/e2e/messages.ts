/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';

import { LINKED, newPayload, post, PROCESSED, sign } from '../n8n/deliveries';
import { Random } from '../siro/random';

/** So many deliveries are under way at the same time. */
export const AT_A_TIME = 16;

const REDELIVERY_MS = 100;

/** A message of Siro's: the same ID however often it is delivered. */
export interface Message {
	id: string;
	body: string;
}

export function newMessage(change: object = {}): Message {
	return { id: `msg_${crypto.randomUUID()}`, body: JSON.stringify(newPayload(change)) };
}

/** The two messages that Siro sends about one recording. */
export function newTwins(recordingId: string = crypto.randomUUID()): Message[] {
	return [PROCESSED, LINKED].map((eventType) => newMessage({ recordingId, eventType }));
}

/** Delivers a message once. */
export async function deliver(url: string, secret: string, { id, body }: Message) {
	return await post(url, body, sign(body, secret, { messageId: id }));
}

/** Delivers messages, 16 at a time; what is not answered 200 is delivered again, as Svix does. */
export async function deliverAll(url: string, secret: string, messages: Message[]): Promise<void> {
	const waiting = [...messages];
	const work = async () => {
		for (let message = waiting.shift(); message; message = waiting.shift()) {
			const answer = await deliver(url, secret, message).catch(() => undefined);
			if (answer?.status === 200) continue;
			await sleep(REDELIVERY_MS);
			waiting.push(message);
		}
	};
	await Promise.all(Array.from({ length: AT_A_TIME }, work));
}

/** Mixes a list, into the same order in every run. */
export function shuffle<T>(list: T[], random = new Random(20_261_121)): T[] {
	return list
		.map((element) => ({ element, place: random.next() }))
		.sort((one, other) => one.place - other.place)
		.map(({ element }) => element);
}
