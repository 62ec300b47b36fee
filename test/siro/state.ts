import {
	CrmRecords,
	type Account,
	type Contact,
	type CrmUser,
	type Engagement,
	type Lead,
	type Opportunity,
} from './crm';
import type { Connection } from './connections';
import type { Followup } from './followups';
import type { MobileEvent } from './mobile-events';
import type { AccessToken, OAuthApp } from './oauth';
import type { ListOrder } from './paging';
import type { Random } from './random';
import type { Recording } from './recordings';
import type { User } from './users';

export type WebhookEvent = 'integrations.recordingProcessed' | 'integrations.recordingLinked';

/** All that the simulated Siro knows. */
export class State {
	readonly accounts = new CrmRecords<Account>(this, (base) => ({
		...base,
		addresses: [],
		phoneNumbers: [],
		emailAddresses: [],
	}));
	readonly contacts = new CrmRecords<Contact>(this, (base) => ({
		...base,
		addresses: [],
		phoneNumbers: [],
		emailAddresses: [],
	}));
	readonly leads = new CrmRecords<Lead>(this, (base) => ({
		...base,
		phoneNumbers: [],
		emailAddresses: [],
	}));
	readonly crmUsers = new CrmRecords<CrmUser>(this, (base) => ({ ...base, siroUserId: null }));
	readonly opportunities = new CrmRecords<Opportunity>(this, (base) => ({
		...base,
		contacts: [],
		users: [],
	}));
	readonly engagements = new CrmRecords<Engagement>(this, (base) => ({
		...base,
		engagementType: 'meeting',
		users: [],
	}));

	readonly recordings = new Map<string, Recording>();
	readonly users = new Map<string, User>();
	readonly connections = new Map<string, Connection>();
	readonly followups = new Map<string, Followup>();
	readonly mobileEvents = new Map<string, MobileEvent>();
	readonly oauthApps = new Map<string, OAuthApp>();
	readonly accessTokens = new Map<string, AccessToken>();

	/** External ids that a test declared bad: a sync that holds one is refused as a whole. */
	readonly rejectedExternalIds = new Set<string>();

	/** The CRM connection that synced records belong to. */
	defaultConnectionId = '';

	/** Told of every change of a recording that Siro announces. */
	announce: (recording: Recording, event: WebhookEvent) => void = () => {};

	private lastSequence = 0;

	constructor(
		readonly organizationId: string,
		readonly random: Random,
		readonly clock: () => Date,
		readonly listOrder: ListOrder,
	) {}

	now(): string {
		return this.clock().toISOString();
	}

	nextSequence(): number {
		return ++this.lastSequence;
	}
}
