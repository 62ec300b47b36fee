/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { processExampleRecording } from '../e2e/example-data';
import type { WorkflowDefinition } from '../n8n/workflows';
import { waitUntil } from '../n8n/wait-until';
import { repositoryFolder } from '../support/package/repository';
import { startSiroInBrowser, type SiroInBrowser } from './browser';
import type { Editor, NodeDetails } from './editor';
import { takePicture } from './picture';

jest.setTimeout(600_000);

const FOLDER = path.join(repositoryFolder, 'examples');
const EXAMPLES = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const PAGE_OF_RECIPES = readFileSync(path.join(repositoryFolder, 'docs', 'recipes.md'), 'utf8');

/** n8n's editor saves by itself, a little later. */
const SAVED_MS = 30_000;

/** What is read here of an element, and where it is. */
interface ElementOfPage {
	innerText: string;
	scrollHeight: number;
	clientHeight: number;
}
interface Box {
	x: number;
	y: number;
	width: number;
	height: number;
}

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
	await (await choosing).setFiles(path.join(FOLDER, file));
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

describe('for somebody who has the credentials, by the names that the recipes say', () => {
	beforeAll(async () => {
		const nodes = EXAMPLES.flatMap((file) => readExample(file).nodes);
		const used = nodes.flatMap(({ credentials = {} }) => Object.entries(credentials));
		const names = new Set(used.map(([type, { name }]) => `${type} ${name}`));
		names.delete(`${world.credential.type} ${world.credential.name}`);
		for (const [type, ...name] of [...names].map((one) => one.split(' '))) {
			await world.client.credentials.create({ name: name.join(' '), type, data: {} });
		}
	});

	// Whatever they need beside Siro is not there; test/e2e executes them.
	test.each(EXAMPLES)('%s is imported without a warning, and nothing is hidden', async (file) => {
		await importExample(file);
		const { page } = editor;
		await page.getByTestId('sticky').first().waitFor();
		await page.getByTestId('zoom-to-fit').click();

		expect(await page.getByRole('alert').allInnerTexts()).toEqual([]);
		expect(await page.getByTestId('node-issues').count()).toBe(0);
		expect(await credentialsNotFound()).toEqual([]);
		expect(await findHidden()).toEqual([]);
		expect(await editor.takeProblems()).toEqual([]);
		const picture = `flow-${path.basename(file, '.json')}`;
		if (PAGE_OF_RECIPES.includes(`images/${picture}.png`)) await pictureFlow(picture);
	});
});

function readExample(file: string): WorkflowDefinition {
	return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as WorkflowDefinition;
}

/** The nodes of the workflow on the canvas whose credentials n8n has not found, as it saves them. */
async function credentialsNotFound(): Promise<string[]> {
	const [, id] = /workflow\/(\w+)/.exec(editor.page.url()) ?? [];
	const nodes = await waitUntil('n8n to save the workflow', SAVED_MS, async () => {
		const workflow = await world.client.workflows.read(id).catch(() => undefined);
		return workflow !== undefined && workflow.nodes.length > 0 && workflow.nodes;
	});
	return nodes
		.filter(({ credentials = {} }) => Object.values(credentials).some((one) => !one.id))
		.map(({ name }) => name);
}

/** Notes with more text than room, and pairs of notes and nodes that cover each other. */
async function findHidden(): Promise<string[]> {
	const { page } = editor;
	const tooLong = await page
		.locator('[data-test-id="sticky"] [class*="wrapper"]')
		.evaluateAll((texts: ElementOfPage[]) =>
			texts
				.filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)
				.map(({ innerText }) => innerText),
		);
	const shown = await page.locator('[data-test-id="sticky"], [data-test-id="canvas-node"]').all();
	const parts = await Promise.all(
		shown.map(async (one) => ({ text: await one.innerText(), box: await one.boundingBox() })),
	);
	const covered = parts.flatMap((one, index) =>
		parts
			.slice(index + 1)
			.filter((other) => one.box && other.box && overlap(one.box, other.box))
			.map((other) => `${one.text} / ${other.text}`),
	);
	return [...tooLong, ...covered];
}

function overlap(one: Box, other: Box): boolean {
	const apart = (from: number, size: number, otherFrom: number, otherSize: number) =>
		from + size <= otherFrom || otherFrom + otherSize <= from;
	return (
		!apart(one.x, one.width, other.x, other.width) &&
		!apart(one.y, one.height, other.y, other.height)
	);
}
