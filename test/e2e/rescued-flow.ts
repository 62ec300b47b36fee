import { TRIGGER, triggerNode } from '../n8n/deliveries';
import type { ExecutionSummary } from '../n8n/executions';
import { rowOfNodes, type NodeSettings } from '../n8n/row-of-nodes';
import type { Workflow } from '../n8n/workflows';
import { QueueModeFlow, type QueueModeWorld } from './queue-mode-flow';
import type { Recording } from '../siro';

export const FETCH = 'Fetch the Recording';
const FETCH_ALL = 'Fetch All of the Last Hour';

const RESCUED_MS = 120_000;

/** What has become of recordings while workers were killed. */
export interface Outcome {
	executions: ExecutionSummary[];
	failed: ExecutionSummary[];
	/** How often each recording was fetched. */
	fetched: Map<string, number>;
	/** The recordings of the failed executions, which n8n itself cannot name any more. */
	missing: string[];
	/** Those of them that the error workflow has found in Siro. */
	rescued: string[];
}

/**
 * A workflow that fetches each recording in a worker, with an error workflow that catches up on
 * what a killed worker had begun: it asks Siro for all recordings of the last hour.
 */
export class RescuedFlow {
	private constructor(
		private readonly world: QueueModeWorld,
		readonly flow: QueueModeFlow,
		private readonly errorWorkflow: Workflow,
	) {}

	static async activate(world: QueueModeWorld): Promise<RescuedFlow> {
		const { workflows } = world.client;
		const siroNode = (name: string, parameters: NodeSettings['parameters']) => ({
			name,
			type: 'n8n-nodes-siro.siro',
			parameters: { resource: 'recording', ...parameters },
			credentials: { siroApi: world.credential },
		});
		const errorWorkflow = await workflows.create(
			rowOfNodes(
				'After a failure',
				{ name: 'Error Trigger', type: 'n8n-nodes-base.errorTrigger' },
				siroNode(FETCH_ALL, {
					operation: 'getAll',
					returnAll: true,
					filters: { isProcessingDone: true, updatedAfter: '={{ $now.minus({ hours: 1 }) }}' },
				}),
			),
		);
		await workflows.activate(errorWorkflow);
		const definition = rowOfNodes(
			'Killed',
			triggerNode({}, world.credential, TRIGGER),
			siroNode(FETCH, { operation: 'get', recordingId: '={{ $json.recordingId }}' }),
		);
		const workflow = await workflows.create({
			...definition,
			settings: { ...definition.settings, errorWorkflow: errorWorkflow.id },
		});
		return new RescuedFlow(world, await QueueModeFlow.activate(world, workflow), errorWorkflow);
	}

	/** Waits until all is done, and finds out what has become of these recordings. */
	async outcome(recordings: Recording[]): Promise<Outcome> {
		const executions = await this.flow.settle();
		const failed = executions.filter(({ status }) => status !== 'success');
		const fetched = await this.flow.timesThrough(FETCH);
		const missing = recordings.map(({ id }) => id).filter((id) => !fetched.has(id));
		const rescues = await this.world.client.executions.waitForCount(
			failed.length,
			{ workflowId: this.errorWorkflow.id },
			RESCUED_MS,
		);
		const found = new Set(
			rescues.flatMap((rescue) => rescue.json(FETCH_ALL).map(({ id }) => String(id))),
		);
		const rescued = missing.filter((id) => found.has(id));
		return { executions, failed, fetched, missing, rescued };
	}
}
