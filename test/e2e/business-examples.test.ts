/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- test code runs in Node, never inside n8n */
/** What people do with Siro besides the two flows: the examples of docs/recipes.md, executed as they are. */
import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

import express, { type Express } from 'express';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Credential } from '../n8n/credentials';
import { describePostgres, startPostgres, type PostgresServer } from '../n8n/services/postgres';
import type { Execution } from '../n8n/executions';
import { startMailServer, type Mailbox } from '../demo/mail-server';
import { Session } from '../n8n/session';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import type { Workflow } from '../n8n/workflows';
import { packPackage } from '../support/package/pack';
import { repositoryFolder } from '../support/package/repository';
import { startCrms, type Crms } from './crms';

jest.setTimeout(300_000);

const DAY_MS = 24 * 3_600_000;
const SHEET = 'https://sheets.googleapis.com/v4/spreadsheets/REPLACE-WITH-YOUR-SPREADSHEET';
const TWILIO = 'https://api.twilio.com/2010-04-01/Accounts/AC1';
const TWILIO_EVENTS = 'https://events.twilio.com/v1';
const SLACK = 'POST https://slack.com/api/chat.postMessage';
const CALLS = 'https://calls.example.com';

const servers: Server[] = [];
let world: SiroAndN8n;
let others: Crms;
let mails: Mailbox;
let credentials: Credential[];

beforeAll(async () => {
	others = await startCrms([
		'api.twilio.com',
		'calls.example.com',
		'events.twilio.com',
		'sheets.googleapis.com',
		'slack.com',
	]);
	mails = await startMailServer();
	world = await startSiroAndN8n({
		tarball: await packPackage(),
		simulator: { seeded: false },
		environment: others.environment,
	});
	credentials = [
		world.credential,
		await createCredential('smtp', {
			host: '127.0.0.1',
			port: mails.port,
			secure: false,
			disableStartTls: true,
		}),
		await createCredential('slackApi', { accessToken: 'slack-token' }),
		await createCredential('googleSheetsOAuth2Api', {
			clientId: 'id',
			clientSecret: 'secret',
			oauthTokenData: { access_token: 'google-token' },
		}),
		await createCredential('twilioApi', {
			authType: 'authToken',
			accountSid: 'AC1',
			authToken: 'twilio-token',
		}),
		await createCredential('httpBasicAuth', { user: 'office', password: 'form-password' }),
		await createCredential('httpHeaderAuth', { name: 'x-secret', value: 'phone-secret' }),
	];
	others.answer(SLACK, () => ({ ok: true, channel: 'C1', ts: '1', message: {} }));
});

afterAll(async () => {
	await world?.stop();
	await others?.stop();
	await mails?.stop();
	for (const server of servers) await new Promise<void>((done) => server.close(() => done()));
});

beforeEach(() => {
	world.siro.behave();
	world.siro.clearRequests();
	others.takeRequests();
	mails.take();
});

const createCredential = async (type: string, data: ICredentialDataDecryptedObject) =>
	await world.client.credentials.create({ name: type, type, data });

/** The latter of two credentials of the same type is taken. */
async function importExample(name: string, ...more: Credential[]): Promise<Workflow> {
	const file = path.join(repositoryFolder, 'examples', `${name}.json`);
	return await world.client.workflows.importFile(file, { credentials: [...credentials, ...more] });
}

/** Runs a workflow that starts at a time of the day or the week. */
async function run(workflow: Workflow) {
	const execution = await world.client.workflows.run(workflow);
	expect(execution.error).toBeUndefined();
	return execution;
}

/** Starts a workflow by one of its triggers, with what that gives, and waits until it has ended. */
async function startBy({ id }: Workflow, name: string, json: object = {}): Promise<Execution> {
	const session = await Session.signIn(world.n8n.url);
	const data = {
		...{ startTime: Date.now(), executionTime: 0, executionIndex: 0, source: [] },
		data: { main: [[{ json }]] },
	};
	const { executionId } = await session.post<{ executionId: string }>(`workflows/${id}/run`, {
		triggerToStartFrom: { name, data },
	});
	const execution = await world.client.executions.waitFor(executionId);
	expect(execution.error).toBeUndefined();
	return execution;
}

/** Now, but on another day; yesterday in every time zone, if it is one. */
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();

async function serve(app: Express): Promise<string> {
	const server = createServer(app);
	servers.push(server);
	await once(server.listen(0, '127.0.0.1'), 'listening');
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a copy of one’s own', () => {
	const recent = () =>
		world.siro.addRecording({
			title: 'Kitchen of the Smiths',
			createdAt: daysAgo(1),
			processed: true,
			evaluationScore: null,
			result: 'WON',
			durationInMilliseconds: 1_500_000,
			summary: [{ name: 'Next Steps', content: 'Send “it”; don’t wait.' }],
			extractions: [{ name: 'Budget', value: '$40,000' }],
		});

	describePostgres('in PostgreSQL', () => {
		let postgres: PostgresServer;

		beforeAll(async () => (postgres = await startPostgres()));

		afterAll(async () => await postgres?.stop());

		function select(query: string): unknown[] {
			const asJson = `SELECT coalesce(json_agg(found), '[]') FROM (${query}) found`;
			const options = [postgres.url, '--tuples-only', '--no-align', '--command', asJson];
			return JSON.parse(execFileSync('psql', options, { encoding: 'utf8' })) as unknown[];
		}

		test('tables are made, and a score that comes late is written over the row', async () => {
			const { siro } = world;
			const { port, user, password, database } = postgres;
			const recording = recent();
			siro.addOpportunity({ externalId: 'opp-7', name: 'Kitchen' });
			siro.linkRecording(recording.id, { opportunityExternalId: 'opp-7' });
			recording.updatedAt = recording.createdAt;
			const unlinked = siro.addRecording({ createdAt: daysAgo(2), processed: true });
			siro.addRecording({ title: 'Long ago', createdAt: daysAgo(9), processed: true });
			const followup = siro.addFollowup(recording.id, { score: 1 });
			const workflow = await importExample(
				'recordings-to-postgres',
				await createCredential('postgres', {
					host: '127.0.0.1',
					port,
					user,
					password,
					database,
					ssl: 'disable',
				}),
			);

			await run(workflow);

			const RECORDINGS = 'SELECT * FROM siro_recordings ORDER BY recorded_at DESC';
			const row = {
				id: recording.id,
				recorded_at: expect.stringContaining(recording.createdAt.slice(0, 19)),
				title: 'Kitchen of the Smiths',
				rep_id: siro.rep.id,
				deal_id: 'opp-7',
				result: 'WON',
				score: null,
				summary: 'Next Steps:\nSend “it”; don’t wait.',
				extracted: { Budget: '$40,000' },
				web_link: `https://app.siro.ai/#/recordings/${recording.id}`,
			};
			const FOLLOW_UPS = 'SELECT id, recording_id, rep_id, score, status FROM siro_follow_ups';
			const followUpRow = {
				id: followup.id,
				recording_id: recording.id,
				rep_id: siro.rep.id,
				score: 1,
			};
			expect(select(RECORDINGS)).toEqual([
				row,
				expect.objectContaining({ id: unlinked.id, deal_id: null, score: 82 }),
			]);
			expect(select(FOLLOW_UPS)).toEqual([{ ...followUpRow, status: 'TO_DO' }]);
			const REP = `SELECT * FROM siro_reps WHERE id = '${siro.rep.id}'`;
			expect(select(REP)).toEqual([
				{
					...{ id: siro.rep.id, first_name: 'John', last_name: 'Sales', crm_id: 'rep-123' },
					email: 'rep-123@kitchenremodel.example',
				},
			]);

			// Neither moves what Siro says of when the recording was updated.
			recording.evaluationScore = 91;
			followup.status = 'COMPLETE';
			await run(workflow);

			expect(select(RECORDINGS)).toEqual([
				{ ...row, score: 91 },
				expect.objectContaining({ id: unlinked.id }),
			]);
			expect(select(FOLLOW_UPS)).toEqual([{ ...followUpRow, status: 'COMPLETE' }]);
			for (const { id } of [recording, unlinked]) siro.deleteRecording(id);
			siro.state.followups.remove(followup);
		});
	});

	test('in Google Sheets, which gets its columns, and a late score in the same row', async () => {
		const { siro } = world;
		const rows = answerAsSheet();
		const recording = recent();
		const workflow = await importExample('recordings-to-google-sheets');

		await run(workflow);

		const columns = ['Recording ID', 'Recorded At', 'Title', 'Rep', 'Deal ID', 'Result', 'Minutes'];
		expect(rows).toEqual([
			[...columns, 'Score', 'Summary', 'Link'],
			[
				...[recording.id, recording.createdAt, recording.title, 'John Sales', '', 'WON', 25, ''],
				'Next Steps:\nSend “it”; don’t wait.',
				`https://app.siro.ai/#/recordings/${recording.id}`,
			],
		]);

		recording.evaluationScore = 91;
		const later = siro.addRecording({ createdAt: daysAgo(0), processed: true });
		await run(workflow);

		expect(rows.map(([id, ...row]) => [id, row[6]])).toEqual([
			['Recording ID', 'Score'],
			[recording.id, 91],
			[later.id, 82],
		]);
		expect(others.takeRequests()[0].headers.authorization).toBe('Bearer google-token');
		for (const { id } of [recording, later]) siro.deleteRecording(id);
	});
});

/** An empty sheet, "Recordings", as Google's API keeps it. */
function answerAsSheet(): unknown[][] {
	const rows: unknown[][] = [];
	const properties = { sheetId: 0, title: 'Recordings' };
	/** A range such as `Recordings!H2`, or whole rows, `Recordings!2:3`. */
	const write = ({ range, values }: { range: string; values: unknown[][] }) => {
		const [, letters, first] = /!([A-Z]*)(\d+)/.exec(range) ?? [];
		const column = letters === '' ? 0 : letters.charCodeAt(0) - 'A'.charCodeAt(0);
		for (const [index, cells] of values.entries()) {
			const row = (rows[Number(first) - 1 + index] ??= []);
			row.splice(column, cells.length, ...cells.map((cell) => cell ?? ''));
		}
	};
	others.answer(`GET ${SHEET}`, () => ({ sheets: [{ properties }] }));
	others.answer(`GET ${SHEET}/values/'Recordings'`, () =>
		rows.length > 0 ? { values: rows } : {},
	);
	others.answer(`POST ${SHEET}:batchUpdate`, () => ({}));
	others.answer(`POST ${SHEET}/values:batchUpdate`, ({ body }) => {
		for (const one of (body as { data: Array<Parameters<typeof write>[0]> }).data) write(one);
		return {};
	});
	others.answer(`PUT ${SHEET}/values/Recordings!1:1`, ({ body }) => {
		write(body as Parameters<typeof write>[0]);
		return {};
	});
	for (const row of [2, 3]) {
		others.answer(`POST ${SHEET}/values/Recordings!${row}:${row}:append`, ({ body, query }) => {
			// What was said must never act as a formula.
			if (query.valueInputOption !== 'RAW') throw new Error('Not as it is');
			const { values } = body as { values: unknown[][] };
			rows.push(...values.map((cells) => cells.map((cell) => cell ?? '')));
			return {};
		});
	}
	return rows;
}

describe('coaching', () => {
	test('scorecards of the week go to reps by email, and to Slack by team', async () => {
		const { siro, credentialData } = world;
		const asked: Array<Record<string, unknown>> = [];
		const data = { ...credentialData, platformApiUrl: await serve(scorecards(asked)) };
		siro.misbehave({
			path: /\/teams$/,
			status: 200,
			body: {
				data: [
					{ id: 'team-1', name: 'North' },
					{ id: 'team-2', name: 'Idle' },
				],
			},
		});
		const workflow = await importExample(
			'weekly-scorecards',
			await createCredential('siroApi', data),
		);

		await run(workflow);

		expect(mails.take()).toEqual([
			{
				to: ['rep-123@kitchenremodel.example'],
				subject: 'First visit: 72.5 points last week',
				text: expect.stringContaining(
					'Hello John,\n\nLast week you reached 72.5 points on First visit, in 12 recordings, 3 of them won:\n\nOpening: 90 points\nClose: 55 points\n',
				),
			},
		]);
		expect(others.takeRequests().map(({ to, body }) => ({ to, body }))).toEqual([
			{
				to: SLACK,
				body: expect.objectContaining({
					channel: '#sales-coaching',
					text: '*North* reached *72.5 points* on First visit last week, in 12 recordings, 3 of them won.',
				}),
			},
		]);
		const [{ startAt, endAt }] = asked;
		expect(Date.parse(String(endAt)) - Date.parse(String(startAt))).toBeGreaterThan(6.9 * DAY_MS);
		expect(Date.now() - Date.parse(String(endAt))).toBeLessThan(DAY_MS);
	});

	test('the managers read in the morning what was recorded the day before', async () => {
		const { siro } = world;
		const yesterday = siro.addRecording({
			title: 'Kitchen <of> the Smiths',
			createdAt: daysAgo(1),
			processed: true,
			durationInMilliseconds: 1_500_000,
		});
		const old = siro.addRecording({ title: 'Long ago', createdAt: daysAgo(3), processed: true });
		const unready = siro.addRecording({ title: 'Not ready', createdAt: daysAgo(1) });
		const workflow = await importExample('morning-digest');

		await run(workflow);

		expect(mails.take()).toEqual([
			{
				to: ['managers@example.com'],
				subject: 'Recordings yesterday: 1',
				text: expect.stringContaining(
					`John Sales: Kitchen <of> the Smiths, 25 minutes, OPEN, score 82\nhttps://app.siro.ai/#/recordings/${yesterday.id}\n`,
				),
			},
		]);
		for (const { id } of [yesterday, old, unready]) siro.deleteRecording(id);
		await run(workflow);
		expect(mails.take()).toEqual([]);
	});
});

describe('what would be forgotten', () => {
	/** Lets a polling trigger see what is there, then something happen, and then poll again. */
	async function pollAfter(workflow: Workflow, happen: () => void): Promise<void> {
		const { workflows, executions } = world.client;
		// A trigger polls when it is activated.
		await workflows.activate(workflow);
		await workflows.deactivate(workflow);
		happen();
		await workflows.activate(workflow);
		const [execution, ...more] = await executions.waitForCount(1, { workflowId: workflow.id });
		expect(execution.error).toBeUndefined();
		expect(more).toEqual([]);
	}

	test('follow-ups worth a call go to the rep, and are done in Siro when they are done in the table', async () => {
		const { siro, client } = world;
		const recording = siro.addRecording({ title: 'Kitchen of the Smiths', processed: true });
		const workflow = await importExample('follow-ups-worth-a-call');

		const followups: string[] = [];
		await pollAfter(workflow, () => {
			for (const [score, followupAction] of [
				[5, 'Call about the financing.'],
				[4, 'Call about the colour.'],
				[3, 'Wait.'],
			] as const) {
				followups.push(siro.addFollowup(recording.id, { score, followupAction }).id);
			}
		});

		const byText = (one: { text: string }, other: { text: string }) =>
			one.text.localeCompare(other.text);
		const mail = (score: number, action: string) => ({
			to: ['rep-123@kitchenremodel.example'],
			subject: 'Worth another call: Kitchen of the Smiths',
			text: expect.stringContaining(
				`Hello John Sales,\n\nSiro rates this ${score} of 5:\n\n${action}\n`,
			),
		});
		expect(mails.take().sort(byText)).toEqual([
			mail(4, 'Call about the colour.'),
			mail(5, 'Call about the financing.'),
		]);
		const rows = async () => await client.dataTables.rows('Follow-ups');
		const row = { rep: 'John Sales', recording: 'Kitchen of the Smiths', done: false };
		expect(
			(await rows()).sort((one, other) => String(other.action).localeCompare(String(one.action))),
		).toEqual([
			expect.objectContaining({ ...row, followUpId: followups[0], doneInSiro: false }),
			expect.objectContaining({ ...row, followUpId: followups[1], doneInSiro: false }),
		]);

		await startBy(workflow, 'Every 15 Minutes');
		expect(siro.requestsTo('PATCH', /followups/)).toEqual([]);
		await tickDone(followups[0]);
		await startBy(workflow, 'Every 15 Minutes');
		await startBy(workflow, 'Every 15 Minutes');

		expect(siro.requestsTo('PATCH', /followups/).map(({ path: to, body }) => [to, body])).toEqual([
			[`/v1/core/followups/${followups[0]}`, { status: 'COMPLETE' }],
		]);
		const statusOf = (id: string) => siro.state.followups.get(id)?.status;
		expect(followups.map(statusOf)).toEqual(['COMPLETE', 'TO_DO', 'TO_DO']);
		await client.workflows.deactivate(workflow);
		siro.deleteRecording(recording.id);
	});

	/** Ticks "done" of a follow-up in the data table, as a person does. */
	async function tickDone(followUpId: string): Promise<void> {
		const { client, n8n } = world;
		const [table] = (await client.dataTables.list()).filter(({ name }) => name === 'Follow-ups');
		const session = await Session.signIn(n8n.url);
		const { id } = await session.get<{ id: string }>('projects/personal');
		await session.patch(`projects/${id}/data-tables/${table.id}/rows`, {
			filter: {
				type: 'and',
				filters: [{ columnName: 'followUpId', condition: 'eq', value: followUpId }],
			},
			data: { done: true },
		});
	}

	test('a recording that stays unlinked is told of with a form that links it', async () => {
		const { siro, client, n8n } = world;
		const workflow = await importExample('unlinked-recordings');

		let id = '';
		await pollAfter(workflow, () => {
			id = siro.addRecording({ title: 'Walk-in', processed: true, createdAt: daysAgo(25 / 24) }).id;
			siro.addRecording({ title: 'Too new', processed: true });
		});

		const form = `https://n8n.example.com/form/link-siro-recording?Recording=${id}`;
		expect(mails.take()).toEqual([
			{
				to: ['rep-123@kitchenremodel.example'],
				subject: 'Which appointment was this? Walk-in',
				text: expect.stringContaining(`Link it to its appointment:\n${form}\n`),
			},
		]);
		expect(others.takeRequests().map(({ to, body }) => ({ to, body }))).toEqual([
			{
				to: SLACK,
				body: expect.objectContaining({
					channel: '#sales-operations',
					text: `John Sales: <https://app.siro.ai/#/recordings/${id}|Walk-in> is not linked to the CRM. <${form}|Link it to its appointment>`,
				}),
			},
		]);

		const link = siro.misbehave({
			method: 'PUT',
			path: /\/link$/,
			status: 200,
			body: { data: { id: 'engagement-1', externalId: 'appt-9', dataType: 'ENGAGEMENT' } },
		});
		const url = form.replace('https://n8n.example.com', n8n.url);
		const key = Buffer.from('office:form-password').toString('base64');
		const headers = { authorization: `Basic ${key}` };
		expect((await fetch(url)).status).toBe(401);
		const page = await (await fetch(url, { headers })).text();
		expect(page).toContain(`value="${id}"`);
		const answers = new FormData();
		answers.append('field-0', id);
		answers.append('field-1', 'appt-9');
		expect((await fetch(url, { method: 'POST', headers, body: answers })).status).toBe(200);

		expect(link.count).toBe(1);
		expect(siro.requestsTo('PUT', `/v1/core/recordings/${id}/link`)[0].body).toEqual({
			dataType: 'ENGAGEMENT',
			externalId: 'appt-9',
			integrationConnectionId: 'YOUR-CONNECTION-ID',
		});
		await client.workflows.deactivate(workflow);
	});
});

/** Siro's scorecards, which the simulator does not have: two reps and two teams, one of each idle. */
function scorecards(asked: Array<Record<string, unknown>>): Express {
	const card = { id: 'card-1', name: 'First visit' };
	const node = (nodeType: string, name: string, parentId: string, pointsEarned: number) => ({
		...{ id: name, name, parentId, nodeType, pointsEarned },
		...{ indexNumber: 0, metadata: {}, pointsPossible: 100, color: 'GREEN' },
	});
	return express()
		.get('/v1/core/scorecards/instance-summaries', (_request, response) => {
			response.json({ data: { scorecardInstances: [{ ...card, isActive: true }] } });
		})
		.get('/v1/core/scorecards/evaluated-instances/card-1/populations', ({ query }, response) => {
			asked.push(query);
			const { filterBy, filterByIds } = query;
			const busy = [filterByIds].flat().some((id) => id === world.siro.rep.id || id === 'team-1');
			const evaluation = {
				...{ ...card, filterBy, filterByIds: [filterByIds].flat() },
				recordingsEvaluatedCount: busy ? 12 : 0,
				recordingsWonCount: busy ? 3 : 0,
				pointsEarned: busy ? 72.5 : 0,
				evaluatedNodes: [
					node('ROOT', 'whole', '', 72.5),
					node('SECTION', 'Opening', 'whole', 90),
					node('SECTION', 'Close', 'whole', 55),
				],
				sectionWeights: [],
			};
			response.json({ data: { evaluatedInstances: [evaluation] } });
		});
}

describe('phone calls', () => {
	const AUDIO = Buffer.from('ID3 the sound of a phone call');
	let workflow: Workflow;

	beforeAll(async () => {
		others.answer(`GET ${TWILIO_EVENTS}/Sinks`, () => ({ sinks: [] }));
		others.answer(`POST ${TWILIO_EVENTS}/Sinks`, () => ({ sid: 'DG1' }));
		others.answer(`POST ${TWILIO_EVENTS}/Subscriptions`, () => ({ sid: 'DF1' }));
		workflow = await importExample('phone-calls-to-siro');
		await world.client.workflows.activate(workflow);
	});

	afterAll(async () => await world.client.workflows.deactivate(workflow));

	/** Hands an event to one of the workflow's webhooks, and waits for what it starts. */
	async function deliver(
		url: string,
		headers: Record<string, string>,
		body: string,
	): Promise<number> {
		const { executions } = world.client;
		const before = await executions.count({ workflowId: workflow.id });
		const { status } = await fetch(url, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body,
		});
		if (status !== 200) return status;
		const all = await executions.waitForCount(before + 1, { workflowId: workflow.id });
		expect(all.map(({ error }) => error).filter(Boolean)).toEqual([]);
		return status;
	}

	const uploads = () => world.siro.requestsTo('POST', '/v1/core/recordings/upload');
	const uploaded = () => world.siro.state.recordings.all().at(-1);

	test('of any phone system, with rep and deal', async () => {
		others.answer(`GET ${CALLS}/call-1.mp3`, () => AUDIO);
		const call = JSON.stringify({
			recordingUrl: `${CALLS}/call-1.mp3`,
			repEmail: 'rep-123@kitchenremodel.example',
			customerName: 'Ann Smith',
			startedAt: '2026-02-15T14:00:00-05:00',
			dealId: 'opp-9',
		});
		// Its path is the user's own.
		const { parameters } = workflow.nodes.find(({ name }) => name === 'A Call Was Recorded') ?? {};
		const url = `${world.n8n.url}/webhook/${String(parameters?.path)}`;

		expect(await deliver(url, {}, call)).toBe(403);
		expect(await deliver(url, { 'x-secret': 'phone-secret' }, call)).toBe(200);

		expect(uploads().map(({ body }) => body)).toEqual([
			{
				fileType: 'mp3',
				fileUrl: expect.any(String),
				userEmail: 'rep-123@kitchenremodel.example',
				title: 'Call with Ann Smith',
				dateCreated: '2026-02-15T19:00:00.000Z',
				integrationConnectionId: 'YOUR-CONNECTION-ID',
				crmObjects: [{ objectType: 'Opportunity', objectId: 'opp-9' }],
			},
		]);
		expect(uploaded()?.audio).toEqual(AUDIO);
	});

	test('of Twilio, with the numbers of rep and customer', async () => {
		others.answer(`GET ${TWILIO}/Calls/CA1.json`, () => ({
			sid: 'CA1',
			account_sid: 'AC1',
			from: '+15551230001',
			to: '+15551239999',
			start_time: 'Sun, 15 Feb 2026 19:00:00 +0000',
		}));
		others.answer(`GET ${TWILIO}/Recordings.json`, ({ query }) => ({
			recordings: query.CallSid === 'CA1' ? [{ media_url: `${TWILIO}/Recordings/RE1` }] : [],
		}));
		others.answer(`GET ${TWILIO}/Recordings/RE1.mp3`, () => AUDIO);
		const event = JSON.stringify([
			{
				type: 'com.twilio.voice.insights.call-summary.complete',
				data: { call_sid: 'CA1', account_sid: 'AC1' },
			},
		]);
		const hash = createHash('sha256').update(event).digest('hex');

		const trigger = await world.client.workflows.webhookUrl(workflow, 'Twilio: A Call Has Ended');
		const url = `${trigger}?bodySHA256=${hash}`;
		const signature = createHmac('sha1', 'twilio-token').update(url).digest('base64');

		expect(await deliver(url, { 'x-twilio-signature': signature }, event)).toBe(200);

		expect(uploads().map(({ body }) => body)).toEqual([
			{
				fileType: 'mp3',
				fileUrl: expect.any(String),
				userPhone: '+15551230001',
				contactPhone: '+15551239999',
				title: 'Call with +15551239999',
				dateCreated: '2026-02-15T19:00:00.000Z',
			},
		]);
		expect(uploaded()?.audio).toEqual(AUDIO);
		const key = Buffer.from('AC1:twilio-token').toString('base64');
		expect(others.takeRequests().map(({ headers }) => headers.authorization)).toEqual(
			Array(3).fill(`Basic ${key}`),
		);
	});
});

describe('questions', () => {
	test('an AI agent looks recordings up, learns of its mistakes, and asks Siro’s assistant', async () => {
		const { siro } = world;
		const recording = siro.addRecording({
			title: 'Kitchen of the Smiths',
			createdAt: daysAgo(1),
			processed: true,
		});
		siro.misbehave({
			surface: 'platform',
			path: /^\/v1\/agents\/run$/,
			status: 200,
			body: {
				data: {
					sessionId: 'session-1',
					content: { parts: [{ kind: 'text', text: 'The price.' }] },
				},
			},
		});
		const time = { Created_After: daysAgo(7), Created_Before: daysAgo(0) };
		const conversation: Message[][] = [];
		const url = await serve(
			model(conversation, [
				{ tool: 'Look_Up_Recordings', input: { ...time, Created_After: 'last Monday' } },
				{ tool: 'Look_Up_Recordings', input: time },
				{ tool: 'Ask_Siro', input: { Question: 'Which objections came up?' } },
			]),
		);
		const workflow = await importExample(
			'ask-about-last-week',
			await createCredential('openAiApi', { apiKey: 'model-key', url: `${url}/v1` }),
		);

		const execution = await startBy(workflow, 'When You Ask', {
			...{ action: 'sendMessage', chatInput: 'What came up?', sessionId: 'chat-1' },
		});

		expect(execution.json('Agent')).toEqual([{ output: 'You asked: What came up?' }]);
		const answers = conversation.at(-1)?.filter(({ role }) => role === 'tool');
		expect(answers?.map(({ content }) => content)).toEqual([
			expect.stringContaining('is not a clear date and time'),
			expect.stringContaining(recording.id),
			expect.stringContaining('The price.'),
		]);
		expect(siro.requestsTo('POST', '/v1/agents/run')[0].body).toMatchObject({
			userQuery: 'Which objections came up?',
		});
		expect(siro.requestsTo('GET', '/v1/core/recordings')[0].query).toMatchObject({
			'createdAt:gt': time.Created_After,
			'createdAt:lt': time.Created_Before,
		});
	});
});

interface Message {
	role: 'system' | 'user' | 'assistant' | 'tool';
	content: string;
}

/** A model with OpenAI's API: it calls each tool once, in this order, and then has its answer. */
function model(conversation: Message[][], calls: Array<{ tool: string; input: object }>): Express {
	return express()
		.use(express.json({ limit: '10mb' }))
		.post('/v1/chat/completions', ({ body }, response) => {
			const { messages, tools } = body as {
				messages: Message[];
				tools: Array<{ function: { name: string } }>;
			};
			conversation.push(messages);
			const call = calls[messages.filter(({ role }) => role === 'tool').length];
			const question = messages.find(({ role }) => role === 'user')?.content;
			const isThere = tools.some(({ function: { name } }) => name === call?.tool);
			const message =
				call && isThere
					? {
							role: 'assistant',
							content: null,
							tool_calls: [
								{
									id: `call-${conversation.length}`,
									type: 'function',
									function: { name: call.tool, arguments: JSON.stringify(call.input) },
								},
							],
						}
					: { role: 'assistant', content: `You asked: ${question}` };
			response.json({
				id: 'completion-1',
				object: 'chat.completion',
				created: 1,
				model: 'gpt-4.1-mini',
				choices: [{ index: 0, message, finish_reason: call ? 'tool_calls' : 'stop' }],
				usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
			});
		});
}
