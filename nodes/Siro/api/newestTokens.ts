import { tokenPurpose, type SiroCredential } from './credential';
import type { AccessToken } from './tokenLifetime';

/** What executions of this process have last used, by credential. It never leaves the process. */
const newest = new Map<string, AccessToken>();

/**
 * The newest token that an execution has had for this credential, if it has none itself or an older
 * one: it reads the credential once, and the token may have been renewed since.
 */
export function newerToken(id: string, credential: SiroCredential): AccessToken | undefined {
	const known = newest.get(keyOf(id, credential));
	if (known === undefined || known.expiresAt <= Date.now()) return undefined;
	const isNewer = credential.accessToken === '' || known.expiresAt > credential.expiresAt;
	return isNewer ? known : undefined;
}

/** Remembers a token with which a request was sent. */
export function rememberToken(id: string, credential: SiroCredential, isNew: boolean): void {
	const { accessToken, expiresAt } = credential;
	if (id === '' || (!isNew && newerToken(id, credential))) return;
	for (const [key, token] of newest) if (token.expiresAt <= Date.now()) newest.delete(key);
	newest.set(keyOf(id, credential), { accessToken, expiresAt });
}

/** Siro does not accept a token any more. */
export function forgetToken(id: string, credential: SiroCredential): void {
	const key = keyOf(id, credential);
	if (newest.get(key)?.accessToken === credential.accessToken) newest.delete(key);
}

function keyOf(id: string, credential: SiroCredential): string {
	return `${id} ${tokenPurpose(credential)}`;
}
