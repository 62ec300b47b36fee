import type { Locator } from 'playwright-core';

import { choicesOf } from '../../nodes/Siro/runner/definitions';
import { Siro } from '../../nodes/Siro/Siro.node';
import { SiroPollingTrigger } from '../../nodes/Siro/SiroPollingTrigger.node';
import { SiroTrigger } from '../../nodes/Siro/SiroTrigger.node';
import { startSiroInBrowser, type SiroInBrowser, type Theme } from './browser';
import { takePicture } from './picture';

jest.setTimeout(600_000);

let world: SiroInBrowser;

beforeAll(async () => {
	world = await startSiroInBrowser();
});

afterAll(async () => await world?.stop());

const ACTIONS = new Siro().description.properties
	.filter(({ name }) => name === 'operation')
	.flatMap((menu) => choicesOf(menu).map(({ action = '' }) => action));

/** What is used here of an `<img>` in the browser. */
interface ImageElement {
	src: string;
	naturalWidth: number;
	decode: () => Promise<void>;
}

/** Opens the panel at the right in which nodes are found, and searches for ours. */
async function searchInPanel(theme?: Theme) {
	const editor = await world.openEditor(theme);
	await editor.newWorkflow();
	await editor.page.getByTestId('canvas-add-button').click();
	const panel = editor.page.getByTestId('node-creator');
	await panel.getByTestId('node-creator-search-bar').fill('siro');
	/** An entry, or an action or trigger of the entry that is open. */
	const entry = (name: string) =>
		panel
			.getByTestId('item-iterator-item')
			.filter({
				has: editor.page
					.getByTestId('node-creator-item-name')
					.filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) }),
			})
			.first();
	await entry('Siro').waitFor();
	return { editor, panel, entry };
}

/** The same, and opens our entry. On an empty canvas its triggers are unfolded. */
async function openOurEntry(name = 'Siro') {
	const { editor, panel, entry } = await searchInPanel();
	await entry(name).click();
	const category = (label: string) =>
		panel.getByTestId('node-creator-category-item').filter({ hasText: label });
	await category('Triggers').waitFor();
	// The list slides away; unlike actions and triggers, its entries have descriptions.
	await panel.getByTestId('node-creator-item-description').first().waitFor({ state: 'hidden' });
	return { editor, panel, entry, category };
}

async function namesIn(panel: Locator): Promise<string[]> {
	const names = await panel.getByTestId('node-creator-item-name').allInnerTexts();
	return names.map((name) => name.trim());
}

/** What is shown of an entry; a broken icon has a width of 0. */
async function read(entry: Locator) {
	const icon = entry.locator('img').first();
	return {
		description: (await entry.getByTestId('node-creator-item-description').innerText()).trim(),
		...(await icon.evaluate(async (image: ImageElement) => {
			await image.decode().catch(() => {});
			return { icon: new URL(image.src).pathname, isBroken: image.naturalWidth === 0 };
		})),
	};
}

test.each([
	['light' as const, 'siro.svg'],
	['dark' as const, 'siro.dark.svg'],
])('"siro" finds our nodes in the %s theme, each with its icon', async (theme, file) => {
	const { editor, panel, entry } = await searchInPanel(theme);
	const icon = `/icons/n8n-nodes-siro/dist/nodes/Siro/${file}`;

	// n8n shows an app's action node and its trigger as one entry, with the trigger's description.
	const { description } = new SiroTrigger().description;
	expect(await read(entry('Siro'))).toEqual({ description, icon, isBroken: false });
	const polling = new SiroPollingTrigger().description;
	expect(await read(entry('Siro Polling'))).toEqual({
		description: polling.description,
		icon,
		isBroken: false,
	});
	if (theme === 'light') await takePicture('nodes-panel', panel);

	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});

test('the entry "Siro" has the trigger and each operation of the action node', async () => {
	const { editor, panel, category } = await openOurEntry();

	expect(await namesIn(panel)).toEqual(['On new Siro event']);
	expect(await category('Actions').innerText()).toContain(String(ACTIONS.length));
	await category('Actions').click();
	await panel.getByTestId('node-creator-item-name').nth(ACTIONS.length).waitFor();
	expect((await namesIn(panel)).slice(1).sort()).toEqual([...ACTIONS].sort());
	await takePicture('nodes-panel-actions', panel);
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});

test('the trigger comes out of the panel with both events', async () => {
	const { editor, entry } = await openOurEntry();
	await entry('On new Siro event').click();

	const details = await editor.openedNode();
	const events = await details.parameter('events').locator('.el-tag').allInnerTexts();
	expect(events).toEqual(['Recording Linked', 'Recording Processed']);
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});

test('the entry "Siro Polling" has what the polling trigger can start on', async () => {
	const { editor, panel } = await openOurEntry('Siro Polling');
	const [triggerOn] = new SiroPollingTrigger().description.properties;
	// n8n makes sentences of them.
	const words = (name: string) => name.toLowerCase().replaceAll('-', ' ');
	const choices = choicesOf(triggerOn).map(({ name }) => words(`On ${name}`));
	expect((await namesIn(panel)).map(words)).toEqual(choices);
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});
