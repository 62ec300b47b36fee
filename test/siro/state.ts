import type { CrmRecord } from './crm';
import type { User } from './people';
import type { Followup } from './followups';
import type { ListOrder } from './lists';
import type { AccessToken, OAuthApp } from './oauth';
import type { Random } from './random';
import type { Recording } from './recordings';
import { notFound } from './refusal';

export type WebhookEvent = 'integrations.recordingProcessed' | 'integrations.recordingLinked';

/** What everything in Siro has. */
export interface Stored {
	/** The position in the order of creation. */
	sequence: number;
	id: string;
	createdAt: string;
	updatedAt: string;
	deletedAt: string | null;
}

/** Records of one kind, found by Siro's ID or by the CRM's. */
export class Records<Kind extends Stored & { externalId?: string | null }> {
	private readonly byId = new Map<string, Kind>();
	private readonly byExternalId = new Map<string, Kind>();

	constructor(
		private readonly state: State,
		/** What one is called in an answer. */
		private readonly noun: string,
		private readonly create: (base: Stored) => Kind,
	) {}

	/** Adds a record; what is not given, or `undefined`, is as usual. */
	add(given: Partial<Kind> = {}): Kind {
		const now = this.state.now();
		const base = { id: this.state.random.uuid(), createdAt: now, updatedAt: now, deletedAt: null };
		const sequence = this.state.nextSequence();
		const record = Object.assign(this.create({ sequence, ...base }), defined(given));
		if (this.byId.has(record.id)) throw new Error(`There is a ${this.noun} "${record.id}" already`);
		this.byId.set(record.id, record);
		if (record.externalId) this.byExternalId.set(record.externalId, record);
		return record;
	}

	/** Changes a record; what is `undefined` in the change stays as it was. */
	update(record: Kind, change: Partial<Kind>): Kind {
		return Object.assign(record, { updatedAt: this.state.now() }, defined(change));
	}

	/** Every record, deleted or not. */
	all(): Kind[] {
		return [...this.byId.values()];
	}

	/** Every record that is not deleted. */
	living(): Kind[] {
		return this.all().filter(({ deletedAt }) => deletedAt === null);
	}

	/** The record with this ID of Siro's, deleted or not. */
	get(id: string): Kind | undefined {
		return this.byId.get(id);
	}

	/** The record with this ID of the CRM's, deleted or not. */
	find(externalId: string): Kind | undefined {
		return this.byExternalId.get(externalId);
	}

	/** The record of a request, unless it is unknown or deleted: then Siro refuses. */
	existing(record: Kind | string | undefined): Kind {
		const found = typeof record === 'string' ? this.get(record) : record;
		if (!found || found.deletedAt !== null) throw notFound(this.noun);
		return found;
	}

	/** Marks a record as deleted. */
	remove(record: Kind): void {
		record.deletedAt = this.state.now();
	}
}

const defined = (given: object) =>
	Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

/** All that the simulated Siro knows. */
export class State {
	readonly accounts = this.crmRecords('Account');
	readonly contacts = this.crmRecords('Contact');
	readonly leads = this.crmRecords('Lead');
	readonly crmUsers = this.crmRecords('CRM user');
	readonly opportunities = this.crmRecords('Opportunity');
	readonly engagements = this.crmRecords('Engagement');

	readonly recordings = new Records<Recording>(this, 'Recording', (base) => ({
		...base,
		userId: this.users.all()[0].id,
		title: 'Kitchen Remodel Consultation',
		durationInMilliseconds: 1_800_000,
		latitude: 40.7128,
		longitude: -74.006,
		result: 'OPEN',
		conversationType: 'in-home-consultation',
		isProcessingDone: false,
		isEntityExtractionDone: false,
		isSummaryDone: false,
		link: null,
		summary: [],
		extractions: [],
		evaluationScore: null,
		audio: null,
		audioContentType: 'audio/mp4',
	}));

	readonly followups = new Records<Followup>(this, 'Followup', (base) => ({
		...base,
		recordingId: '',
		followupType: 'REHASH',
		score: 4,
		followupAction: 'Call the customer about the financing options.',
		context: [{ header: 'MAIN_OBJECTION', value: 'The timeline' }],
		starred: false,
		status: 'TO_DO',
		thinking: 'The customer asked for a proposal.',
		note: null,
		completedBy: null,
		completedAt: null,
		hasFollowupComment: false,
		history: [],
	}));

	readonly users = new Records<User>(this, 'User', (base) => ({
		...base,
		// As IDs of Firebase look.
		id: this.random.text(28),
		email: null,
		phoneNumber: null,
		firstName: null,
		lastName: null,
		memberTeamId: null,
		coachTeamIds: [],
		externalId: null,
		disabled: false,
		billable: true,
	}));

	readonly oauthApps = new Records<OAuthApp>(this, 'OAuth app', (base) => ({
		...base,
		clientId: base.id,
		clientSecret: `siro_secret_${this.random.text(32)}`,
		appName: 'n8n',
		owner: '',
	}));

	readonly accessTokens = new Map<string, AccessToken>();

	/** External ids that a test declared bad: a sync that holds one is refused as a whole. */
	readonly rejectedExternalIds = new Set<string>();

	/** The CRM connection that synced records belong to. */
	readonly connectionId: string;

	private lastSequence = 0;

	constructor(
		readonly organizationId: string,
		readonly random: Random,
		readonly clock: () => Date,
		readonly listOrder: ListOrder,
	) {
		this.connectionId = random.uuid();
	}

	now(): string {
		return this.clock().toISOString();
	}

	nextSequence(): number {
		return ++this.lastSequence;
	}

	private crmRecords(noun: string): Records<CrmRecord> {
		return new Records<CrmRecord>(this, noun, (base) => ({
			...base,
			externalId: '',
			integrationConnectionId: this.connectionId,
			engagementType: 'meeting',
			addresses: [],
			contacts: [],
			users: [],
		}));
	}
}
