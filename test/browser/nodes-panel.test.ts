import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { SiroPollingTrigger } from '../../nodes/Siro/SiroPollingTrigger.node';
import { SiroTrigger } from '../../nodes/Siro/SiroTrigger.node';
import { takePicture } from './picture';
import { startSiroInBrowser, type SiroInBrowser } from './siro-in-browser';

jest.setTimeout(600_000);

let world: SiroInBrowser;

beforeAll(async () => {
	world = await startSiroInBrowser();
});

afterAll(async () => await world?.stop());

const ACTIONS = RESOURCES.flatMap(({ operations }) => operations.map(({ action }) => action));

describe.each([
	{ theme: 'light' as const, file: 'siro.svg' },
	{ theme: 'dark' as const, file: 'siro.dark.svg' },
])('the nodes panel in the $theme theme', ({ theme, file }) => {
	test('finds the nodes by "siro", each with its icon and description', async () => {
		const editor = await world.openEditor(theme);
		await editor.newWorkflow();
		await editor.nodesPanel.open();
		await editor.nodesPanel.search('siro', 'Siro');
		const icon = {
			url: `/icons/n8n-nodes-siro/dist/nodes/Siro/${file}`,
			width: expect.any(Number),
		};

		// n8n shows an app's action node and its trigger as one entry, with the trigger's description.
		const siro = await editor.nodesPanel.read('Siro');
		expect(siro).toEqual({
			name: 'Siro',
			description: new SiroTrigger().description.description,
			icon,
		});
		const polling = await editor.nodesPanel.read('Siro Polling Trigger');
		expect(polling).toEqual({
			name: 'Siro Polling Trigger',
			description: new SiroPollingTrigger().description.description,
			icon,
		});
		expect(siro.icon.width).toBeGreaterThan(0);
		expect(polling.icon.width).toBeGreaterThan(0);
		await takePicture(`nodes-panel-${theme}`, editor.nodesPanel.root);

		expect(await editor.takeProblems()).toEqual([]);
		await editor.close();
	});
});

test('the entry "Siro" has the trigger and each operation of the action node', async () => {
	const editor = await world.openEditor();
	await editor.newWorkflow();
	await editor.nodesPanel.open();
	await editor.nodesPanel.search('siro', 'Siro');
	await editor.nodesPanel.openEntry('Siro');

	expect(await editor.nodesPanel.names()).toEqual(['On new Siro event']);
	await editor.nodesPanel.unfoldActions();
	expect((await editor.nodesPanel.names()).slice(1).sort()).toEqual([...ACTIONS].sort());
	await takePicture('nodes-panel-actions', editor.nodesPanel.root);
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});

test('the trigger comes out of the panel with both events', async () => {
	const editor = await world.openEditor();
	await editor.newWorkflow();
	await editor.nodesPanel.open();
	await editor.nodesPanel.search('siro', 'Siro');
	await editor.nodesPanel.openEntry('Siro');
	await editor.nodesPanel.choose('On new Siro event');

	const details = await editor.openedNode();
	expect(await details.chosenOptions('events')).toEqual([
		'Recording Linked',
		'Recording Processed',
	]);
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});
