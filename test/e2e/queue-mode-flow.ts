import type { INode } from 'n8n-workflow';

import { LINKED, PROCESSED, TRIGGER, triggerNode } from '../n8n/deliveries';
import type { Execution, ExecutionSummary } from '../n8n/executions';
import type { QueueModeN8n } from '../n8n/queue-mode';
import { rowOfNodes, siroNode, type NodeSettings } from '../n8n/row-of-nodes';
import { waitUntil } from '../n8n/wait-until';
import type { Workflow } from '../n8n/workflows';
import type { SiroAndN8n } from '../n8n/siro-and-n8n';
import type { Recording, WebhookEvent } from '../siro';
import { AT_A_TIME } from './messages';

/** Siro, and an n8n in queue mode. */
export type QueueModeWorld = SiroAndN8n<QueueModeN8n>;

const SETTLED_MS = 300_000;
const RESCUED_MS = 120_000;

/** The nodes that fetch recordings, and those that a killed worker had begun. */
const FETCH = 'Fetch the Recording';
const FETCH_ALL = 'Fetch All of the Last Hour';

/** An active workflow that begins with a Siro Trigger, and Siro's endpoint for it. */
export class QueueModeFlow {
	private constructor(
		private readonly world: QueueModeWorld,
		readonly workflow: Workflow,
		readonly url: string,
	) {}

	/** Activates a trigger with nodes in a row behind it. */
	static async activateRow(
		world: QueueModeWorld,
		parameters: INode['parameters'],
		...nodes: NodeSettings[]
	): Promise<QueueModeFlow> {
		const trigger = triggerNode(parameters, world.credential);
		const definition = rowOfNodes('Queue mode', trigger, ...nodes);
		return await QueueModeFlow.activate(world, await world.client.workflows.create(definition));
	}

	static async activate(world: QueueModeWorld, workflow: Workflow): Promise<QueueModeFlow> {
		await world.client.workflows.activate(workflow);
		const url = await world.client.workflows.webhookUrl(workflow, TRIGGER);
		world.siro.webhooks.endpoints.length = 0;
		world.siro.webhooks.addEndpoint({ url, secret: world.signingSecret });
		return new QueueModeFlow(world, workflow, url);
	}

	/** Recordings that are processed and linked, and of which Siro has not told anybody yet. */
	addReadyRecordings(count: number): Recording[] {
		return this.world.siro.addRecordings(count, () => ({
			processed: true,
			link: { engagementExternalId: 'appt-1', createMissing: true },
		}));
	}

	/**
	 * Has Siro send these events about each recording. All events of a recording are under way at
	 * the same time, so the load balancer gives them to different webhook processes.
	 */
	async announce(
		recordings: Recording[],
		events: WebhookEvent[] = [LINKED, PROCESSED],
	): Promise<void> {
		const { siro } = this.world;
		const inOneWave = Math.floor(AT_A_TIME / events.length);
		for (let start = 0; start < recordings.length; start += inOneWave) {
			for (const recording of recordings.slice(start, start + inOneWave)) {
				for (const event of events) siro.announce(recording, event);
			}
			await siro.webhooks.idle();
		}
	}

	/** Waits until Siro has nothing left to deliver and every execution has ended. */
	async settle(): Promise<ExecutionSummary[]> {
		const { siro } = this.world;
		return await waitUntil('all deliveries and executions to end', SETTLED_MS, async () => {
			await siro.webhooks.idle();
			const deliveries = siro.webhooks.attempts.length;
			const executions = await this.world.client.executions.list({ workflowId: this.workflow.id });
			const isUnderWay = executions.some(({ status }) => ['new', 'running'].includes(status));
			// A redelivery may have begun, and even ended, after the executions were listed.
			await siro.webhooks.idle();
			const hasMore =
				siro.webhooks.pendingRedeliveries > 0 || siro.webhooks.attempts.length > deliveries;
			return !hasMore && !isUnderWay && executions;
		});
	}

	/** The executions that put out items at this node, in full. */
	async executionsThrough(node: string): Promise<Execution[]> {
		const { client } = this.world;
		const through: Execution[] = [];
		for (const { id } of await this.settle()) {
			const execution = await client.executions.read(id);
			if (execution.items(node).length > 0) through.push(execution);
		}
		return through;
	}

	/** How often each recording came through this node; of the trigger itself, how often it started. */
	async timesThrough(node: string = TRIGGER): Promise<Map<string, number>> {
		const times = new Map<string, number>();
		for (const execution of await this.executionsThrough(node)) {
			const [{ recordingId }] = execution.json(TRIGGER);
			times.set(String(recordingId), (times.get(String(recordingId)) ?? 0) + 1);
		}
		return times;
	}
}

/**
 * A workflow that fetches each recording in a worker, with an error workflow that catches up on
 * what a killed worker had begun: it asks Siro for all recordings of the last hour.
 */
export async function activateRescuedFlow(world: QueueModeWorld) {
	const { client, credential } = world;
	const siro = (name: string, parameters: INode['parameters']) =>
		siroNode(credential, { resource: 'recording', ...parameters }, { name });
	const errorWorkflow = await client.workflows.create(
		rowOfNodes(
			'After a failure',
			{ name: 'Error Trigger', type: 'n8n-nodes-base.errorTrigger' },
			siro(FETCH_ALL, {
				operation: 'getAll',
				returnAll: true,
				filters: { isProcessingDone: true, updatedAfter: '={{ $now.minus({ hours: 1 }) }}' },
			}),
		),
	);
	await client.workflows.activate(errorWorkflow);
	const fetch = siro(FETCH, { operation: 'get', recordingId: '={{ $json.recordingId }}' });
	const definition = rowOfNodes('Killed', triggerNode({}, credential), fetch);
	const settings = { ...definition.settings, errorWorkflow: errorWorkflow.id };
	const workflow = await client.workflows.create({ ...definition, settings });
	const flow = await QueueModeFlow.activate(world, workflow);

	/**
	 * Waits until all is done. The `missing` ones are those of the failed executions, which n8n itself
	 * cannot name any more; the `rescued` ones those of them that the error workflow has found in Siro.
	 */
	const outcome = async (recordings: Recording[]) => {
		const executions = await flow.settle();
		const failed = executions.filter(({ status }) => status !== 'success');
		const fetched = await flow.timesThrough(FETCH);
		const missing = recordings.map(({ id }) => id).filter((id) => !fetched.has(id));
		const filter = { workflowId: errorWorkflow.id };
		const rescues = await client.executions.waitForCount(failed.length, filter, RESCUED_MS);
		const found = new Set(rescues.flatMap((rescue) => rescue.json(FETCH_ALL).map(({ id }) => id)));
		return { executions, failed, fetched, missing, rescued: missing.filter((id) => found.has(id)) };
	};
	return { flow, outcome };
}

/** How many more than once each. */
export function countDuplicates(times: Map<string, number>): number {
	return [...times.values()].reduce((sum, count) => sum + count - 1, 0);
}
