import type { IHttpRequestHelper } from 'n8n-workflow';

import { isSuccess, toAnswer, toFailedAnswer, type Answer } from './answer';
import { describeAnswerBody, isHtml } from './answerText';
import { isUsableBase, secretsOf, type SiroCredential } from './credential';
import { AGAINST_CLOUDFLARE, isFromCloudflare } from './handling';
import { readRecord } from './shapes';
import { ClientAppTokenError, type TokenError } from './tokenError';
import { usableUntil, type AccessToken } from './tokenLifetime';
import { explainFailure, isRefused, siroSaid } from './tokenRefusal';

type HttpRequest = IHttpRequestHelper['helpers']['httpRequest'];

const CHECK_ADDRESS =
	'Check the Token URL in the Siro credential; clear it to use Siro’s own address.';

/** If Siro does not say how long a token lives. It is renewed sooner when Siro refuses it. */
const USUAL_LIFETIME_S = 3_600;

/**
 * Mints a client app's token, for both APIs. Throws a `TokenError` that tells what Siro refused.
 *
 * Source: an integrator's report (see `DEFAULT_TOKEN_URL`), and what OAuth 2.0 says of client
 * credentials (RFC 6749, 4.4 and 5).
 */
export async function mintClientAppToken(
	httpRequest: HttpRequest,
	credential: SiroCredential,
): Promise<AccessToken> {
	requireClientAppFields(credential);
	const since = Date.now();
	const answer = await ask(httpRequest, credential);
	const { access_token: accessToken, expires_in: lifetime } = tokenIn(answer);
	if (typeof accessToken !== 'string' || accessToken === '') throw explain(credential, answer);
	const seconds = Number(lifetime) > 0 ? Number(lifetime) : USUAL_LIFETIME_S;
	return { accessToken, expiresAt: usableUntil(since, seconds * 1_000) };
}

function requireClientAppFields({ clientId, clientSecret, tokenUrl }: SiroCredential): void {
	const missing = [
		clientId === '' ? 'Client ID' : '',
		clientSecret === '' ? 'Client Secret' : '',
	].filter((field) => field !== '');
	if (missing.length > 0) {
		throw new ClientAppTokenError(
			`the Siro credential uses a client app, but these fields are empty: ${missing.join(', ')}`,
			'Open the Siro credential and fill in these fields.',
		);
	}
	if (!isUsableBase(tokenUrl)) {
		throw new ClientAppTokenError(
			'the Token URL in the Siro credential cannot be used',
			'It must begin with "https://" and must not contain "?", "#", a user name or a password. Clear the field to use Siro’s own address.',
		);
	}
}

async function ask(httpRequest: HttpRequest, credential: SiroCredential): Promise<Answer> {
	const { tokenUrl, clientId, clientSecret, userAgent } = credential;
	try {
		const response: unknown = await httpRequest({
			method: 'POST',
			url: tokenUrl,
			body: new URLSearchParams({
				grant_type: 'client_credentials',
				client_id: clientId,
				client_secret: clientSecret,
			}).toString(),
			headers: {
				'Content-Type': 'application/x-www-form-urlencoded',
				Accept: 'application/json',
				'User-Agent': userAgent,
			},
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

function tokenIn(answer: Answer) {
	return isSuccess(answer) && answer.status !== undefined ? (readRecord(answer.body) ?? {}) : {};
}

function explain(credential: SiroCredential, answer: Answer): TokenError {
	if (answer.status === undefined) {
		if (!/^(ENOTFOUND|EAI_AGAIN)$/.test(answer.failureCode)) return otherwise(credential, answer);
		return new ClientAppTokenError(
			'the address in Token URL could not be found',
			`${CHECK_ADDRESS} Also check that this n8n server can reach the internet.`,
			true,
		);
	}
	const said = siroSaid(credential, answer);
	if (answer.status === 403 && isFromCloudflare(answer.body)) {
		return new ClientAppTokenError(
			'Cloudflare, which protects Siro, blocked the request',
			`${AGAINST_CLOUDFLARE}${said}`,
		);
	}
	if (isFromElsewhere(answer.status, answer.body)) {
		return new ClientAppTokenError(
			`the Token URL does not provide tokens (status ${answer.status})`,
			`${CHECK_ADDRESS}${said}`,
		);
	}
	return isRefused(answer) ? explainRefusal(credential, said) : otherwise(credential, answer);
}

function otherwise(credential: SiroCredential, answer: Answer): TokenError {
	return explainFailure(credential, answer, 'Token URL', ClientAppTokenError);
}

/** A redirect, a web page, or an answer that knows no such address. */
function isFromElsewhere(status: number, body: unknown): boolean {
	if (status >= 500 || status === 429) return false;
	const isRedirect = status >= 300 && status < 400;
	const isUnknown =
		[404, 405, 410].includes(status) && !isAboutClient(describeAnswerBody(body, []));
	return isRedirect || isUnknown || isHtml(body);
}

/**
 * What Siro says is not known, and OAuth 2.0 has one code for an unknown client and a wrong secret
 * (RFC 6749, 5.2: `invalid_client`); the words beside it may tell.
 */
function explainRefusal({ clientId }: SiroCredential, said: string): TokenError {
	// Some servers list there, as examples, what else it could be.
	const words = said.replace(/\([^)]*\)/g, '');
	const isAboutSecret = /secret/i.test(words);
	if (isAboutSecret && !isAboutClient(words)) {
		return new ClientAppTokenError(
			'the client secret is wrong',
			`Enter the client app’s Client Secret in the Siro credential. If you no longer have it, ask Siro for a new one.${said}`,
		);
	}
	if (isAboutClient(words) && !isAboutSecret) {
		return new ClientAppTokenError(
			`Siro has no client app with the client ID "${clientId}"`,
			`Check the Client ID in the Siro credential. The client ID of an OAuth app does not work here.${said}`,
		);
	}
	if (/unauthorized_client|unsupported_grant_type|invalid_scope|access_denied/.test(words)) {
		return new ClientAppTokenError(
			`Siro does not let the client app "${clientId}" sign in`,
			`Ask your Siro admin what the client app may do. If Siro has not told you that you have client apps, choose the organization token in the Siro credential.${said}`,
		);
	}
	return new ClientAppTokenError(
		'Siro has no client app with this client ID and this client secret',
		`Check Client ID and Client Secret in the Siro credential. Those of an OAuth app do not work here.${said}`,
	);
}

function isAboutClient(words: string): boolean {
	return /client[ _]?id\b|(unknown|no such) client|client\b.*\b(not (found|exist|registered)|unknown)/i.test(
		words,
	);
}
