/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { randomUUID } from 'node:crypto';

import { type Browser, type BrowserContext, chromium, selectors } from 'playwright-core';

import { Session } from '../n8n/session';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import type { SimulatorOptions } from '../siro';
import { packPackage } from '../support/package/pack';
import { packageName } from '../support/package/repository';
import { NO_CHROMIUM, provideChromium } from './chromium';
import { Editor } from './editor';

/** How long anything may take on a machine that has other things to do. */
const PATIENCE_MS = 60_000;

export type Theme = 'light' | 'dark';

// The attribute by which n8n names the parts of its editor for tests.
selectors.setTestIdAttribute('data-test-id');

/** A Siro, a real n8n and a browser in front of it. */
export interface SiroInBrowser extends SiroAndN8n {
	/** Opens n8n's editor in a window of its own. */
	openEditor: (theme?: Theme) => Promise<Editor>;
}

/** Starts all three. */
export async function startSiroInBrowser(simulator?: SimulatorOptions): Promise<SiroInBrowser> {
	const browser = await startBrowser();
	const world = await startSiroAndN8n({ tarball: await packPackage(), editor: true, simulator });
	return {
		...world,
		openEditor: async (theme = 'light') => await openEditor(browser, world.n8n.url, theme),
		stop: async () => {
			await browser.close();
			await world.stop();
		},
	};
}

/** Chromium would ask Google about forms and updates, if need be by the proxy that the environment names. */
const LOOPBACK_ONLY = [
	'--no-proxy-server',
	'--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
];

/** Starts a Chromium without a window. */
async function startBrowser(): Promise<Browser> {
	const program = await provideChromium();
	if (program === undefined) throw new Error(NO_CHROMIUM);
	return await chromium.launch({
		executablePath: program.executable,
		args: LOOPBACK_ONLY,
		env: { ...process.env, ...program.environment },
		timeout: PATIENCE_MS,
	});
}

/** Opens n8n's editor for its owner, in a browser window of its own. */
async function openEditor(browser: Browser, url: string, theme: Theme): Promise<Editor> {
	const context = await browser.newContext({
		baseURL: url,
		colorScheme: theme,
		locale: 'en-US',
		timezoneId: 'UTC',
		viewport: { width: 1280, height: 800 },
	});
	context.setDefaultTimeout(PATIENCE_MS);
	await stayOnThisMachine(context, url);
	await signIn(context);
	return new Editor(await context.newPage());
}

/** The same session as after the sign-in form. n8n ties it to an ID that the browser keeps. */
async function signIn(context: BrowserContext): Promise<void> {
	const browserId = randomUUID();
	await context.addInitScript((id) => localStorage.setItem('n8n-browserId', id), browserId);
	const { email, password } = Session.login;
	await context.request.post('/rest/login', {
		headers: { 'browser-id': browserId },
		data: { emailOrLdapLoginId: email, password },
		failOnStatusCode: true,
	});
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
