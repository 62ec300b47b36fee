import type { IDataObject } from 'n8n-workflow';

import type { SiroRequest } from '../api/request';
import { RECORDING_FIELDS } from '../recordings/simpleRecording';
import type { RecordFields } from '../values/recordFields';
import { INTEGRATION_PLATFORMS } from './integrationPlatforms';
import {
	APPOINTMENT_FIELDS,
	CONVERSATION_TYPE_FIELDS,
	FOLLOWUP_FIELDS,
	OPPORTUNITY_FIELDS,
	USER_FIELDS,
} from './recordFields';

/** How a list of records is asked for, and what it shows of each. */
export interface Listing {
	/** What several are called in a sentence. */
	plural: string;
	/** The method of the node that fills the list of a locator; saved workflows hold its name. */
	method: string;
	/** The method that fills a menu with them, where several are chosen. */
	menuMethod?: string;
	/**
	 * A parameter of the node without which Siro lists none; it goes out under the same name.
	 */
	needs?: { parameter: string; label: string };
	/** Besides the path of the kind. */
	request?: Pick<SiroRequest, 'query' | 'listName'>;
	toName: (record: IDataObject) => string;
	toUrl?: (record: IDataObject) => string | undefined;
}

/** A kind of record that Siro keeps: what menus, lists, requests and errors need to know of it. */
export interface Kind {
	/** What one is called in an error. */
	noun: string;
	/** What one is called in a menu, with its article. */
	one: string;
	/** The parameter that names one, and its label and description. */
	parameter: string;
	label: string;
	description: string;
	/** Default: the external API. */
	surface?: SiroRequest['surface'];
	/**
	 * Where Siro lists them; a single one stands below it, by its ID. `{organizationId}` stands for the
	 * organization (see `parameters/organization`).
	 */
	path: string;
	/** Where a request names the organization, if it must. */
	organization?: 'path' | 'query';
	/** The field that holds its ID. Default: `id`. */
	idName?: string;
	/** Whether the ID that the record has in the CRM names it, too. */
	takesExternalId?: boolean;
	/**
	 * How the address of its page in Siro is written, where people copy it from the browser: the first
	 * group of the pattern is its ID.
	 */
	page?: { example: string; pattern: string };
	/** What one is made of, if it has more than ten fields. */
	fields?: RecordFields;
	/** Without: by ID only. */
	listing?: Listing;
}

const PAGE_SIZE = '50';

/**
 * `links.web.self` of a recording, on any of Siro's hosts. An ID may have two parts (FACTS, "What real
 * integrators found").
 */
const RECORDING_PAGE = {
	example: 'https://app.siro.ai/#/recordings/1a2b3c',
	pattern: String.raw`^(?:(?:https?:)?//)?(?:[\w-]+\.)*siro\.ai(?::\d+)?/(?:[^#]*#/)?recordings/([^/?#\s]+(?:/[^/?#\s]+)?)/*(?:[?#\s]|$)`,
};

/** Source: external-api.openapi.json, GET /v1/core/recordings; the newest come first. */
export const RECORDINGS: Kind = {
	noun: 'recording',
	one: 'a recording',
	parameter: 'recordingId',
	label: 'Recording',
	description: 'The recording. After a Siro Trigger, use its recordingId.',
	path: '/v1/core/recordings',
	fields: RECORDING_FIELDS,
	page: RECORDING_PAGE,
	listing: {
		plural: 'recordings',
		method: 'searchRecordings',
		request: { query: { pageSize: PAGE_SIZE } },
		toName: ({ title, createdAt }) => `${text(title, 'Untitled')} (${toDay(createdAt)})`,
		toUrl: webLink,
	},
};

/** Source: external-api.openapi.json, GET /v1/integrations/engagements and …/{id}. */
export const APPOINTMENTS: Kind = {
	noun: 'appointment',
	one: 'an appointment',
	parameter: 'engagementId',
	label: 'Appointment',
	description: 'The appointment, by Siro’s own ID or by the ID in your CRM',
	path: '/v1/integrations/engagements',
	takesExternalId: true,
	fields: APPOINTMENT_FIELDS,
	listing: {
		plural: 'appointments',
		method: 'searchEngagements',
		toName: ({ subject, startTime, externalId }) =>
			withDetails(text(subject, 'Untitled'), [
				toDay(startTime),
				text(externalId, 'no external ID'),
			]),
	},
};

/** Source: external-api.openapi.json, GET /v1/integrations/opportunities and …/{id}. */
export const OPPORTUNITIES: Kind = {
	noun: 'opportunity',
	one: 'an opportunity',
	parameter: 'opportunityId',
	label: 'Opportunity',
	description: 'The deal, by Siro’s own ID or by the ID in your CRM',
	path: '/v1/integrations/opportunities',
	takesExternalId: true,
	fields: OPPORTUNITY_FIELDS,
	listing: {
		plural: 'opportunities',
		method: 'searchOpportunities',
		toName: ({ name, disposition, externalId }) =>
			withDetails(text(name, 'Unnamed'), [
				text(disposition, '').toLowerCase(),
				text(externalId, 'no external ID'),
			]),
	},
};

/** Siro gives them in one piece. Source: external-api.openapi.json, GET /v1/integrations/accounts. */
export const ACCOUNTS: Kind = {
	noun: 'account',
	one: 'an account',
	parameter: 'accountId',
	label: 'Account',
	description: 'The customer, by Siro’s own ID',
	path: '/v1/integrations/accounts',
	listing: {
		plural: 'accounts',
		method: 'searchAccounts',
		toName: ({ name, externalId }) =>
			withDetails(text(name, 'Unnamed'), [text(externalId, 'no external ID')]),
	},
};

/**
 * Siro does not document what a CRM user looks like; the fields are those with which reps are synced.
 * Source: external-api.openapi.json, GET /v1/integrations/users.
 */
export const CRM_USERS: Kind = {
	noun: 'CRM user',
	one: 'a CRM user',
	parameter: 'crmUserId',
	label: 'CRM User',
	description:
		'The rep as listed in your CRM. Choose from the list, or enter Siro’s ID of this CRM user (not your CRM’s).',
	path: '/v1/integrations/users',
	listing: {
		plural: 'CRM users',
		method: 'searchCrmUsers',
		request: { query: { pageSize: PAGE_SIZE } },
		toName: ({ name, email, externalId }) =>
			withDetails(text(name, 'Unnamed'), [text(email, ''), text(externalId, 'no external ID')]),
	},
};

/** Source: external-api.openapi.json, GET /v1/core/integrations/connections and …/{id}. */
export const CONNECTIONS: Kind = {
	noun: 'CRM connection',
	one: 'a connection',
	parameter: 'connectionId',
	label: 'Connection',
	description: 'The connection between Siro and your CRM',
	path: '/v1/core/integrations/connections',
	listing: {
		plural: 'connections',
		method: 'searchConnections',
		toName: ({ name, integrationPlatform, isActive }) =>
			withDetails(text(name, 'Unnamed'), [
				platformName(integrationPlatform),
				isActive === false ? 'inactive' : '',
			]),
	},
};

/** Source: external-api.openapi.json, GET /v1/core/mobile-events/{id}. */
export const MOBILE_EVENTS: Kind = {
	noun: 'mobile event',
	one: 'a mobile event',
	parameter: 'mobileEventId',
	label: 'Mobile Event',
	description: 'The event of Siro’s mobile app. Get Many returns its ID.',
	path: '/v1/core/mobile-events',
};

/** Source: external-api.openapi.json, GET /v1/core/users and …/{id}. */
export const USERS: Kind = {
	noun: 'user',
	one: 'a user',
	parameter: 'userId',
	label: 'User',
	description: 'The Siro user, someone who can sign in to Siro',
	path: '/v1/core/users',
	fields: USER_FIELDS,
	listing: {
		plural: 'users',
		method: 'searchUsers',
		menuMethod: 'getUsers',
		toName: ({ firstName, lastName, email }) => {
			const name = `${text(firstName, '')} ${text(lastName, '')}`.trim();
			return withDetails(text(name, 'No name'), [text(email, 'no email')]);
		},
	},
};

/** In lists of any score. Source: platform-api.openapi.json, GET /v1/core/followups. */
export const FOLLOWUPS: Kind = {
	noun: 'follow-up',
	one: 'a follow-up',
	parameter: 'followupId',
	label: 'Follow-Up',
	description: 'The follow-up. Get Many returns its ID as followupId.',
	surface: 'platform',
	path: '/v1/core/followups',
	idName: 'followupId',
	fields: FOLLOWUP_FIELDS,
	listing: {
		plural: 'follow-ups',
		method: 'searchFollowups',
		request: { query: { limit: PAGE_SIZE, minimumScore: 1 }, listName: 'followups' },
		toName: ({ followupAction, repName, recordingTitle }) =>
			withDetails(text(followupAction, 'No action'), [
				text(repName, 'no rep'),
				text(recordingTitle, 'Untitled'),
			]),
	},
};

/** Source: external-api.openapi.json, GET /v1/core/organizations/{orgId}/teams and …/{teamId}. */
export const TEAMS: Kind = {
	noun: 'team',
	one: 'a team',
	parameter: 'teamId',
	label: 'Team',
	description: 'The team of Siro users',
	path: '/v1/core/organizations/{organizationId}/teams',
	organization: 'path',
	listing: {
		plural: 'teams',
		method: 'searchTeams',
		menuMethod: 'getTeams',
		request: { query: { pageSize: PAGE_SIZE } },
		toName: ({ name, id }) => withDetails(text(name, 'Unnamed'), [text(id, '')]),
	},
};

/**
 * Siro gives them in one piece. What other requests want is not the ID of a configuration, which
 * names its owner, too, but that of the type.
 * Source: platform-api.openapi.json, GET /v1/core/conversation-configurations.
 */
export const CONVERSATION_TYPES: Kind = {
	noun: 'conversation type',
	one: 'a conversation type',
	parameter: 'conversationTypeId',
	label: 'Conversation Type',
	description:
		'The kind of conversation. The list needs an OAuth app or a client app in the credential.',
	surface: 'platform',
	path: '/v1/core/conversation-configurations',
	organization: 'query',
	idName: 'conversationType',
	fields: CONVERSATION_TYPE_FIELDS,
	listing: {
		plural: 'conversation types',
		method: 'searchConversationTypes',
		menuMethod: 'getConversationTypes',
		toName: ({ displayName, conversationType, teamId }) =>
			withDetails(text(displayName, 'Unnamed'), [
				typeof teamId === 'string' ? `team ${teamId}` : 'organization',
				text(conversationType, ''),
			]),
	},
};

/** Source: platform-api.openapi.json, GET /v1/core/scorecards/instance-summaries. */
export const SCORECARDS: Kind = {
	noun: 'scorecard',
	one: 'a scorecard',
	parameter: 'scorecardId',
	label: 'Scorecard',
	description: 'The scorecard. Get Many returns its ID.',
	surface: 'platform',
	path: '/v1/core/scorecards/instance-summaries',
	organization: 'query',
	listing: {
		plural: 'scorecards',
		method: 'searchScorecards',
		request: { listName: 'scorecardInstances' },
		toName: ({ name, isActive, conversationType }) =>
			withDetails(text(name, 'Unnamed'), [
				text(conversationType, 'no conversation type'),
				isActive === false ? 'inactive' : '',
			]),
	},
};

/**
 * Siro lists them by the user who made them.
 * Source: external-api.openapi.json, GET /v1/core/oauth/apps and …/{clientId}.
 */
export const OAUTH_APPS: Kind = {
	noun: 'OAuth app',
	one: 'an OAuth app',
	parameter: 'clientId',
	label: 'OAuth App',
	description:
		'The OAuth app. Choose from the list, or enter its client ID. The list shows the apps of the owner chosen above.',
	path: '/v1/core/oauth/apps',
	organization: 'query',
	idName: 'clientId',
	listing: {
		plural: 'OAuth apps',
		method: 'searchOAuthApps',
		needs: { parameter: 'owner', label: 'Owner' },
		request: { query: { limit: PAGE_SIZE } },
		toName: ({ appName, createdAt }) => `${text(appName, 'Unnamed')} (${toDay(createdAt)})`,
	},
};

export const KINDS = [
	RECORDINGS,
	APPOINTMENTS,
	OPPORTUNITIES,
	ACCOUNTS,
	CRM_USERS,
	CONNECTIONS,
	MOBILE_EVENTS,
	USERS,
	FOLLOWUPS,
	TEAMS,
	CONVERSATION_TYPES,
	SCORECARDS,
	OAUTH_APPS,
];

/** "Smith kitchen (won, opp-101)", without the details that are not known. */
function withDetails(name: string, details: string[]): string {
	return `${name} (${details.filter((detail) => detail !== '').join(', ')})`;
}

function text(value: unknown, fallback: string): string {
	return typeof value === 'string' && value.trim() !== '' ? value : fallback;
}

function toDay(value: unknown): string {
	return typeof value === 'string' && value.length >= 10 ? value.slice(0, 10) : 'no date';
}

function webLink({ links }: IDataObject): string | undefined {
	const web = (links as { web?: { self?: unknown } } | undefined)?.web;
	return typeof web?.self === 'string' ? web.self : undefined;
}

/** `SERVICE_TITAN` → "ServiceTitan". */
function platformName(value: unknown): string {
	const platform = INTEGRATION_PLATFORMS.find((option) => option.value === value);
	return platform?.name ?? text(value, 'no platform');
}
