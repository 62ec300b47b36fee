import {
	engagementAnswer,
	opportunityAnswer,
	type Account,
	type Address,
	type Contact,
	type CrmUser,
	type Engagement,
	type Opportunity,
} from './crm';
import { instant } from './instant';
import { Refusal } from './refusal';
import type { State } from './state';
import { operation, type Operations } from './surface';

export interface AccountSync {
	externalId?: string;
	name?: string;
	latitude?: number;
	longitude?: number;
	addresses?: Address[];
	phoneNumbers?: string[];
	emailAddresses?: string[];
	deletedAt?: string | null;
	[rarelyUsed: string]: unknown;
}

export interface ContactSync extends AccountSync {
	externalId: string;
	account?: AccountSync | null;
}

export interface LeadSync {
	externalId: string;
	firstName?: string;
	lastName?: string;
	phoneNumbers?: string[];
	emailAddresses?: string[];
	deletedAt?: string | null;
	[rarelyUsed: string]: unknown;
}

export interface CrmUserSync {
	externalId: string;
	email?: string;
	name?: string;
	shareOfSale?: number;
	deletedAt?: string | null;
}

export interface EngagementSync {
	externalId: string;
	direction?: 'INBOUND' | 'OUTBOUND' | null;
	content?: string | null;
	subject?: string | null;
	startTime?: string | null;
	startTimeLocalized?: string | null;
	endTime?: string | null;
	remoteCreatedAt?: string | null;
	remoteUpdatedAt?: string | null;
	deletedAt?: string | null;
	engagementTypeId?: string | null;
	engagementType?: { externalId?: string; name: string; activityType: string } | null;
	account?: AccountSync | null;
	engagementUsers?: CrmUserSync[];
	opportunity?: {
		externalId: string;
		name?: string;
		amount?: number;
		closedAt?: string;
		disposition?: 'OPEN' | 'LOST' | 'WON';
		copyEngagementRelationships?: boolean;
		[rarelyUsed: string]: unknown;
	} | null;
	lead?: LeadSync | null;
	contact?: ContactSync | null;
}

export interface OpportunitySync {
	externalId: string;
	name?: string;
	amount?: number;
	closedAt?: string;
	remoteCreatedAt?: string;
	lastActivityAt?: string;
	deletedAt?: string | null;
	disposition?: 'OPEN' | 'LOST' | 'WON';
	accountId?: string | null;
	account?: AccountSync | null;
	contact?: ContactSync | null;
	opportunityContacts?: Array<ContactSync & { isPrimary?: boolean }>;
	opportunityUsers?: CrmUserSync[];
}

interface RemovedEngagements {
	validExternalIds: string[];
	fromTime: string;
	toTime: string;
}

/** Creates or updates engagements: all of them, or none when one is bad. */
export function syncEngagements(state: State, payloads: EngagementSync[]): Engagement[] {
	refuseBad(state, payloads, ['startTime', 'endTime', 'remoteCreatedAt', 'remoteUpdatedAt']);
	return payloads.map((payload) => upsertEngagement(state, payload));
}

/** Creates or updates opportunities: all of them, or none when one is bad. */
export function syncOpportunities(state: State, payloads: OpportunitySync[]): Opportunity[] {
	refuseBad(state, payloads, ['closedAt', 'remoteCreatedAt', 'lastActivityAt']);
	payloads.forEach(({ accountId }, index) => {
		if (accountId && !state.accounts.get(accountId)) {
			throw new Refusal(400, 'Invalid record', { [`/body/${index}/accountId`]: 'is no account' });
		}
	});
	return payloads.map((payload) => upsertOpportunity(state, payload));
}

/** Creates or updates an account that the CRM names; without an `externalId` there is none. */
export function upsertAccount(
	state: State,
	payload: AccountSync | null | undefined,
): Account | null | undefined {
	if (payload === null || payload === undefined) return payload;
	if (payload.externalId === undefined) return undefined;
	const { name, latitude, longitude, addresses, phoneNumbers, emailAddresses } = payload;
	return state.accounts.upsert(payload.externalId, {
		name,
		latitude,
		longitude,
		addresses,
		phoneNumbers,
		emailAddresses,
		deletedAt: payload.deletedAt ?? null,
	});
}

export function syncOperations(state: State): Operations {
	const { organizationId } = state;
	return {
		syncEngagement: operation<EngagementSync>(({ body }) => {
			const [engagement] = syncEngagements(state, [body]);
			return { data: engagementAnswer(engagement, organizationId) };
		}),
		syncEngagements: operation<EngagementSync[]>(({ body }) => ({
			data: syncEngagements(state, body).map((engagement) =>
				engagementAnswer(engagement, organizationId),
			),
		})),
		softDeleteRemovedEngagements: operation<RemovedEngagements>(({ body }) => {
			const valid = new Set(body.validExternalIds);
			const [from, to] = [Date.parse(body.fromTime), Date.parse(body.toTime)];
			for (const engagement of state.engagements.all()) {
				const start = engagement.startTime ? Date.parse(engagement.startTime) : NaN;
				const removed = start >= from && start <= to && !valid.has(engagement.externalId);
				if (removed) engagement.deletedAt = state.now();
			}
			return { data: { success: true } };
		}),
		syncOpportunity: operation<OpportunitySync>(({ body }) => {
			const [opportunity] = syncOpportunities(state, [body]);
			return { data: opportunityAnswer(opportunity, organizationId) };
		}),
		syncOpportunities: operation<OpportunitySync[]>(({ body }) => ({
			data: syncOpportunities(state, body).map((opportunity) =>
				opportunityAnswer(opportunity, organizationId),
			),
		})),
	};
}

function upsertEngagement(state: State, payload: EngagementSync): Engagement {
	const account = upsertAccount(state, payload.account);
	const contact = upsertContact(state, payload.contact);
	const users = payload.engagementUsers?.map((user) => upsertCrmUser(state, user));
	const opportunity = payload.opportunity && upsertEngagementOpportunity(state, payload);
	if (opportunity && payload.opportunity?.copyEngagementRelationships) {
		opportunity.account = account ?? opportunity.account;
		opportunity.contacts = contact ? [contact] : opportunity.contacts;
		opportunity.users = users ?? opportunity.users;
	}
	return state.engagements.upsert(payload.externalId, {
		engagementType: payload.engagementType?.name,
		direction: payload.direction,
		subject: payload.subject,
		content: payload.content,
		startTime: moment(payload.startTime),
		startTimeLocalized: payload.startTimeLocalized,
		endTime: moment(payload.endTime),
		account,
		contact,
		opportunity,
		lead: payload.lead && upsertLead(state, payload.lead),
		users,
		deletedAt: payload.deletedAt ?? null,
	});
}

function upsertEngagementOpportunity(state: State, { opportunity }: EngagementSync) {
	if (!opportunity) return opportunity;
	const { externalId, name, amount, disposition } = opportunity;
	const closedAt = moment(opportunity.closedAt) ?? undefined;
	return state.opportunities.upsert(externalId, { name, amount, disposition, closedAt });
}

function upsertOpportunity(state: State, payload: OpportunitySync): Opportunity {
	const { externalId, name, amount, disposition } = payload;
	const contacts = payload.opportunityContacts ?? (payload.contact ? [payload.contact] : undefined);
	const account = payload.accountId
		? state.accounts.get(payload.accountId)
		: upsertAccount(state, payload.account);
	return state.opportunities.upsert(externalId, {
		name,
		amount,
		disposition,
		closedAt: moment(payload.closedAt) ?? undefined,
		account,
		contacts: contacts?.flatMap((contact) => upsertContact(state, contact) ?? []),
		users: payload.opportunityUsers?.map((user) => upsertCrmUser(state, user)),
		deletedAt: payload.deletedAt ?? null,
	});
}

function upsertContact(
	state: State,
	payload: ContactSync | null | undefined,
): Contact | null | undefined {
	if (!payload) return payload;
	const { externalId, name, addresses, phoneNumbers, emailAddresses } = payload;
	return state.contacts.upsert(externalId, {
		name,
		addresses,
		phoneNumbers,
		emailAddresses,
		account: upsertAccount(state, payload.account),
		deletedAt: payload.deletedAt ?? null,
	});
}

function upsertLead(state: State, payload: LeadSync) {
	const { externalId, firstName, lastName, phoneNumbers, emailAddresses } = payload;
	return state.leads.upsert(externalId, {
		firstName,
		lastName,
		phoneNumbers,
		emailAddresses,
		deletedAt: payload.deletedAt ?? null,
	});
}

/** Siro maps a CRM user to a Siro user by e-mail address, or else by name. */
export function upsertCrmUser(state: State, payload: CrmUserSync): CrmUser {
	const user = state.crmUsers.upsert(payload.externalId, {
		email: payload.email,
		name: payload.name,
		deletedAt: payload.deletedAt ?? null,
	});
	const siroUsers = [...state.users.values()];
	const [email, name] = [user.email?.toLowerCase(), user.name];
	const match =
		siroUsers.find((candidate) => email && candidate.email?.toLowerCase() === email) ??
		siroUsers.find(({ firstName, lastName }) => name && `${firstName} ${lastName}` === name);
	user.siroUserId = match?.id ?? null;
	return user;
}

function refuseBad<Payload extends { externalId: string }>(
	state: State,
	payloads: Payload[],
	dates: Array<keyof Payload & string>,
): void {
	const problems: Record<string, string> = {};
	payloads.forEach((payload, index) => {
		if (state.rejectedExternalIds.has(payload.externalId)) {
			problems[`/body/${index}`] = `"${payload.externalId}" cannot be synced`;
		}
		for (const name of dates) {
			const date = payload[name];
			if (typeof date === 'string' && instant(date) === undefined) {
				problems[`/body/${index}/${name}`] = 'is not a date';
			}
		}
	});
	if (Object.keys(problems).length > 0) throw new Refusal(400, 'Invalid record', problems);
}

const moment = (date: string | null | undefined) =>
	typeof date === 'string' ? instant(date) : date;
