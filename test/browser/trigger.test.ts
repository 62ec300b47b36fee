import { LINKED, triggerNode } from '../n8n/deliveries';
import { takePicture } from './picture';
import { startSiroInBrowser, type SiroInBrowser } from './siro-in-browser';
import { rowOfNodes } from '../n8n/row-of-nodes';
import type { Workflow } from '../n8n/workflows';

jest.setTimeout(600_000);

let world: SiroInBrowser;
let workflow: Workflow;

beforeAll(async () => {
	world = await startSiroInBrowser();
	workflow = await world.client.workflows.create(
		rowOfNodes(
			'Siro to CRM',
			triggerNode({ include: ['summary', 'crmUpdates'] }, world.credential),
			{
				name: 'Siro',
				type: 'n8n-nodes-siro.siro',
				parameters: { resource: 'recording', operation: 'get' },
			},
			{ name: 'Next', type: 'n8n-nodes-base.noOp' },
		),
	);
});

afterAll(async () => await world?.stop());

test('the panel of the trigger tells how to connect Siro, and where', async () => {
	const editor = await world.openEditor();
	await editor.openWorkflow(workflow);
	const details = await editor.openNode('Siro Trigger');

	const help = (await details.triggerHelp()).join('\n');
	expect(help).toMatch(/1\. .*Webhooks.*Add Endpoint/);
	expect(help).toMatch(/2\. Paste a URL from Webhook URLs/);
	expect(help).toMatch(/3\. .*integrations\.recordingProcessed.*integrations\.recordingLinked/);
	expect(help).toMatch(/4\. Copy the Signing Secret/);
	expect(await details.testUrl()).toBe(await testUrl());
	await takePicture('trigger-panel', details.root);

	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});

test('what an operation gives is shown before it has run', async () => {
	const editor = await world.openEditor();
	await editor.openWorkflow(workflow);
	const details = await editor.openNode('Next');

	await details.input.getByTestId('schema-preview-warning').waitFor();
	const fields = await details.inputFields();

	expect(fields).toEqual(
		expect.arrayContaining(['id', 'title', 'webLink', 'summary', 'extractions']),
	);
	await takePicture('output-preview', details.input);
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});

test('a signed delivery to the test URL is seen in the output', async () => {
	const { siro, testSigningSecret } = world;
	const editor = await world.openEditor();
	await editor.openWorkflow(workflow);
	const details = await editor.openNode('Siro Trigger');
	await details.listen();

	const [recording] = siro.recordings.filter(
		({ isProcessingDone, link, deletedAt }) => isProcessingDone && link && !deletedAt,
	);
	const answer = await siro.deliver(siro.webhookPayload(recording, LINKED), {
		url: await testUrl(),
		secret: testSigningSecret,
	});

	expect(answer.status).toBe(200);
	await details.output.getByText(recording.id).first().waitFor();
	await details.showOutputFields();
	await takePicture('trigger-output', details.output);
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});

async function testUrl(): Promise<string> {
	const production = await world.client.workflows.webhookUrl(workflow, 'Siro Trigger');
	return production.replace('/webhook/', '/webhook-test/');
}
