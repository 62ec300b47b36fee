import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INodeExecutionData,
	type IPollFunctions,
} from 'n8n-workflow';

import { SiroConnection } from '../api/connection';
import { selectMilestones } from '../recordings/milestones';
import { DAY_MS } from '../values/time';
import { ReadyRecordings } from './readyRecordings';
import { begin, findLatest, look, type Timing } from './round';
import { readSettings, requireWithinLookBack, type Settings } from './settings';
import { recall, remember } from './storedMemory';

/** A poll that fails comes again soon, so that there is no need to be patient. */
const REQUEST_SETTINGS = { timeout: 30_000, totalTime: 60_000 };

/** What n8n gives a poll by default; earlier versions do not tell. */
const USUAL_TIME_MS = 300_000;

const NEVER = 0;

/** By workflow and node: when a poll of this process last got through all that it was to look at. */
const lastPolls = new Map<string, number>();

/** The memories that a poll is at work on: n8n starts the next one even while the last one runs. */
const inUse = new WeakSet<IDataObject>();

/** Polls once, on schedule or for the editor. */
export async function poll(context: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const settings = readSettings(context);
	const connection = await SiroConnection.open(context, REQUEST_SETTINGS);
	const recordings = new ReadyRecordings(connection, settings);
	if (context.getMode() === 'manual') return await showLatest(context, recordings, settings);

	const stored = context.getWorkflowStaticData('node');
	if (inUse.has(stored)) return null;
	inUse.add(stored);
	try {
		return await pollOnSchedule(context, recordings, settings, stored);
	} catch (error) {
		return waitForNextPoll(context, stored, error);
	} finally {
		inUse.delete(stored);
	}
}

/** Looks for what has become ready. The memory changes only when all has gone well. */
async function pollOnSchedule(
	context: IPollFunctions,
	recordings: ReadyRecordings,
	settings: Settings,
	stored: IDataObject,
): Promise<INodeExecutionData[][] | null> {
	const timing = startTiming(context);
	let memory = recall(context, stored);
	if (memory?.startFrom !== settings.startFrom) {
		requireWithinLookBack(settings, context.getNode(), timing.now);
		memory = await begin(recordings, settings, timing.now, memory);
	}
	const round = await look(recordings, settings, memory, timing);

	for (const { id, error } of round.failed) {
		const reason = error instanceof Error ? error.message : String(error);
		context.logger.warn(
			`"${context.getNode().name}" left recording ${id} out, and will try it again at its next poll: ${reason}`,
		);
	}
	remember(context, stored, round.memory);
	lastPolls.set(keyOf(context), round.isComplete ? timing.now : (timing.lastPoll ?? NEVER));
	return round.items.length > 0 ? [round.items.map((json) => ({ json }))] : null;
}

/** For the editor: the latest recording that would start the workflow. Nothing is remembered. */
async function showLatest(
	context: IPollFunctions,
	recordings: ReadyRecordings,
	settings: Settings,
): Promise<INodeExecutionData[][]> {
	const json = await findLatest(recordings, settings, Date.now());
	if (json) return [[{ json }]];
	const days = settings.lookBack / DAY_MS;
	const milestones = selectMilestones(settings.waitFor)
		.map(({ name }) => name.toLowerCase())
		.join(', ');
	throw new NodeOperationError(
		context.getNode(),
		`Siro has no recording of the last ${days} days that is ready`,
		{
			description: `A recording is ready when it is processed, linked to a record of your CRM, and not deleted${milestones === '' ? '. Link one in Siro, and try again.' : `, and when what you wait for is done: ${milestones}. If your organization does not use one of these, take it out of "Wait For", or no recording will ever start the workflow.`}`,
		},
	);
}

/**
 * A trigger whose first poll fails while n8n starts up stays switched off. That is right for a wrong
 * token, but not because Siro could not be reached at that moment: its next poll makes up for it.
 */
function waitForNextPoll(context: IPollFunctions, stored: IDataObject, error: unknown): null {
	const key = keyOf(context);
	const isStartUp = context.getActivationMode() !== 'activate' && !lastPolls.has(key);
	const isTemporary =
		error instanceof NodeApiError &&
		(!error.httpCode || error.httpCode === '429' || Number(error.httpCode) >= 500);
	if (!isStartUp || !isTemporary || recall(context, stored) === undefined) throw error;
	lastPolls.set(key, NEVER);
	context.logger.warn(
		`"${context.getNode().name}" will try again at its next poll: ${error.message}`,
	);
	return null;
}

function startTiming(context: IPollFunctions): Timing {
	const now = Date.now();
	const lastPoll = lastPolls.get(keyOf(context));
	// Called with care, because earlier versions of n8n do not have it.
	const time = 'getPollBudgetMs' in context ? context.getPollBudgetMs() : USUAL_TIME_MS;
	return {
		now,
		lastPoll: lastPoll === NEVER ? undefined : lastPoll,
		isUsedUp: (share) => Date.now() - now >= time * share,
	};
}

function keyOf(context: IPollFunctions): string {
	return `${context.getWorkflow().id}:${context.getNode().id}`;
}
