import type { ICredentialDataDecryptedObject, IWebhookFunctions } from 'n8n-workflow';

type Credential = ICredentialDataDecryptedObject;

/** How long a credential that was changed in n8n can still be the old one here. */
const LONGEST_MS = 30_000;

const remembered = new Map<string, { credential: Credential; since: number }>();

/**
 * The trigger's credential, if `isAccepted`; `undefined` if not. Outside an execution n8n builds an
 * isolate each time that a credential is read, which takes as much of a processor as all else about
 * a delivery. So one that was accepted is kept in memory for 30 seconds. What it does not accept is
 * decided by the credential as it is now, so a new signing secret counts at once, and an old one
 * for 30 seconds more at most.
 */
export async function acceptedCredential(
	context: IWebhookFunctions,
	isAccepted: (credential: Credential) => boolean,
): Promise<Credential | undefined> {
	const key = keyOf(context);
	const known = remembered.get(key);
	const isFresh = known !== undefined && Date.now() - known.since < LONGEST_MS;
	if (isFresh && isAccepted(known.credential)) return known.credential;

	const credential = await context.getCredentials('siroApi');
	if (!isAccepted(credential)) return undefined;
	remembered.set(key, { credential, since: Date.now() });
	return credential;
}

/** After something failed that another credential may cure. */
export function forgetCredential(context: IWebhookFunctions): void {
	remembered.delete(keyOf(context));
}

function keyOf(context: IWebhookFunctions): string {
	return `${context.getInstanceId()}/${context.getNode().credentials?.siroApi?.id ?? ''}`;
}
