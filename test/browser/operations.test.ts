import { type INode, type INodeProperties, NodeHelpers } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { Siro } from '../../nodes/Siro/Siro.node';
import type { Editor } from './editor';
import type { NodeDetails } from './node-details';
import { takePicture } from './picture';
import { startSiroInBrowser, type SiroInBrowser } from './siro-in-browser';
import { rowOfNodes } from '../n8n/row-of-nodes';

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

describe.each(RESOURCES)('the resource $name', (resource) => {
	test('offers its operations, and the one that is named to be the first choice', async () => {
		const resources = await details.openOptions('resource');
		await details.chooseOption(resource.name);
		const first = await details.chosenOption('operation');
		const operations = await details.openOptions('operation');
		await details.chooseOption(operations[0]);

		expect(resources).toEqual(inMenuOrder(RESOURCES));
		expect(operations).toEqual(inMenuOrder(resource.operations));
		expect(first).toBe(
			resource.operations.find(({ value }) => value === resource.defaultOperation)?.name,
		);
		expect(await editor.takeProblems()).toEqual([]);
	});

	test.each(resource.operations)('$name shows its parameters', async (operation) => {
		await details.openOptions('operation');
		await details.chooseOption(operation.name);
		const expected = shownAtFirst({ resource: resource.value, operation: operation.value });
		expect(expected.length).toBeGreaterThan(2);

		expect(await details.parameterTexts()).toEqual(expect.arrayContaining(expected));
		expect(await editor.takeProblems()).toEqual([]);
	});
});

test('a recording is picked from the list', async () => {
	const [recording] = world.siro.recordings;
	await details.openOptions('resource');
	await details.chooseOption('Recording');
	await details.openOptions('operation');
	await details.chooseOption('Get');

	const titles = await details.openList('recordingId');
	for (const { title } of world.siro.recordings) {
		expect(titles).toContainEqual(expect.stringContaining(String(title)));
	}
	await takePicture('recording-list', details.root);
	await details.pickFromList(String(recording.title));
	expect(await details.picked('recordingId')).toContain(String(recording.title));

	await details.execute();
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
