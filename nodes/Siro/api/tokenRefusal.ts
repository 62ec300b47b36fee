import type { IHttpRequestOptions } from 'n8n-workflow';

import type { Answer } from './answer';
import { describeAnswerBody } from './answerText';
import { secretsOf, type SiroCredential } from './credential';
import { handlingOf, tellNotSent } from './handling';
import { path } from './path';
import { readRecord } from './shapes';
import { UserTokenError, type ClientAppTokenError, type TokenError } from './tokenError';

/** Sends a request with the organization token; it does not throw. */
type Ask = (request: IHttpRequestOptions) => Promise<Answer>;

/**
 * Finds out why Siro did not mint a user token. It documents no errors for that, and its words may
 * change ("User not authenticated" can be about the organization token), so what it refused is asked
 * for in turn: the organization token, the OAuth app, the user. What is left is the client secret.
 */
export async function explainRefusal(
	ask: Ask,
	credential: SiroCredential,
	answer: Answer,
): Promise<TokenError> {
	if (!isRefused(answer)) return explainFailure(credential, answer);

	const said = siroSaid(credential, answer);
	const { clientId, userId, scope } = credential;
	const identity = await ask({ url: '/v1/core/auth/caller-identity' });
	if (identity.status === 401) {
		return new UserTokenError(
			'Siro did not accept the organization token',
			`Check the Organization Token in the Siro credential. If it is wrong, an admin can create a new one in Siro: person icon → API Tokens.${said}`,
		);
	}
	const app = await ask({ url: path`/v1/core/oauth/apps/${clientId}` });
	if (app.status === 404 || recordOf(app)?.deleted === true) {
		const reason =
			app.status === 404
				? `Siro has no OAuth app with the client ID "${clientId}"`
				: `the OAuth app "${clientId}" was revoked`;
		return new UserTokenError(
			reason,
			`Create an OAuth app with the Siro node (resource OAuth App, operation Create), then enter its Client ID and Client Secret in the Siro credential.${said}`,
		);
	}
	const user = await ask({ url: path`/v1/core/users/${userId}` });
	if (user.status === 404 || recordOf(user)?.disabled === true) {
		const reason =
			user.status === 404
				? `Siro has no user with the ID "${userId}"`
				: `the Siro user "${userId}" is disabled`;
		return new UserTokenError(
			reason,
			`Enter the ID of an active user as Siro User ID in the Siro credential. The Siro node lists them: resource User, operation Get Many.${said}`,
		);
	}
	if (answer.status === 401 || /secret|credentials/i.test(said)) {
		return new UserTokenError(
			'the client secret is wrong',
			`Enter the Client Secret that Siro showed when the OAuth app was created, or create a new OAuth app.${said}`,
		);
	}
	return new UserTokenError(
		`Siro refused the OAuth app "${clientId}" for the user "${userId}" with the scope "${scope}"`,
		`Check Client Secret, Siro User ID and Scope in the Siro credential, and what the Siro user may do.${said}`,
	);
}

/** Whether Siro had something against the request, as opposed to being busy or broken. */
export function isRefused(answer: Answer): boolean {
	const { status } = answer;
	const isClientError = status !== undefined && status >= 400 && status < 500;
	return isClientError && handlingOf(answer)?.repeat === 'never';
}

/**
 * The error for an answer that says nothing about what was asked for. `address` is the field of the
 * credential that holds the address.
 */
export function explainFailure(
	credential: SiroCredential,
	answer: Answer,
	address = 'External API URL',
	Reason: typeof UserTokenError | typeof ClientAppTokenError = UserTokenError,
): TokenError {
	if (answer.status === undefined) {
		if (answer.failureCode === 'NOT_SENT') {
			const { reason, remedy } = tellNotSent({ said: answer.failure });
			return new Reason(reason, remedy);
		}
		return new Reason(
			'the connection to Siro failed',
			`Try again. If it keeps happening, check the network between this n8n server and Siro, and the ${address} in the Siro credential. Technical detail: ${answer.failure || answer.failureCode}`,
			true,
		);
	}
	const said = siroSaid(credential, answer);
	if (answer.status === 429) {
		return new Reason(
			'Siro received too many requests',
			`Siro allows 1,000 requests per minute for each token. Wait a minute and try again.${said}`,
			true,
			true,
		);
	}
	const isTrouble = answer.status >= 400;
	return new Reason(
		isTrouble
			? `something went wrong inside Siro (status ${answer.status})`
			: 'Siro’s answer contained no token',
		`Try again in a few minutes. If it keeps happening, check the ${address} in the Siro credential.${isTrouble ? said : ''}`,
		true,
	);
}

/** What Siro said, as a sentence that follows another; may be empty. */
export function siroSaid(credential: SiroCredential, answer: Answer): string {
	if (answer.status === undefined) return '';
	const said = describeAnswerBody(answer.body, secretsOf(credential));
	return said === '' ? '' : ` Siro said: ${said}`;
}

function recordOf(answer: Answer) {
	return answer.status === 200 ? readRecord(answer.body) : undefined;
}
