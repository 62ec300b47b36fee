import { startSimulator, type Simulator, type SimulatorOptions } from '../siro';
import type { N8nClient } from './client';
import type { Credential } from './credentials';
import { startN8n, type N8nInstance, type StartOptions } from './instance';
import { startQueueMode, type QueueModeN8n, type QueueModeOptions } from './queue-mode';

/** A Siro and a real n8n that know each other, as after a user's first quarter of an hour. */
export interface SiroAndN8n<N8n = N8nInstance> {
	siro: Simulator;
	n8n: N8n;
	client: N8nClient;
	/** A Siro credential with everything in it; the OAuth app may write. */
	credential: Credential;
	/** What is in that credential. */
	credentialData: Record<string, string | boolean>;
	/** The signing secrets in the credential: of the production URL's endpoint, and of the test URL's. */
	signingSecret: string;
	testSigningSecret: string;
	stop: () => Promise<void>;
}

interface WithSimulator {
	simulator?: SimulatorOptions;
}

/** Starts both, signs in as the owner and creates the credential. */
export async function startSiroAndN8n({ simulator, ...options }: StartOptions & WithSimulator) {
	return await introduce(await startSimulator(simulator), startN8n(options));
}

/** The same with an n8n in queue mode. */
export async function startSiroAndQueueMode({
	simulator,
	...options
}: QueueModeOptions & WithSimulator) {
	return await introduce(await startSimulator(simulator), startQueueMode(options));
}

async function introduce<N8n extends N8nInstance | QueueModeN8n>(
	siro: Simulator,
	starting: Promise<N8n>,
): Promise<SiroAndN8n<N8n>> {
	const n8n = await starting.catch(async (error: unknown) => {
		// One that runs on alone would keep the tests from ending.
		await siro.stop();
		throw error;
	});
	const client = await n8n.signIn();
	const signingSecret = newSigningSecret();
	const testSigningSecret = newSigningSecret();
	const credentialData = {
		organizationToken: siro.organizationToken,
		webhookSigningSecret: `${signingSecret}, ${testSigningSecret}`,
		useOAuthApp: true,
		clientId: siro.oauthApp.clientId,
		clientSecret: siro.oauthApp.clientSecret,
		userId: siro.rep.id,
		scope: 'write',
		externalApiUrl: siro.externalApiUrl,
		platformApiUrl: siro.platformApiUrl,
	};
	const data = credentialData;
	const credential = await client.credentials.create({
		name: 'Siro account',
		type: 'siroApi',
		data,
	});
	const stop = async () => {
		await siro.stop();
		await n8n.stop();
	};
	const secrets = { signingSecret, testSigningSecret };
	return { siro, n8n, client, credential, credentialData, ...secrets, stop };
}

/** A signing secret as Svix makes them: 24 random bytes. */
export function newSigningSecret(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(24));
	return `whsec_${Buffer.from(bytes).toString('base64')}`;
}
