import type { IDataObject } from 'n8n-workflow';

import { SiroClient } from '../api/client';
import type { SiroConnection } from '../api/connection';
import { malformedAnswerError } from '../api/errors';
import { pages } from '../api/pagination';
import { toBlocks, toDetails } from '../recordings/details';
import { fetchRecording } from '../recordings/fetch';
import { fetchRep } from '../recordings/rep';
import { DAY_MS } from '../values/time';
import { isRecordList } from '../values/values';
import { whatWasTold, type Memory } from './memory';
import { allowMissing } from './recordings';
import type { Settings } from './settings';
import { cutInTurn, type Slice, type Turn } from './slices';
import type { Due, Findings, Listed, Source } from './source';

/** Source: platform-api.openapi.json, GET /v1/core/followups, `limit`. */
const LARGEST_PAGE = 100;

/** With so many at most, each poll looks at all; with more, at the newest, and at the others within an hour. */
const FEW = 1_000;
const NEWEST_MS = 3 * DAY_MS;

/** What a follow-up begins with: Siro's history tells only what a status was changed to. */
const FIRST_STATUS = 'TO_DO';

/** What happened to a follow-up: it came, or its status was changed. */
type Change = {
	change: 'new' | 'status';
	previousStatus: string | null;
	newStatus: string;
	/** When, and who did it; `null` where Siro does not say. */
	changedAt: string | null;
	changedBy: string | null;
};

/** What was told of a follow-up, as it is remembered: "2 COMPLETE", or "2 COMPLETE 3". */
interface Told {
	/** How many entries of its history tell of a status. */
	entries: number;
	status: string;
	/** The score with which it was not wanted; only a higher one makes it new. */
	unwantedScore?: number;
}

/**
 * Siro's follow-ups: each is told when it is new, and at each change of its status. What there is to
 * tell follows from a follow-up's history and from what was told before, never from when it is asked
 * for. All of them are looked at, whatever the filters, so that one that passes later has a past.
 */
export class Followups implements Source {
	readonly noun = 'follow-up';

	private readonly list: SiroClient;

	private readonly single: SiroClient;

	constructor(
		connection: SiroConnection,
		private readonly settings: Settings,
	) {
		this.list = new SiroClient(connection, { action: 'Look for follow-ups' });
		this.single = new SiroClient(connection, { action: 'Get what is included with a follow-up' });
	}

	/** Siro lists follow-ups by when they were made, so what was changed can be anywhere. */
	slices(memory: Memory, turn: Turn): Slice[] {
		const earliest = Date.parse(memory.createdFrom);
		if (whatWasTold(memory).size <= FEW) return [{ from: earliest }];
		return cutInTurn(Date.parse(memory.updatedUpTo) - NEWEST_MS, earliest, turn);
	}

	/** Those that were made within a slice of time. */
	async within({ from, to = Infinity }: Slice, createdBefore = Infinity): Promise<Findings> {
		const end = Math.min(to, createdBefore);
		// Siro's document can be read as if a list without this filter had none that is starred.
		const lists = [await this.find(from, end, {}), await this.find(from, end, { starred: true })];
		const found = new Map(lists.flat().map((listed) => [listed.id, listed]));
		return {
			found: [...found.values()],
			updatedUpTo: Math.max(...lists.flat().map(({ updatedAt }) => updatedAt)),
		};
	}

	mark({ record = {}, told }: Due): string {
		const before = readTold(told);
		// A history that is left out once would else be told again.
		const entries = Math.max(statusEntries(record).length, before?.entries ?? 0);
		const wasUnwanted = before === undefined || before.unwantedScore !== undefined;
		const isUnwanted = wasUnwanted && !this.isNew(record, before);
		return [entries, record.status, ...(isUnwanted ? [record.score] : [])].join(' ');
	}

	/** An item for each change. */
	async toItems({ id, record: followup, told }: Due): Promise<IDataObject[] | undefined> {
		if (followup === undefined) return undefined;
		const { statuses = [] } = this.settings.filters;
		const changes = this.changesOf(followup, readTold(told)).filter(
			({ newStatus }) => statuses.length === 0 || statuses.includes(newStatus),
		);
		if (changes.length === 0 || !this.hasScore(followup)) return [];
		const details = await this.fetchDetails(followup);
		return changes.map((change) => ({
			...change,
			followupId: id,
			recordingId: followup.recordingId,
			siroUserId: followup.repId,
			...followup,
			...details,
		}));
	}

	describeNone() {
		const days = this.settings.lookBack / DAY_MS;
		return {
			message: `No follow-up from the last ${days} days matches the filters`,
			description:
				'Siro shows users their own follow-ups, coaches those of their teams, and admins all. Check which Siro user the credential acts for, and your filters.',
		};
	}

	/** Source: platform-api.openapi.json, GET /v1/core/followups. */
	private async find(from: number, to: number, filters: IDataObject): Promise<Listed[]> {
		const query = {
			// A millisecond earlier: "after this timestamp" is without it.
			createdAfter: new Date(from - 1).toISOString(),
			createdBefore: to === Infinity ? undefined : new Date(to).toISOString(),
			// Siro's default is 3.
			minimumScore: 1,
			includeHistory: true,
			limit: LARGEST_PAGE,
			...filters,
		};
		const found: Listed[] = [];
		const request = {
			surface: 'platform',
			path: '/v1/core/followups',
			query,
			listName: 'followups',
		} as const;
		for await (const page of pages(this.list, request)) {
			found.push(...page.map((followup) => this.read(followup)));
		}
		return found;
	}

	private read(followup: IDataObject): Listed {
		const { followupId, status } = followup;
		const createdAt = Date.parse(String(followup.dateCreated));
		const updatedAt = Date.parse(String(followup.updatedAt));
		const isWhole = typeof followupId === 'string' && typeof status === 'string';
		if (!isWhole || Number.isNaN(createdAt) || Number.isNaN(updatedAt)) {
			throw malformedAnswerError(
				this.list.node,
				this.list.failure({ surface: 'platform' }),
				followup,
				'follow-ups with followupId, status, dateCreated and updatedAt',
				'one without',
			);
		}
		return { id: followupId, createdAt, updatedAt, record: followup };
	}

	/** What has happened to a follow-up since it was told of, in the order in which it did. */
	private changesOf(followup: IDataObject, told?: Told): Change[] {
		const entries = statusEntries(followup);
		const current = String(followup.status);
		let status = told?.status ?? (entries.length > 0 ? FIRST_STATUS : current);
		const changes: Change[] = [];
		if (this.isNew(followup, told)) {
			const changedAt = toText(followup.dateCreated);
			const before = { previousStatus: null, changedBy: null };
			changes.push({ change: 'new', ...before, newStatus: status, changedAt });
		}
		const addChange = (newStatus: string, changedAt: string | null, changedBy: string | null) => {
			if (newStatus === status) return;
			changes.push({ change: 'status', previousStatus: status, newStatus, changedAt, changedBy });
			status = newStatus;
		};
		for (const { status: newStatus, createdAt, updatedBy } of entries.slice(told?.entries ?? 0)) {
			addChange(String(newStatus), toText(createdAt), toText(updatedBy));
		}
		// What the history does not tell shows in the status.
		addChange(current, null, null);
		return changes;
	}

	private hasScore({ score }: IDataObject): boolean {
		const { minimumScore = 1 } = this.settings.filters;
		return typeof score === 'number' && score >= minimumScore;
	}

	/** Whether it has come, or its score has risen to what is wanted. */
	private isNew(followup: IDataObject, told?: Told): boolean {
		const { unwantedScore = Infinity } = told ?? { unwantedScore: -Infinity };
		return this.hasScore(followup) && Number(followup.score) > unwantedScore;
	}

	/** What is included; a recording that is gone has no details but the rep. */
	private async fetchDetails({ recordingId, repId }: IDataObject): Promise<IDataObject> {
		const { include, listFormat } = this.settings;
		const rep = include.includes('rep') ? { rep: await fetchRep(this.single, repId) } : {};
		const others = include.filter((detail) => detail !== 'rep');
		if (others.length === 0) return rep;
		const id = String(recordingId);
		const recording = await fetchRecording(this.single, id, toBlocks(others)).catch(allowMissing);
		if (recording === undefined) return rep;
		const { note, ...details } = toDetails(id, recording, others, { listFormat });
		// A follow-up has a note of its own.
		return { ...details, ...(note === undefined ? {} : { recordingNote: note }), ...rep };
	}
}

/** The entries of a follow-up's history that tell of a status, the oldest first: notes stand there, too. */
function statusEntries({ history, status }: IDataObject): IDataObject[] {
	const entries = (isRecordList(history) ? history : []).filter(
		(entry) => typeof entry.status === 'string',
	);
	const [first, last] = [entries.at(0), entries.at(-1)];
	const order = timeOf(first) - timeOf(last);
	const isNewestFirst = order > 0 || (order === 0 && last?.status !== status);
	if (isNewestFirst) entries.reverse();
	return entries.sort((one, other) => timeOf(one) - timeOf(other));
}

function timeOf(entry: IDataObject = {}): number {
	return Date.parse(String(entry.createdAt));
}

function readTold(told = ''): Told | undefined {
	if (told === '') return undefined;
	const [entries, status, unwantedScore] = told.split(' ');
	return {
		entries: Number(entries),
		status,
		unwantedScore: unwantedScore === undefined ? undefined : Number(unwantedScore),
	};
}

function toText(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}
