import { UserError, type IHttpRequestHelper } from 'n8n-workflow';

import { isRecord } from './answer';
import { secretsOf, type SiroCredential } from './credential';
import { describeAnswerBody, redact } from './answerText';
import { path } from './path';
import { USER_AGENT } from './userAgent';

type HttpRequest = IHttpRequestHelper['helpers']['httpRequest'];

/** Requests that start together share one token instead of minting one each. */
const mintsUnderWay = new Map<string, Promise<string>>();

/**
 * Mints a user token for the platform API; it is valid for 16 hours and no expiry comes with it.
 *
 * Throws a `UserError` that tells which of the four inputs Siro refused.
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
	throw new UserError(`The Siro credential uses an OAuth app but lacks: ${missing.join(', ')}`, {
		description: 'Open the credential and fill in these fields, or switch "Use an OAuth App" off.',
	});
}

async function requestUserToken(
	httpRequest: HttpRequest,
	credential: SiroCredential,
): Promise<string> {
	const answer: unknown = await httpRequest({
		method: 'POST',
		url: `${credential.externalApiUrl}${path`/v1/core/oauth/apps/${credential.clientId}/access-token`}`,
		headers: {
			Authorization: `Bearer ${credential.organizationToken}`,
			'User-Agent': USER_AGENT,
		},
		body: {
			clientSecret: credential.clientSecret,
			userId: credential.userId,
			scope: credential.scope,
		},
		json: true,
		timeout: 30_000,
		disableFollowRedirect: true,
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
	});
	const { statusCode, body } = isRecord(answer) ? answer : {};
	const data = isRecord(body) && isRecord(body.data) ? body.data : body;
	if (isSuccess(statusCode) && isRecord(data) && typeof data.accessToken === 'string') {
		return data.accessToken;
	}
	throw mintFailure(statusCode, body, credential);
}

function isSuccess(statusCode: unknown): boolean {
	return typeof statusCode === 'number' && statusCode >= 200 && statusCode < 300;
}

function mintFailure(statusCode: unknown, body: unknown, credential: SiroCredential): UserError {
	const said = redact(describeAnswerBody(body), secretsOf(credential));
	const siroSaid = said === '' ? '' : ` Siro said: ${said}`;
	const [message, remedy] = mintFailureText(statusCode, said, credential);
	return new UserError(`Siro gave no user token: ${message}`, {
		description: `${remedy}${siroSaid}`,
	});
}

/**
 * Siro documents no error codes for minting, so the status decides first and its words second.
 */
function mintFailureText(
	statusCode: unknown,
	said: string,
	{ clientId, userId, scope }: SiroCredential,
): [message: string, remedy: string] {
	if (/secret/i.test(said)) {
		return [
			'the client secret is wrong',
			'Enter the Client Secret that Siro showed when the OAuth app was created, or create a new app.',
		];
	}
	if (/user/i.test(said)) {
		return [
			`Siro does not know the user "${userId}", or the OAuth app may not act for them`,
			'Enter the ID of an active Siro user as Siro User ID. The Siro node lists them: resource User, operation Get Many.',
		];
	}
	switch (statusCode) {
		case 401:
			return [
				'Siro did not accept the organization token',
				'Check the Organization Token in the Siro credential. An admin makes a new one in Siro: person icon → API Tokens.',
			];
		case 404:
			return [
				`Siro has no OAuth app with the client ID "${clientId}"; it may have been revoked`,
				'Create an OAuth app with the Siro node (resource OAuth App, operation Create) and enter its Client ID and Client Secret.',
			];
		case 400:
		case 403:
		case 422:
			return [
				`Siro refused the OAuth app "${clientId}" for the user "${userId}" with the scope "${scope}"`,
				'Check Client ID, Client Secret, Siro User ID and Scope in the Siro credential.',
			];
		case 429:
			return ['too many requests', 'Wait a minute and try again.'];
		default:
			return [
				typeof statusCode === 'number' && statusCode >= 400
					? `Siro answered with status ${statusCode}`
					: 'Siro’s answer held no access token',
				'Try again later. If it persists, check the External API URL in the Siro credential.',
			];
	}
}
