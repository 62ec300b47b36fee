/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import path from 'node:path';

import type { Editor } from './editor';
import type { NodeDetails } from './node-details';
import { takePicture } from './picture';
import { startSiroInBrowser, type SiroInBrowser } from './siro-in-browser';
import { processExampleRecording } from '../e2e/example-data';
import { repositoryFolder } from '../support/package/repository';

jest.setTimeout(600_000);

let world: SiroInBrowser;
let editor: Editor;

beforeAll(async () => {
	world = await startSiroInBrowser({ seeded: false });
});

beforeEach(async () => {
	editor = await world.openEditor();
	await editor.newWorkflow();
});

afterEach(async () => await editor?.close());

afterAll(async () => await world?.stop());

async function importExample(file: string): Promise<void> {
	await editor.importFile(path.join(repositoryFolder, 'examples', file));
}

/** As the README says it is to be done after the import. */
async function chooseCredential(details: NodeDetails): Promise<void> {
	await details.chooseCredential(world.credential.name);
	expect(await details.chosenCredential()).toBe(world.credential.name);
}

// Each test needs what the one before it has put into n8n's data tables and into Siro, as for a person.
test('the example tables are set up', async () => {
	await importExample('set-up-example-tables.json');
	await editor.execute();
	await editor.nodeSucceeded('Put In Its Deal');
	expect(await editor.takeProblems()).toEqual([]);

	const tables = await world.client.dataTables.list();
	expect(tables.map(({ name }) => name).sort()).toEqual(['Appointments', 'Deals']);
});

test('an appointment is synced to Siro', async () => {
	await importExample('appointments-to-siro.json');
	const details = await editor.openNode('Sync to Siro');
	await chooseCredential(details);
	await takePicture('sync-appointment', details.root);
	await details.close();
	await editor.execute();
	await editor.nodeSucceeded('Sync to Siro');
	expect(world.siro.engagement('appt-456')).toMatchObject({
		subject: 'Smith Kitchen Remodel Consultation',
	});
	await editor.zoomToFit();
	await takePicture('flow-appointments-to-siro', editor.canvas);
	expect(await editor.takeProblems()).toEqual([]);
});

test('a recording comes back into the CRM', async () => {
	const { siro, client } = world;
	await importExample('siro-recording-to-crm.json');
	const details = await editor.openNode('Siro Trigger');
	await chooseCredential(details);
	const url = await details.testUrl();
	await details.close();
	await editor.execute();
	await editor.isListening();
	const recording = processExampleRecording(siro);
	siro.linkRecording(recording.id, { engagementExternalId: 'appt-456' });

	const answer = await siro.deliver(
		siro.webhookPayload(recording, 'integrations.recordingLinked'),
		{ url, secret: world.testSigningSecret },
	);
	expect(answer.status).toBe(200);
	await editor.nodeSucceeded('Siro Trigger');
	await editor.message('Workflow executed successfully');
	await editor.zoomToFit();
	await takePicture('flow-siro-recording-to-crm', editor.canvas);

	expect(await client.dataTables.rows('Deals')).toMatchObject([{ budget: '$40,000' }]);
	expect(await editor.takeProblems()).toEqual([]);
});
