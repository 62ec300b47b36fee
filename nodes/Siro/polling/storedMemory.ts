import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { isRecord } from '../values/values';
import { readMemory, type Memory } from './memory';

/**
 * What n8n has stored of this trigger's memory; `undefined` before the first poll.
 *
 * n8n keeps a node's static data under its name. So that a renamed trigger finds its memory, a copy
 * stands under the node's ID in the data of the whole workflow. n8n stores that less dependably (with
 * its newer scheduler it is not stored with the executions it is about), for which reason the
 * node's own leads, unless it is what the trigger has left there under this name long ago.
 */
export function recall(context: IPollFunctions, stored: IDataObject): Memory | undefined {
	const own = readMemory(stored);
	const copy = context.getWorkflowStaticData('global')[keyOf(context)];
	if (!isRecord(copy) || copy.owner !== ownerOf(context)) return own;
	const copied = isRecord(copy.memory) ? readMemory(copy.memory) : undefined;
	if (own === undefined || copied === undefined) return own ?? copied;
	const isRenamed = copy.name !== context.getNode().name;
	return isRenamed && copied.updatedUpTo >= own.updatedUpTo ? copied : own;
}

/** Has n8n store the memory, when it next stores anything. */
export function remember(context: IPollFunctions, stored: IDataObject, memory: Memory): void {
	Object.assign(stored, memory);
	context.getWorkflowStaticData('global')[keyOf(context)] = {
		owner: ownerOf(context),
		name: context.getNode().name,
		memory,
	};
}

/** A copy of the workflow is another owner. */
function ownerOf(context: IPollFunctions): string {
	return `${context.getInstanceId()}/${context.getWorkflow().id}/${context.getNode().id}`;
}

function keyOf(context: IPollFunctions): string {
	return `siroPollingTrigger ${context.getNode().id}`;
}
