/* eslint-disable @n8n/community-nodes/require-node-api-error -- test code runs in Node, never inside n8n */
import { activateTrigger, newPayload } from '../../n8n/deliveries';
import { startSiroAndN8n, type SiroAndN8n } from '../../n8n/siro-and-n8n';
import { packPackage } from '../../support/package/pack';
import { sendRaw, type RawRequest } from './raw-request';
import { headersOf, sign, type SignedDelivery } from './signed-delivery';

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
export type AttackedTrigger = Awaited<ReturnType<typeof startAttackedTrigger>>;

export async function startAttackedTrigger() {
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

async function prepareTrigger({ stop, ...world }: SiroAndN8n) {
	const { n8n, signingSecret, testSigningSecret } = world;
	const { url, executions } = await activateTrigger(world, {});
	let logsRead = n8n.logs.length;
	return {
		url,
		secrets: [signingSecret, testSigningSecret],
		memory: async () => await n8n.memory(),
		/** Sends a ready event that Siro signed, and gives the status of the answer. */
		deliver: async (send: Partial<RawRequest> = {}) => {
			const delivery = newReadyDelivery(signingSecret);
			const request = {
				method: 'POST',
				headers: headersOf(delivery),
				body: delivery.body,
				...send,
			};
			return (await sendRaw(url, request, 60_000)).status;
		},
		executionCount: async () => (await executions()).length,
		/** What n8n has logged since this was last asked, apart from its own refusals. */
		troubles: () => {
			const lines = n8n.logs.slice(logsRead).split('\n');
			logsRead = n8n.logs.length;
			return lines.filter((line) => !REFUSALS_OF_N8N.some((refusal) => refusal.test(line)));
		},
		stop,
	};
}

/** A delivery of an event that says "processed and linked", signed now. */
export function newReadyDelivery(secret: string, padding = ''): SignedDelivery {
	return sign([secret], {
		id: `msg_${crypto.randomUUID()}`,
		timestamp: String(Math.floor(Date.now() / 1000)),
		body: Buffer.from(JSON.stringify(newPayload()) + padding),
	});
}
