import { UserError, type IDataObject } from 'n8n-workflow';
import { Webhook } from 'svix';

import { BETWEEN_SECRETS } from '../api/credential';

/** In bytes. Siro's events have about 1,000; what is larger is not worth the time of a check. */
const LARGEST_BODY = 1_000_000;

/**
 * What Svix writes into its headers. Its library is more lenient: it takes "1700000000x" for the
 * time 1700000000, and ids with full stops, which are what separates id, time and body when they are
 * signed, so that one signed text could be cut in more than one way.
 */
const ID = /^[\w-]{1,255}$/;
const TIMESTAMP = /^[1-9]\d{9}$/;
const SIGNATURE = /^v1,[A-Za-z\d+/]{43}=$/;

/**
 * Reads the credential's signing secrets: one or more `whsec_…`, separated by spaces or commas.
 * Throws a `UserError` that names the place of a malformed one, and never the secret itself.
 */
export function readSigningSecrets(text: string): Webhook[] {
	const secrets = text.split(BETWEEN_SECRETS).filter((secret) => secret !== '');
	return secrets.map((secret, index) => {
		if (/^whsec_[A-Za-z\d+/]{20,}={0,2}$/.test(secret)) {
			const webhook = createWebhook(secret);
			if (webhook) return webhook;
		}
		const which = secrets.length > 1 ? `number ${index + 1} of ${secrets.length} ` : '';
		throw new UserError(`The webhook signing secret ${which}in the Siro credential is not valid`, {
			description:
				'A signing secret begins with "whsec_", followed by letters, digits, "+", "/" and "=". Copy it again from the endpoint’s page in Siro. Separate several secrets with spaces or commas.',
		});
	});
}

/**
 * Whether Svix signed this delivery with one of the secrets, at most 5 minutes ago or ahead.
 * Only the raw body counts: parsed and serialized again it is another text.
 */
export function isGenuine(rawBody: Buffer, headers: IDataObject, webhooks: Webhook[]): boolean {
	const signed = readHeaders(headers);
	if (signed === undefined || rawBody.length > LARGEST_BODY) return false;
	// Svix signs text. Bytes that are no text would be replaced before the check, so they never pass.
	const body = rawBody.toString('utf8');
	if (!Buffer.from(body, 'utf8').equals(rawBody)) return false;
	return webhooks.some((webhook) => {
		try {
			webhook.verify(body, signed);
			return true;
		} catch {
			return false;
		}
	});
}

function createWebhook(secret: string): Webhook | undefined {
	try {
		return new Webhook(secret);
	} catch {
		return undefined;
	}
}

/** The headers that are checked, or `undefined` when Svix cannot have written them. */
function readHeaders(headers: IDataObject): Record<string, string> | undefined {
	const text = (name: string) => (typeof headers[name] === 'string' ? headers[name] : '');
	const id = text('svix-id');
	const timestamp = text('svix-timestamp');
	// There are several while a secret is being rotated; those of other versions are not ours to check.
	const signatures = text('svix-signature')
		.split(' ')
		.filter((signature) => SIGNATURE.test(signature));
	if (!ID.test(id) || !TIMESTAMP.test(timestamp) || signatures.length === 0) return undefined;
	return {
		'svix-id': id,
		'svix-timestamp': timestamp,
		'svix-signature': signatures.join(' '),
	};
}
