/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';

const pollMilliseconds = 50;

/** Asks again and again until there is an answer, and says what was awaited when none comes. */
export async function waitUntil<Answer>(
	awaited: string,
	timeoutMilliseconds: number,
	ask: () => Promise<Answer | undefined>,
): Promise<Answer> {
	const deadline = Date.now() + timeoutMilliseconds;
	for (;;) {
		const answer = await ask();
		if (answer !== undefined) return answer;
		if (Date.now() > deadline) {
			throw new Error(`Waited ${timeoutMilliseconds / 1000} s in vain for ${awaited}`);
		}
		await sleep(pollMilliseconds);
	}
}
