/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { randomUUID } from 'node:crypto';

import { type Browser, type BrowserContext, chromium, selectors } from 'playwright-core';

import { Session } from '../n8n/session';
import { packageName } from '../support/package/repository';
import { NO_CHROMIUM, provideChromium } from './chromium';
import { Editor } from './editor';
import { Problems } from './problems';

/** How long anything may take on a machine that has other things to do. */
const PATIENCE = 60_000;

export type Theme = 'light' | 'dark';

// The attribute by which n8n names the parts of its editor for tests.
selectors.setTestIdAttribute('data-test-id');

/** Starts a Chromium without a window. */
export async function startBrowser(): Promise<Browser> {
	const program = await provideChromium();
	if (program === undefined) throw new Error(NO_CHROMIUM);
	return await chromium.launch({
		executablePath: program.executable,
		env: { ...process.env, ...program.environment },
		// Chromium's sandbox refuses to be run by root. It sees nothing but n8n on this machine.
		args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
		timeout: PATIENCE,
	});
}

/** Opens n8n's editor for its owner, in a browser window of its own. */
export async function openEditor(browser: Browser, url: string, theme: Theme): Promise<Editor> {
	const context = await browser.newContext({
		baseURL: url,
		colorScheme: theme,
		locale: 'en-US',
		timezoneId: 'UTC',
		viewport: { width: 1280, height: 800 },
	});
	context.setDefaultTimeout(PATIENCE);
	await stayOnThisMachine(context, url);
	await signIn(context);
	const page = await context.newPage();
	return new Editor(page, new Problems(page));
}

/** The same session as after the sign-in form. n8n ties it to an ID that the browser keeps. */
async function signIn(context: BrowserContext): Promise<void> {
	const browserId = randomUUID();
	await context.addInitScript((id) => localStorage.setItem('n8n-browserId', id), browserId);
	const { email, password } = Session.login;
	const answer = await context.request.post('/rest/login', {
		headers: { 'browser-id': browserId },
		data: { emailOrLdapLoginId: email, password },
	});
	if (!answer.ok()) throw new Error(`The sign-in was answered ${answer.status()}`);
}

/**
 * Answers in npm's name what n8n's nodes panel asks about a community package: who has published it
 * and how often it was downloaded. Every other address beyond n8n is a failed request.
 */
async function stayOnThisMachine(context: BrowserContext, url: string): Promise<void> {
	const answers = new Map([
		['registry.npmjs.org', { name: packageName, maintainers: [] }],
		['api.npmjs.org', { package: packageName, downloads: [] }],
	]);
	await context.route(
		(address) => address.origin !== new URL(url).origin,
		async (route) => {
			const { hostname, pathname } = new URL(route.request().url());
			const json = pathname.endsWith(`/${packageName}`) ? answers.get(hostname) : undefined;
			await (json ? route.fulfill({ json }) : route.abort('blockedbyclient'));
		},
	);
}
