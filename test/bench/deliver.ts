/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the bench runs in Node, never inside n8n */
import { setTimeout as sleep } from 'node:timers/promises';

import { post, sign } from '../support/deliveries';
import type { ExecutionSummary } from '../support/n8n/executions';
import type { Workflow } from '../support/n8n/workflows';
import type { Sample } from './bench-case';
import { cpuTime } from './n8n-usage';
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
	const { client, n8n, siro, signingSecret } = stage;
	const before = new Set((await client.executions.list({ workflowId: workflow.id })).map(idOf));
	const deliveries = payloads.map((payload) => {
		const body = JSON.stringify(payload);
		return { body, headers: sign(body, signingSecret) };
	});
	const cpuBefore = await cpuTime(n8n);
	const busyBefore = performance.eventLoopUtilization();
	const started = performance.now();

	let next = 0;
	const send = async () => {
		while (next < deliveries.length) {
			const { body, headers } = deliveries[next++];
			let answer = await post(url, body, headers);
			// As Svix would: each run has a new token, and the trigger may still have the one before.
			if (answer.status === 503) answer = await post(url, body, headers);
			if (answer.status !== 200) {
				throw new Error(`A delivery was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
			}
		}
	};
	await Promise.all(Array.from({ length: SENDERS }, send));
	while ((await client.executions.count({ workflowId: workflow.id, status: UNFINISHED })) > 0) {
		await sleep(POLL_MS);
	}

	const seconds = (performance.now() - started) / 1000;
	const cpu = (await cpuTime(n8n)) - cpuBefore;
	stage.warnIfBusy(performance.eventLoopUtilization(busyBefore).utilization);
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

const UNFINISHED: Array<ExecutionSummary['status']> = ['new', 'running', 'waiting'];

function idOf({ id }: ExecutionSummary): string {
	return id;
}
