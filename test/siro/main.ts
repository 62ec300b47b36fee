/* eslint-disable @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
/**
 * Runs the simulator on its own: `tsx test/siro/main.ts '{"timeScale": 0.01}'`.
 * Prints one line of JSON with its addresses and credentials, and runs until it is interrupted.
 */
import { startSimulator } from './simulator';

async function main(): Promise<void> {
	const simulator = await startSimulator(JSON.parse(process.argv[2] ?? '{}'));
	const { externalApiUrl, platformApiUrl, storageUrl, organizationId, organizationToken } =
		simulator;
	const { clientId, clientSecret } = simulator.oauthApp;
	const userId = simulator.rep.id;
	process.stdout.write(
		`${JSON.stringify({
			externalApiUrl,
			platformApiUrl,
			storageUrl,
			organizationId,
			organizationToken,
			clientId,
			clientSecret,
			userId,
		})}\n`,
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void simulator.stop());
	}
}

void main();
