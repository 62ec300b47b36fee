import { LINKED, triggerNode } from '../n8n/deliveries';
import { rowOfNodes, siroNode } from '../n8n/row-of-nodes';
import type { Workflow } from '../n8n/workflows';
import { startSiroInBrowser, type SiroInBrowser } from './browser';
import { takePicture } from './picture';

jest.setTimeout(600_000);

let world: SiroInBrowser;
let workflow: Workflow;

beforeAll(async () => {
	world = await startSiroInBrowser();
	workflow = await world.client.workflows.create(
		rowOfNodes(
			'Siro to CRM',
			triggerNode({ include: ['summary', 'crmUpdates'] }, world.credential),
			siroNode(world.credential, { resource: 'recording', operation: 'get' }),
			{ name: 'Next', type: 'n8n-nodes-base.noOp' },
		),
	);
});

afterAll(async () => await world?.stop());

test('the panel of the trigger tells how to connect Siro, and where', async () => {
	const editor = await world.openEditor();
	await editor.openWorkflow(workflow);
	const details = await editor.openNode('Siro Trigger');

	await details.root.getByText('More info', { exact: true }).click();
	const more = details.root.locator('[class*="_accordion"]').filter({ visible: true });
	await more.locator('[class*="_description"]').waitFor();
	const help = await more.innerText();
	expect(help).toMatch(/1\. .*Webhooks.*Add Endpoint/);
	expect(help).toMatch(/2\. Paste the Production URL that this node shows/);
	expect(help).toMatch(/3\. .*integrations\.recordingProcessed.*integrations\.recordingLinked/);
	expect(help).toMatch(/4\. .*Signing Secret/);
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
	const fields = details.input.getByTestId('run-data-schema-node-name');
	await fields.first().waitFor();

	expect(await fields.allInnerTexts()).toEqual(
		expect.arrayContaining(['id', 'title', 'createdAt', 'result', 'crm', 'opportunity']),
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
	await details.root.getByTestId('trigger-execute-button').click();
	await details.root.getByTestId('trigger-listening').waitFor();

	const [recording] = siro.state.recordings
		.all()
		.filter(({ isProcessingDone, link, deletedAt }) => isProcessingDone && link && !deletedAt);
	const answer = await siro.webhooks.deliver(siro.webhookPayload(recording, LINKED), {
		url: await testUrl(),
		secret: testSigningSecret,
	});

	expect(answer.status).toBe(200);
	await details.output.getByText(recording.id).first().waitFor();
	await details.output.getByTestId('radio-button-schema').click();
	await details.output.getByTestId('run-data-schema-node-name').first().waitFor();
	await takePicture('trigger-output', details.output);
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});

async function testUrl(): Promise<string> {
	const production = await world.client.workflows.webhookUrl(workflow, 'Siro Trigger');
	return production.replace('/webhook/', '/webhook-test/');
}
