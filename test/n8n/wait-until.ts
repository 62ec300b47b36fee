/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';

const ASK_EVERY_MS = 50;

/** Asks again and again until the answer is not `false`, and says what was awaited in vain. */
export async function waitUntil<Answer>(
	awaited: string,
	patienceMs: number,
	ask: () => Promise<Answer | false> | Answer | false,
): Promise<Answer> {
	for (const begin = Date.now(); Date.now() - begin <= patienceMs; await sleep(ASK_EVERY_MS)) {
		const answer = await ask();
		if (answer !== false) return answer;
	}
	throw new Error(`Waited ${patienceMs / 1000} s in vain for ${awaited}`);
}
