import type { Editor } from './editor';
import { takePicture } from './picture';
import { startSiroInBrowser, type SiroInBrowser } from './siro-in-browser';
import { rowOfNodes } from '../n8n/row-of-nodes';

jest.setTimeout(600_000);

let world: SiroInBrowser;

beforeAll(async () => {
	world = await startSiroInBrowser();
});

afterAll(async () => await world?.stop());

async function openSiroNode(): Promise<Editor> {
	const workflow = await world.client.workflows.create(
		rowOfNodes('Credential', { name: 'Siro', type: 'n8n-nodes-siro.siro' }),
	);
	const editor = await world.openEditor();
	await editor.openWorkflow(workflow);
	await editor.openNode('Siro');
	return editor;
}

test('a credential is made: a wrong token is refused, the right one passes', async () => {
	const { siro } = world;
	const editor = await openSiroNode();
	const details = await editor.openedNode();
	const dialog = await details.createCredential();
	await dialog.fill('organizationToken', 'not-the-token');
	await dialog.fill('externalApiUrl', siro.externalApiUrl);
	await dialog.fill('platformApiUrl', siro.platformApiUrl);
	await dialog.save();
	await dialog.root.getByText('Couldn’t connect with these settings').waitFor();
	expect(await dialog.failureDetails()).toContain('Siro did not accept the organization token');
	await takePicture('credential-refused', dialog.root);

	await dialog.fill('organizationToken', siro.organizationToken);
	await dialog.save();
	await dialog.root.waitFor({ state: 'hidden' });
	expect(await details.chosenCredential()).toBe('Siro account');
	const accepted = await details.editCredential();
	await accepted.root.getByTestId('credentials-config-container-test-success').waitFor();
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});

test('the fields of the OAuth app come and go with its switch', async () => {
	const editor = await openSiroNode();
	const details = await editor.openedNode();
	const dialog = await details.createCredential();
	const fields = ['clientId', 'clientSecret', 'userId', 'scope'];
	const shown = async () =>
		await Promise.all(fields.map(async (field) => await dialog.field(field).isVisible()));

	expect(await shown()).toEqual([false, false, false, false]);
	await dialog.toggle('useOAuthApp');
	await dialog.field('scope').waitFor();
	expect(await shown()).toEqual([true, true, true, true]);
	await dialog.field('organizationToken').scrollIntoViewIfNeeded();
	await takePicture('credential', dialog.root);
	await dialog.toggle('useOAuthApp');
	await dialog.field('scope').waitFor({ state: 'hidden' });
	expect(await shown()).toEqual([false, false, false, false]);
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});
