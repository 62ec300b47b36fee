/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { installEachN8n } from '../../n8n/install';
import { installScanner } from '../../package/scanner/scan';
import { packPackage } from './pack';

/**
 * Jest's global setup for the layers that need the packed package: done once, before any test, so
 * that neither a build in each worker nor a long installation gets in a test's way.
 */
export default async function prepareTests(): Promise<void> {
	// Standard output is Jest's own.
	const report = (line: string) => process.stderr.write(`${line}\n`);
	process.env.SIRO_TARBALL = await packPackage();
	await installScanner(report);
	await installEachN8n(report);
}
