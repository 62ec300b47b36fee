/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import path from 'node:path';

import type { Locator } from 'playwright-core';

import { repositoryFolder } from '../support/package/repository';

/** Set by `npm run screenshots`: the folder for the pictures, seen from the repository. */
const folder = process.env.SCREENSHOTS;

/** Messages and buttons cover what is to be seen; the canvas's dots make large files. */
const HIDDEN = `
	.el-notification,
	:has(> [role="radiogroup"] [data-test-id="radio-button-workflow"]),
	[data-test-id="canvas-background"],
	[data-test-id="canvas-controls"],
	:has(> * > [data-test-id="execute-workflow-button"]),
	[data-test-id="node-creator-plus-button"],
	[data-test-id="command-bar-button"],
	[data-test-id="add-sticky-button"],
	[data-test-id="toggle-focus-panel-button"],
	[data-test-id="instance-ai-canvas-action-button"] { visibility: hidden !important }`;

/**
 * Keeps pictures of a part of the page for the documentation, if pictures are wanted: `name.png`, and
 * `name-dark.png` in n8n's dark theme.
 */
export async function takePicture(name: string, subject: Locator): Promise<void> {
	if (folder === undefined) return;
	const page = subject.page();
	await hideAddress(subject);
	for (const colorScheme of ['dark', 'light'] as const) {
		await page.emulateMedia({ colorScheme });
		await subject.screenshot({
			path: path.join(
				repositoryFolder,
				folder,
				`${name}${colorScheme === 'dark' ? '-dark' : ''}.png`,
			),
			animations: 'disabled',
			caret: 'hide',
			style: HIDDEN,
		});
	}
}

/** Shows an address such as users have in place of this machine's, whose port is another one each time. */
async function hideAddress(subject: Locator): Promise<void> {
	const local = subject.getByText(/^\s*http:\/\/127\.0\.0\.1:\d+/);
	await local.evaluateAll((texts: Array<{ textContent: string }>) => {
		for (const text of texts) {
			text.textContent = text.textContent.replace(
				/http:\/\/127\.0\.0\.1:\d+/,
				'https://n8n.example.com',
			);
		}
	});
	await subject.locator('input').evaluateAll((inputs: Array<{ value: string }>) => {
		for (const input of inputs) {
			input.value = input.value.replace(/http:\/\/127\.0\.0\.1:\d+/, 'https://siro.example.com');
		}
	});
}
