import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { isRecord } from '../values/values';
import type { SiroClient, SiroConnection } from '../api/client';
import { malformedAnswerError } from '../api/errors';
import { pages } from '../api/pagination';
import { path } from '../api/path';
import { recordingPageSize } from '../api/recordingPageSize';
import { toEnrichmentFlags, type Enrichment } from '../recordings/details';
import type { Slice } from './slices';

/** What Siro's AI may still be working on when a recording is processed and linked. */
export type Milestone = 'summary' | 'extractions' | 'evaluationScore';

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

/** Siro's recordings that are processed, linked, not deleted, and have all that is waited for. */
export class ReadyRecordings {
	private readonly list: SiroClient;

	private readonly single: SiroClient;

	constructor(
		connection: SiroConnection,
		private readonly waitFor: Milestone[],
	) {
		this.list = connection.client({ action: 'Look for recordings that are ready' });
		this.single = connection.client({ action: 'Get a recording that is ready' });
	}

	/**
	 * Those that were last updated within a slice of time.
	 * Source: external-api.openapi.json, GET /v1/core/recordings.
	 */
	async within({ from, to }: Slice, createdBefore?: number): Promise<Findings> {
		const query = {
			'updatedAt:gte': toTime(from),
			'updatedAt:lt': toTime(to),
			'createdAt:lt': toTime(createdBefore),
			isProcessingDone: 'true',
			isSummaryDone: this.waitFor.includes('summary') ? 'true' : undefined,
			isEntityExtractionDone: this.waitFor.includes('extractions') ? 'true' : undefined,
			...this.scoreFlag,
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
	async fetch(recordingId: string, include: Enrichment[]): Promise<IDataObject | undefined> {
		const recording = await this.single
			.record({
				path: path`/v1/core/recordings/${recordingId}`,
				query: { ...toEnrichmentFlags(include), ...this.scoreFlag, showCrmLinks: 'true' },
				subject: { kind: 'recording', id: recordingId },
			})
			.catch(allowMissing);
		return recording && this.isReady(recording) ? recording : undefined;
	}

	/** The flags are optional in Siro's OpenAPI document; where one is absent, the filter has decided. */
	private isReady(recording: IDataObject): boolean {
		const isDone: Record<Milestone, boolean> = {
			summary: recording.isSummaryDone !== false,
			extractions: recording.isEntityExtractionDone !== false,
			evaluationScore: typeof recording.evaluationScore === 'number',
		};
		return (
			recording.deleted !== true &&
			recording.isProcessingDone !== false &&
			isRecord(recording.crm) &&
			this.waitFor.every((milestone) => isDone[milestone])
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

	private get scoreFlag() {
		return { showEvaluationScore: this.waitFor.includes('evaluationScore') ? 'true' : undefined };
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
