import {
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';

import { SiroConnection } from '../api/connection';
import { isTemporary } from '../api/errors';
import { messageOf } from '../values/text';
import type { Memory } from './memory';
import { begin, findLatest, look, type Timing } from './round';
import { readSettings, requireWithinLookBack, type Settings } from './settings';
import type { Source } from './source';
import { openSource } from './sources';
import { recall, remember } from './storedMemory';

/** A poll that fails comes again soon, so that there is no need to be patient. */
const REQUEST_SETTINGS = { timeout: 30_000, totalTime: 60_000 };

/** What n8n gives a poll by default; earlier versions do not tell. */
const USUAL_TIME_MS = 300_000;

const NEVER = 0;

/** By workflow, node and what it starts on: when a poll of this process last got through all that it was to look at. */
const lastPolls = new Map<string, number>();

/** The memories that a poll is at work on: n8n starts the next one even while the last one runs. */
const inUse = new WeakSet<IDataObject>();

/** Polls once, on schedule or for the editor. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(context);
	const connection = await SiroConnection.open(context, REQUEST_SETTINGS);
	if (context.getMode() === 'manual') {
		return await showLatest(context, openSource(connection, settings), settings);
	}

	const stored = context.getWorkflowStaticData('node');
	if (inUse.has(stored)) return null;
	inUse.add(stored);
	try {
		return await pollOnSchedule(context, connection, settings, stored);
	} catch (error) {
		return waitForNextPoll(context, stored, settings, error);
	} finally {
		inUse.delete(stored);
	}
}

/** Looks for what has become due. The memory changes only when all has gone well. */
async function pollOnSchedule(
	context: IPollFunctions,
	connection: SiroConnection,
	settings: Settings,
	stored: IDataObject,
): Promise<INodeExecutionData[][] | null> {
	const { triggerOn, startFrom, filters } = settings;
	const key = keyOf(context, settings);
	const timing = startTiming(context, key);
	let memory = recall(context, stored, triggerOn);
	if (memory?.startFrom !== startFrom) {
		requireWithinLookBack(settings, context.getNode(), timing.now);
		memory = await begin(openSource(connection, settings), settings, timing.now, memory);
	}
	// What happened before the filters were changed is judged by those of then, all of it in one poll.
	const isJudgedByOthers = !isSame(memory.filters, filters);
	const source = openSource(connection, { ...settings, filters: memory.filters });
	const turn = isJudgedByOthers ? { ...timing, lastPoll: NEVER } : timing;
	const round = await look(source, memory, turn, settings.lookBack);

	const [failed] = round.failed;
	// While n8n starts up, one record must not keep the trigger switched off.
	if (failed && round.items.length === 0 && !isStartUp(context, key)) throw failed.error;
	for (const { id, error } of round.failed) {
		connection.warn(
			`skipped ${source.noun} ${id} and will try it again at its next poll: ${messageOf(error)}`,
		);
	}
	const judgedBy = round.isComplete ? filters : memory.filters;
	remember(context, stored, triggerOn, { ...round.memory, filters: judgedBy });
	lastPolls.set(key, round.isComplete ? timing.now : (timing.lastPoll ?? NEVER));
	return round.items.length > 0 ? [round.items.map((json) => ({ json }))] : null;
}

function isSame(filters: Memory['filters'], others: Memory['filters']): boolean {
	return JSON.stringify(filters) === JSON.stringify(others);
}

/** For the editor: the latest that would start the workflow. Nothing is remembered. */
async function showLatest(
	context: IPollFunctions,
	source: Source,
	{ lookBack }: Settings,
): Promise<INodeExecutionData[][]> {
	const json = await findLatest(source, lookBack, Date.now());
	if (json) return [[{ json }]];
	const { message, description } = source.describeNone();
	throw new NodeOperationError(context.getNode(), message, { description });
}

/**
 * A trigger whose first poll fails while n8n starts up stays switched off. That is right for a wrong
 * token, but not because Siro could not be reached at that moment: its next poll makes up for it.
 */
function waitForNextPoll(
	context: IPollFunctions,
	stored: IDataObject,
	settings: Settings,
	error: unknown,
): null {
	const key = keyOf(context, settings);
	const isBegun = recall(context, stored, settings.triggerOn) !== undefined;
	if (!isStartUp(context, key) || !isTemporary(error) || !isBegun) throw error;
	lastPolls.set(key, NEVER);
	context.logger.warn(
		`"${context.getNode().name}" will try again at its next poll: ${messageOf(error)}`,
	);
	return null;
}

/** Whether this is the first poll of a workflow that was active before. */
function isStartUp(context: IPollFunctions, key: string): boolean {
	return context.getActivationMode() !== 'activate' && !lastPolls.has(key);
}

function startTiming(context: IPollFunctions, key: string): Timing {
	const now = Date.now();
	const lastPoll = lastPolls.get(key);
	// Called with care, because earlier versions of n8n do not have it.
	const time = 'getPollBudgetMs' in context ? context.getPollBudgetMs() : USUAL_TIME_MS;
	return {
		now,
		lastPoll: lastPoll === NEVER ? undefined : lastPoll,
		isUsedUp: (share) => Date.now() - now >= time * share,
	};
}

function keyOf(context: IPollFunctions, { triggerOn }: Settings): string {
	return `${context.getWorkflow().id}:${context.getNode().id}:${triggerOn}`;
}
