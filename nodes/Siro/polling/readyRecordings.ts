import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { SiroClient } from '../api/client';
import type { SiroConnection } from '../api/connection';
import { malformedAnswerError } from '../api/errors';
import { pages } from '../api/pagination';
import { toBlocks, type Detail } from '../recordings/details';
import { fetchRecording, type Block } from '../recordings/fetch';
import { recordingPageSize } from '../recordings/list';
import { selectMilestones, type Milestone } from '../recordings/milestones';
import { isRecord } from '../values/values';
import type { Settings } from './settings';
import type { Slice } from './slices';

/** A recording as a list shows it, with what decides about it read out. */
export interface SeenRecording {
	id: string;
	/** In milliseconds since 1970, like `updatedAt`. */
	createdAt: number;
	updatedAt: number;
	recording: IDataObject;
}

export interface Findings {
	ready: SeenRecording[];
	/** The latest `updatedAt` of all recordings that were listed, ready or not. */
	updatedUpTo: number;
}

/** Where recordings come from. */
export type RecordingSource = Pick<ReadyRecordings, 'within' | 'fetch'>;

/**
 * Siro's recordings that are processed, linked, not deleted, and have all that is waited for, or were
 * made so long ago that it is waited for no longer.
 */
export class ReadyRecordings {
	private readonly list: SiroClient;

	private readonly single: SiroClient;

	private readonly waitFor: Milestone[];

	/** Recordings that were made earlier need not have what is waited for; in milliseconds since 1970. */
	private readonly waitedForSince: number;

	constructor(
		connection: SiroConnection,
		{ waitFor, waitNoLonger = Infinity }: Pick<Settings, 'waitFor' | 'waitNoLonger'>,
	) {
		this.waitFor = waitFor;
		this.waitedForSince = Date.now() - waitNoLonger;
		this.list = new SiroClient(connection, { action: 'Look for recordings that are ready' });
		this.single = new SiroClient(connection, { action: 'Get a recording that is ready' });
	}

	/** Those that were last updated within a slice of time. */
	async within(slice: Slice, createdBefore = Infinity): Promise<Findings> {
		const milestones = selectMilestones(this.waitFor);
		const filters = Object.assign({}, ...milestones.map(({ query }) => query));
		const waitedFor = await this.find(slice, createdBefore, filters);
		if (milestones.length === 0 || this.waitedForSince === -Infinity) return waitedFor;
		// Siro's filters leave out what is not done, so what it is waited for no longer is another list.
		const others = await this.find(slice, Math.min(createdBefore, this.waitedForSince), {});
		const byId = new Map([...others.ready, ...waitedFor.ready].map((seen) => [seen.id, seen]));
		return {
			ready: [...byId.values()],
			updatedUpTo: Math.max(waitedFor.updatedUpTo, others.updatedUpTo),
		};
	}

	/** Source: external-api.openapi.json, GET /v1/core/recordings. */
	private async find(
		{ from, to }: Slice,
		createdBefore: number,
		filters: Record<string, string>,
	): Promise<Findings> {
		const query = {
			'updatedAt:gte': toTime(from),
			'updatedAt:lt': toTime(to),
			'createdAt:lt': createdBefore === Infinity ? undefined : toTime(createdBefore),
			isProcessingDone: 'true',
			...filters,
			showCrmLinks: 'true',
			pageSize: recordingPageSize(this.waitFor.includes('evaluationScore')),
		};
		const findings: Findings = { ready: [], updatedUpTo: -Infinity };
		for await (const page of pages(this.list, { path: '/v1/core/recordings', query })) {
			for (const recording of page) {
				const seen = this.read(recording);
				findings.updatedUpTo = Math.max(findings.updatedUpTo, seen.updatedAt);
				if (this.isReady(recording)) findings.ready.push(seen);
			}
		}
		return findings;
	}

	/**
	 * One of them with what is included, in full; `undefined` if it is not ready any more, or gone.
	 * Source: external-api.openapi.json, GET /v1/core/recordings/{id}.
	 */
	async fetch(recordingId: string, include: Detail[]): Promise<IDataObject | undefined> {
		const blocks: Block[] = ['crm', ...toBlocks(include)];
		if (this.waitFor.includes('evaluationScore')) blocks.push('evaluationScore');
		const recording = await fetchRecording(this.single, recordingId, blocks).catch(allowMissing);
		return recording && this.isReady(recording) ? recording : undefined;
	}

	private isReady(recording: IDataObject): boolean {
		return (
			recording.deleted !== true &&
			recording.isProcessingDone !== false &&
			isRecord(recording.crm) &&
			(Date.parse(String(recording.createdAt)) < this.waitedForSince ||
				selectMilestones(this.waitFor).every(({ isDone }) => isDone(recording)))
		);
	}

	private read(recording: IDataObject): SeenRecording {
		const { id } = recording;
		const createdAt = Date.parse(String(recording.createdAt));
		const updatedAt = Date.parse(String(recording.updatedAt));
		if (typeof id !== 'string' || Number.isNaN(createdAt) || Number.isNaN(updatedAt)) {
			throw malformedAnswerError(
				this.list.node,
				this.list.failure({}),
				recording,
				'recordings with id, createdAt and updatedAt',
				'one without',
			);
		}
		return { id, createdAt, updatedAt, recording };
	}
}

/** What was listed a moment ago may have been removed since. */
function allowMissing(error: unknown): undefined {
	if (error instanceof NodeApiError && error.httpCode === '404') return undefined;
	throw error;
}

function toTime(time: number | undefined): string | undefined {
	return time === undefined ? undefined : new Date(time).toISOString();
}
