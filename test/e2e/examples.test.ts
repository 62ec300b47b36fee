/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import path from 'node:path';

import type { Workflow } from '../support/n8n/workflows';
import { packPackage } from '../support/package/pack';
import { repositoryFolder } from '../support/package/repository';
import { startSiroAndN8n, type SiroAndN8n } from '../support/siro-and-n8n';

jest.setTimeout(300_000);

let world: SiroAndN8n;

beforeAll(async () => {
	world = await startSiroAndN8n({
		tarball: await packPackage(),
		simulator: { seeded: false },
	});
});

afterAll(async () => await world?.stop());

async function importExample(file: string): Promise<Workflow> {
	return await world.client.workflows.importFile(path.join(repositoryFolder, 'examples', file), {
		credentials: [world.credential],
	});
}

async function rowsOf(table: string) {
	const found = (await world.client.dataTables.list()).find(({ name }) => name === table);
	if (!found) throw new Error(`There is no data table "${table}"`);
	return await world.client.dataTables.rows(found);
}

test('the examples bring an appointment into Siro and its recording back into the CRM', async () => {
	const { siro, client } = world;

	const setUp = await client.workflows.run(await importExample('set-up-example-tables.json'));
	expect(setUp.error).toBeUndefined();
	expect(await rowsOf('Appointments')).toMatchObject([
		{ appointmentId: 'appt-456', summary: null },
	]);
	expect(await rowsOf('Deals')).toMatchObject([{ dealId: 'opp-101', budget: null }]);

	const sync = await client.workflows.run(await importExample('appointments-to-siro.json'));
	expect(sync.error).toBeUndefined();
	expect(sync.json('Sync to Siro')).toMatchObject([{ externalId: 'appt-456' }]);
	expect(siro.engagement('appt-456')).toMatchObject({
		subject: 'Smith Kitchen Remodel Consultation',
		startTime: '2026-02-15T14:00:00.000Z',
		endTime: '2026-02-15T15:00:00.000Z',
	});
	expect(siro.opportunity('opp-101')).toBeDefined();

	const trigger = await importExample('siro-recording-to-crm.json');
	await client.workflows.activate(trigger);
	siro.addEndpoint({
		url: await client.workflows.webhookUrl(trigger),
		secret: world.signingSecret,
	});
	const recording = siro.addRecording({ title: 'Smith kitchen' });
	siro.processRecording(recording.id, {
		summary: [{ name: 'Next Steps', content: 'Send a proposal.' }],
		extractions: [
			{
				name: 'Budget',
				value: '$40,000',
				mappings: [{ crmModelName: 'Opportunity', crmFieldName: 'Budget__c' }],
			},
		],
	});
	await siro.deliveriesSettled();
	expect(await client.executions.count({ workflowId: trigger.id })).toBe(0);

	siro.linkRecording(recording.id, { engagementExternalId: 'appt-456' });
	await siro.deliveriesSettled();
	const [execution, ...others] = await client.executions.waitForCount(1, {
		workflowId: trigger.id,
	});

	expect(others).toEqual([]);
	expect(execution.error).toBeUndefined();
	expect(siro.deliveries.map(({ status }) => status)).toEqual([200, 200]);
	expect(await rowsOf('Appointments')).toMatchObject([
		{ appointmentId: 'appt-456', summary: 'Next Steps:\nSend a proposal.' },
	]);
	expect(await rowsOf('Deals')).toMatchObject([{ dealId: 'opp-101', budget: '$40,000' }]);
});
