/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import prepareTestsWithPackage from '../support/package/prepare-tests';
import { NO_CHROMIUM, provideChromium } from './chromium';

/** Jest's global setup for the browser tests: the packed package, n8n and a Chromium. */
export default async function prepareTests(): Promise<void> {
	const chromium = await provideChromium((line) => process.stderr.write(`${line}\n`));
	if (chromium === undefined) throw new Error(NO_CHROMIUM);
	await prepareTestsWithPackage();
}
