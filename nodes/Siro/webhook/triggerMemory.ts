import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import { isRecord } from '../values/values';
import { EmittedRecordings, type Delivery } from './emittedRecordings';
import { PutOffMessages } from './putOffMessages';

/** What one trigger remembers while n8n runs. */
export interface TriggerMemory {
	/** Names the n8n instance, the workflow and the node: a copy of the workflow has another owner. */
	owner: string;
	emitted: EmittedRecordings;
	putOff: PutOffMessages;
	/** The recordings whose execution is being prepared or stored at this moment. */
	underway: Set<string>;
}

const memories = new Map<string, TriggerMemory>();

/** Marks what this process has saved, and therefore need not read. */
const THIS_PROCESS = Math.random().toString(36).slice(2);

/**
 * The memory of this trigger. It lives in the process; what is read from static data is what
 * an earlier run of n8n has left, or what another process that receives webhooks has added.
 */
export function recall(context: IWebhookFunctions): TriggerMemory {
	const owner = `${context.getInstanceId()}/${context.getWorkflow().id}/${context.getNode().id}`;
	const memory = memories.get(owner) ?? {
		owner,
		emitted: new EmittedRecordings(),
		putOff: new PutOffMessages(),
		underway: new Set(),
	};
	memories.set(owner, memory);

	const saved = savedMemories(context)[keyOf(context)];
	if (isRecord(saved) && saved.owner === owner && saved.process !== THIS_PROCESS) {
		memory.emitted.learn(saved.recordings);
		memory.putOff.learn(saved.putOff);
	}
	return memory;
}

/**
 * Has n8n save the memory as it is at the moment of saving, when other deliveries may have been
 * remembered, too. That n8n saves tells that the execution of this delivery is stored.
 */
export function save(context: IWebhookFunctions, memory: TriggerMemory, stored?: Delivery): void {
	const { owner, emitted, putOff } = memory;
	savedMemories(context)[keyOf(context)] = {
		toJSON() {
			if (stored) emitted.add(stored);
			// Long texts, because n8n wraps each nested value of static data at each delivery.
			return {
				owner,
				process: THIS_PROCESS,
				recordings: emitted.toText(),
				putOff: putOff.toText(),
			};
		},
	};
}

/** Puts a message off, unless that was done so many times already. Gives whether it did. */
export function putOff(context: IWebhookFunctions, messageId: string, mostTimes: number): boolean {
	const memory = recall(context);
	if (memory.putOff.timesOf(messageId) >= mostTimes) return false;
	memory.putOff.add(messageId);
	save(context, memory);
	return true;
}

/** Those of the whole workflow, because n8n keeps a node's own under its name, which may change. */
function savedMemories(context: IWebhookFunctions): IDataObject {
	return context.getWorkflowStaticData('global');
}

function keyOf(context: IWebhookFunctions): string {
	return `siroTrigger ${context.getNode().id}`;
}
