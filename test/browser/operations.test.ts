import { type INode, type INodeProperties, NodeHelpers } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { Siro } from '../../nodes/Siro/Siro.node';
import { rowOfNodes } from '../n8n/row-of-nodes';
import { startSiroInBrowser, type SiroInBrowser } from './browser';
import type { Editor, NodeDetails } from './editor';
import { takePicture } from './picture';

jest.setTimeout(600_000);

const { description } = new Siro();

let world: SiroInBrowser;
let editor: Editor;
let details: NodeDetails;

beforeAll(async () => {
	world = await startSiroInBrowser();
	const workflow = await world.client.workflows.create(rowOfNodes('Operations', siroNode()));
	editor = await world.openEditor();
	await editor.openWorkflow(workflow);
	details = await editor.openNode('Siro');
});

afterAll(async () => await world?.stop());

function siroNode(parameters: INode['parameters'] = {}): INode {
	return {
		id: 'siro',
		name: 'Siro',
		type: 'n8n-nodes-siro.siro',
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { siroApi: world.credential },
	};
}

const options = () => editor.page.getByTestId('parameter-input-item').filter({ visible: true });

/** The names in the drop-down list of a parameter, which is left open. */
async function openOptions(parameter: string): Promise<string[]> {
	await details.parameter(parameter).click();
	await options().first().waitFor();
	const names = await options().locator('.option-headline').allInnerTexts();
	return names.map((name) => name.trim());
}

/** Chooses from the drop-down list of a parameter. */
async function choose(parameter: string, name: string): Promise<void> {
	if (!(await options().first().isVisible())) await openOptions(parameter);
	const headline = editor.page.locator('.option-headline').getByText(name, { exact: true });
	await options().filter({ has: headline }).click();
	await options().first().waitFor({ state: 'hidden' });
}

/** All lines of text among the parameters: labels, hints, notices. */
async function parameterTexts(): Promise<string[]> {
	const lines = (await details.parameters.innerText()).split('\n');
	return lines.map((line) => line.trim()).filter((line) => line !== '');
}

describe.each(RESOURCES)('the resource $name', (resource) => {
	test('offers its operations, and the one that is named to be the first choice', async () => {
		const chosen = details.parameter('operation').locator('input').first();
		const before = await chosen.inputValue();
		const resourceBefore = await details
			.parameter('resource')
			.locator('input')
			.first()
			.inputValue();
		const resources = await openOptions('resource');
		await choose('resource', resource.name);
		const first = await chosen.inputValue();
		const operations = await openOptions('operation');
		await choose('operation', operations[0]);

		expect(resources).toEqual(inMenuOrder(RESOURCES));
		expect(operations).toEqual(inMenuOrder(resource.operations));
		// n8n keeps an operation of the resource before that was chosen, not one that is its default.
		const previous = RESOURCES.find(({ name }) => name === resourceBefore);
		const usual = previous?.operations.find(({ value }) => value === previous.defaultOperation);
		const kept = resource.operations.find(({ name }) => name === before && name !== usual?.name);
		const named = resource.operations.find(({ value }) => value === resource.defaultOperation);
		expect(first).toBe((kept ?? named)?.name);
		expect(await editor.takeProblems()).toEqual([]);
	});

	test.each(resource.operations)('$name shows its parameters', async (operation) => {
		await choose('operation', operation.name);
		const expected = shownAtFirst({ resource: resource.value, operation: operation.value });
		expect(expected.length).toBeGreaterThan(2);

		expect(await parameterTexts()).toEqual(expect.arrayContaining(expected));
		expect(await editor.takeProblems()).toEqual([]);
	});
});

test('a recording is picked from the list', async () => {
	const [recording] = world.siro.state.recordings.all();
	await choose('resource', 'Recording');
	await choose('operation', 'Get');

	const locator = details.parameters.getByTestId('resource-locator-recordingId');
	const entries = editor.page.getByTestId('rlc-item');
	await locator.getByTestId('rlc-input').click();
	await entries.first().waitFor();
	const titles = await entries.allInnerTexts();
	for (const { title } of world.siro.state.recordings.all()) {
		expect(titles).toContainEqual(expect.stringContaining(String(title)));
	}
	await takePicture('recording-list', details.root);
	await entries
		.filter({ hasText: String(recording.title) })
		.first()
		.click();
	await entries.first().waitFor({ state: 'hidden' });
	expect(await locator.getByTestId('rlc-input').inputValue()).toContain(String(recording.title));

	await details.root.getByTestId('node-execute-button').click();
	await details.output.getByText(recording.id).first().waitFor();
	expect(await editor.takeProblems()).toEqual([]);
});

/** The labels of what n8n shows for parameters that are otherwise at their defaults; notices as plain text. */
function shownAtFirst(parameters: INode['parameters']): string[] {
	const node = siroNode(parameters);
	const { properties } = description;
	const values = NodeHelpers.getNodeParameters(
		properties,
		parameters,
		true,
		false,
		node,
		description,
	);
	return properties
		.filter((property) => NodeHelpers.displayParameter(values ?? {}, property, node, description))
		.filter(({ type }) => type !== 'hidden')
		.map(toText);
}

function toText({ displayName }: INodeProperties): string {
	return displayName.replace(/<[^>]+>/g, '');
}

/** n8n adds the last entry itself. */
function inMenuOrder(entries: Array<{ name: string }>): string[] {
	const names = entries.map(({ name }) => name);
	return [...names.sort((one, other) => one.localeCompare(other)), 'Custom API Call'];
}
