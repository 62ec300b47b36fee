import type { Locator, Page } from 'playwright-core';

/** One entry of the nodes panel, as it is shown. */
export interface NodesPanelEntry {
	name: string;
	description: string;
	/** Where the icon comes from, and how wide the browser found it to be: 0 if it is broken. */
	icon: { url: string; width: number };
}

/** What is used here of an `<img>` in the browser. */
interface ImageElement {
	src: string;
	naturalWidth: number;
	decode: () => Promise<void>;
}

/** The panel at the right in which nodes are found. */
export class NodesPanel {
	/** The panel itself. */
	readonly root: Locator;

	constructor(private readonly page: Page) {
		this.root = page.getByTestId('node-creator');
	}

	/** Opens the panel with the button of the canvas. */
	async open(): Promise<void> {
		const first = this.page.getByTestId('canvas-add-button');
		const more = this.page.getByTestId('node-creator-plus-button');
		await first.or(more).first().click();
		await this.root.waitFor();
	}

	/** Types into the search field, and waits for an entry. */
	async search(text: string, expectedEntry: string): Promise<void> {
		await this.root.getByTestId('node-creator-search-bar').fill(text);
		await this.entry(expectedEntry).waitFor();
	}

	/** What is shown of an entry, as soon as its icon is loaded or known to be broken. */
	async read(name: string): Promise<NodesPanelEntry> {
		const entry = this.entry(name);
		const icon = entry.locator('img').first();
		return {
			name: (await entry.getByTestId('node-creator-item-name').innerText()).trim(),
			description: (await entry.getByTestId('node-creator-item-description').innerText()).trim(),
			icon: await icon.evaluate(async (image: ImageElement) => {
				await image.decode().catch(() => {});
				return { url: new URL(image.src).pathname, width: image.naturalWidth };
			}),
		};
	}

	/** Opens an entry that has actions or triggers. On an empty canvas its triggers are unfolded. */
	async openEntry(name: string): Promise<void> {
		await this.entry(name).click();
		await this.category('Triggers').waitFor();
		// The list slides away; unlike actions and triggers, its entries have descriptions.
		await this.root
			.getByTestId('node-creator-item-description')
			.first()
			.waitFor({ state: 'hidden' });
	}

	/** Unfolds the actions of the open entry, and waits for as many as its title tells. */
	async unfoldActions(): Promise<void> {
		const shown = await this.names();
		const title = await this.category('Actions').innerText();
		await this.category('Actions').click();
		const count = Number(/\d+/.exec(title)?.[0]);
		await this.root
			.getByTestId('node-creator-item-name')
			.nth(shown.length + count - 1)
			.waitFor();
	}

	/** The names of all that can be chosen at the moment. */
	async names(): Promise<string[]> {
		const names = await this.root.getByTestId('node-creator-item-name').allInnerTexts();
		return names.map((name) => name.trim());
	}

	/** Puts a node onto the canvas, or an action or trigger, which opens the node's details. */
	async choose(name: string): Promise<void> {
		await this.entry(name).click();
	}

	private entry(name: string): Locator {
		const itsName = this.page
			.getByTestId('node-creator-item-name')
			.filter({ hasText: new RegExp(`^\\s*${name}\\s*$`) });
		return this.root.getByTestId('item-iterator-item').filter({ has: itsName }).first();
	}

	private category(name: string): Locator {
		return this.root.getByTestId('node-creator-category-item').filter({ hasText: name });
	}
}
