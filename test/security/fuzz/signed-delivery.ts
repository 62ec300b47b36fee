import { createHmac } from 'node:crypto';

/** A header as it stands in a request: repetitions, order and casing count. */
export type HeaderLine = readonly [name: string, value: string];

/** One delivery as Svix signed and sent it; an attacker may have overheard it. */
export interface SignedDelivery {
	id: string;
	/** In seconds. */
	timestamp: string;
	body: Buffer;
	/** One `v1,…` for each secret that it was signed with. */
	signatures: string[];
}

/** How far a timestamp may be from now, either way (Svix's documentation). */
const TOLERANCE_SECONDS = 300;

/** Signs as Svix's documentation says; not with Svix's library, which is what is tested. */
export function sign(
	secrets: string[],
	{ id, timestamp, body }: Omit<SignedDelivery, 'signatures'>,
): SignedDelivery {
	const signatures = secrets.map((secret) => {
		const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
		const signature = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body);
		return `v1,${signature.digest('base64')}`;
	});
	return { id, timestamp, body, signatures };
}

export function headersOf({ id, timestamp, signatures }: SignedDelivery): HeaderLine[] {
	return [
		['content-type', 'application/json'],
		['svix-id', id],
		['svix-timestamp', timestamp],
		['svix-signature', signatures.join(' ')],
	];
}

/**
 * Whether a request holds exactly what Svix signed, and in time: the same bytes under the same ID
 * and timestamp, with at least one of the signatures. Nothing else may be accepted.
 */
export function isExactlySigned(
	body: Buffer,
	headers: Record<string, string>,
	signed: SignedDelivery | undefined,
	nowSeconds: number,
): boolean {
	const sent = (headers['svix-signature'] ?? '').split(' ');
	return (
		signed !== undefined &&
		headers['svix-id'] === signed.id &&
		headers['svix-timestamp'] === signed.timestamp &&
		Math.abs(nowSeconds - Number(signed.timestamp)) <= TOLERANCE_SECONDS &&
		body.equals(signed.body) &&
		sent.some((signature) => signed.signatures.includes(signature))
	);
}

/** The headers as Node's HTTP server hands them to n8n. */
export function toNodeHeaders(lines: readonly HeaderLine[]): Record<string, string> {
	const headers: Record<string, string> = {};
	for (const [name, value] of lines) {
		const key = name.toLowerCase();
		const trimmed = value.replace(/^[\t ]+|[\t ]+$/g, '');
		headers[key] = Object.hasOwn(headers, key) ? `${headers[key]}, ${trimmed}` : trimmed;
	}
	return headers;
}
