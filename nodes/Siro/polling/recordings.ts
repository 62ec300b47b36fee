import { NodeApiError, type IDataObject } from 'n8n-workflow';

import { SiroClient } from '../api/client';
import type { SiroConnection } from '../api/connection';
import { malformedAnswerError } from '../api/errors';
import { pages } from '../api/pagination';
import { findNotReady, toBlocks, toDetails } from '../recordings/details';
import { fetchRecording, type Block } from '../recordings/fetch';
import { recordingPageSize } from '../recordings/list';
import type { Memory } from './memory';
import type { Settings } from './settings';
import { cutInTurn, type Slice, type Turn } from './slices';
import type { Due, Findings, Listed, Source } from './source';

interface Attempts {
	/** Such as "Look for recordings that are ready". */
	look: string;
	get: string;
}

/** Siro's recordings, which it lists by when they were updated. Each starts the workflow once. */
export abstract class Recordings implements Source {
	readonly noun = 'recording';

	private readonly list: SiroClient;

	private readonly single: SiroClient;

	constructor(
		connection: SiroConnection,
		protected readonly settings: Settings,
		{ look, get }: Attempts,
	) {
		this.list = new SiroClient(connection, { action: look });
		this.single = new SiroClient(connection, { action: get });
	}

	/** What was updated so long before the latest that is known of is looked at in each poll, in milliseconds. */
	protected abstract readonly overlap: number;

	/** Whether a recording is to start the workflow as it is now. */
	protected abstract isDue(recording: IDataObject): boolean;

	/** The fields of the item that are not included, but always there. */
	protected abstract describe(recording: IDataObject): IDataObject;

	abstract within(slice: Slice, createdBefore?: number): Promise<Findings>;

	abstract describeNone(): { message: string; description: string };

	slices({ createdFrom, updatedUpTo }: Memory, turn: Turn): Slice[] {
		return cutInTurn(Date.parse(updatedUpTo) - this.overlap, Date.parse(createdFrom), turn);
	}

	mark(): string {
		return '';
	}

	/** One item, with the fields of a webhook delivery. */
	async toItems({ id, record: listed }: Due): Promise<IDataObject[] | undefined> {
		const { include, listFormat } = this.settings;
		const isEnough = include.length === 0 && listed !== undefined;
		const recording = isEnough ? listed : await this.fetch(id);
		if (recording === undefined || !this.isDue(recording)) return undefined;
		const notReady = findNotReady(recording, include);
		return [
			{
				recordingId: id,
				siroUserId: recording.userId,
				recordingProcessed: true,
				...this.describe(recording),
				...toDetails(id, recording, include, { listFormat }),
				...(notReady.length > 0 ? { notReady } : {}),
			},
		];
	}

	/** Those that are due. Source: external-api.openapi.json, GET /v1/core/recordings. */
	protected async find(
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
			pageSize: recordingPageSize('showEvaluationScore' in filters),
		};
		const findings: Findings = { found: [], updatedUpTo: -Infinity };
		for await (const page of pages(this.list, { path: '/v1/core/recordings', query })) {
			for (const recording of page) {
				const listed = this.read(recording);
				findings.updatedUpTo = Math.max(findings.updatedUpTo, listed.updatedAt);
				if (this.isDue(recording)) findings.found.push(listed);
			}
		}
		return findings;
	}

	/** What a recording is fetched with, besides what is included. */
	protected get blocks(): Block[] {
		return ['crm'];
	}

	/** In full; `undefined` if it is gone. Source: external-api.openapi.json, GET /v1/core/recordings/{id}. */
	private async fetch(recordingId: string): Promise<IDataObject | undefined> {
		const blocks = [...new Set([...this.blocks, ...toBlocks(this.settings.include)])];
		return await fetchRecording(this.single, recordingId, blocks).catch(allowMissing);
	}

	private read(recording: IDataObject): Listed {
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
		return { id, createdAt, updatedAt, record: recording };
	}
}

/** What was listed a moment ago may have been removed since. */
export function allowMissing(error: unknown): undefined {
	if (error instanceof NodeApiError && error.httpCode === '404') return undefined;
	throw error;
}

function toTime(time: number | undefined): string | undefined {
	return time === undefined ? undefined : new Date(time).toISOString();
}
