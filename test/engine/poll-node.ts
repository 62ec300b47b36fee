import './environment';

import { PollContext } from 'n8n-core';
import {
	UnexpectedError,
	type INodeExecutionData,
	type Workflow,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import type { SavedWorkflow } from './saved-workflow';

/** Workflows that are active: n8n keeps them, and with them their static data, in memory. */
const active = new WeakMap<SavedWorkflow, Workflow>();

/**
 * Calls a polling trigger as n8n does once when it activates the workflow, from its memory of it or
 * anew. Here, changed static data is stored whatever the trigger gives.
 */
export async function activatePolling(
	saved: SavedWorkflow,
	activation: WorkflowActivateMode = 'activate',
): Promise<INodeExecutionData[][] | null> {
	const items = await pollNode(saved, 'trigger', activation);
	saved.saveStaticData(activeWorkflow(saved));
	return items;
}

/**
 * Calls a polling trigger as n8n's schedule does, or (`manual`) as the editor does.
 *
 * On schedule its static data lives from poll to poll, and is stored whenever it emits. In the editor
 * it sees what is stored and what it changes is lost.
 */
export async function pollNode(
	saved: SavedWorkflow,
	mode: Extract<WorkflowExecuteMode, 'trigger' | 'manual'> = 'trigger',
	activation: WorkflowActivateMode = mode === 'manual' ? 'manual' : 'activate',
): Promise<INodeExecutionData[][] | null> {
	const { nodeType, node } = saved;
	if (nodeType.poll === undefined) throw new UnexpectedError(`${node.name} has no method poll()`);
	const workflow = mode === 'manual' ? saved.load() : activeWorkflow(saved);
	const context = new PollContext(
		workflow,
		saved.nodeIn(workflow),
		saved.additionalData(mode),
		mode,
		activation,
	);
	const items = await nodeType.poll.call(context);
	if (mode === 'trigger' && items !== null) saved.saveStaticData(workflow);
	return items;
}

/** Restarts n8n: a polling trigger is left with the static data that was stored. */
export const restart = (saved: SavedWorkflow): boolean => active.delete(saved);

function activeWorkflow(saved: SavedWorkflow): Workflow {
	const workflow = active.get(saved) ?? saved.load();
	active.set(saved, workflow);
	return workflow;
}
