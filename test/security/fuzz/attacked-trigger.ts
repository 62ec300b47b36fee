/* eslint-disable @n8n/community-nodes/require-node-api-error -- test code runs in Node, never inside n8n */
import { sendRaw, type RawRequest } from './raw-request';
import { headersOf, sign, type SignedDelivery } from './signed-delivery';
import { activateTrigger } from '../../n8n/deliveries';
import type { MemoryUse } from '../../n8n/n8n-process';
import { packPackage } from '../../support/package/pack';
import { startSiroAndN8n, type SiroAndN8n } from '../../n8n/siro-and-n8n';

/** What n8n logs about a request that it refuses before any node runs. */
const REFUSALS_OF_N8N = [
	/^\s*$/,
	/^Error in handling webhook request [A-Z]+ \/webhook\/\S+: (Failed to parse request body|There was a problem executing the workflow|The submitted form data could not be parsed\.|Request body stream was aborted.*)$/,
	/^Received request for unknown webhook: This webhook is not registered for [A-Z]+ requests\. /,
	/^(4\d\d|ResponseError:) (Failed to parse request body|The submitted form data could not be parsed\.|This webhook is not registered for [A-Z]+ requests\. .*|Request body stream was aborted.*)$/,
	/^(Error: )?(incorrect header check|unexpected end of file|invalid [a-z -]+|unknown compression method)$/,
	/^(PayloadTooLargeError: )?request entity too large$/,
	// Where it was, unless that was in this package.
	/^ {4}at (?!.*node_modules\/n8n-nodes-siro)/,
];

/**
 * n8n answers 503 to everything when its database has not answered for 5 seconds, which it cannot
 * tell from having been busy itself: with 16 MB on a machine that does other things as well.
 */
const PATIENT_WITH_DATABASE = { DB_PING_TIMEOUT_MS: '300000' };

/** A real n8n with an active trigger, and what an attack on it has to be held against. */
export interface AttackedTrigger {
	url: string;
	secrets: string[];
	memory: () => Promise<MemoryUse>;
	/** Sends a ready event that Siro signed. */
	deliver: (send?: Partial<RawRequest>) => Promise<{ status?: number; seconds: number }>;
	executionCount: () => Promise<number>;
	/** What n8n has logged since this was last asked, apart from its own refusals. */
	troubles: () => string[];
	stop: () => Promise<void>;
}

export async function startAttackedTrigger(): Promise<AttackedTrigger> {
	const world = await startSiroAndN8n({
		tarball: await packPackage(),
		environment: PATIENT_WITH_DATABASE,
	});
	try {
		return await prepareTrigger(world);
	} catch (error) {
		await world.stop();
		throw error;
	}
}

async function prepareTrigger(world: SiroAndN8n): Promise<AttackedTrigger> {
	const { client, n8n, signingSecret, testSigningSecret } = world;
	const { workflow, url } = await activateTrigger(world, {});
	let logsRead = n8n.logs.length;
	return {
		url,
		secrets: [signingSecret, testSigningSecret],
		memory: async () => await n8n.memory(),
		deliver: async (send = {}) => {
			const delivery = newReadyDelivery(signingSecret);
			const begin = performance.now();
			const { status } = await sendRaw(
				url,
				{ method: 'POST', headers: headersOf(delivery), body: delivery.body, ...send },
				60_000,
			);
			return { status, seconds: (performance.now() - begin) / 1000 };
		},
		executionCount: async () => await client.executions.count({ workflowId: workflow.id }),
		troubles: () => {
			const lines = n8n.logs.slice(logsRead).split('\n');
			logsRead = n8n.logs.length;
			return lines.filter((line) => !REFUSALS_OF_N8N.some((refusal) => refusal.test(line)));
		},
		stop: world.stop,
	};
}

/** A delivery of an event that says "processed and linked", signed now. */
export function newReadyDelivery(secret: string, padding = ''): SignedDelivery {
	return sign([secret], {
		id: `msg_${crypto.randomUUID()}`,
		timestamp: String(Math.floor(Date.now() / 1000)),
		body: Buffer.from(
			JSON.stringify({
				recordingId: crypto.randomUUID(),
				siroUserId: 'user-1',
				recordingProcessed: true,
				recordingLinked: true,
				eventType: 'integrations.recordingProcessed',
				crm: null,
			}) + padding,
		),
	});
}
