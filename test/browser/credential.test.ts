import type { Locator } from 'playwright-core';

import { rowOfNodes } from '../n8n/row-of-nodes';
import { startSiroInBrowser, type SiroInBrowser } from './browser';
import { takePicture } from './picture';

jest.setTimeout(600_000);

let world: SiroInBrowser;

beforeAll(async () => {
	world = await startSiroInBrowser();
});

afterAll(async () => await world?.stop());

/** Opens the dialog in which a credential is made, from a Siro node. */
async function openDialog() {
	const workflow = await world.client.workflows.create(
		rowOfNodes('Credential', { name: 'Siro', type: 'n8n-nodes-siro.siro' }),
	);
	const editor = await world.openEditor();
	await editor.openWorkflow(workflow);
	const details = await editor.openNode('Siro');
	await details.credentials.click();
	await editor.page
		.locator('[data-test-id^="node-credentials-select-item-new"]')
		.filter({ visible: true })
		.click();
	const dialog = editor.page.getByTestId('credential-edit-dialog');
	await dialog.waitFor();
	/** Saves, which tests the credential as well. */
	const save = async () => await editor.page.getByTestId('credential-save-button').click();
	return { editor, details, dialog, save };
}

const field = (dialog: Locator, name: string) => dialog.getByTestId(`parameter-input-${name}`);

const fill = async (dialog: Locator, name: string, value: string) =>
	await field(dialog, name).locator('input').fill(value);

test('a credential is made: a wrong token is refused, the right one passes', async () => {
	const { siro } = world;
	const { editor, details, dialog, save } = await openDialog();
	await fill(dialog, 'organizationToken', 'not-the-token');
	await fill(dialog, 'externalApiUrl', siro.externalApiUrl);
	await fill(dialog, 'platformApiUrl', siro.platformApiUrl);
	await save();
	await dialog.getByText('Couldn’t connect with these settings').waitFor();
	await dialog.getByText('More details').click();
	expect(await dialog.getByTestId('node-credentials-config-container').innerText()).toContain(
		'Siro did not accept the token',
	);
	await takePicture('credential-refused', dialog);

	await fill(dialog, 'organizationToken', siro.organizationToken);
	await save();
	await dialog.waitFor({ state: 'hidden' });
	// There is a "Siro account" already.
	expect(await details.chosenCredential()).toBe('Siro account 2');
	await details.root.getByTestId('credential-edit-button').click();
	await dialog.getByTestId('credentials-config-container-test-success').waitFor();
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});

test('the fields of the OAuth app come and go with its switch', async () => {
	const { editor, dialog } = await openDialog();
	const names = ['clientId', 'clientSecret', 'userId', 'scope'];
	const shown = async () =>
		await Promise.all(names.map(async (name) => await field(dialog, name).isVisible()));
	const toggle = async () => await field(dialog, 'useOAuthApp').locator('.el-switch').click();

	expect(await shown()).toEqual([false, false, false, false]);
	await toggle();
	await field(dialog, 'scope').waitFor();
	expect(await shown()).toEqual([true, true, true, true]);
	await field(dialog, 'organizationToken').scrollIntoViewIfNeeded();
	await takePicture('credential', dialog);
	await toggle();
	await field(dialog, 'scope').waitFor({ state: 'hidden' });
	expect(await shown()).toEqual([false, false, false, false]);
	expect(await editor.takeProblems()).toEqual([]);
	await editor.close();
});
