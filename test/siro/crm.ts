import type { State } from './state';

export interface Address {
	country: string;
	street: string;
	city: string;
	state: string;
	zip: string;
}

/** What every record has that came from the CRM: Siro's id and the CRM's. */
export interface CrmRecord {
	sequence: number;
	id: string;
	externalId: string;
	integrationConnectionId: string;
	createdAt: string;
	updatedAt: string;
	deletedAt: string | null;
}

export interface Account extends CrmRecord {
	name?: string;
	latitude?: number;
	longitude?: number;
	addresses: Address[];
	phoneNumbers: string[];
	emailAddresses: string[];
}

export interface Contact extends CrmRecord {
	name?: string;
	account?: Account | null;
	addresses: Address[];
	phoneNumbers: string[];
	emailAddresses: string[];
}

export interface Lead extends CrmRecord {
	firstName?: string;
	lastName?: string;
	phoneNumbers: string[];
	emailAddresses: string[];
}

/** A rep as the CRM knows him or her ("External User" in Siro's guide). */
export interface CrmUser extends CrmRecord {
	email?: string;
	name?: string;
	/** The Siro user with the same e-mail address or name. */
	siroUserId: string | null;
}

export interface Opportunity extends CrmRecord {
	name?: string;
	amount?: number;
	closedAt?: string;
	disposition?: string;
	recordingId?: string | null;
	account?: Account | null;
	contacts: Contact[];
	users: CrmUser[];
}

/** An appointment, or another activity of the CRM. */
export interface Engagement extends CrmRecord {
	engagementType: string;
	direction?: string | null;
	subject?: string | null;
	content?: string | null;
	startTime?: string | null;
	startTimeLocalized?: string | null;
	endTime?: string | null;
	recordingId?: string | null;
	account?: Account | null;
	opportunity?: Opportunity | null;
	contact?: Contact | null;
	lead?: Lead | null;
	users: CrmUser[];
}

/** Records of one kind, found by either of their ids. */
export class CrmRecords<Kind extends CrmRecord> {
	private readonly byId = new Map<string, Kind>();
	private readonly byExternalId = new Map<string, Kind>();

	constructor(
		private readonly state: State,
		private readonly create: (base: CrmRecord) => Kind,
	) {}

	/** Every record that is not deleted. */
	all(): Kind[] {
		return [...this.byId.values()].filter(({ deletedAt }) => deletedAt === null);
	}

	/** The record with this id of Siro's, unless it is deleted. */
	get(id: string): Kind | undefined {
		const record = this.byId.get(id);
		return record?.deletedAt === null ? record : undefined;
	}

	/** The record with this id of the CRM's, deleted or not. */
	find(externalId: string): Kind | undefined {
		return this.byExternalId.get(externalId);
	}

	/** Creates or changes a record; what is `undefined` in the change stays as it was. */
	upsert(externalId: string, change: Partial<Kind>): Kind {
		const record = this.byExternalId.get(externalId) ?? this.add(externalId);
		const given = Object.entries(change).filter(([, value]) => value !== undefined);
		return Object.assign(record, Object.fromEntries(given), { updatedAt: this.state.now() });
	}

	private add(externalId: string): Kind {
		const now = this.state.now();
		const record = this.create({
			sequence: this.state.nextSequence(),
			id: this.state.random.uuid(),
			externalId,
			integrationConnectionId: this.state.defaultConnectionId,
			createdAt: now,
			updatedAt: now,
			deletedAt: null,
		});
		this.byId.set(record.id, record);
		this.byExternalId.set(externalId, record);
		return record;
	}
}

/** Siro leaves fields without a value out of CRM records instead of sending null. */
function withoutEmpty<Shape extends object>(shape: Shape): Partial<Shape> {
	const filled = Object.entries(shape).filter(([, value]) => value !== undefined && value !== null);
	return Object.assign<Partial<Shape>, object>({}, Object.fromEntries(filled));
}

export const accountAnswer = (account: Account) =>
	withoutEmpty({
		id: account.id,
		externalId: account.externalId,
		name: account.name,
		latitude: account.latitude,
		longitude: account.longitude,
		addresses: account.addresses,
		phoneNumbers: account.phoneNumbers,
		emailAddresses: account.emailAddresses,
		createdAt: account.createdAt,
		updatedAt: account.updatedAt,
	});

export const crmUserAnswer = (user: CrmUser) =>
	withoutEmpty({
		id: user.id,
		externalId: user.externalId,
		email: user.email,
		name: user.name,
		siroUserId: user.siroUserId,
		integrationConnectionId: user.integrationConnectionId,
		createdAt: user.createdAt,
		updatedAt: user.updatedAt,
	});

export const opportunityAnswer = (opportunity: Opportunity, organizationId: string) =>
	withoutEmpty({
		id: opportunity.id,
		externalId: opportunity.externalId,
		name: opportunity.name,
		amount: opportunity.amount,
		closedAt: opportunity.closedAt,
		disposition: opportunity.disposition,
		createdAt: opportunity.createdAt,
		updatedAt: opportunity.updatedAt,
		recordingId: opportunity.recordingId,
		accountId: opportunity.account?.id,
		organizationId,
		account: opportunity.account ? accountAnswer(opportunity.account) : undefined,
		opportunityUsers: opportunity.users.map(crmUserAnswer),
	});

export const engagementAnswer = (engagement: Engagement, organizationId: string) =>
	withoutEmpty({
		id: engagement.id,
		externalId: engagement.externalId,
		engagementType: engagement.engagementType,
		direction: engagement.direction,
		subject: engagement.subject,
		content: engagement.content,
		startTime: engagement.startTime,
		startTimeLocalized: engagement.startTimeLocalized,
		endTime: engagement.endTime,
		createdAt: engagement.createdAt,
		updatedAt: engagement.updatedAt,
		recordingId: engagement.recordingId,
		opportunityId: engagement.opportunity?.id,
		accountId: engagement.account?.id,
		organizationId,
		account: engagement.account ? accountAnswer(engagement.account) : undefined,
		engagementUsers: engagement.users.map(crmUserAnswer),
	});
