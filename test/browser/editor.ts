import type { Locator, Page } from 'playwright-core';

import { missingTranslations, type Problems } from './problems';
import { NodeDetails } from './node-details';
import { NodesPanel } from './nodes-panel';

/** n8n's editor with a workflow on its canvas, as a person sees and uses it. */
export class Editor {
	readonly nodesPanel: NodesPanel;

	/** The surface with the nodes. */
	readonly canvas: Locator;

	constructor(
		private readonly page: Page,
		private readonly problems: Problems,
	) {
		this.canvas = page.getByTestId('canvas');
		this.nodesPanel = new NodesPanel(page);
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

	/** Puts the workflow of a file onto an empty canvas, by the menu's "Import". */
	async importFile(file: string): Promise<void> {
		await this.page.getByTestId('workflow-menu').filter({ visible: true }).first().click();
		await this.page.getByTestId('workflow-menu-item-import').hover();
		const choosing = this.page.waitForEvent('filechooser');
		await this.page.getByTestId('workflow-menu-item-import-from-file').click();
		await (await choosing).setFiles(file);
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

	/** Moves and scales the canvas so that all nodes are seen. */
	async zoomToFit(): Promise<void> {
		await this.page.getByTestId('zoom-to-fit').click();
	}

	/** Clicks on "Execute workflow". */
	async execute(): Promise<void> {
		await this.page.getByTestId('execute-workflow-button').click();
	}

	/** Waits until a webhook trigger waits for its event. */
	async isListening(): Promise<void> {
		await this.page.getByTestId('stop-execution-waiting-for-webhook-button').waitFor();
	}

	/** Waits until the canvas shows that a node has run well. */
	async nodeSucceeded(name: string): Promise<void> {
		await this.node(name).getByTestId('canvas-node-status-success').waitFor();
	}

	/** Waits for a message in the corner. */
	async message(text: string): Promise<void> {
		await this.page.getByRole('alert').filter({ hasText: text }).first().waitFor();
	}

	/** What is wrong with the page and what happened in it since the last call. */
	async takeProblems(): Promise<string[]> {
		const missing = await missingTranslations(this.page);
		return [...this.problems.take(), ...missing.map((key) => `missing translation: ${key}`)];
	}

	async close(): Promise<void> {
		await this.page.context().close();
	}
}
