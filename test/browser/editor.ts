import type { Locator, Page } from 'playwright-core';

import { EVENTS } from '../../nodes/Siro/webhook/delivery';

/** A translation that is missing is shown as its key, such as `nodeView.addNode`. */
const TRANSLATION_KEY = /^[a-z][\w-]*(\.[\w-]+)+$/;

/** Texts of that form that are meant to be shown: Siro's names of its events. */
const EVENT_NAMES: string[] = Object.values(EVENTS);

/** n8n's editor with a workflow on its canvas, as a person sees and uses it. */
export class Editor {
	/** The surface with the nodes. */
	readonly canvas: Locator;

	private readonly problems: string[] = [];

	constructor(readonly page: Page) {
		this.canvas = page.getByTestId('canvas');
		this.watchForProblems();
	}

	/** Opens an empty canvas. */
	async newWorkflow(): Promise<void> {
		await this.page.goto('/workflow/new');
		await this.page.getByTestId('canvas-add-button').waitFor();
	}

	/** Opens a saved workflow. */
	async openWorkflow({ id }: { id: string }): Promise<void> {
		await this.page.goto(`/workflow/${id}`);
		await this.page.getByTestId('canvas-node').first().waitFor();
	}

	/** A node on the canvas. */
	node(name: string): Locator {
		return this.page.locator(`[data-test-id="canvas-node"][data-node-name="${name}"]`);
	}

	/** Opens a node's details by a double click. */
	async openNode(name: string): Promise<NodeDetails> {
		await this.node(name).dblclick();
		return await this.openedNode();
	}

	/** The details of the node that is open, as after it was chosen in the nodes panel. */
	async openedNode(): Promise<NodeDetails> {
		const details = new NodeDetails(this.page);
		await details.root.waitFor();
		return details;
	}

	/** What is wrong with the page and what happened in it, unseen, since the last call. */
	async takeProblems(): Promise<string[]> {
		const lines = (await this.page.locator('body').innerText()).split('\n');
		const missing = lines
			.map((line) => line.trim())
			.filter((line) => TRANSLATION_KEY.test(line) && !EVENT_NAMES.includes(line));
		return [...this.problems.splice(0), ...missing.map((key) => `missing translation: ${key}`)];
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}

	private watchForProblems(): void {
		const { page, problems } = this;
		page.on('console', (message) => {
			if (!['error', 'warning'].includes(message.type())) return;
			problems.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
		});
		page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
		page.on('requestfailed', (request) => {
			const reason = request.failure()?.errorText ?? '';
			// What the page itself gives up when it is left is no failure.
			if (reason === 'net::ERR_ABORTED') return;
			problems.push(`failed request: ${request.method()} ${request.url()} ${reason}`);
		});
		page.on('response', (response) => {
			if (response.status() < 400) return;
			problems.push(
				`answer ${response.status()}: ${response.request().method()} ${response.url()}`,
			);
		});
	}
}

/** The details of a node: its parameters in the middle, its input and output beside them. */
export class NodeDetails {
	readonly root: Locator;

	readonly parameters: Locator;

	readonly input: Locator;

	readonly output: Locator;

	/** The list of credentials. */
	readonly credentials: Locator;

	constructor(page: Page) {
		this.root = page.getByTestId('ndv');
		this.parameters = this.root.getByTestId('node-parameters');
		this.input = this.root.getByTestId('ndv-input-panel');
		this.output = this.root.getByTestId('output-panel');
		this.credentials = this.root.getByTestId('node-credentials-select');
	}

	parameter(name: string): Locator {
		return this.parameters.getByTestId(`parameter-input-${name}`);
	}

	/** The name of the credential that is chosen. */
	async chosenCredential(): Promise<string> {
		return await this.credentials.locator('input').inputValue();
	}

	/** The test URL of a trigger, as it is shown. */
	async testUrl(): Promise<string> {
		await this.parameters.getByText('Webhook URLs').click();
		return (await this.parameters.getByText('/webhook-test/').innerText()).trim();
	}

	async close(): Promise<void> {
		await this.root.getByTestId('ndv-close-button').click();
		await this.root.waitFor({ state: 'hidden' });
	}
}
