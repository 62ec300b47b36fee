import type { Page } from 'playwright-core';

import { EVENTS } from '../../nodes/Siro/webhook/delivery';

/** What goes wrong in a page without anybody seeing it. */
export class Problems {
	private found: string[] = [];

	constructor(page: Page) {
		page.on('console', (message) => {
			if (!['error', 'warning'].includes(message.type())) return;
			this.found.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
		});
		page.on('pageerror', (error) => this.found.push(`page error: ${error.message}`));
		page.on('requestfailed', (request) => {
			const reason = request.failure()?.errorText ?? '';
			// What the page itself gives up when it is left is no failure.
			if (reason === 'net::ERR_ABORTED') return;
			this.found.push(`failed request: ${request.method()} ${request.url()} ${reason}`);
		});
		page.on('response', (response) => {
			if (response.status() < 400) return;
			this.found.push(
				`answer ${response.status()}: ${response.request().method()} ${response.url()}`,
			);
		});
	}

	/** What was found since the last call. */
	take(): string[] {
		return this.found.splice(0);
	}
}

/** A translation that is missing is shown as its key, such as `nodeView.addNode`. */
const TRANSLATION_KEY = /^[a-z][\w-]*(\.[\w-]+)+$/;

/** Texts of that form that are meant to be shown: Siro's names of its events. */
const EVENT_NAMES: string[] = Object.values(EVENTS);

/** Texts on the page that look like the key of a missing translation. */
export async function missingTranslations(page: Page): Promise<string[]> {
	const lines = (await page.locator('body').innerText()).split('\n');
	return lines
		.map((line) => line.trim())
		.filter((line) => TRANSLATION_KEY.test(line) && !EVENT_NAMES.includes(line));
}
