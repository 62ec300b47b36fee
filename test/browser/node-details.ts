import type { Locator, Page } from 'playwright-core';

import { CredentialDialog } from './credential-dialog';

/** The details of a node: its parameters in the middle, its input and output beside them. */
export class NodeDetails {
	readonly root: Locator;

	readonly parameters: Locator;

	readonly input: Locator;

	readonly output: Locator;

	constructor(private readonly page: Page) {
		this.root = page.getByTestId('ndv');
		this.parameters = this.root.getByTestId('node-parameters');
		this.input = this.root.getByTestId('ndv-input-panel');
		this.output = this.root.getByTestId('output-panel');
	}

	/** The names in the drop-down list of a parameter, which is left open. */
	async openOptions(parameter: string): Promise<string[]> {
		await this.parameter(parameter).click();
		const options = this.options();
		await options.first().waitFor();
		return (await options.locator('.option-headline').allInnerTexts()).map((name) => name.trim());
	}

	/** Chooses from the open drop-down list. */
	async chooseOption(name: string): Promise<void> {
		const headline = this.page.locator('.option-headline').getByText(name, { exact: true });
		await this.options().filter({ has: headline }).click();
		await this.options().first().waitFor({ state: 'hidden' });
	}

	/** What is chosen in a drop-down list. */
	async chosenOption(parameter: string): Promise<string> {
		return await this.parameter(parameter).locator('input').first().inputValue();
	}

	/** What is chosen in a list of several choices. */
	async chosenOptions(parameter: string): Promise<string[]> {
		return await this.parameter(parameter).locator('.el-tag').allInnerTexts();
	}

	/** All lines of text among the parameters: labels, hints, notices. */
	async parameterTexts(): Promise<string[]> {
		const lines = (await this.parameters.innerText()).split('\n');
		return lines.map((line) => line.trim()).filter((line) => line !== '');
	}

	/** The names of the fields that the input is known or expected to have. */
	async inputFields(): Promise<string[]> {
		const fields = this.input.getByTestId('run-data-schema-node-name');
		await fields.first().waitFor();
		return await fields.allInnerTexts();
	}

	/** Opens the list of a resource locator and gives its entries. */
	async openList(parameter: string): Promise<string[]> {
		await this.locator(parameter).getByTestId('rlc-input').click();
		const entries = this.page.getByTestId('rlc-item');
		await entries.first().waitFor();
		return (await entries.allInnerTexts()).map((entry) => entry.trim());
	}

	/** Picks an entry of the open list. */
	async pickFromList(entry: string): Promise<void> {
		await this.page.getByTestId('rlc-item').filter({ hasText: entry }).first().click();
		await this.page.getByTestId('rlc-item').first().waitFor({ state: 'hidden' });
	}

	/** What a resource locator shows as picked. */
	async picked(parameter: string): Promise<string> {
		return await this.locator(parameter).getByTestId('rlc-input').inputValue();
	}

	/** Opens the dialog in which a credential is made. */
	async createCredential(): Promise<CredentialDialog> {
		await this.root.getByTestId('node-credentials-select').click();
		await this.page
			.locator('[data-test-id^="node-credentials-select-item-new"]')
			.filter({ visible: true })
			.click();
		return await this.credentialDialog();
	}

	/** Opens the dialog of the credential that is chosen. */
	async editCredential(): Promise<CredentialDialog> {
		await this.root.getByTestId('credential-edit-button').click();
		return await this.credentialDialog();
	}

	/** Chooses the credential of this name. */
	async chooseCredential(name: string): Promise<void> {
		await this.root.getByTestId('node-credentials-select').click();
		await this.page
			.locator('[data-test-id^="node-credentials-select-item-"]')
			.filter({ visible: true, hasText: name })
			.first()
			.click();
	}

	/** The name of the credential that is chosen. */
	async chosenCredential(): Promise<string> {
		return await this.root.getByTestId('node-credentials-select').locator('input').inputValue();
	}

	/** Unfolds "More info", the help of a trigger, and gives its lines. */
	async triggerHelp(): Promise<string[]> {
		await this.root.getByText('More info', { exact: true }).click();
		const help = this.root.locator('[class*="_accordion"]').filter({ visible: true });
		await help.locator('[class*="_description"]').waitFor();
		return (await help.innerText()).split('\n').map((line) => line.trim());
	}

	/** The test URL of a trigger, as it is shown. */
	async testUrl(): Promise<string> {
		await this.parameters.getByText('Webhook URLs').click();
		return (await this.parameters.getByText('/webhook-test/').innerText()).trim();
	}

	/** Lets a trigger wait for one event at its test URL. */
	async listen(): Promise<void> {
		await this.root.getByTestId('trigger-execute-button').click();
		await this.root.getByTestId('trigger-listening').waitFor();
	}

	/** Clicks on "Execute step". */
	async execute(): Promise<void> {
		await this.root.getByTestId('node-execute-button').click();
	}

	/** Shows the output as a list of its fields. */
	async showOutputFields(): Promise<void> {
		await this.output.getByTestId('radio-button-schema').click();
		await this.output.getByTestId('run-data-schema-node-name').first().waitFor();
	}

	async close(): Promise<void> {
		await this.root.getByTestId('ndv-close-button').click();
		await this.root.waitFor({ state: 'hidden' });
	}

	private parameter(name: string): Locator {
		return this.parameters.getByTestId(`parameter-input-${name}`);
	}

	private locator(parameter: string): Locator {
		return this.parameters.getByTestId(`resource-locator-${parameter}`);
	}

	private options(): Locator {
		return this.page.getByTestId('parameter-input-item').filter({ visible: true });
	}

	private async credentialDialog(): Promise<CredentialDialog> {
		const dialog = new CredentialDialog(this.page);
		await dialog.root.waitFor();
		return dialog;
	}
}
