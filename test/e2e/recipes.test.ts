/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { ICredentialDataDecryptedObject, INode } from 'n8n-workflow';

import type { Credential } from '../n8n/credentials';
import type { N8nSeries } from '../n8n/install';
import type { Workflow, WorkflowDefinition } from '../n8n/workflows';
import { packPackage } from '../support/package/pack';
import { repositoryFolder } from '../support/package/repository';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import { findFaults } from './check-parameters';
import { Refusal, startCrms, type Crms } from './crms';

jest.setTimeout(300_000);

const HUBSPOT = 'https://api.hubapi.com';
const PIPEDRIVE = 'https://api.pipedrive.com';
const SALESFORCE = 'https://your-domain.my.salesforce.com';
const ANY_CRM = 'https://crm.example.com';

/** As they come out of the CRM's own credential dialog. */
const CRM_CREDENTIALS: Record<string, ICredentialDataDecryptedObject> = {
	hubspotAppToken: { appToken: 'hubspot-key' },
	pipedriveApi: { apiToken: 'pipedrive-token' },
	salesforceOAuth2Api: {
		environment: 'production',
		clientId: 'id',
		clientSecret: 'secret',
		oauthTokenData: { access_token: 'salesforce-token', instance_url: SALESFORCE },
	},
	httpHeaderAuth: { name: 'x-api-key', value: 'crm-key' },
};

/** As people write it, and as no HTML may read it. */
const NEXT_STEPS = 'Send <ann@example.com> a proposal, price <below 20k>, x<y.';

/** What Siro finds in a recording, and the IDs of the records that it belongs in. */
interface Found {
	deal: string;
	contact: string;
	fields: Record<string, string | string[]>;
}

/** The text field of Pipedrive that the recipe names. */
const PIPEDRIVE_FIELD = '0123456789abcdef0123456789abcdef01234567';

const examples = path.join(repositoryFolder, 'examples');

/** n8n 1 has no version 2 of the Pipedrive node, and does not find data tables by name. */
const ONLY_IN_N8N_2 =
	/^(pipedrive-|set-up-example-tables|siro-recording-to-crm|appointments-to-siro|follow-ups-)/;

const filesFor = (series: N8nSeries) =>
	readdirSync(examples)
		.filter((file) => file.endsWith('.json'))
		.filter((file) => series === '2' || !ONLY_IN_N8N_2.test(file));

/** What n8n makes of a node for AI agents has two parameters more, and n8n describes it only to its editor. */
function asNode(node: INode): INode {
	const ofTools = ['descriptionType', 'toolDescription'];
	return {
		...node,
		type: node.type.replace(/\.siroTool$/, '.siro'),
		parameters: Object.fromEntries(
			Object.entries(node.parameters).filter(([name]) => !ofTools.includes(name)),
		),
	};
}

describe.each(['2', '1'] as const)('in n8n %s', (series) => {
	let world: SiroAndN8n;
	let crms: Crms;
	let credentials: Credential[];

	beforeAll(async () => {
		crms = await startCrms(
			[HUBSPOT, PIPEDRIVE, SALESFORCE, ANY_CRM].map((address) => new URL(address).hostname),
		);
		world = await startSiroAndN8n({
			series,
			tarball: await packPackage(),
			simulator: { seeded: false },
			environment: crms.environment,
		});
		credentials = [world.credential];
		for (const [type, data] of Object.entries(CRM_CREDENTIALS)) {
			credentials.push(await world.client.credentials.create({ name: type, type, data }));
		}
	});

	afterAll(async () => {
		await world?.stop();
		await crms?.stop();
	});

	beforeEach(() => {
		crms.takeRequests();
	});

	async function importRecipe(
		recipe: string,
		edit?: (workflow: WorkflowDefinition) => void,
	): Promise<Workflow> {
		const file = path.join(examples, `${recipe}.json`);
		return await world.client.workflows.importFile(file, { credentials, edit });
	}

	async function readRecipe(recipe: string): Promise<WorkflowDefinition> {
		const text = await readFile(path.join(examples, `${recipe}.json`), 'utf8');
		return JSON.parse(text) as WorkflowDefinition;
	}

	async function faultsOf({ nodes, connections }: WorkflowDefinition): Promise<string[]> {
		const faults: string[] = [];
		for (const node of nodes.map(asNode)) {
			const description = await world.client.nodeTypes.read(node.type, node.typeVersion);
			if (!description) faults.push(`${node.name}: n8n does not know ${node.type}`);
			else faults.push(...findFaults(node, description).map((fault) => `${node.name}: ${fault}`));
		}
		const names = nodes.map(({ name }) => name);
		const ends = Object.entries(connections).flatMap(([from, byType]) => [
			from,
			...Object.values(byType)
				.flat()
				.flatMap((targets) => targets ?? [])
				.map(({ node }) => node),
		]);
		faults.push(...ends.filter((end) => !names.includes(end)).map((end) => `No node ${end}`));
		return faults;
	}

	test.each(filesFor(series))('%s: nodes, parameters and connections are valid', async (file) => {
		const workflow = await importRecipe(path.basename(file, '.json'));

		expect(await faultsOf(workflow)).toEqual([]);
		expect(new Set(workflow.nodes.map(({ id }) => id)).size).toBe(workflow.nodes.length);
	});

	test('what is wrong in a workflow would be noticed', async () => {
		const workflow = await readRecipe('hubspot-siro-recording');
		const nodes = new Map(workflow.nodes.map((node) => [node.name, node]));
		Object.assign(nodes.get('Update the Deal')?.parameters ?? {}, {
			dealId: { __rl: true, mode: 'id', value: '' },
			updateFields: {
				dealname: 'x',
				customPropertiesUi: { properties: [] },
				description: 5,
			},
		});
		Object.assign(nodes.get('Update Any Record')?.parameters ?? {}, { method: 'UPDATE', url: '' });
		delete nodes.get('Add Summary as a Note')?.credentials;
		workflow.connections['Siro Trigger'].main[0]?.push({ node: 'Nowhere', type: 'main', index: 0 });

		expect(await faultsOf(workflow)).toEqual([
			'Add Summary as a Note: The credential hubspotAppToken is missing',
			'Update the Deal: There is no parameter updateFields.dealname',
			'Update the Deal: There is no parameter updateFields.customPropertiesUi.properties',
			'Update the Deal: updateFields.description is no string',
			'Update the Deal: Parameter "Deal to Update" is required.',
			'Update the Deal: Not a valid HubSpot Deal ID',
			'Update Any Record: method has no option UPDATE',
			'Update Any Record: Parameter "URL" is required.',
			'No node Nowhere',
		]);
	});

	/** Lets Siro finish a recording of this deal and hand it to the recipe. */
	async function receiveRecording(
		recipe: string,
		found: Found,
		edit?: (workflow: WorkflowDefinition) => void,
	) {
		const { requests, error } = await receive(recipe, found, edit);
		expect(error).toBeUndefined();
		return requests;
	}

	async function receive(
		recipe: string,
		{ deal, contact, fields }: Found,
		edit?: (workflow: WorkflowDefinition) => void,
	) {
		const { siro, client, signingSecret } = world;
		const workflow = await importRecipe(recipe, edit);
		await client.workflows.activate(workflow);
		siro.addEngagement({
			externalId: `meeting-of-${deal}`,
			engagementType: { activityType: 'MEETING', name: 'meeting' },
			engagementUsers: [],
			opportunity: { externalId: deal },
			contact: { externalId: contact },
		});
		const recording = siro.addRecording({ title: 'Smith kitchen' });
		siro.processRecording(recording.id, {
			summary: [{ name: 'Next Steps', content: NEXT_STEPS }],
			extractions: [
				...Object.entries(fields).map(([crmFieldName, value]) => ({
					name: crmFieldName,
					value,
					mappings: [{ crmModelName: 'Opportunity', crmFieldName }],
				})),
				{
					name: 'Role',
					value: 'Owner of the house',
					mappings: [{ crmModelName: 'Contact', crmFieldName: 'role' }],
				},
				{
					name: 'Referred by',
					value: 'A neighbour',
					mappings: [{ crmModelName: 'Lead', crmFieldName: 'source' }],
				},
			],
		});
		const { payload } = siro.linkRecording(recording.id, {
			engagementExternalId: `meeting-of-${deal}`,
		});
		const url = await client.workflows.webhookUrl(workflow);
		expect((await siro.webhooks.deliver(payload, { url, secret: signingSecret })).status).toBe(200);
		const [execution] = await client.executions.waitForCount(1, { workflowId: workflow.id });
		await client.workflows.deactivate(workflow);
		return { requests: crms.takeRequests(), error: execution.error };
	}

	/** What the sticky note tells people to do who want every field of every record written. */
	function updateAnyRecord({ nodes }: WorkflowDefinition): void {
		for (const node of nodes) {
			if (node.name === 'Update Any Record') node.disabled = false;
			else if (/^Update the /.test(node.name)) node.disabled = true;
			else if (node.name === 'Only Linked Deals') {
				const { conditions } = node.parameters as { conditions: { conditions: object[] } };
				conditions.conditions.splice(1);
			}
		}
	}

	/** Runs a recipe that fetches appointments. */
	async function runRecipe(recipe: string) {
		const { client } = world;
		const workflow = await importRecipe(recipe);
		await client.workflows.activate(workflow);
		await client.workflows.deactivate(workflow);
		const execution = await client.workflows.run(workflow);
		expect(execution.error).toBeUndefined();
		return execution;
	}

	/** The note of the recording that `receiveRecording` makes, as text. */
	const noteOf = (fields: Found['fields']) =>
		[
			'Smith kitchen',
			`Next Steps:\n${NEXT_STEPS}`,
			[
				'Found in the conversation:',
				...Object.entries(fields).map(([name, value]) => `${name}: ${[value].flat().join(', ')}`),
				'Role: Owner of the house',
				'Referred by: A neighbour',
			].join('\n'),
		].join('\n\n');

	const toHtml = (note: string) =>
		note
			.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign)
			.split('\n\n')
			.map((paragraph, index) => {
				const [heading, ...lines] = paragraph.split('\n');
				return index === 0
					? `<p><strong>${heading}</strong></p>`
					: `<p><strong>${heading}</strong><br>${lines.join('<br>')}</p>`;
			})
			.join('');

	const withoutHeaders = (requests: Awaited<ReturnType<typeof receiveRecording>>) =>
		requests.map(({ to, body }) => ({ to, body }));

	describe('HubSpot', () => {
		const found = {
			deal: '9001',
			contact: '9101',
			fields: {
				amount: '$40,000',
				description: 'A new kitchen',
				hs_objections: ['Price', 'Timeline'],
			},
		};
		const noteWith = (fields: Found['fields']) => ({
			to: `POST ${HUBSPOT}/crm/v3/objects/notes`,
			body: {
				properties: {
					hs_timestamp: expect.stringMatching(/^\d{4}-/),
					hs_note_body: toHtml(noteOf(fields)),
				},
				associations: [
					{
						to: { id: '9001' },
						types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 214 }],
					},
				],
			},
		});
		const note = noteWith(found.fields);

		beforeAll(() => {
			crms.answer(note.to, () => ({ id: '1' }));
			crms.answer(`PUT ${HUBSPOT}/deals/v1/deal/9001`, () => ({ dealId: 9001 }));
			crms.answer(`PATCH ${HUBSPOT}/crm/v3/objects/deals/9001`, () => ({ id: '9001' }));
			crms.answer(`PATCH ${HUBSPOT}/crm/v3/objects/contacts/9101`, () => ({ id: '9101' }));
		});

		test('a recording goes into the deal', async () => {
			const requests = await receiveRecording('hubspot-siro-recording', found);

			expect(withoutHeaders(requests)).toEqual([
				note,
				{
					to: `PUT ${HUBSPOT}/deals/v1/deal/9001`,
					body: {
						properties: [
							{ name: 'amount', value: '40000' },
							{ name: 'description', value: 'A new kitchen' },
						],
					},
				},
			]);
			expect(requests.map(({ headers }) => headers.authorization)).toEqual([
				'Bearer hubspot-key',
				'Bearer hubspot-key',
			]);
		});

		test('properties that Siro did not find stay as they are', async () => {
			const requests = await receiveRecording('hubspot-siro-recording', {
				...found,
				fields: { description: 'A new kitchen' },
			});

			expect(requests[1].body).toEqual({
				properties: [{ name: 'description', value: 'A new kitchen' }],
			});
		});

		test.each([
			['$40,000 - $50,000', undefined],
			['45.000,00 €', '45000'],
			['45k', '45000'],
			['1.5 million', '1500000'],
			['12,000 for 2 windows', undefined],
			['-500', '-500'],
		])('the amount "%s" is written as %s, and stands in the note', async (said, amount) => {
			const fields = { amount: said, description: 'A new kitchen' };

			const requests = await receiveRecording('hubspot-siro-recording', { ...found, fields });

			expect(requests[0].body).toEqual(noteWith(fields).body);
			expect(requests[1].body).toEqual({
				properties: [
					...(amount === undefined ? [] : [{ name: 'amount', value: amount }]),
					{ name: 'description', value: 'A new kitchen' },
				],
			});
		});

		test('a record that HubSpot refuses is named, and all others are written', async () => {
			const contact = `PATCH ${HUBSPOT}/crm/v3/objects/contacts/9102`;
			crms.answer(contact, () => {
				throw new Refusal(400, 'Property "role" does not exist');
			});

			const { requests, error } = await receive(
				'hubspot-siro-recording',
				{ ...found, contact: '9102' },
				(workflow) => {
					updateAnyRecord(workflow);
					for (const node of workflow.nodes) if (node.retryOnFail) node.waitBetweenTries = 1;
				},
			);

			expect(error).toContain('contact 9102');
			expect(requests.map(({ to }) => to)).toEqual(
				expect.arrayContaining([note.to, `PATCH ${HUBSPOT}/crm/v3/objects/deals/9001`, contact]),
			);
		});

		test('a deal stays as it is when none of its fields was found', async () => {
			const requests = await receiveRecording('hubspot-siro-recording', {
				...found,
				fields: { hs_next_step: 'Something else' },
			});

			expect(withoutHeaders(requests)).toEqual([noteWith({ hs_next_step: 'Something else' })]);
		});

		test('every record is updated with the HTTP Request node', async () => {
			const requests = await receiveRecording('hubspot-siro-recording', found, updateAnyRecord);

			expect(withoutHeaders(requests)).toEqual([
				note,
				{
					to: `PATCH ${HUBSPOT}/crm/v3/objects/deals/9001`,
					body: {
						properties: { ...found.fields, amount: 40_000, hs_objections: 'Price;Timeline' },
					},
				},
				{
					to: `PATCH ${HUBSPOT}/crm/v3/objects/contacts/9101`,
					body: { properties: { role: 'Owner of the house' } },
				},
			]);
		});

		test('meetings go into Siro, page by page', async () => {
			const search = `POST ${HUBSPOT}/crm/v3/objects/meetings/search`;
			const meeting = (id: string, owner: string) => ({
				id,
				properties: {
					hs_meeting_title: `Meeting ${id}`,
					hs_meeting_start_time: '2026-02-15T14:00:00Z',
					hs_meeting_end_time: '2026-02-15T15:00:00Z',
					hubspot_owner_id: owner,
				},
			});
			crms.answer(search, ({ body }) =>
				(body as { after?: string }).after === '2'
					? { total: 2, results: [meeting('502', '71')] }
					: { total: 2, results: [meeting('501', '71')], paging: { next: { after: '2' } } },
			);
			for (const [kind, toObjectId] of [
				['companies', 601],
				['deals', 701],
			]) {
				crms.answer(`POST ${HUBSPOT}/crm/v4/associations/meetings/${kind}/batch/read`, () => ({
					results: [{ from: { id: '501' }, to: [{ toObjectId, associationTypes: [] }] }],
				}));
			}
			crms.answer(`GET ${HUBSPOT}/crm/v3/owners`, () => ({
				results: [{ id: '71', email: 'john@example.com', firstName: 'John', lastName: 'Sales' }],
			}));
			crms.answer(`GET ${HUBSPOT}/crm/v3/objects/meetings`, () => ({ results: [] }));

			const execution = await runRecipe('hubspot-appointments-to-siro');

			expect(execution.json('Sync to Siro')).toHaveLength(2);
			expect(world.siro.state.engagements.find('501')).toMatchObject({
				subject: 'Meeting 501',
				startTime: '2026-02-15T14:00:00.000Z',
				endTime: '2026-02-15T15:00:00.000Z',
				users: [{ externalId: '71', email: 'john@example.com', name: 'John Sales' }],
				account: { externalId: '601' },
				opportunity: { externalId: '701' },
			});
			expect(world.siro.state.engagements.find('502')?.account).toBeUndefined();
			expect(world.siro.state.engagements.find('502')?.opportunity).toBeUndefined();
			const requests = crms.takeRequests();
			const searches = requests.filter(({ to }) => to === search);
			const day = 24 * 3_600_000;
			expect(searches).toHaveLength(2);
			const { filterGroups } = searches[0].body as {
				filterGroups: Array<{ filters: Array<{ value: number; highValue: number }> }>;
			};
			const [{ value, highValue }] = filterGroups[0].filters;
			expect(highValue - value).toBeGreaterThan(14 * day);
			expect(Date.now() - value).toBeGreaterThanOrEqual(day - 3_600_000);
		});
	});

	describe('Salesforce', () => {
		const base = `${SALESFORCE}/services/data/v59.0`;
		const found = {
			deal: '0065e00000AbCdEAAV',
			contact: '0035e00000AbCdEAAV',
			fields: { Budget__c: '$40,000', NextStep: 'Measure', Wants__c: ['Oak', 'Steel'] },
		};
		const noteWith = (fields: Found['fields']) => ({
			to: `POST ${base}/sobjects/note`,
			body: {
				Title: 'Smith kitchen',
				ParentId: found.deal,
				Body: noteOf(fields),
			},
		});
		const note = noteWith(found.fields);
		const update = `PATCH ${base}/sobjects/opportunity/${found.deal}`;

		beforeAll(() => {
			crms.answer(note.to, () => ({ id: '1', success: true }));
			crms.answer(update, () => ({}));
			crms.answer(`PATCH ${base}/sobjects/Opportunity/${found.deal}`, () => ({}));
			crms.answer(`PATCH ${base}/sobjects/Contact/${found.contact}`, () => ({}));
		});

		test('a recording goes into the opportunity', async () => {
			const requests = await receiveRecording('salesforce-siro-recording', found);

			expect(withoutHeaders(requests)).toEqual([
				note,
				{ to: update, body: { NextStep: 'Measure', Budget__c: 40_000 } },
			]);
			expect(requests[1].headers.authorization).toBe('Bearer salesforce-token');
		});

		test('fields that Siro did not find stay as they are', async () => {
			const requests = await receiveRecording('salesforce-siro-recording', {
				...found,
				fields: { NextStep: 'Measure' },
			});

			expect(requests[1].body).toEqual({ NextStep: 'Measure' });
		});

		test('a deal stays as it is when none of its fields was found', async () => {
			const requests = await receiveRecording('salesforce-siro-recording', {
				...found,
				fields: { Timeline__c: 'Something else' },
			});

			expect(withoutHeaders(requests)).toEqual([noteWith({ Timeline__c: 'Something else' })]);
		});

		test('every record is updated with the HTTP Request node', async () => {
			const requests = await receiveRecording('salesforce-siro-recording', found, updateAnyRecord);

			expect(withoutHeaders(requests)).toEqual([
				note,
				{
					to: `PATCH ${base}/sobjects/Opportunity/${found.deal}`,
					body: { ...found.fields, Wants__c: 'Oak;Steel' },
				},
				{
					to: `PATCH ${base}/sobjects/Contact/${found.contact}`,
					body: { role: 'Owner of the house' },
				},
			]);
			expect(requests[1].headers.authorization).toBe('Bearer salesforce-token');
		});

		test('events go into Siro', async () => {
			crms.answer(`GET ${base}/query`, () => ({
				done: true,
				records: [
					{
						attributes: { type: 'Event' },
						Id: '00U5e00000AbCdEAAV',
						Subject: 'Smith kitchen',
						StartDateTime: '2026-02-15T14:00:00.000+0000',
						EndDateTime: '2026-02-15T15:00:00.000+0000',
						OwnerId: '0055e00000AbCdEAAV',
						Owner: { Email: 'john@example.com', Name: 'John Sales' },
						AccountId: '0015e00000AbCdEAAV',
						WhatId: '0065e00000ZzZzZAAV',
						What: { Type: 'Opportunity' },
					},
					{
						attributes: { type: 'Event' },
						Id: '00U5e00000XyZxYAAV',
						Subject: 'Without a deal',
						StartDateTime: '2026-02-16T14:00:00.000+0000',
						EndDateTime: '2026-02-16T15:00:00.000+0000',
						OwnerId: '0055e00000AbCdEAAV',
						Owner: { Email: 'john@example.com', Name: 'John Sales' },
						AccountId: null,
						WhatId: null,
						What: null,
					},
				],
			}));

			crms.answer(`GET ${base}/queryAll`, () => ({ done: true, records: [] }));

			const execution = await runRecipe('salesforce-appointments-to-siro');

			expect(execution.json('Sync to Siro')).toHaveLength(2);
			expect(world.siro.state.engagements.find('00U5e00000AbCdEAAV')).toMatchObject({
				subject: 'Smith kitchen',
				startTime: '2026-02-15T14:00:00.000Z',
				endTime: '2026-02-15T15:00:00.000Z',
				users: [
					{ externalId: '0055e00000AbCdEAAV', email: 'john@example.com', name: 'John Sales' },
				],
				account: { externalId: '0015e00000AbCdEAAV' },
				opportunity: { externalId: '0065e00000ZzZzZAAV' },
			});
			expect(world.siro.state.engagements.find('00U5e00000XyZxYAAV')?.account).toBeUndefined();
			expect(world.siro.state.engagements.find('00U5e00000XyZxYAAV')?.opportunity).toBeUndefined();
			expect(crms.takeRequests()[0].query.q).toMatch(/^SELECT Id, .* FROM Event WHERE /);
		});
	});

	// n8n 1 has no version 2 of the Pipedrive node.
	if (series === '2')
		describe('Pipedrive', () => {
			const found = {
				deal: '42',
				contact: '43',
				fields: { [PIPEDRIVE_FIELD]: 'About 40,000', title: 'Kitchen' },
			};
			const noteWith = (fields: Found['fields']) => ({
				to: `POST ${PIPEDRIVE}/v1/notes`,
				body: { content: toHtml(noteOf(fields)), deal_id: 42 },
			});
			const note = noteWith(found.fields);
			const update = `PATCH ${PIPEDRIVE}/api/v2/deals/42`;

			beforeAll(() => {
				crms.answer(note.to, () => ({ success: true, data: { id: 1 } }));
				crms.answer(update, () => ({ success: true, data: { id: 42 } }));
				crms.answer(`PATCH ${PIPEDRIVE}/api/v2/persons/43`, () => ({ success: true, data: {} }));
			});

			test('a recording goes into the deal', async () => {
				const requests = await receiveRecording('pipedrive-siro-recording', found);

				expect(withoutHeaders(requests)).toEqual([
					note,
					{ to: update, body: { custom_fields: { [PIPEDRIVE_FIELD]: 'About 40,000' } } },
				]);
				expect(requests.map(({ query }) => query.api_token)).toEqual([
					'pipedrive-token',
					'pipedrive-token',
				]);
			});

			test('a deal stays as it is when none of its fields was found', async () => {
				const requests = await receiveRecording('pipedrive-siro-recording', {
					...found,
					fields: { title: 'Something else' },
				});

				expect(withoutHeaders(requests)).toEqual([noteWith({ title: 'Something else' })]);
			});

			test('every record is updated with the HTTP Request node', async () => {
				const requests = await receiveRecording('pipedrive-siro-recording', found, updateAnyRecord);

				expect(withoutHeaders(requests)).toEqual([
					note,
					{
						to: update,
						body: { title: 'Kitchen', custom_fields: { [PIPEDRIVE_FIELD]: 'About 40,000' } },
					},
					{
						to: `PATCH ${PIPEDRIVE}/api/v2/persons/43`,
						body: { role: 'Owner of the house', custom_fields: {} },
					},
				]);
				expect(requests[1].query.api_token).toBe('pipedrive-token');
			});

			test('meetings with a time go into Siro', async () => {
				const nextWeek = new Date(Date.now() + 7 * 24 * 3_600_000).toISOString().slice(0, 10);
				const activity = (id: number, change: object) => ({
					id,
					type: 'meeting',
					subject: `Meeting ${id}`,
					due_date: nextWeek,
					due_time: '14:00',
					duration: '00:30',
					owner_id: 71,
					org_id: 61,
					deal_id: 51,
					...change,
				});
				crms.answer(`GET ${PIPEDRIVE}/api/v2/activities`, () => ({
					success: true,
					data: [
						activity(801, {}),
						activity(802, { due_time: '14:00:00', duration: '', org_id: null, deal_id: null }),
						activity(803, { type: 'call' }),
						activity(804, { due_time: null }),
						activity(805, { due_date: '2020-01-01' }),
					],
					additional_data: { next_cursor: null },
				}));
				crms.answer(`GET ${PIPEDRIVE}/v1/users`, () => ({
					success: true,
					data: [{ id: 71, name: 'John Sales', email: 'john@example.com', active_flag: true }],
				}));

				const execution = await runRecipe('pipedrive-appointments-to-siro');

				expect(execution.json('Sync to Siro')).toHaveLength(2);
				expect(world.siro.state.engagements.find('801')).toMatchObject({
					subject: 'Meeting 801',
					startTime: `${nextWeek}T14:00:00.000Z`,
					endTime: `${nextWeek}T14:30:00.000Z`,
					users: [{ externalId: '71', email: 'john@example.com', name: 'John Sales' }],
					account: { externalId: '61' },
					opportunity: { externalId: '51' },
				});
				expect(world.siro.state.engagements.find('802')).toMatchObject({
					startTime: `${nextWeek}T14:00:00.000Z`,
					endTime: `${nextWeek}T15:00:00.000Z`,
				});
				expect(world.siro.state.engagements.find('802')?.account).toBeUndefined();
				expect(world.siro.state.engagements.find('802')?.opportunity).toBeUndefined();
			});
		});

	describe('any CRM over HTTP', () => {
		test('a recording goes into each linked record', async () => {
			crms.answer(`POST ${ANY_CRM}/api/Opportunity/opp-1/notes`, () => ({}));
			crms.answer(`PATCH ${ANY_CRM}/api/Opportunity/opp-1`, () => ({}));
			crms.answer(`PATCH ${ANY_CRM}/api/Contact/contact-1`, () => ({}));

			const requests = await receiveRecording('http-crm-siro-recording', {
				deal: 'opp-1',
				contact: 'contact-1',
				fields: { budget: '$40,000', timeline: 'Spring' },
			});

			expect(withoutHeaders(requests)).toEqual([
				{
					to: `POST ${ANY_CRM}/api/Opportunity/opp-1/notes`,
					body: {
						title: 'Smith kitchen',
						text: noteOf({ budget: '$40,000', timeline: 'Spring' }),
					},
				},
				{
					to: `PATCH ${ANY_CRM}/api/Opportunity/opp-1`,
					body: { budget: '$40,000', timeline: 'Spring' },
				},
				{ to: `PATCH ${ANY_CRM}/api/Contact/contact-1`, body: { role: 'Owner of the house' } },
			]);
			expect(requests[0].headers['x-api-key']).toBe('crm-key');
		});

		test('appointments go into Siro', async () => {
			crms.answer(`GET ${ANY_CRM}/api/appointments`, () => [
				{
					id: 'appt-1',
					subject: 'Smith kitchen',
					start: '2026-02-15T14:00:00-05:00',
					end: '2026-02-15T15:00:00-05:00',
					repId: 'rep-1',
					repEmail: 'john@example.com',
					repName: 'John Sales',
					accountId: 'account-1',
					dealId: 'opp-1',
				},
			]);

			await runRecipe('http-crm-appointments-to-siro');

			expect(world.siro.state.engagements.find('appt-1')).toMatchObject({
				subject: 'Smith kitchen',
				startTime: '2026-02-15T19:00:00.000Z',
				users: [{ externalId: 'rep-1', email: 'john@example.com', name: 'John Sales' }],
				account: { externalId: 'account-1' },
				opportunity: { externalId: 'opp-1' },
			});
			expect(crms.takeRequests()[0].query).toEqual({
				from: expect.stringMatching(/^\d{4}-/),
				to: expect.stringMatching(/^\d{4}-/),
				changedSince: expect.stringMatching(/^\d{4}-/),
			});
		});
	});
});
