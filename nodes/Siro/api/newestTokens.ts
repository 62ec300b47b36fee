import { tokenPurpose, type SiroCredential } from './credential';
import type { AccessToken } from './tokenLifetime';

/** What executions of this process have last minted or used. It never leaves the process. */
const newest = new Map<string, AccessToken>();

/**
 * The newest token that an execution has had for this credential, if it has none itself or an older
 * one: it reads the credential once, and the token may have been renewed since.
 */
export function newerToken(credential: SiroCredential): AccessToken | undefined {
	const known = newest.get(keyOf(credential));
	if (known === undefined || known.expiresAt <= Date.now()) return undefined;
	const isNewer = credential.accessToken === '' || known.expiresAt > credential.expiresAt;
	return isNewer ? known : undefined;
}

/** Remembers a token that was minted for a credential, or with which a request was sent. */
export function rememberToken(
	credential: SiroCredential,
	{ accessToken, expiresAt }: AccessToken,
): void {
	if (credential.id === '') return;
	for (const [key, token] of newest) if (token.expiresAt <= Date.now()) newest.delete(key);
	newest.set(keyOf(credential), { accessToken, expiresAt });
}

/** Siro does not accept a token any more. */
export function forgetToken(credential: SiroCredential): void {
	const key = keyOf(credential);
	if (newest.get(key)?.accessToken === credential.accessToken) newest.delete(key);
}

function keyOf(credential: SiroCredential): string {
	return `${credential.id} ${tokenPurpose(credential)}`;
}
