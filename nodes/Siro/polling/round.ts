import type { IDataObject } from 'n8n-workflow';

import { findNotReady, toDetails } from '../recordings/details';
import { DAY_MS, HOUR_MS } from '../values/time';
import { isRecord } from '../values/values';
import {
	addIds,
	forgetOld,
	knownIds,
	pendingRecordings,
	type Memory,
	type Remembered,
} from './memory';
import { NOW } from './properties';
import type { Findings, RecordingSource, SeenRecording } from './readyRecordings';
import type { Settings } from './settings';
import { chooseInTurn, cutBackwards, cutEvenly, cutUntilNow, type Slice } from './slices';

/**
 * Each poll looks again at what was updated up to two hours before the latest that it knows of: Siro
 * may show a change late, and what its AI finishes need not move `updatedAt` (FACTS, "Requests").
 */
const OVERLAP_MS = 2 * HOUR_MS;

const SLICES_SIDE_BY_SIDE = 4;
const RECORDINGS_SIDE_BY_SIDE = 5;

/** The rest of the time that n8n gives a poll is for handing over. */
const SHARE_FOR_LISTING = 0.5;
const SHARE_FOR_FETCHING = 0.8;

/** What a poll knows of time, all by n8n's clock; none of it decides which recordings are found. */
export interface Timing {
	now: number;
	/** When the poll before ended well, if that was in this process. */
	lastPoll?: number;
	/** Whether this share of the time that n8n gives a poll is used up. */
	isUsedUp(share: number): boolean;
}

/** What came of a poll. */
export interface Round {
	items: IDataObject[];
	/** What is due, but could not be fetched, and why. The next poll tries it again. */
	failed: Failed[];
	/** What to remember once the items are handed to n8n. */
	memory: Memory;
	/** Whether it got through all that it was to look at. */
	isComplete: boolean;
}

interface Failed {
	id: string;
	error: unknown;
}

/** A recording that is to start the workflow; what was listed of it is not there when it is pending. */
type Due = Remembered & Partial<SeenRecording>;

/**
 * The memory to begin with. Recordings that are ready already are remembered as such, so that a
 * later change of one does not start the workflow; from a Start Date on they are left to be found.
 */
export async function begin(
	recordings: RecordingSource,
	{ startFrom, lookBack }: Settings,
	now: number,
	previous?: Memory,
): Promise<Memory> {
	const createdFrom = now - lookBack;
	const start = startFrom === NOW ? undefined : Date.parse(startFrom);
	const before: SeenRecording[] = [];
	let updatedUpTo = createdFrom;
	for await (const findings of search(recordings, cutUntilNow(createdFrom, now), start)) {
		before.push(...findings.ready);
		updatedUpTo = Math.max(updatedUpTo, trust(findings.updatedUpTo, now));
	}
	return {
		startFrom,
		createdFrom: toTime(createdFrom),
		updatedUpTo: toTime(start ?? updatedUpTo),
		emitted: previous?.emitted ?? {},
		readyBefore: addIds({}, before),
		pending: {},
	};
}

/**
 * Looks at all that was updated since the poll before, and at a part of the past, and gives the items of
 * the recordings that have become ready. When time runs out, it gives those that it has got, and
 * remembers so little that the next poll finds the others. What cannot be fetched is left out and kept
 * as pending, so that it neither holds up the others nor the time that the next poll begins at. Throws
 * only if nothing could be fetched.
 */
export async function look(
	recordings: RecordingSource,
	settings: Settings,
	memory: Memory,
	timing: Timing,
): Promise<Round> {
	const known = knownIds(memory);
	const createdFrom = Date.parse(memory.createdFrom);
	const from = Math.max(createdFrom, Date.parse(memory.updatedUpTo) - OVERLAP_MS);
	const slices = [
		...cutUntilNow(from, timing.now),
		...chooseInTurn(cutEvenly(createdFrom, from), timing.lastPoll, timing.now),
	];

	const due = new Map<string, SeenRecording>();
	let updatedUpTo = Date.parse(memory.updatedUpTo);
	let slicesDone = 0;
	for await (const findings of search(recordings, slices)) {
		slicesDone += SLICES_SIDE_BY_SIDE;
		updatedUpTo = Math.max(updatedUpTo, trust(findings.updatedUpTo, timing.now));
		for (const recording of findings.ready) {
			const isNew = !known.has(recording.id) && recording.createdAt >= createdFrom;
			if (isNew) due.set(recording.id, recording);
		}
		// Only once there is something to emit: then the next poll has less to do than this one.
		if (due.size > 0 && timing.isUsedUp(SHARE_FOR_LISTING)) break;
	}

	const pending = pendingRecordings(memory).filter(({ id }) => !due.has(id));
	const all = [...[...due.values()].sort(byUpdate), ...pending];
	const { items, emitted, failed, left } = await fetchAll(recordings, settings, all, timing);
	if (items.length === 0 && failed.length > 0) throw failed[0].error;
	const [firstLeft] = left.flatMap(({ updatedAt }) => updatedAt ?? []);
	if (firstLeft !== undefined) updatedUpTo = Math.min(updatedUpTo, firstLeft);
	const stillPending = left.filter(({ updatedAt }) => updatedAt === undefined);
	return {
		items,
		failed,
		memory: forgetOld(
			{
				...memory,
				updatedUpTo: toTime(updatedUpTo),
				emitted: addIds(memory.emitted, emitted),
				pending: addIds({}, [...failed, ...stillPending]),
			},
			settings.lookBack,
		),
		isComplete: slicesDone >= slices.length && left.length === 0,
	};
}

/** The item of the recording that was updated last among those that are ready, whatever is remembered. */
export async function findLatest(
	recordings: RecordingSource,
	settings: Settings,
	now: number,
): Promise<IDataObject | undefined> {
	for (const slice of cutBackwards(now - settings.lookBack, now)) {
		const { ready } = await recordings.within(slice);
		for (const recording of ready.sort(byUpdate).reverse()) {
			const item = await toItem(recordings, settings, recording);
			if (item) return item;
		}
	}
	return undefined;
}

/** What is found in slices of time, some of them side by side, in their order. */
async function* search(
	recordings: RecordingSource,
	slices: Slice[],
	createdBefore?: number,
): AsyncGenerator<Findings, void> {
	for (const group of inGroups(slices, SLICES_SIDE_BY_SIDE)) {
		const findings = await Promise.all(
			group.map(async (slice) => await recordings.within(slice, createdBefore)),
		);
		yield {
			ready: findings.flatMap(({ ready }) => ready),
			updatedUpTo: Math.max(...findings.map(({ updatedUpTo }) => updatedUpTo)),
		};
	}
}

/** Turns recordings into items, one after the other, until time runs out. */
async function fetchAll(
	recordings: RecordingSource,
	settings: Settings,
	due: Due[],
	timing: Timing,
): Promise<{ items: IDataObject[]; emitted: Due[]; failed: Array<Due & Failed>; left: Due[] }> {
	const items: IDataObject[] = [];
	const emitted: Due[] = [];
	const failed: Array<Due & Failed> = [];
	let begun = 0;
	for (const group of inGroups(due, RECORDINGS_SIDE_BY_SIDE)) {
		// Only once something has come of it: then the next poll has less to do than this one.
		if (items.length + failed.length > 0 && timing.isUsedUp(SHARE_FOR_FETCHING)) break;
		begun += group.length;
		const outcomes = await Promise.all(
			group.map(async (recording) => {
				const { id } = recording;
				const item = toItem(recordings, settings, recording);
				return await item.then(
					(json) => ({ recording, json }),
					(error: unknown) => ({ recording, failure: { id, error } }),
				);
			}),
		);
		for (const outcome of outcomes) {
			if ('failure' in outcome) failed.push({ ...outcome.recording, ...outcome.failure });
			else if (outcome.json) {
				items.push(outcome.json);
				emitted.push(outcome.recording);
			}
		}
	}
	return { items, emitted, failed, left: due.slice(begun) };
}

/** An item with the fields of a webhook delivery; `undefined` if the recording is not ready any more. */
async function toItem(
	recordings: RecordingSource,
	{ include, listFormat }: Settings,
	{ id, recording: listed }: Due,
): Promise<IDataObject | undefined> {
	const isEnough = include.length === 0 && listed !== undefined;
	const recording = isEnough ? listed : await recordings.fetch(id, include);
	if (recording === undefined) return undefined;
	const notReady = findNotReady(recording, include);
	return {
		recordingId: id,
		siroUserId: recording.userId,
		recordingProcessed: true,
		recordingLinked: true,
		// Where a delivery has the name of Siro's event: there was none.
		eventType: 'polling',
		crm: withoutNull(recording.crm),
		...toDetails(id, recording, include, { listFormat }),
		...(notReady.length > 0 ? { notReady } : {}),
	};
}

/** A delivery leaves out the kinds of CRM record that are not linked, where a list has `null`. */
function withoutNull(crm: unknown): IDataObject {
	const links = isRecord(crm) ? Object.entries(crm) : [];
	return Object.fromEntries(links.filter(([, link]) => link !== null));
}

/**
 * A time that is far ahead would keep the trigger from ever looking at anything before it. To trust
 * n8n's clock that much is safe: when it is wrong, polls look at more than they need to.
 */
function trust(time: number, now: number): number {
	return Math.min(time, now + DAY_MS);
}

function byUpdate(one: SeenRecording, other: SeenRecording): number {
	return one.updatedAt - other.updatedAt;
}

function inGroups<T>(list: T[], size: number): T[][] {
	const count = Math.ceil(list.length / size);
	return Array.from({ length: count }, (_, group) => list.slice(group * size, (group + 1) * size));
}

function toTime(time: number): string {
	return new Date(time).toISOString();
}
