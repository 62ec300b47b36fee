import type { IHttpRequestHelper } from 'n8n-workflow';

import { mintClientAppToken } from './clientAppToken';
import { tokenPurpose, type SiroCredential } from './credential';
import { newerToken, rememberToken } from './newestTokens';
import type { AccessToken } from './tokenLifetime';
import { mintUserToken } from './userToken';

type HttpRequest = IHttpRequestHelper['helpers']['httpRequest'];

/** Requests that start together share one token instead of minting one each. */
const mintsUnderWay = new Map<string, Promise<AccessToken>>();

/**
 * The access token that a credential needs: of its client app, or of the user of its OAuth app. It is
 * minted, unless another execution has just had one. Throws the `TokenError` that tells which of the
 * inputs Siro refused.
 */
export async function renewAccessToken(
	httpRequest: HttpRequest,
	credential: SiroCredential,
): Promise<AccessToken> {
	const isRefused = credential.accessToken !== '';
	const known = isRefused ? undefined : newerToken(credential);
	if (known) return known;

	const purpose = tokenPurpose(credential);
	let mint = mintsUnderWay.get(purpose);
	if (mint === undefined) {
		const isClientApp = credential.authentication === 'clientApp';
		mint = (isClientApp ? mintClientAppToken : mintUserToken)(httpRequest, credential).finally(() =>
			mintsUnderWay.delete(purpose),
		);
		mintsUnderWay.set(purpose, mint);
	}
	const token = await mint;
	rememberToken(credential, token);
	return token;
}
