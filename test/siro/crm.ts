import { instant, matching, pageOf, pageSize } from './lists';
import { Refusal } from './refusal';
import type { Recording } from './recordings';
import type { State, Stored } from './state';
import type { Call, Operations } from './surface';

/**
 * A record of the CRM's, of whatever kind, with the fields that the CRM gave it. A CRM user is a rep as
 * the CRM knows him or her ("External User" in Siro's guide).
 */
export interface CrmRecord extends Stored {
	externalId: string;
	integrationConnectionId: string;
	name?: string | null;
	subject?: string | null;
	startTime?: string | null;
	recordingId?: string | null;
	account?: CrmRecord | null;
	opportunity?: CrmRecord | null;
	contact?: CrmRecord | null;
	lead?: CrmRecord | null;
	contacts: CrmRecord[];
	users: CrmRecord[];
	[field: string]: unknown;
}

/** What a CRM sends about a record; our description says what it may hold. */
export interface CrmPayload {
	externalId: string;
	subject?: string | null;
	name?: string;
	startTime?: string | null;
	[field: string]: unknown;
}

export type CrmKind =
	'accounts' | 'contacts' | 'leads' | 'crmUsers' | 'opportunities' | 'engagements';

/** The fields of a payload that name other records: of which kind they are, and where they are kept. */
const RELATED: Record<string, { kind: CrmKind; as: string }> = {
	account: { kind: 'accounts', as: 'account' },
	contact: { kind: 'contacts', as: 'contact' },
	lead: { kind: 'leads', as: 'lead' },
	opportunity: { kind: 'opportunities', as: 'opportunity' },
	engagementUsers: { kind: 'crmUsers', as: 'users' },
	opportunityUsers: { kind: 'crmUsers', as: 'users' },
	opportunityContacts: { kind: 'contacts', as: 'contacts' },
};

const TIMES = [
	'startTime',
	'endTime',
	'closedAt',
	'remoteCreatedAt',
	'remoteUpdatedAt',
	'lastActivityAt',
];

/** Creates or updates records as a CRM's sync does: all of them, or none when one is bad. */
export function sync(state: State, kind: CrmKind, payloads: CrmPayload[]): CrmRecord[] {
	const problems = payloads.flatMap((payload, index) => problemsOf(state, payload, index));
	if (problems.length > 0) throw new Refusal(400, 'Invalid record', Object.fromEntries(problems));
	return payloads.map((payload) => upsert(state, kind, payload));
}

function problemsOf(state: State, payload: CrmPayload, index: number): Array<[string, string]> {
	const place = `/body/${index}`;
	const badTimes = TIMES.filter((name) => {
		const time = payload[name];
		return typeof time === 'string' && instant(time) === undefined;
	}).map((name): [string, string] => [`${place}/${name}`, 'is not a date']);
	const { externalId } = payload;
	return state.rejectedExternalIds.has(externalId)
		? [[place, `"${externalId}" cannot be synced`], ...badTimes]
		: badTimes;
}

/** Creates a record or changes what is given of it; what is deleted comes back. */
export function upsert(state: State, kind: CrmKind, payload: CrmPayload): CrmRecord {
	const { externalId, deletedAt, ...given } = payload;
	const fields = Object.entries(given).flatMap(([name, value]) => storedAs(state, name, value));
	const change: Partial<CrmRecord> = Object.fromEntries(fields);
	const records = state[kind];
	return records.update(records.find(externalId) ?? records.add({ externalId }), {
		...change,
		deletedAt: typeof deletedAt === 'string' ? deletedAt : null,
	});
}

function storedAs(state: State, name: string, value: unknown): Array<[string, unknown]> {
	if (name === 'engagementType') return value ? [[name, Reflect.get(Object(value), 'name')]] : [];
	if (typeof value === 'string' && TIMES.includes(name)) return [[name, instant(value)]];
	if (!(name in RELATED) || value === null || value === undefined) return [[name, value]];
	const { kind, as } = RELATED[name];
	if (Array.isArray(value)) return [[as, value.map((one) => upsert(state, kind, one))]];
	return hasExternalId(value) ? [[as, upsert(state, kind, value)]] : [];
}

const hasExternalId = (value: unknown): value is CrmPayload =>
	typeof Reflect.get(Object(value), 'externalId') === 'string';

/** The CRM records that a recording is confirmed to be about. */
export interface RecordingLink {
	engagement: CrmRecord | null;
	opportunity: CrmRecord | null;
	account: CrmRecord | null;
	lead: CrmRecord | null;
	contacts: CrmRecord[];
	users: CrmRecord[];
}

/** The CRM records to link, by the CRM's ids. What an appointment or deal already knows is added. */
export interface LinkTarget {
	engagementExternalId?: string;
	opportunityExternalId?: string;
	accountExternalId?: string;
	contactExternalIds?: string[];
	/** Creates CRM records that were never synced, instead of throwing. */
	createMissing?: boolean;
}

/** Resolves what a recording is to be linked to. */
export function findLink(state: State, target: LinkTarget, recording: Recording): RecordingLink {
	const find = (kind: CrmKind, externalId: string): CrmRecord => {
		const record = state[kind].find(externalId);
		if (record) return record;
		if (target.createMissing) return upsert(state, kind, { externalId });
		throw new Error(`No "${externalId}" among the ${kind}: sync it, or createMissing`);
	};
	const findOne = (kind: CrmKind, externalId: string | undefined) =>
		externalId === undefined ? undefined : find(kind, externalId);

	const engagement = findOne('engagements', target.engagementExternalId);
	const opportunity =
		findOne('opportunities', target.opportunityExternalId) ?? engagement?.opportunity;
	const account =
		findOne('accounts', target.accountExternalId) ?? engagement?.account ?? opportunity?.account;
	const contacts = target.contactExternalIds?.map((externalId) => find('contacts', externalId));
	const ofEngagement = contactsOf(engagement);
	if (engagement) engagement.recordingId = recording.id;
	if (opportunity) opportunity.recordingId = recording.id;
	return {
		engagement: engagement ?? null,
		opportunity: opportunity ?? null,
		account: account ?? null,
		lead: engagement?.lead ?? null,
		contacts: contacts ?? (ofEngagement.length > 0 ? ofEngagement : contactsOf(opportunity)),
		users: engagement?.users ?? opportunity?.users ?? [],
	};
}

const contactsOf = (record: CrmRecord | null | undefined) =>
	record?.contact ? [record.contact] : (record?.contacts ?? []);

interface RemovedEngagements {
	validExternalIds: string[];
	fromTime: string;
	toTime: string;
}

const FILTERS = { recordingId: 'recordingId', externalId: 'externalId' };

/** Syncing from the CRM, and reading and deleting what was synced. */
export function crmOperations(state: State): Operations {
	const { organizationId, engagements, opportunities } = state;

	const answer = (record: CrmRecord): object => ({
		...record,
		organizationId,
		accountId: record.account?.id,
		opportunityId: record.opportunity?.id,
		engagementUsers: record.users,
		opportunityUsers: record.users,
	});
	const list =
		(records: typeof engagements) =>
		({ query }: Call) => {
			const size = pageSize(query.pageSize);
			const found = matching(records.living(), query, FILTERS);
			const page = pageOf(found, { cursor: query.cursor, size, order: state.listOrder });
			return { ...page, data: page.data.map(answer) };
		};
	const get =
		(records: typeof engagements) =>
		({ path }: Call) =>
			answer(records.existing(path.id));
	const remove =
		(records: typeof engagements) =>
		({ path, query }: Call) => {
			const found = query.idType === 'external' ? records.find(path.id) : records.get(path.id);
			records.remove(records.existing(found));
			return true;
		};
	const syncOne =
		(kind: CrmKind) =>
		({ body }: Call<CrmPayload>) => ({ data: answer(sync(state, kind, [body])[0]) });
	const syncBatch =
		(kind: CrmKind) =>
		({ body }: Call<CrmPayload[]>) => ({ data: sync(state, kind, body).map(answer) });

	return {
		syncEngagement: syncOne('engagements'),
		syncEngagements: syncBatch('engagements'),
		softDeleteRemovedEngagements: ({ body }: Call<RemovedEngagements>) => {
			const valid = new Set(body.validExternalIds);
			const window = { from: body.fromTime, until: body.toTime };
			const inWindow = matching(engagements.living(), window, {
				from: 'startTime:gte',
				until: 'startTime:lte',
			});
			inWindow
				.filter(({ externalId }) => !valid.has(externalId))
				.forEach((engagement) => engagements.remove(engagement));
			return { data: { success: true } };
		},
		listEngagements: list(engagements),
		getEngagement: get(engagements),
		deleteEngagement: remove(engagements),

		syncOpportunity: syncOne('opportunities'),
		syncOpportunities: syncBatch('opportunities'),
		listOpportunities: list(opportunities),
		getOpportunity: get(opportunities),
		deleteOpportunity: remove(opportunities),
	};
}
