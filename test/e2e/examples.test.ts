/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { INode } from 'n8n-workflow';

import { newPayload } from '../n8n/deliveries';
import type { N8nClient } from '../n8n/client';
import type { DataTable, DataTableColumn, DataTableRow } from '../n8n/data-tables';
import type { Execution } from '../n8n/executions';
import type { Workflow, WorkflowDefinition } from '../n8n/workflows';
import { packPackage } from '../support/package/pack';
import { repositoryFolder } from '../support/package/repository';
import { newSigningSecret, startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import { processExampleRecording } from './example-data';

jest.setTimeout(300_000);

/** The parameters of n8n's Data Table node that are used here. */
interface DataTableParameters {
	operation?: string;
	tableName?: string;
	dataTableId?: { value: string };
	columns?: { column: DataTableColumn[]; value: DataTableRow };
}

const parametersOf = ({ parameters }: INode) => parameters as DataTableParameters;

/**
 * Does by hand, in the data tables' own page, what the example "Set up the example tables" does: the
 * Data Table node of n8n 1 cannot make tables.
 */
async function setUpTablesByHand(
	{ dataTables }: N8nClient,
	exampleFile: string,
): Promise<DataTable[]> {
	const { nodes } = JSON.parse(await readFile(exampleFile, 'utf8')) as WorkflowDefinition;
	const all = nodes.map(parametersOf);
	const tables: DataTable[] = [];
	for (const { operation, tableName = '', columns } of all) {
		if (operation !== 'create') continue;
		const table = await dataTables.create(tableName, columns?.column ?? []);
		const putIn = all.find(({ dataTableId }) => dataTableId?.value === tableName);
		await dataTables.addRow(table, putIn?.columns?.value ?? {});
		tables.push(table);
	}
	return tables;
}

/** Chooses the tables anew in the nodes of an imported example: n8n 1 finds them by ID only. */
function chooseTables({ nodes }: WorkflowDefinition, tables: DataTable[]): void {
	for (const node of nodes.filter(({ type }) => type === 'n8n-nodes-base.dataTable')) {
		const chosen = tables.find(({ name }) => name === parametersOf(node).dataTableId?.value);
		node.typeVersion = 1;
		node.parameters.dataTableId = { __rl: true, mode: 'id', value: chosen?.id ?? '' };
	}
}

/** The newest n8n, and the last one of the series before. */
describe.each(['2', '1'] as const)('in n8n %s', (series) => {
	let world: SiroAndN8n;

	beforeAll(async () => {
		world = await startSiroAndN8n({
			series,
			tarball: await packPackage(),
			simulator: { seeded: false },
		});
	});

	afterAll(async () => await world?.stop());

	/** Chosen by hand in n8n 1, which cannot run the example that makes them. */
	let tables: DataTable[] = [];

	const fileOf = (example: string) => path.join(repositoryFolder, 'examples', example);

	async function importExample(
		example: string,
		edit?: (workflow: WorkflowDefinition) => void,
	): Promise<Workflow> {
		return await world.client.workflows.importFile(fileOf(example), {
			credentials: [world.credential],
			edit: (workflow) => {
				if (series === '1') chooseTables(workflow, tables);
				edit?.(workflow);
			},
		});
	}

	async function setUpTables(example: string): Promise<void> {
		const { client } = world;
		if (series === '1') {
			tables = await setUpTablesByHand(client, fileOf(example));
		} else {
			const { error } = await client.workflows.run(await importExample(example));
			expect(error).toBeUndefined();
		}
	}

	const rowsOf = async (table: string) => await world.client.dataTables.rows(table);

	test('the examples bring an appointment into Siro and its recording back into the CRM', async () => {
		const { siro, client } = world;

		await setUpTables('set-up-example-tables.json');
		expect(await rowsOf('Appointments')).toMatchObject([{ appointmentId: 'appt-456', note: null }]);
		expect(await rowsOf('Deals')).toMatchObject([{ dealId: 'opp-101', budget: null }]);

		const sync = await client.workflows.run(await importExample('appointments-to-siro.json'));
		expect(sync.error).toBeUndefined();
		expect(sync.json('Sync to Siro')).toMatchObject([{ externalId: 'appt-456' }]);
		expect(siro.state.engagements.find('appt-456')).toMatchObject({
			subject: 'Smith Kitchen Remodel Consultation',
			startTime: '2026-02-15T14:00:00.000Z',
			endTime: '2026-02-15T15:00:00.000Z',
		});
		expect(siro.state.opportunities.find('opp-101')).toBeDefined();

		const trigger = await importExample('siro-recording-to-crm.json');
		await client.workflows.activate(trigger);
		const url = await client.workflows.webhookUrl(trigger);
		siro.webhooks.addEndpoint({ url, secret: world.signingSecret });
		const recording = processExampleRecording(siro);
		await siro.webhooks.idle();
		expect(
			(await siro.webhooks.deliver(newPayload(), { url, secret: newSigningSecret() })).status,
		).toBe(401);
		expect(await client.executions.count({ workflowId: trigger.id })).toBe(0);

		siro.linkRecording(recording.id, { engagementExternalId: 'appt-456' });
		await siro.webhooks.idle();
		const [execution, ...others] = await client.executions.waitForCount(1, {
			workflowId: trigger.id,
		});

		expect(others).toEqual([]);
		expect(execution.error).toBeUndefined();
		expect(siro.webhooks.attempts.map(({ status }) => status)).toEqual([200, 401, 200]);
		expect(await rowsOf('Appointments')).toMatchObject([
			{
				appointmentId: 'appt-456',
				note: 'Smith kitchen\n\nNext Steps:\nSend a proposal.\n\nFound in the conversation:\nBudget: $40,000',
			},
		]);
		expect(await rowsOf('Deals')).toMatchObject([{ dealId: 'opp-101', budget: '$40,000' }]);
		await client.workflows.deactivate(trigger);
	});

	// The endpoint of the test before is that of this workflow, too.
	test('what Siro does not find stays, and what the CRM refuses is named', async () => {
		const { siro, client } = world;
		const receive = async (crmFieldName: string, edit?: (workflow: WorkflowDefinition) => void) => {
			const workflow = await importExample('siro-recording-to-crm.json', edit);
			await client.workflows.activate(workflow);
			const { id } = siro.addRecording({ title: crmFieldName });
			siro.processRecording(id, {
				extractions: [
					{
						name: 'Wish',
						value: 'Oak',
						mappings: [{ crmModelName: 'Opportunity', crmFieldName }],
					},
				],
			});
			siro.linkRecording(id, { engagementExternalId: 'appt-456' });
			const [execution] = await client.executions.waitForCount(1, { workflowId: workflow.id });
			await client.workflows.deactivate(workflow);
			return execution;
		};

		expect((await receive('Wood__c')).error).toBeUndefined();
		expect(await rowsOf('Deals')).toMatchObject([{ dealId: 'opp-101', budget: '$40,000' }]);

		const { error } = await receive('Budget__c', ({ nodes }) => {
			const deal = nodes.find(({ name }) => name === 'Write Values to the Deal');
			Object.assign(deal?.parameters ?? {}, {
				dataTableId: { __rl: true, mode: 'id', value: 'no-such-table' },
			});
		});
		expect(error).toContain('Not written: what belongs to appt-456');
		expect(await rowsOf('Appointments')).toMatchObject([
			{ note: expect.stringContaining('Budget__c') as string },
		]);
	});

	test('what changed since the last run goes in, the bad one is named', async () => {
		const { siro, client } = world;
		const workflow = await importExample('appointments-to-siro.json', ({ nodes }) => {
			for (const { name, parameters } of nodes) {
				if (name === 'Every 10 Minutes') {
					parameters.rule = { interval: [{ field: 'seconds', secondsInterval: 2 }] };
				}
				// The rows of this test are younger than what CRMs may lag.
				const code = parameters.jsCode;
				if (typeof code === 'string') parameters.jsCode = code.replace('minutes: 5', 'minutes: 0');
			}
		});
		const runs = async (count: number) =>
			await client.executions.waitForCount(count, { workflowId: workflow.id });
		const syncedBy = (execution: Execution) =>
			execution.json('Sync to Siro').map(({ externalId }) => externalId);
		await client.workflows.activate(workflow);

		const [first] = await runs(1);
		expect(first.json('What Changed Since the Last Run')).toMatchObject([{ reads: 'every row' }]);
		expect(syncedBy(first)).toEqual(['appt-456']);

		const row = { subject: 'Visit', repId: 'rep-123', repEmail: 'rep-123@kitchenremodel.example' };
		const times = { startTime: '2026-02-16T14:00:00Z', endTime: '2026-02-16T15:00:00Z' };
		const [table] = (await client.dataTables.list()).filter(({ name }) => name === 'Appointments');
		const nextRuns = async () => {
			const before = await client.executions.count({ workflowId: workflow.id });
			return (await runs(before + 2)).slice(1);
		};
		await client.dataTables.addRow(table, { ...row, ...times, appointmentId: 'appt-457' });
		await client.dataTables.addRow(table, {
			...row,
			...times,
			appointmentId: 'appt-458',
			deletedAt: '2026-02-16T13:00:00Z',
		});
		const later = await nextRuns();

		expect(later.at(-1)?.json('What Changed Since the Last Run')).toMatchObject([
			{ reads: expect.stringMatching(/^what changed since/) as string },
		]);
		const synced = later.flatMap(syncedBy);
		expect(synced).toEqual(expect.arrayContaining(['appt-457', 'appt-458']));
		expect(synced).not.toContain('appt-456');
		expect(siro.state.engagements.find('appt-457')?.deletedAt).toBeNull();
		expect(siro.state.engagements.find('appt-458')?.deletedAt).not.toBeNull();

		siro.rejectExternalIds('appt-459');
		await client.dataTables.addRow(table, { ...row, ...times, appointmentId: 'appt-459' });
		expect((await nextRuns()).at(-1)?.error).toContain('appt-459');
		await client.workflows.deactivate(workflow);
		expect(siro.state.engagements.find('appt-459')).toBeUndefined();
	});
});
