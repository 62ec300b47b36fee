/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- test code runs in Node, never inside n8n */
import { execFileSync } from 'node:child_process';
import path from 'node:path';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Credential } from '../n8n/credentials';
import type { Execution } from '../n8n/executions';
import type { N8nSeries } from '../n8n/install';
import { findPostgres, startPostgres, type PostgresServer } from '../n8n/services/postgres';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import type { Workflow, WorkflowDefinition } from '../n8n/workflows';
import { packPackage } from '../support/package/pack';
import { repositoryFolder } from '../support/package/repository';
import { Refusal, startCrms, type CrmRequest, type Crms } from './crms';

jest.setTimeout(300_000);

const DAY_MS = 24 * 3_600_000;

/** An appointment, as all CRMs have it in some form. */
interface Appointment {
	id: number;
	start: Date;
	changedAt: Date;
	repId: number;
	state: 'planned' | 'canceled' | 'deleted';
}

/** A rep whom no CRM knows any more. */
const REP = 71;
const REP_WHO_LEFT = 72;

/** A CRM that the appointments recipe reads; a new CRM costs one of these. */
interface StandIn {
	/** The name with which the files of its recipes begin. */
	crm: string;
	/** Where it answers; none for what is no stand-in. */
	addresses: string[];
	credentials: () => Record<string, ICredentialDataDecryptedObject>;
	/** Its recipes use a version of a node that n8n 1 does not have. */
	needsN8n2?: true;
	/** The most requests in so many milliseconds, as the CRM documents it. */
	limit: { requests: number; inMs: number };
	/** What it answers to what comes too fast, with the status 429. */
	tooFast?: object;
	/** What it answers for a record that it refuses, where that is no 400. */
	refusal?: object;
	/** Answers in the CRM's name, given what it holds at that moment. */
	play?: (on: Answer, held: () => Appointment[]) => void;
	/** Puts what the CRM holds into something that is real. */
	store?: (held: Appointment[]) => void;
	/** What of an appointment tells Siro that it is gone. */
	gone: Array<Appointment['state']>;
	/** Whether an appointment whose rep has left is found out before Siro is asked. */
	knowsReps: boolean;
	/** What is easily entered wrong in the appointments recipe, and what one reads then. */
	mistakes?: Array<{ field: string; value: string; error: RegExp }>;
	/** What a recording with a summary and these values must have done in the CRM. */
	recording?: {
		deal: string;
		contact?: string;
		/** What the mapping calls the records. */
		model?: string;
		fields: Record<string, string>;
		edit?: (workflow: WorkflowDefinition) => void;
		/** How many come at once, one of them bad; besides two for every CRM. */
		load?: number;
		/** Gives what the CRM has then. */
		written: (requests: CrmRequest[]) => unknown;
		expected: unknown;
	};
}

type Answer = (to: string, answer: (request: CrmRequest) => unknown) => void;

/** What the CRM's own query asks for. */
const changedSince = (held: Appointment[], since: unknown) =>
	held.filter(({ changedAt }) => changedAt.getTime() >= new Date(since as string).getTime());

/** What a CRM puts into one page, however much it was asked for. */
let largestPage = Infinity;

/** A page of a list by `offset`, and where the next one starts. */
function pageOf<T>(all: T[], offset: unknown, asked: number) {
	const size = Math.min(asked, largestPage);
	const from = Number(offset ?? 0);
	const next = from + size < all.length ? String(from + size) : undefined;
	return { page: all.slice(from, from + size), next };
}

const refuse = (...reason: ConstructorParameters<typeof Refusal>) => new Refusal(...reason);

const HUBSPOT = 'https://api.hubapi.com';
const PIPEDRIVE = 'https://api.pipedrive.com';
const SALESFORCE = 'https://your-domain.my.salesforce.com';
const ANY_CRM = 'https://crm.example.com';

const HIGHLEVEL = 'https://services.leadconnectorhq.com';
const AIRTABLE = 'https://api.airtable.com';
const MONDAY = 'https://api.monday.com';
const ZOHO = 'https://www.zohoapis.com';
const SHEETS = 'https://sheets.googleapis.com/v4/spreadsheets/REPLACE-WITH-YOUR-SPREADSHEET';
const DYNAMICS = 'https://your-organization.crm.dynamics.com';
const JOBNIMBUS = 'https://app.jobnimbus.com';
const SERVICETITAN = 'https://api.servicetitan.io';
const SERVICETITAN_TOKENS = 'https://auth.servicetitan.io';

let database: PostgresServer | undefined;

function postgres(): PostgresServer {
	if (database === undefined) throw new Error('PostgreSQL was not started');
	return database;
}

/** Has PostgreSQL execute statements, and gives what they say. */
function sql(statements: string): string {
	return execFileSync('psql', [postgres().url, '-qAt', '-v', 'ON_ERROR_STOP=1', '-c', statements], {
		encoding: 'utf8',
	});
}

const NOTE = [
	'Smith kitchen',
	'Next Steps:\nCall <ann@example.com>.',
	'Found in the conversation:\n',
].join('\n\n');

/** Lets a recording be written in both ways that a recipe has. */
function updateAnyRecordToo({ nodes }: WorkflowDefinition): void {
	for (const node of nodes) if (node.name === 'Update Any Record') node.disabled = false;
}

const STAND_INS: StandIn[] = [
	{
		crm: 'hubspot',
		addresses: [HUBSPOT],
		credentials: () => ({ hubspotAppToken: { appToken: 'hubspot-key' } }),
		limit: { requests: 100, inMs: 10_000 },
		tooFast: {
			status: 'error',
			message: 'You have reached your ten_secondly_rolling limit.',
			errorType: 'RATE_LIMIT',
			policyName: 'TEN_SECONDLY_ROLLING',
		},
		gone: ['canceled', 'deleted'],
		knowsReps: true,
		play(on, held) {
			const toMeeting = ({ id, start, repId, changedAt, state }: Appointment) => ({
				id: String(id),
				archivedAt: changedAt.toISOString(),
				properties: {
					hs_meeting_title: `Visit ${id}`,
					hs_meeting_start_time: start.toISOString(),
					hs_meeting_end_time: new Date(start.getTime() + 3_600_000).toISOString(),
					hs_meeting_outcome: state === 'canceled' ? 'CANCELED' : 'SCHEDULED',
					hs_lastmodifieddate: changedAt.toISOString(),
					hubspot_owner_id: String(repId),
				},
			});
			const list = (meetings: Appointment[], after: unknown, size: number) => {
				const { page, next } = pageOf(meetings, after, size);
				return {
					results: page.map(toMeeting),
					...(next === undefined ? {} : { paging: { next: { after: next } } }),
				};
			};
			const onSearch = limited(on, { requests: 5, inMs: 1_000 });
			onSearch(`POST ${HUBSPOT}/crm/v3/objects/meetings/search`, ({ body }) => {
				const { filterGroups, after, limit } = body as {
					filterGroups: Array<{ filters: Array<{ propertyName: string; value: number }> }>;
					after?: string;
					limit: number;
				};
				if (limit > 200) throw refuse(400, 'The limit is 200');
				const filter = filterGroups[0].filters.find(
					({ propertyName }) => propertyName === 'hs_lastmodifieddate',
				);
				const found = changedSince(held(), filter?.value);
				return list(
					found.filter(({ state }) => state !== 'deleted'),
					after,
					limit,
				);
			});
			on(`GET ${HUBSPOT}/crm/v3/objects/meetings`, ({ query }) =>
				list(
					held().filter(({ state }) => (state === 'deleted') === (query.archived === 'true')),
					query.after,
					Number(query.limit),
				),
			);
			on(`GET ${HUBSPOT}/crm/v3/owners`, () => ({
				results: [{ id: String(REP), email: 'john@example.com', firstName: 'John' }],
			}));
			for (const kind of ['companies', 'deals']) {
				on(`POST ${HUBSPOT}/crm/v4/associations/meetings/${kind}/batch/read`, ({ body }) => {
					const { inputs } = body as { inputs: Array<{ id: string }> };
					if (inputs.length === 0 || inputs.length > 1000) throw refuse(400, 'Invalid inputs');
					return { results: inputs.map((from) => ({ from, to: [{ toObjectId: 5 }] })) };
				});
			}
			on(`POST ${HUBSPOT}/crm/v3/objects/notes`, () => ({ id: '1' }));
			for (const deal of ['9001', REFUSED]) {
				on(`PUT ${HUBSPOT}/deals/v1/deal/${deal}`, () => ({ dealId: Number(deal) }));
			}
		},
		recording: {
			deal: '9001',
			fields: { amount: '$40,000', description: 'Oak' },
			written: (requests) =>
				requests.map(({ body }) => (body as { properties: unknown }).properties),
			expected: [
				{
					hs_timestamp: expect.any(String) as string,
					hs_note_body: expect.stringContaining('Call &lt;ann@example.com&gt;.') as string,
				},
				[
					{ name: 'amount', value: '40000' },
					{ name: 'description', value: 'Oak' },
				],
			],
		},
	},
	{
		crm: 'pipedrive',
		needsN8n2: true,
		addresses: [PIPEDRIVE],
		credentials: () => ({ pipedriveApi: { apiToken: 'pipedrive-token' } }),
		limit: { requests: 20, inMs: 2_000 },
		tooFast: { success: false, error: 'Rate limit exceeded', errorCode: 429 },
		gone: [],
		knowsReps: true,
		play(on, held) {
			on(`GET ${PIPEDRIVE}/api/v2/activities`, ({ query }) => {
				const found = changedSince(held(), query.updated_since);
				const { page, next } = pageOf(found, query.cursor, Math.min(Number(query.limit), 100));
				return {
					success: true,
					data: page.map(({ id, start, repId }) => ({
						id,
						type: 'meeting',
						subject: `Visit ${id}`,
						due_date: start.toISOString().slice(0, 10),
						due_time: start.toISOString().slice(11, 16),
						duration: '00:30',
						owner_id: repId,
						org_id: 5,
						deal_id: 5,
					})),
					additional_data: { next_cursor: next ?? null },
				};
			});
			on(`GET ${PIPEDRIVE}/v1/users`, () => ({
				success: true,
				data: [
					{ id: REP, name: 'John', email: 'john@example.com', active_flag: true },
					{ id: REP_WHO_LEFT, name: 'Ann', email: 'ann@example.com', active_flag: false },
				],
			}));
			on(`POST ${PIPEDRIVE}/v1/notes`, () => ({ success: true, data: { id: 1 } }));
			for (const deal of ['42', REFUSED]) {
				on(`PATCH ${PIPEDRIVE}/api/v2/deals/${deal}`, () => ({ success: true, data: {} }));
			}
		},
		recording: {
			deal: '42',
			fields: { '0123456789abcdef0123456789abcdef01234567': 'Oak' },
			written: (requests) => requests.map(({ body }) => body),
			expected: [
				{
					deal_id: 42,
					content: expect.stringContaining('Call &lt;ann@example.com&gt;.') as string,
				},
				{ custom_fields: { '0123456789abcdef0123456789abcdef01234567': 'Oak' } },
			],
		},
	},
	{
		crm: 'salesforce',
		addresses: [SALESFORCE],
		credentials: () => ({
			salesforceOAuth2Api: {
				environment: 'production',
				clientId: 'id',
				clientSecret: 'secret',
				oauthTokenData: { access_token: 'salesforce-token', instance_url: SALESFORCE },
			},
		}),
		limit: { requests: 25, inMs: 20_000 },
		gone: ['deleted'],
		knowsReps: false,
		play(on, held) {
			const toEvent = ({ id, start, repId, changedAt }: Appointment) => ({
				Id: String(id),
				Subject: `Visit ${id}`,
				StartDateTime: start.toISOString(),
				EndDateTime: start.toISOString(),
				OwnerId: String(repId),
				Owner: { Email: 'john@example.com', Name: 'John' },
				What: null,
				SystemModstamp: changedAt.toISOString(),
			});
			on(`GET ${SALESFORCE}/services/data/v59.0/query`, ({ query }) => {
				const [, since] = /SystemModstamp >= (\S+)/.exec(String(query.q)) ?? [];
				const found = changedSince(held(), since).filter(({ state }) => state !== 'deleted');
				return { done: true, records: found.map(toEvent) };
			});
			on(`GET ${SALESFORCE}/services/data/v59.0/queryAll`, () => ({
				done: true,
				records: held()
					.filter(({ state }) => state === 'deleted')
					.map(toEvent),
			}));
			const records = `${SALESFORCE}/services/data/v59.0/sobjects`;
			on(`POST ${records}/note`, () => ({ id: '1', success: true }));
			for (const deal of ['0065e00000AbCdEAAV', REFUSED]) {
				on(`PATCH ${records}/opportunity/${deal}`, () => ({}));
			}
		},
		recording: {
			deal: '0065e00000AbCdEAAV',
			fields: { NextStep: 'Oak' },
			written: (requests) => requests.map(({ body }) => body),
			expected: [
				{ Title: 'Smith kitchen', ParentId: '0065e00000AbCdEAAV', Body: `${NOTE}NextStep: Oak` },
				{ NextStep: 'Oak' },
			],
		},
	},
	{
		crm: 'http-crm',
		addresses: [ANY_CRM],
		credentials: () => ({ httpHeaderAuth: { name: 'x-api-key', value: 'crm-key' } }),
		limit: { requests: 10, inMs: 10_000 },
		gone: ['canceled', 'deleted'],
		knowsReps: false,
		play(on, held) {
			on(`GET ${ANY_CRM}/api/appointments`, ({ query }) =>
				changedSince(held(), query.changedSince).map(({ id, start, repId, changedAt, state }) => ({
					id,
					subject: `Visit ${id}`,
					start,
					end: start,
					repId,
					repEmail: 'john@example.com',
					deletedAt: state === 'planned' ? null : changedAt,
				})),
			);
			for (const deal of ['opp-1', REFUSED]) {
				on(`POST ${ANY_CRM}/api/Opportunity/${deal}/notes`, () => ({}));
				on(`PATCH ${ANY_CRM}/api/Opportunity/${deal}`, () => ({}));
			}
		},
		recording: {
			deal: 'opp-1',
			model: 'Opportunity',
			fields: { wood: 'Oak' },
			written: (requests) => requests.map(({ body }) => body),
			expected: [{ title: 'Smith kitchen', text: `${NOTE}wood: Oak` }, { wood: 'Oak' }],
		},
	},
	{
		crm: 'servicetitan',
		addresses: [SERVICETITAN, SERVICETITAN_TOKENS],
		credentials: () => ({
			oAuth2Api: {
				grantType: 'clientCredentials',
				accessTokenUrl: `${SERVICETITAN_TOKENS}/connect/token`,
				clientId: 'id',
				clientSecret: 'secret',
				authentication: 'body',
				scope: '',
			},
		}),
		limit: { requests: 60, inMs: 1_000 },
		gone: ['canceled'],
		knowsReps: true,
		play(on, held) {
			const list = (path: string, find: (query: CrmRequest['query']) => object[]) =>
				on(`GET ${SERVICETITAN}/${path}`, ({ query, headers }) => {
					if (headers.authorization !== 'Bearer st-token') throw refuse(401, 'No token');
					if (headers['st-app-key'] !== 'your-app-key') throw refuse(401, 'No app key');
					const from = (Number(query.page ?? 1) - 1) * 100;
					const found = find(query);
					return { data: found.slice(from, from + 100), hasMore: from + 100 < found.length };
				});
			const ofIds = (ids: unknown) => {
				const wanted = String(ids).split(',');
				if (wanted.length > 50) throw refuse(400, 'At most 50 IDs');
				return held().filter(({ id }) => wanted.includes(String(id)));
			};
			on(`POST ${SERVICETITAN_TOKENS}/connect/token`, () => ({
				access_token: 'st-token',
				token_type: 'Bearer',
				expires_in: 900,
			}));
			on(`POST ${SERVICETITAN}/jpm/v2/tenant/123456789/jobs/4711/notes`, () => ({ text: '' }));
			on(`PATCH ${SERVICETITAN}/jpm/v2/tenant/123456789/jobs/4711`, () => ({ id: 4711 }));
			list('settings/v2/tenant/123456789/technicians', () => [
				{ id: REP, name: 'John', email: 'john@example.com', active: true },
			]);
			list('jpm/v2/tenant/123456789/appointments', ({ ids, modifiedOnOrAfter }) =>
				(ids === undefined ? changedSince(held(), modifiedOnOrAfter) : ofIds(ids)).map(
					({ id, start, changedAt, state }) => ({
						id,
						jobId: 5,
						appointmentNumber: `${id}-1`,
						start: start.toISOString(),
						end: start.toISOString(),
						status: state === 'canceled' ? 'Canceled' : 'Scheduled',
						modifiedOn: changedAt.toISOString(),
						customerId: 5,
						active: true,
					}),
				),
			);
			list(
				'dispatch/v2/tenant/123456789/appointment-assignments',
				({ appointmentIds, modifiedOnOrAfter }) =>
					(appointmentIds === undefined
						? changedSince(held(), modifiedOnOrAfter)
						: ofIds(appointmentIds)
					).map(({ id, repId }) => ({ id, appointmentId: id, technicianId: repId, active: true })),
			);
		},
		recording: {
			deal: '4711',
			fields: { '17': 'Oak' },
			edit: ({ nodes }) => {
				for (const node of nodes) if (node.name === 'Update the Job') node.disabled = false;
			},
			written: (requests) =>
				requests.filter(({ to }) => !to.endsWith('/token')).map(({ to, body }) => ({ to, body })),
			expected: [
				{
					to: `POST ${SERVICETITAN}/jpm/v2/tenant/123456789/jobs/4711/notes`,
					body: { text: `${NOTE}17: Oak`, pinToTop: false },
				},
				{
					to: `PATCH ${SERVICETITAN}/jpm/v2/tenant/123456789/jobs/4711`,
					body: { customFields: [{ typeId: 17, value: 'Oak' }] },
				},
			],
		},
	},
	{
		crm: 'airtable',
		addresses: [AIRTABLE],
		credentials: () => ({ airtableTokenApi: { accessToken: 'airtable-token' } }),
		limit: { requests: 5, inMs: 1_000 },
		gone: ['canceled'],
		knowsReps: false,
		play(on, held) {
			on(`GET ${AIRTABLE}/v0/appYourBaseID/Appointments`, ({ query }) => {
				const formula = String(query.filterByFormula);
				const [, since] = /LAST_MODIFIED_TIME\(\), DATETIME_PARSE\('([^']+)'/.exec(formula) ?? [];
				const { page, next } = pageOf(changedSince(held(), since), query.offset, 100);
				const records = page.map(({ id, start, repId, state }) => ({
					id: String(id),
					fields: {
						Subject: `Visit ${id}`,
						Start: start.toISOString(),
						End: start.toISOString(),
						'Rep ID': String(repId),
						'Rep Email': 'john@example.com',
						Customer: ['rec5'],
						...(state === 'canceled' ? { Status: 'cancelled' } : {}),
					},
				}));
				return { records, ...(next === undefined ? {} : { offset: next }) };
			});
			on(`PATCH ${AIRTABLE}/v0/appYourBaseID/Deals/recDeal`, () => ({ id: 'recDeal' }));
		},
		recording: {
			deal: 'recDeal',
			load: 250,
			fields: { Wood: 'Oak' },
			written: (requests) => requests.map(({ body }) => body),
			expected: [
				{ fields: { 'Siro Notes': `${NOTE}Wood: Oak` }, typecast: true },
				{ fields: { Wood: 'Oak' }, typecast: true },
			],
		},
	},
	{
		crm: 'monday',
		addresses: [MONDAY],
		credentials: () => ({ mondayComApi: { apiToken: 'monday-token' } }),
		limit: { requests: 40, inMs: 60_000 },
		refusal: { data: [], errors: [{ message: 'Item not found' }] },
		gone: ['canceled'],
		knowsReps: true,
		play(on, held) {
			const answer = ({ body }: CrmRequest) => {
				const { query, variables } = body as {
					query: string;
					variables: { board: string[]; cursor: string | null; params: object | null };
				};
				if (query.includes('create_update')) return { data: { create_update: { id: '1' } } };
				if (query.includes('change_multiple')) {
					return { data: { change_multiple_column_values: { id: '1' } } };
				}
				if (query.includes('users')) {
					const john = { id: String(REP), name: 'J', email: 'john@example.com', status: 'ACTIVE' };
					const gone = { ...john, id: String(REP_WHO_LEFT), status: 'INACTIVE' };
					return { data: { users: [john, gone] } };
				}
				if (variables.cursor && variables.params) return { errors: [{ message: 'Not both' }] };
				if (variables.board[0] !== '1234567890') return { data: { boards: [] } };
				const newestFirst = [...held()].sort(
					(one, other) => other.changedAt.getTime() - one.changedAt.getTime(),
				);
				const { page, next } = pageOf(newestFirst, variables.cursor, 100);
				const items = page.map(({ id, start, repId, changedAt, state }) => ({
					id: String(id),
					name: `Visit ${id}`,
					updated_at: changedAt.toISOString(),
					column_values: [
						{
							id: 'date',
							value: JSON.stringify({
								date: start.toISOString().slice(0, 10),
								time: start.toISOString().slice(11, 19),
							}),
						},
						{ id: 'end_date', value: null },
						{
							id: 'person',
							value: JSON.stringify({
								personsAndTeams: [
									{ id: 5, kind: 'team' },
									{ id: repId, kind: 'person' },
								],
							}),
						},
						{ id: 'status', text: state === 'canceled' ? 'Cancelled' : '' },
						{ id: 'deal', linked_item_ids: ['5'] },
					],
				}));
				const columns = ['date', 'end_date', 'person', 'status', 'account', 'deal'].map((id) => ({
					id,
					title: id.toUpperCase(),
				}));
				const items_page = { cursor: next ?? null, items };
				return { data: { boards: [{ name: 'Visits', columns, items_page }] } };
			};
			on(`POST ${MONDAY}/v2`, answer);
			on(`POST ${MONDAY}/v2/`, answer);
		},
		mistakes: [
			{ field: 'boardId', value: '12', error: /shows you no board with the ID "12"/ },
			{
				field: 'startColumn',
				value: 'when',
				error: /"Visits" has no column with the ID "when".* startColumn .*"DATE" is date, /,
			},
			{ field: 'repColumn', value: '', error: /no column with the ID ""/ },
		],
		recording: {
			deal: '9007',
			fields: { numbers: '$40,000' },
			written: (requests) => requests.map(({ body }) => (body as { variables: object }).variables),
			expected: [
				{
					itemId: '9007',
					value: expect.stringContaining('Call &lt;ann@example.com&gt;.') as string,
				},
				{ boardId: '1234567890', itemId: '9007', columnValues: '{"numbers":40000}' },
			],
		},
	},
	{
		crm: 'highlevel',
		addresses: [HIGHLEVEL],
		credentials: () => ({ httpHeaderAuth: { name: 'Authorization', value: 'Bearer pit-1' } }),
		limit: { requests: 100, inMs: 10_000 },
		gone: ['canceled', 'deleted'],
		knowsReps: true,
		play(on, held) {
			const get = (path: string, answer: (query: CrmRequest['query']) => object) =>
				on(`GET ${HIGHLEVEL}/${path}`, ({ query, headers }) => {
					if (headers.authorization !== 'Bearer pit-1' || !headers.version) throw refuse(401, '');
					if (query.locationId !== 'your-location-id') throw refuse(422, 'Which location?');
					return answer(query);
				});
			get('users/', () => ({
				users: [{ id: String(REP), name: 'John', email: 'john@example.com' }],
			}));
			get('calendars/', () => ({ calendars: [{ id: '0' }, { id: '1' }, { id: '2' }] }));
			get('calendars/events', ({ calendarId, startTime, endTime }) => ({
				events: held()
					.filter(({ id }) => id % 3 === Number(calendarId))
					.filter(({ start }) => start >= new Date(Number(startTime)))
					.filter(({ start }) => start <= new Date(Number(endTime)))
					.map(({ id, start, repId, changedAt, state }) => ({
						id: String(id),
						title: `Visit ${id}`,
						startTime: start.toISOString(),
						endTime: start.toISOString(),
						assignedUserId: String(repId),
						contactId: 'contact-5',
						dateUpdated: changedAt.toISOString(),
						appointmentStatus: state === 'canceled' ? 'cancelled' : 'confirmed',
						deleted: state === 'deleted',
					})),
			}));
			on(`POST ${HIGHLEVEL}/contacts/contact-5/notes`, () => ({ note: {} }));
			on(`PUT ${HIGHLEVEL}/contacts/contact-5`, () => ({ succeded: true }));
		},
		recording: {
			deal: 'no-deal',
			contact: 'contact-5',
			model: 'Contacts',
			fields: { budget: '$40,000' },
			written: (requests) => requests.map(({ to, body }) => ({ to, body })),
			expected: [
				{
					to: `POST ${HIGHLEVEL}/contacts/contact-5/notes`,
					body: { body: `${NOTE}budget: $40,000` },
				},
				{
					to: `PUT ${HIGHLEVEL}/contacts/contact-5`,
					body: { customFields: [{ key: 'budget', field_value: '$40,000' }] },
				},
			],
		},
	},
	{
		crm: 'zoho',
		addresses: [ZOHO],
		credentials: () => ({
			zohoOAuth2Api: {
				clientId: 'id',
				clientSecret: 'secret',
				oauthTokenData: { access_token: 'zoho-token', api_domain: ZOHO },
			},
		}),
		// Zoho limits what goes on at the same time, and the credits of a day.
		limit: { requests: 10, inMs: 1_000 },
		tooFast: { code: 'TOO_MANY_REQUESTS', details: {}, message: 'Too many', status: 'error' },
		refusal: {
			data: [
				{
					code: 'INVALID_DATA',
					details: { api_name: 'id' },
					message: 'the id given seems to be invalid',
					status: 'error',
				},
			],
		},
		gone: ['canceled', 'deleted'],
		knowsReps: true,
		play(on, held) {
			const list = (path: string, find: (since: string, query: CrmRequest['query']) => object) =>
				on(`GET ${ZOHO}/crm/v8/${path}`, ({ query, headers }) => {
					if (headers.authorization !== 'Bearer zoho-token') throw refuse(401, 'No token');
					const since = String(headers['if-modified-since']);
					if (path !== 'users' && !since.endsWith('+00:00')) throw refuse(400, 'Since when?');
					return find(since, query);
				});
			const pageSince = (found: object[], { page_token: token }: CrmRequest['query']) => {
				if (found.length === 0) throw refuse(304, 'Not modified');
				const { page, next } = pageOf(found, token, 200);
				return { data: page, info: { more_records: next !== undefined, next_page_token: next } };
			};
			list('users', () => ({
				users: [{ id: String(REP), full_name: 'John', email: 'john@example.com' }],
			}));
			list('Events', (since, query) => {
				if (!query.fields) throw refuse(400, 'Which fields?');
				const found = changedSince(held(), since).filter(({ state }) => state !== 'deleted');
				return pageSince(
					found.map(({ id, start, repId, changedAt, state }) => ({
						id: String(id),
						Event_Title: `Visit ${id}`,
						Start_DateTime: start.toISOString(),
						End_DateTime: start.toISOString(),
						Owner: { id: String(repId), name: 'John' },
						What_Id: { id: '5' },
						$se_module: 'Deals',
						$event_cancelled: state === 'canceled',
						Modified_Time: changedAt.toISOString(),
					})),
					query,
				);
			});
			list('Events/deleted', (since, query) => {
				const found = changedSince(held(), since).filter(({ state }) => state === 'deleted');
				return pageSince(
					found.map(({ id, changedAt }) => ({
						id: String(id),
						deleted_time: changedAt.toISOString(),
					})),
					query,
				);
			});
			for (const deal of ['4711', REFUSED]) {
				const done = () => ({ data: [{ status: 'success', details: { id: deal } }] });
				on(`POST ${ZOHO}/crm/v8/Deals/${deal}/Notes`, done);
				on(`PUT ${ZOHO}/crm/v2/deals/${deal}`, done);
				on(`PUT ${ZOHO}/crm/v8/Deals/${deal}`, done);
			}
		},
		recording: {
			deal: '4711',
			fields: { Amount: '$40,000' },
			edit: updateAnyRecordToo,
			written: (requests) => requests.map(({ to, body }) => [to, body]),
			expected: [
				[
					`POST ${ZOHO}/crm/v8/Deals/4711/Notes`,
					{
						data: [
							{
								Note_Title: 'Smith kitchen',
								Note_Content: `${NOTE}Amount: $40,000`,
								Parent_Id: { id: '4711', module: { api_name: 'Deals' } },
							},
						],
					},
				],
				[`PUT ${ZOHO}/crm/v2/deals/4711`, { data: [{ Amount: 40_000 }] }],
				[`PUT ${ZOHO}/crm/v8/Deals/4711`, { data: [{ Amount: '$40,000' }] }],
			],
		},
	},
	{
		crm: 'google-sheets',
		addresses: [SHEETS],
		credentials: () => ({
			googleSheetsOAuth2Api: {
				clientId: 'id',
				clientSecret: 'secret',
				oauthTokenData: { access_token: 'google-token' },
			},
		}),
		limit: { requests: 60, inMs: 60_000 },
		gone: ['canceled', 'deleted'],
		knowsReps: false,
		play(on, held) {
			// As a spreadsheet holds a time, in the zone that n8n's workflows have by default.
			const cellOf = (time: Date) =>
				Date.parse(`${time.toLocaleString('sv', { timeZone: 'America/New_York' })}Z`) / DAY_MS +
				25_569;
			const sheets = ['Appointments', 'Deals', 'Siro Recordings'];
			on(`GET ${SHEETS}`, () => ({
				sheets: sheets.map((title, sheetId) => ({ properties: { title, sheetId } })),
			}));
			on(`GET ${SHEETS}/values/'Appointments'`, () => ({
				values: [
					['ID', 'Subject', 'Start', 'End', 'Rep ID', 'Rep Email', 'Deal ID', 'Status'],
					...held()
						.filter(({ state }) => state !== 'deleted')
						.map(({ id, start, repId, state }) => [
							...[id, `Visit ${id}`, cellOf(start), start.toISOString()],
							...[repId, 'john@example.com', 'd-7', state === 'canceled' ? 'CANCELED ' : ''],
						]),
				],
			}));
			on(`GET ${SHEETS}/values/'Siro%20Recordings'`, () => ({
				values: [['Recording ID', 'Deal ID', 'Title', 'Note']],
			}));
			on(`GET ${SHEETS}/values/'Deals'`, () => ({
				values: [
					['ID', 'Budget', 'Next Step'],
					['d-7', 1, 'Call'],
				],
			}));
			on(`POST ${SHEETS}/values/Siro%20Recordings!2:2:append`, () => ({}));
			on(`POST ${SHEETS}/values:batchUpdate`, () => ({}));
		},
		recording: {
			deal: 'd-7',
			load: 60,
			fields: { Budget: '$40,000' },
			written: (requests) =>
				requests.flatMap(({ to, body }) => (to.startsWith('POST') ? [[to, body]] : [])),
			expected: [
				[
					`POST ${SHEETS}/values/Siro%20Recordings!2:2:append`,
					{
						range: 'Siro Recordings!2:2',
						values: [[expect.any(String), 'd-7', 'Smith kitchen', `${NOTE}Budget: $40,000`]],
					},
				],
				[
					`POST ${SHEETS}/values:batchUpdate`,
					{ data: [{ range: 'Deals!B2', values: [[40_000]] }], valueInputOption: 'RAW' },
				],
			],
		},
	},
	{
		crm: 'dynamics',
		addresses: [DYNAMICS],
		credentials: () => ({
			microsoftDynamicsOAuth2Api: {
				subdomain: 'your-organization',
				region: 'crm.dynamics.com',
				clientId: 'id',
				clientSecret: 'secret',
				oauthTokenData: { access_token: 'dynamics-token' },
			},
		}),
		limit: { requests: 6_000, inMs: 300_000 },
		tooFast: { error: { code: '0x80072322', message: 'Number of requests exceeded the limit' } },
		gone: ['canceled'],
		knowsReps: true,
		play(on, held) {
			const tables = `${DYNAMICS}/api/data/v9.2`;
			on(`GET ${tables}/appointments`, ({ query, headers }) => {
				if (headers.authorization !== 'Bearer dynamics-token') throw refuse(401, 'No token');
				if (Object.values(query).some(Array.isArray)) throw refuse(400, 'An option stands twice');
				const [, size] = /odata\.maxpagesize=(\d+)/.exec(String(headers.prefer)) ?? [];
				const [, since] = /modifiedon ge (\S+)/.exec(String(query.$filter)) ?? [];
				const [, from, to] =
					/scheduledstart ge (\S+) and scheduledstart le (\S+)/.exec(String(query.$filter)) ?? [];
				const found = changedSince(held(), since).filter(
					({ start }) => start >= new Date(from) && start <= new Date(to),
				);
				const { page, next } = pageOf(found, query.$skiptoken, Number(size ?? 5_000));
				const options = new URLSearchParams({ ...query, $skiptoken: next } as Record<
					string,
					string
				>);
				return {
					value: page.map(({ id, start, repId, changedAt, state }) => ({
						activityid: String(id),
						subject: `Visit ${id}`,
						scheduledstart: start.toISOString(),
						scheduledend: start.toISOString(),
						statecode: state === 'canceled' ? 2 : 3,
						modifiedon: changedAt.toISOString(),
						_ownerid_value: String(repId),
						owninguser_appointment: {
							fullname: 'John',
							internalemailaddress: 'john@example.com',
							isdisabled: repId === REP_WHO_LEFT,
						},
						regardingobjectid_opportunity_appointment: {
							opportunityid: 'deal',
							_parentaccountid_value: 'account',
						},
						regardingobjectid_account_appointment: null,
					})),
					...(next === undefined
						? {}
						: { '@odata.nextLink': `${tables}/appointments?${options.toString()}` }),
				};
			});
			on(`POST ${tables}/annotations`, () => ({}));
			on(`PATCH ${tables}/opportunities(deal-9)`, () => ({}));
		},
		recording: {
			deal: 'deal-9',
			fields: { estimatedvalue: '$40,000' },
			edit: updateAnyRecordToo,
			written: (requests) =>
				requests.map(({ to, headers, body }) => [to, headers['if-match'], body]),
			expected: [
				[
					`POST ${DYNAMICS}/api/data/v9.2/annotations`,
					undefined,
					{
						subject: 'Smith kitchen',
						notetext: expect.stringContaining('Call &lt;ann@example.com&gt;.') as string,
						'objectid_opportunity@odata.bind': '/opportunities(deal-9)',
					},
				],
				...[{ estimatedvalue: 40_000 }, { estimatedvalue: '$40,000' }].map((columns) => [
					`PATCH ${DYNAMICS}/api/data/v9.2/opportunities(deal-9)`,
					'*',
					columns,
				]),
			],
		},
	},
	{
		crm: 'jobnimbus',
		addresses: [JOBNIMBUS],
		credentials: () => ({ httpBearerAuth: { token: 'jobnimbus-key' } }),
		// JobNimbus publishes no limit.
		limit: { requests: 5, inMs: 1_000 },
		tooFast: { message: 'Too many requests' },
		gone: ['deleted'],
		knowsReps: true,
		play(on, held) {
			const inSeconds = (time: Date) => Math.floor(time.getTime() / 1_000);
			on(`GET ${JOBNIMBUS}/api1/account/users`, ({ headers }) => {
				if (headers.authorization !== 'Bearer jobnimbus-key') throw refuse(401, 'No key');
				return {
					users: [
						{ id: String(REP), first_name: 'John', email: 'john@example.com', is_active: true },
						{ id: String(REP_WHO_LEFT), first_name: 'Ann', is_active: false },
					],
				};
			});
			on(`GET ${JOBNIMBUS}/api1/tasks`, ({ query }) => {
				const { must } = JSON.parse(String(query.filter)) as {
					must: Array<{ range: Record<string, { gte: number; lte?: number }> }>;
				};
				const found = ['Appointment', 'Call']
					.flatMap((type) => held().map((appointment) => ({ ...appointment, type })))
					.map(({ id, start, repId, changedAt, state, type }) => ({
						jnid: type === 'Call' ? `call-${id}` : String(id),
						title: `Visit ${id}`,
						record_type_name: type,
						date_start: inSeconds(start),
						date_end: 0,
						date_updated: inSeconds(changedAt),
						owners: [{ id: String(repId) }],
						related: [
							{ id: 'contact-5', type: 'contact' },
							{ id: 'job-5', type: 'job' },
						],
						is_active: state !== 'deleted',
					}))
					.filter((task) =>
						must.every(({ range }) =>
							Object.entries(range).every(([field, { gte, lte = Infinity }]) => {
								const value = task[field as 'date_start' | 'date_updated'];
								return value >= gte && value <= lte;
							}),
						),
					);
				const from = Number(query.from ?? 0);
				return { count: found.length, results: found.slice(from, from + Number(query.size)) };
			});
			on(`POST ${JOBNIMBUS}/api1/activities`, () => ({}));
			on(`PUT ${JOBNIMBUS}/api1/jobs/job-9`, () => ({}));
		},
		recording: {
			deal: 'job-9',
			fields: { Budget: '$40,000' },
			edit: updateAnyRecordToo,
			written: (requests) => requests.map(({ to, body }) => [to, body]),
			expected: [
				[
					`POST ${JOBNIMBUS}/api1/activities`,
					{ record_type_name: 'Note', note: `${NOTE}Budget: $40,000`, primary: { id: 'job-9' } },
				],
				[`PUT ${JOBNIMBUS}/api1/jobs/job-9`, { Budget: 40_000 }],
				[`PUT ${JOBNIMBUS}/api1/jobs/job-9`, { Budget: '$40,000' }],
			],
		},
	},
	{
		crm: 'postgres',
		addresses: [],
		credentials: () => {
			const { port, user, password, database: name } = postgres();
			return {
				postgres: { host: '127.0.0.1', port, user, password, database: name, ssl: 'disable' },
			};
		},
		limit: { requests: 0, inMs: 0 },
		gone: ['canceled', 'deleted'],
		knowsReps: false,
		play() {
			const deals = `('it''s "7"', 1, 'Call'), ('other', 5, 'Wait')`;
			sql(`TRUNCATE deals, siro_recordings; INSERT INTO deals VALUES ${deals}`);
		},
		store(held) {
			const rows = held.map(({ id, start, repId, changedAt, state }) => {
				const [starts, changed] = [start.toISOString(), changedAt.toISOString()];
				const deleted = state === 'planned' ? 'NULL' : `'${changed}'`;
				return `('${id}', 'Visit ${id}', '${starts}', '${starts}', '${repId}', 'john@example.com', 'John', 'a', 'd', '${changed}', ${deleted})`;
			});
			const insert = `INSERT INTO appointments VALUES ${rows.join()};`;
			sql(`DELETE FROM appointments; ${rows.length > 0 ? insert : ''}`);
		},
		recording: {
			deal: `it's "7"`,
			load: 60,
			fields: { budget: '$40,000', next_step: `Robert'); DROP TABLE deals;--` },
			written: () => sql(`SELECT * FROM deals ORDER BY id; SELECT * FROM siro_recordings`),
			expected: [
				`it's "7"|40000|Robert'); DROP TABLE deals;--`,
				'other|5|Wait',
				expect.stringContaining(`|it's "7"|Smith kitchen|Smith kitchen`),
			],
		},
	},
];

/** All of it in the newest n8n; a load and a recording in the last one of the series before. */
const RUNS = (['2', '1'] as const).flatMap((series) =>
	STAND_INS.filter(({ needsN8n2 }) => series === '2' || !needsN8n2).map((standIn) => ({
		series,
		loads: series === '2' ? [0, 1, 60, 250] : [60],
		...standIn,
	})),
);

describe.each(RUNS)('$crm in n8n $series', ({ crm, series, loads, ...standIn }) => {
	const isHere = crm !== 'postgres' || findPostgres() !== undefined;
	const testHere = isHere ? test : test.skip;
	let world: SiroAndN8n;
	let crms: Crms;
	let credentials: Credential[];

	beforeAll(async () => {
		crms = await (theCrms ??= startCrms(HOSTS));
		world = await (worlds[series] ??= startSiroAndN8n({
			series,
			tarball: await packPackage(),
			simulator: { seeded: false },
			environment: crms.environment,
		}));
		credentials = [world.credential];
		for (const [type, data] of Object.entries(standIn.credentials())) {
			credentials.push(await world.client.credentials.create({ name: type, type, data }));
		}
		const { tooFast, refusal, limit } = standIn;
		standIn.play?.(
			limited((to, answer) => {
				crms.answer(to, (request) => {
					if (isBusyFor(to)) throw refuse(429, 'Too fast', tooFast);
					if (!JSON.stringify(request).includes(REFUSED)) return answer(request);
					if (refusal) return refusal;
					throw refuse(400, 'This record is locked');
				});
			}, limit),
			() => held,
		);
	});

	/** What the CRM holds; each test has appointments of its own. */
	let held: Appointment[] = [];

	const plan = (count: number): Appointment[] =>
		Array.from({ length: count }, () => ({
			id: nextId++,
			start: new Date(Math.ceil((Date.now() + DAY_MS) / DAY_MS) * DAY_MS),
			changedAt: new Date(Date.now() - DAY_MS),
			repId: REP,
			state: 'planned',
		}));

	const inSiro = ({ id }: Appointment) => world.siro.state.engagements.find(String(id));

	async function importRecipe(
		recipe: string,
		edit?: (workflow: WorkflowDefinition) => void,
	): Promise<Workflow> {
		const file = path.join(repositoryFolder, 'examples', `${crm}-${recipe}.json`);
		return await world.client.workflows.importFile(file, { credentials, edit });
	}

	function everyTwoSeconds({ nodes }: WorkflowDefinition): void {
		const rule = { interval: [{ field: 'seconds', secondsInterval: 2 }] };
		for (const node of nodes) if (node.name === 'Every 10 Minutes') node.parameters = { rule };
	}

	const inN8n2 = (name: string, run: () => Promise<void>) => {
		if (series === '2') testHere(name, run);
	};

	testHere.each(loads)('%i appointments, one of them bad', async (count) => {
		held = plan(count);
		const bad = held.at(count > 1 ? 1 : -2);
		if (bad && standIn.knowsReps) bad.repId = REP_WHO_LEFT;
		else if (bad) world.siro.rejectExternalIds(String(bad.id));
		standIn.store?.(held);
		crms.takeRequests();

		const workflow = await importRecipe('appointments-to-siro');
		const { error } = await world.client.workflows.run(workflow, 120_000);

		const missing = held.filter((appointment) => inSiro(appointment) === undefined);
		expect(missing).toEqual(bad ? [bad] : []);
		if (bad) expect(error).toContain(String(bad.id));
		else expect(error).toBeUndefined();
		expect(crms.takeRequests().length).toBeLessThan(20);
		const [first] = held;
		if (first) {
			expect(inSiro(first)).toMatchObject({
				subject: expect.stringContaining(String(first.id)) as string,
				startTime: first.start.toISOString(),
				users: [{ externalId: String(REP), email: 'john@example.com' }],
			});
		}
	});

	if (standIn.tooFast)
		inN8n2('120 appointments, though 429 is answered again and again', async () => {
			held = plan(120);
			largestPage = crm === 'pipedrive' ? 5 : 20;
			timesAsked = new Map();
			const workflow = await importRecipe('appointments-to-siro', withoutWaiting);
			const { error } = await world.client.workflows.run(workflow, 120_000);
			const timesInAll = [...timesAsked.values()].reduce((sum, times) => sum + times, 0);

			expect(error).toBeUndefined();
			expect(timesInAll).toBeGreaterThan(3);
			expect(held.filter((appointment) => inSiro(appointment) === undefined)).toEqual([]);
		});

	inN8n2('what changed since the last run goes in, and what is gone is deleted', async () => {
		held = plan(3);
		standIn.store?.(held);
		const { workflows, executions } = world.client;
		const workflow = await importRecipe('appointments-to-siro', everyTwoSeconds);
		const runs = async (count: number) =>
			await executions.waitForCount(count, { workflowId: workflow.id });
		await workflows.activate(workflow);

		const [first] = await runs(1);
		expect(first.error).toBeUndefined();
		expect(first.json('What Changed Since the Last Run')[0].reads).toBe('everything in the window');
		expect(syncedBy(first).sort()).toEqual(held.map(({ id }) => String(id)));

		const [changed, ...others] = held;
		changed.changedAt = new Date(Date.now() + DAY_MS);
		changed.start = new Date(changed.start.getTime() + DAY_MS);
		const goners = standIn.gone.map((state, index) => Object.assign(others[index], { state }));
		for (const goner of goners) goner.changedAt = changed.changedAt;
		standIn.store?.(held);
		const before = await executions.count({ workflowId: workflow.id });
		const later = (await runs(before + 2)).slice(before);
		await workflows.deactivate(workflow);

		expect(later.map(({ error }) => error).filter((error) => error !== undefined)).toEqual([]);
		expect(later[0].json('What Changed Since the Last Run')[0].reads).toMatch(
			/^what changed since/,
		);
		expect(inSiro(changed)).toMatchObject({ startTime: changed.start.toISOString() });
		const touched = later.flatMap(syncedBy);
		expect(touched).toContain(String(changed.id));
		for (const goner of goners) expect(inSiro(goner)?.deletedAt).toBeTruthy();
		for (const other of others.filter(({ state }) => state === 'planned')) {
			expect(touched).not.toContain(String(other.id));
			expect(inSiro(other)?.deletedAt).toBeNull();
		}
	});

	const { recording: written, mistakes = [] } = standIn;
	for (const { field, value, error } of mistakes)
		test(`${field} "${value}" is an error that says what is there`, async () => {
			held = plan(1);
			const workflow = await importRecipe('appointments-to-siro', ({ nodes }) => {
				for (const { parameters } of nodes) {
					const { assignments = [] } = (parameters.assignments ?? {}) as {
						assignments?: Array<{ name: string; value: string }>;
					};
					for (const one of assignments) if (one.name === field) one.value = value;
				}
			});
			expect((await world.client.workflows.run(workflow)).error).toMatch(error);
		});

	if (!written) return;
	const { deal, contact, model = 'Deals', fields, edit, load = 0 } = written;

	/** Gives what Siro sends of a recording that is processed and linked to a deal and a contact. */
	const record = (title: string, dealId = deal, contactId = contact) => {
		const { siro } = world;
		const visit = `visit-${crm}-${dealId}`;
		if (!siro.state.engagements.find(visit)) {
			siro.addEngagement({
				externalId: visit,
				opportunity: { externalId: dealId },
				...(contactId === undefined ? {} : { contact: { externalId: contactId } }),
			});
		}
		const { id } = siro.addRecording({ title });
		siro.processRecording(id, {
			summary: [{ name: 'Next Steps', content: 'Call <ann@example.com>.' }],
			extractions: Object.entries(fields).map(([name, value]) => ({
				name,
				value,
				mappings: [{ crmModelName: model, crmFieldName: name }],
			})),
		});
		return siro.linkRecording(id, { engagementExternalId: visit }).payload;
	};

	/** Lets Siro send these, and gives the executions that they start. */
	async function bringIn(
		payloads: unknown[],
		change?: (workflow: WorkflowDefinition) => void,
	): Promise<Execution[]> {
		const { siro, client, signingSecret: secret } = world;
		const workflow = await importRecipe('siro-recording', (imported) => {
			edit?.(imported);
			change?.(imported);
		});
		await client.workflows.activate(workflow);
		const url = await client.workflows.webhookUrl(workflow);
		crms.takeRequests();
		// n8n does not pace executions, and the tests before may have used the limit up.
		keepsLimits = false;
		for (const payload of payloads) await siro.webhooks.deliver(payload, { url, secret });
		const filter = { workflowId: workflow.id };
		const executions = await client.executions.waitForCount(payloads.length, filter, 120_000);
		await client.workflows.deactivate(workflow);
		return executions;
	}

	testHere('a recording goes into the CRM', async () => {
		const [{ error }] = await bringIn([record('Smith kitchen')]);

		expect(error).toBeUndefined();
		const found = written.written(crms.takeRequests());
		expect(typeof found === 'string' ? found.split('\n').slice(0, 3) : found).toEqual(
			written.expected,
		);
	});

	if (series === '1') return;
	testHere.each([2, load].filter(Boolean))(
		'%i recordings, one of which the CRM refuses',
		async (count) => {
			const titles = Array.from({ length: count }, (_, index) => `Kitchen ${count}.${index}.`);
			const payloads = titles.map((title, index) =>
				index === 1 ? record(title, REFUSED, REFUSED) : record(title),
			);
			const executions = await bringIn(payloads, withoutWaiting);

			const errors = executions.map(({ error }) => error).filter((error) => error !== undefined);
			// The note and the values, each with the record that they belong to.
			const named = Array.from({ length: standIn.addresses.length > 0 ? 2 : 1 }, () => REFUSED);
			expect(errors).toEqual([
				expect.stringMatching(`^Not written: ${named.map((id) => `[^]* ${id}: `).join('')}`),
			]);
			const [, refused] = titles;
			const found = JSON.stringify(written.written(crms.takeRequests()));
			expect(titles.filter((title) => !found.includes(title))).toEqual(
				standIn.addresses.length > 0 ? [] : [refused],
			);
		},
	);
});

/** The deal, and the contact, of a recording that no CRM takes. */
const REFUSED = '404404404';

/** While a CRM is busy: how often each of its addresses was asked. */
let timesAsked: Map<string, number> | undefined;

/** Whether a busy CRM refuses a request: the first one to each address, and the third, amid the pages. */
function isBusyFor(to: string): boolean {
	if (timesAsked === undefined) return false;
	const times = (timesAsked.get(to) ?? 0) + 1;
	timesAsked.set(to, times);
	return times === 1 || times === 3;
}

/** Repeats what failed as often as the recipe says, only at once. */
function withoutWaiting({ nodes }: WorkflowDefinition): void {
	for (const node of nodes) if (node.retryOnFail) node.waitBetweenTries = 1;
}

/** IDs that no two tests share. */
let nextId = 80_000;

const syncedBy = (execution: Execution) =>
	execution.json('Sync to Siro').map(({ externalId }) => externalId);

/** Each recording has an execution of its own, and n8n does not pace those among each other. */
let keepsLimits = true;

/** Refuses, as the CRM does, what comes too fast. */
function limited(answer: Answer, { requests, inMs }: StandIn['limit']): Answer {
	const times: number[] = [];
	return (to, answered) =>
		answer(to, (request) => {
			const now = Date.now();
			while (times.length > 0 && times[0] <= now - inMs) times.shift();
			times.push(now);
			if (keepsLimits && times.length > requests) throw refuse(429, 'You have reached your limit');
			return answered(request);
		});
}

const HOSTS = STAND_INS.flatMap(({ addresses }) => addresses).map(
	(address) => new URL(address).hostname,
);

/** One of each for all recipes. */
let theCrms: Promise<Crms> | undefined;
const worlds: Partial<Record<N8nSeries, Promise<SiroAndN8n>>> = {};

beforeEach(() => {
	keepsLimits = true;
	timesAsked = undefined;
	largestPage = Infinity;
});

beforeAll(async () => {
	if (findPostgres() === undefined) return;
	database = await startPostgres();
	sql(
		`CREATE TABLE appointments (id text, subject text, starts_at timestamptz, ends_at timestamptz,
		rep_id text, rep_email text, rep_name text, account_id text, deal_id text,
		updated_at timestamptz, deleted_at timestamptz);
		CREATE TABLE deals (id text PRIMARY KEY, budget numeric, next_step text);
		CREATE TABLE siro_recordings (recording_id text PRIMARY KEY, deal_id text CHECK (deal_id <> '${REFUSED}'), title text, note text)`,
	);
});

afterAll(async () => {
	const started = await Promise.allSettled(Object.values(worlds));
	for (const one of started) if (one.status === 'fulfilled') await one.value.stop();
	await (await theCrms)?.stop();
	await database?.stop();
});
