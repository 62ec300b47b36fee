import type { IDataObject, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

import { DAY_MS } from '../values/time';
import { isRecord } from '../values/values';
import { EmittedRecordings, subjectOf, type Delivery } from './emittedRecordings';
import { HeldMessages } from './heldMessages';
import { readSeveralProcesses } from './settings';

/** What one trigger remembers while n8n runs. */
export interface TriggerMemory {
	/** Names the n8n instance, the workflow and the node: a copy of the workflow has another owner. */
	owner: string;
	emitted: EmittedRecordings;
	held: HeldMessages;
	/** The recordings whose execution is being prepared or stored at this moment. */
	underway: Set<string>;
	/** When this process first saved it, in milliseconds since 1970, as is the next one. */
	savedSince: number;
	/** When it was last seen that several processes receive this trigger's webhooks. */
	severalAt: number;
}

const memories = new Map<string, TriggerMemory>();

/** Marks what this process has saved, and therefore need not read. */
const THIS_PROCESS = Math.random().toString(36).slice(2);
const PROCESS_START = Date.now();

/** An n8n that has had several processes may have one later. */
const SEVERAL_FOR_MS = 7 * DAY_MS;

/**
 * The memory of this trigger. It lives in the process; what is read from static data is what
 * an earlier run of n8n has left, or what another process that receives webhooks has added.
 *
 * n8n reads static data at each request and writes them whole, so of two processes that write at
 * the same time, the last one undoes what the other has written. What is undone is not lost: its process
 * knows it still, and saves it again with the next request that shows it to be missing.
 */
export function recall(context: IWebhookFunctions): TriggerMemory {
	const owner = ownerOf(context);
	const memory = memories.get(owner) ?? {
		owner,
		emitted: new EmittedRecordings(),
		held: new HeldMessages(),
		underway: new Set(),
		savedSince: Infinity,
		severalAt: 0,
	};
	memories.set(owner, memory);

	const saved = savedMemories(context)[keyOf(context)];
	if (!isRecord(saved) || saved.owner !== owner) return memory;
	if (saved.process === THIS_PROCESS) {
		const isWhole = () =>
			saved.recordings === memory.emitted.toText() && saved.held === memory.held.toText();
		if (hasSeveralProcesses(context) && !isWhole()) save(context, memory);
		return memory;
	}
	const parts = [memory.emitted.learn(saved.recordings), memory.held.learn(saved.held)];
	memory.severalAt = Math.max(memory.severalAt, Number(saved.severalAt) || 0);
	// An earlier process of an n8n that was restarted has not saved after this one.
	if (Number(saved.at) > memory.savedSince) memory.severalAt = Date.now();
	if (parts.includes(false) && hasSeveralProcesses(context)) save(context, memory);
	return memory;
}

/**
 * Has n8n save the memory as it is at the moment of saving, when other deliveries may have been
 * remembered, too. That n8n saves tells that the execution of this delivery is stored.
 */
export function save(context: IWebhookFunctions, memory: TriggerMemory, stored?: Delivery): void {
	const { owner, emitted, held } = memory;
	savedMemories(context)[keyOf(context)] = {
		toJSON() {
			if (stored) emitted.add(stored);
			const at = Date.now();
			memory.savedSince = Math.min(memory.savedSince, at);
			return {
				owner,
				process: THIS_PROCESS,
				at,
				severalAt: memory.severalAt,
				// Long texts, because n8n wraps each nested value of static data at each delivery.
				recordings: emitted.toText(),
				held: held.toText(),
			};
		},
	};
}

/** Remembers that a message is answered so that Svix delivers it again. */
export function putOff(
	context: IWebhookFunctions,
	memory: TriggerMemory,
	delivery: Delivery,
): void {
	memory.held.putOff(delivery.messageId, subjectOf(delivery));
	save(context, memory);
}

/** For the process that activates the workflow: leaves its mark for those that receive the webhooks. */
export function noteActivation(context: IHookFunctions): void {
	// Who receives them itself need not be told, and must not write over what it saves meanwhile.
	if (context.getMode() === 'manual' || memories.has(ownerOf(context))) return;
	savedMemories(context)[activationKeyOf(context)] = { process: THIS_PROCESS, at: Date.now() };
}

/**
 * Whether n8n receives this trigger's webhooks in several processes: as the user says, or else if it
 * shows. It shows when another process saves after this one did, and when the workflow was activated by
 * another process while this one was running. A restart does neither.
 */
export function hasSeveralProcesses(context: IWebhookFunctions): boolean {
	const told = readSeveralProcesses(context);
	if (told !== undefined) return told;
	const { [keyOf(context)]: saved, [activationKeyOf(context)]: activation } =
		savedMemories(context);
	const { severalAt = 0 } = memories.get(ownerOf(context)) ?? (isRecord(saved) ? saved : {});
	if (Date.now() - Number(severalAt) < SEVERAL_FOR_MS) return true;
	if (!isRecord(activation) || activation.process === THIS_PROCESS) return false;
	return Number(activation.at) > PROCESS_START;
}

/** Those of the whole workflow, because n8n keeps a node's own under its name, which may change. */
function savedMemories(context: IWebhookFunctions | IHookFunctions): IDataObject {
	return context.getWorkflowStaticData('global');
}

function ownerOf(context: IWebhookFunctions | IHookFunctions): string {
	return `${context.getInstanceId()}/${context.getWorkflow().id}/${context.getNode().id}`;
}

function keyOf(context: IWebhookFunctions | IHookFunctions): string {
	return `siroTrigger ${context.getNode().id}`;
}

function activationKeyOf(context: IWebhookFunctions | IHookFunctions): string {
	return `${keyOf(context)} activation`;
}
