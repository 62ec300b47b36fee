/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import path from 'node:path';

import { processExampleRecording } from '../e2e/example-data';
import { repositoryFolder } from '../support/package/repository';
import { startSiroInBrowser, type SiroInBrowser } from './browser';
import type { Editor, NodeDetails } from './editor';
import { takePicture } from './picture';

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

/** Puts an example onto the empty canvas, by the menu's "Import". */
async function importExample(file: string): Promise<void> {
	const { page } = editor;
	await page.getByTestId('workflow-menu').filter({ visible: true }).first().click();
	await page.getByTestId('workflow-menu-item-import').hover();
	const choosing = page.waitForEvent('filechooser');
	await page.getByTestId('workflow-menu-item-import-from-file').click();
	await (await choosing).setFiles(path.join(repositoryFolder, 'examples', file));
	await page.getByTestId('canvas-node').first().waitFor();
}

/** As the README says it is to be done after the import. */
async function chooseCredential(details: NodeDetails): Promise<void> {
	const { name } = world.credential;
	await details.credentials.click();
	await editor.page
		.locator('[data-test-id^="node-credentials-select-item-"]')
		.filter({ visible: true, hasText: name })
		.first()
		.click();
	expect(await details.chosenCredential()).toBe(name);
}

const execute = async () => await editor.page.getByTestId('execute-workflow-button').click();

const succeeded = async (node: string) =>
	await editor.node(node).getByTestId('canvas-node-status-success').waitFor();

/** Takes a picture of the whole flow. */
async function pictureFlow(name: string): Promise<void> {
	await editor.page.getByTestId('zoom-to-fit').click();
	await takePicture(name, editor.canvas);
}

// Each test needs what the one before it has put into n8n's data tables and into Siro, as for a person.
test('the example tables are set up', async () => {
	await importExample('set-up-example-tables.json');
	await execute();
	await succeeded('Put In Its Deal');
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
	await execute();
	await succeeded('Sync to Siro');
	expect(world.siro.state.engagements.find('appt-456')).toMatchObject({
		subject: 'Smith Kitchen Remodel Consultation',
	});
	await pictureFlow('flow-appointments-to-siro');
	expect(await editor.takeProblems()).toEqual([]);
});

test('a recording comes back into the CRM', async () => {
	const { siro, client } = world;
	await importExample('siro-recording-to-crm.json');
	const details = await editor.openNode('Siro Trigger');
	await chooseCredential(details);
	const url = await details.testUrl();
	await details.close();
	await execute();
	await editor.page.getByTestId('stop-execution-waiting-for-webhook-button').waitFor();
	const recording = processExampleRecording(siro);
	siro.linkRecording(recording.id, { engagementExternalId: 'appt-456' });

	const answer = await siro.webhooks.deliver(
		siro.webhookPayload(recording, 'integrations.recordingLinked'),
		{ url, secret: world.testSigningSecret },
	);
	expect(answer.status).toBe(200);
	await succeeded('Siro Trigger');
	const message = editor.page
		.getByRole('alert')
		.filter({ hasText: 'Workflow executed successfully' });
	await message.first().waitFor();
	await pictureFlow('flow-siro-recording-to-crm');

	expect(await client.dataTables.rows('Deals')).toMatchObject([{ budget: '$40,000' }]);
	expect(await editor.takeProblems()).toEqual([]);
});

// Whatever they need beside Siro is not there; test/e2e executes them.
test.each([
	'ask-about-last-week',
	'follow-ups-worth-a-call',
	'morning-digest',
	'phone-calls-to-siro',
	'recordings-to-google-sheets',
	'recordings-to-postgres',
	'unlinked-recordings',
	'weekly-scorecards',
])('the editor shows %s', async (example) => {
	await importExample(`${example}.json`);
	await editor.page.getByTestId('sticky').first().waitFor();
	expect(await editor.takeProblems()).toEqual([]);
	await pictureFlow(`flow-${example}`);
});
