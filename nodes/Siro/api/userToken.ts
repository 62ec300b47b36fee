import type { IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { isSuccess, toAnswer, toFailedAnswer, type Answer } from './answer';
import { secretsOf, type SiroCredential } from './credential';
import { path } from './path';
import { tokenLimit } from './rateLimit';
import { readRecord } from './shapes';
import { USER_AGENT } from './surfaces';
import { explainRefusal } from './tokenRefusal';
import { UserTokenError } from './userTokenError';

type HttpRequest = IHttpRequestHelper['helpers']['httpRequest'];

/** Requests that start together share one token instead of minting one each. */
const mintsUnderWay = new Map<string, Promise<string>>();

/**
 * Mints a user token for the platform API; it is valid for 16 hours and no expiry comes with it.
 *
 * Throws a `UserTokenError` that tells which of the inputs Siro refused.
 * Source: external-api.openapi.json, POST /v1/core/oauth/apps/{clientId}/access-token.
 */
export async function mintUserToken(
	httpRequest: HttpRequest,
	credential: SiroCredential,
): Promise<string> {
	requireOAuthAppFields(credential);
	const { externalApiUrl, organizationToken, clientId, clientSecret, userId, scope } = credential;
	const key = JSON.stringify([
		externalApiUrl,
		organizationToken,
		clientId,
		clientSecret,
		userId,
		scope,
	]);

	let mint = mintsUnderWay.get(key);
	if (mint === undefined) {
		mint = requestUserToken(httpRequest, credential).finally(() => mintsUnderWay.delete(key));
		mintsUnderWay.set(key, mint);
	}
	return await mint;
}

function requireOAuthAppFields(credential: SiroCredential): void {
	const missing = [
		credential.clientId === '' ? 'Client ID' : '',
		credential.clientSecret === '' ? 'Client Secret' : '',
		credential.userId === '' ? 'Siro User ID' : '',
	].filter((field) => field !== '');
	if (missing.length === 0) return;
	throw new UserTokenError(
		`the Siro credential uses an OAuth app but lacks: ${missing.join(', ')}`,
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
				'User-Agent': USER_AGENT,
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
