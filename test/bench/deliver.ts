/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the bench runs in Node, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';

import { mapConcurrently } from '../../nodes/Siro/values/mapConcurrently';
import { post, sign } from '../n8n/deliveries';
import { UNFINISHED, type ExecutionSummary } from '../n8n/executions';
import type { Workflow } from '../n8n/workflows';
import type { Sample } from './bench-case';
import type { Stage } from './stage';

const SENDERS = 8;
const POLL_MS = 50;
const TOKEN_REFUSED = 401;

export interface Delivered {
	sample: Sample;
	/** The executions that came of it. */
	executions: ExecutionSummary[];
}

/**
 * Sends signed deliveries, eight at a time, as fast as they are answered, and waits until n8n has
 * done all the work that they make: n8n answers before the workflow has run.
 */
export async function deliverAll(
	stage: Stage,
	workflow: Workflow,
	url: string,
	payloads: object[],
): Promise<Delivered> {
	const { client, siro, signingSecret } = stage;
	const before = new Set((await client.executions.list({ workflowId: workflow.id })).map(idOf));
	const deliveries = payloads.map((payload) => {
		const body = JSON.stringify(payload);
		return { body, headers: sign(body, signingSecret) };
	});
	const unfinished = { workflowId: workflow.id, status: UNFINISHED };

	const { result: seconds, cpu } = await stage.measureCpu(async () => {
		const started = performance.now();
		await mapConcurrently(deliveries, SENDERS, async ({ body, headers }) => {
			let answer = await post(url, body, headers);
			// As Svix would: each run has a new token, and the trigger may still have the one before.
			if (answer.status === 503) answer = await post(url, body, headers);
			if (answer.status !== 200) {
				throw new Error(`A delivery was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
			}
		});
		while ((await client.executions.count(unfinished)) > 0) await sleep(POLL_MS);
		return (performance.now() - started) / 1000;
	});

	const all = await client.executions.list({ workflowId: workflow.id });
	return {
		sample: {
			value: payloads.length / seconds,
			requests: siro.requests.filter(({ status }) => status !== TOKEN_REFUSED).length,
			cpu: cpu / payloads.length,
		},
		executions: all.filter((execution) => !before.has(idOf(execution))),
	};
}

function idOf({ id }: ExecutionSummary): string {
	return id;
}
