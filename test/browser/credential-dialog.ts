import type { Locator, Page } from 'playwright-core';

/** The dialog in which a credential is made or changed. */
export class CredentialDialog {
	readonly root: Locator;

	constructor(private readonly page: Page) {
		this.root = page.getByTestId('credential-edit-dialog');
	}

	/** A field's value and how it is entered. */
	field(name: string): Locator {
		return this.root.getByTestId(`parameter-input-${name}`);
	}

	/** Types into a field in place of what is in it. */
	async fill(name: string, value: string): Promise<void> {
		await this.field(name).locator('input').fill(value);
	}

	/** Turns a switch on or off. */
	async toggle(name: string): Promise<void> {
		await this.field(name).locator('.el-switch').click();
	}

	/** Saves, which tests the credential as well. If it is right, the dialog of a new one closes. */
	async save(): Promise<void> {
		await this.page.getByTestId('credential-save-button').click();
	}

	/** Why the test of the credential failed, as "More details" tells it. */
	async failureDetails(): Promise<string> {
		await this.root.getByText('More details').click();
		return await this.root.getByTestId('node-credentials-config-container').innerText();
	}

	async close(): Promise<void> {
		await this.page
			.getByRole('button', { name: 'Close this dialog' })
			.filter({ visible: true })
			.last()
			.click();
		await this.root.waitFor({ state: 'hidden' });
	}
}
