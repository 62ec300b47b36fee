import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { isSuccess, toAnswer, toFailedAnswer, type Answer } from './answer';
import { secretsOf, type SiroCredential } from './credential';
import { path } from './path';
import { tokenLimit } from './rateLimit';
import { readRecord } from './shapes';
import { UserTokenError } from './tokenError';
import { usableUntil, type AccessToken } from './tokenLifetime';
import { explainRefusal } from './tokenRefusal';

type HttpRequest = IHttpRequestHelper['helpers']['httpRequest'];

/** How long Siro lets a user token live; it does not say so when it mints one (guide). */
const LIFETIME_MS = 16 * 60 * 60 * 1000;

/**
 * Mints a user token for the platform API. Throws a `TokenError` that tells which of the inputs Siro
 * refused.
 *
 * Source: external-api.openapi.json, POST /v1/core/oauth/apps/{clientId}/access-token.
 */
export async function mintUserToken(
	httpRequest: HttpRequest,
	credential: SiroCredential,
): Promise<AccessToken> {
	requireOAuthAppFields(credential);
	const since = Date.now();
	const accessToken = await requestUserToken(httpRequest, credential);
	return { accessToken, expiresAt: usableUntil(since, LIFETIME_MS) };
}

function requireOAuthAppFields(credential: SiroCredential): void {
	const missing = [
		credential.clientId === '' ? 'Client ID' : '',
		credential.clientSecret === '' ? 'Client Secret' : '',
		credential.userId === '' ? 'Siro User ID' : '',
	].filter((field) => field !== '');
	if (missing.length === 0) return;
	throw new UserTokenError(
		`the Siro credential uses an OAuth app, but these fields are empty: ${missing.join(', ')}`,
		'Open the Siro credential and fill in these fields.',
	);
}

async function requestUserToken(
	httpRequest: HttpRequest,
	credential: SiroCredential,
): Promise<string> {
	const ask = async (request: IHttpRequestOptions) => await send(httpRequest, credential, request);
	const { clientId, clientSecret, userId, scope } = credential;
	const answer = await ask({
		method: 'POST',
		url: path`/v1/core/oauth/apps/${clientId}/access-token`,
		body: { clientSecret, userId, scope },
	});
	if (answer.status !== undefined && isSuccess(answer)) {
		const token = readRecord(answer.body)?.accessToken;
		if (typeof token === 'string' && token !== '') return token;
	}
	throw await explainRefusal(ask, credential, answer);
}

/** Sends a request to the external API, with the organization token. */
async function send(
	httpRequest: HttpRequest,
	credential: SiroCredential,
	request: IHttpRequestOptions,
): Promise<Answer> {
	// It does not wait for a turn, because n8n has begun a request that has had one.
	tokenLimit(credential, 'external').count();
	try {
		const response: unknown = await httpRequest({
			...request,
			url: `${credential.externalApiUrl}${request.url}`,
			headers: {
				Authorization: `Bearer ${credential.organizationToken}`,
				'User-Agent': credential.userAgent,
			},
			json: true,
			timeout: 30_000,
			disableFollowRedirect: true,
			returnFullResponse: true,
			ignoreHttpStatusErrors: true,
		});
		return toAnswer(response);
	} catch (error) {
		return toFailedAnswer(error, secretsOf(credential));
	}
}
