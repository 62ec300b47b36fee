import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { isRecord } from '../values/values';
import { readMemory, type Memory } from './memory';
import { TRIGGER_ON, type TriggerOn } from './properties';

/**
 * What n8n has stored of this trigger's memory of what it starts on; `undefined` before the first poll.
 *
 * n8n keeps a node's static data under its name. So that a renamed trigger finds its memory, a copy
 * stands under the node's ID in the data of the whole workflow. n8n stores that less dependably (with
 * its newer scheduler it is not stored with the executions it is about), for which reason the
 * node's own leads, unless it is what the trigger has left there under this name long ago.
 */
export function recall(
	context: IPollFunctions,
	stored: IDataObject,
	triggerOn: TriggerOn,
): Memory | undefined {
	const own = memoryIn(stored, triggerOn);
	const copy = context.getWorkflowStaticData('global')[keyOf(context)];
	if (!isRecord(copy) || copy.owner !== ownerOf(context)) return own;
	const copied = isRecord(copy.memory) ? memoryIn(copy.memory, triggerOn) : undefined;
	if (own === undefined || copied === undefined) return own ?? copied;
	const isRenamed = copy.name !== context.getNode().name;
	return isRenamed && copied.updatedUpTo >= own.updatedUpTo ? copied : own;
}

/**
 * Has n8n store the memory, when it next stores anything. Beside it stand those of what the trigger
 * started on before, so that it goes on there when it is switched back.
 */
export function remember(
	context: IPollFunctions,
	stored: IDataObject,
	triggerOn: TriggerOn,
	memory: Memory,
): void {
	const others = TRIGGER_ON.filter((other) => other !== triggerOn).map((other) => [
		other,
		recall(context, stored, other),
	]);
	const all = { ...memory, triggerOn, others: Object.fromEntries(others) as IDataObject };
	Object.assign(stored, all);
	context.getWorkflowStaticData('global')[keyOf(context)] = {
		owner: ownerOf(context),
		name: context.getNode().name,
		memory: all,
	};
}

function memoryIn(stored: IDataObject, triggerOn: TriggerOn): Memory | undefined {
	const { triggerOn: current, others } = stored;
	if (current === triggerOn) return readMemory(stored);
	const other = isRecord(others) ? others[triggerOn] : undefined;
	return isRecord(other) ? readMemory(other) : undefined;
}

/** A copy of the workflow is another owner. */
function ownerOf(context: IPollFunctions): string {
	return `${context.getInstanceId()}/${context.getWorkflow().id}/${context.getNode().id}`;
}

function keyOf(context: IPollFunctions): string {
	return `siroPollingTrigger ${context.getNode().id}`;
}
