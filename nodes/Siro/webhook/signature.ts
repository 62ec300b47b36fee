import { UserError, type IDataObject } from 'n8n-workflow';

import { Webhook } from './svix';

/**
 * Reads the credential's signing secrets: one or more `whsec_…`, separated by spaces or commas.
 * Throws a `UserError` that names the place of a malformed one, and never the secret itself.
 */
export function readSigningSecrets(text: string): Webhook[] {
	const secrets = text.split(/[\s,]+/).filter((secret) => secret !== '');
	return secrets.map((secret, index) => {
		if (/^whsec_[A-Za-z\d+/]{20,}={0,2}$/.test(secret)) {
			const webhook = createWebhook(secret);
			if (webhook) return webhook;
		}
		const which = secrets.length > 1 ? `number ${index + 1} of ${secrets.length} ` : '';
		throw new UserError(`The webhook signing secret ${which}in the Siro credential is malformed`, {
			description:
				'It begins with "whsec_", followed by letters, digits, "+", "/" and "=". Copy it anew from the endpoint’s page in Siro. Separate several secrets by spaces or commas.',
		});
	});
}

/**
 * Whether Svix signed this delivery with one of the secrets, at most 5 minutes ago or ahead.
 * Only the raw body counts: parsed and serialized again it is another text.
 */
export function isGenuine(rawBody: Buffer, headers: IDataObject, webhooks: Webhook[]): boolean {
	// Svix signs text. Bytes that are no text would be replaced before the check, so they never pass.
	const body = rawBody.toString('utf8');
	if (!Buffer.from(body, 'utf8').equals(rawBody)) return false;
	const signed = toTextHeaders(headers);
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

function toTextHeaders(headers: IDataObject): Record<string, string> {
	return Object.fromEntries(
		['svix-id', 'svix-timestamp', 'svix-signature'].flatMap((name) =>
			typeof headers[name] === 'string' ? [[name, headers[name]]] : [],
		),
	);
}
