import { NodeApiError, type INode } from 'n8n-workflow';

import type { Answer } from './answer';
import { describeAnswerBody, isHtml, redact } from './answerText';
import { secretsOf, type SiroCredential } from './credential';
import type { Surface } from './surfaces';
import type { UserTokenError } from './userTokenError';

/** What the node was doing, in the reader's words: the operation's action and the item. */
export interface Attempt {
	action: string;
	itemIndex?: number;
}

/** The record that a request is about; a 404 names it. */
export interface Subject {
	kind: string;
	id: string;
	/** Which of its IDs it is. Default: "ID", Siro's own. */
	idName?: 'ID' | 'external ID';
}

/** Everything that an error message is made of. */
export interface Failure {
	attempt: Attempt;
	surface: Surface;
	subject?: Subject;
	/** What Siro allows of such requests in particular. */
	limit?: string;
	credential: SiroCredential;
}

interface Explanation {
	reason: string;
	remedy: string;
}

/**
 * The error for an answer that is not a success: what was attempted, what Siro said, what to do.
 * It carries neither the request nor its headers, so that no token can reach an execution's data.
 */
export function answerError(node: INode, failure: Failure, answer: Answer): NodeApiError {
	const explanation =
		answer.status === undefined
			? (explainNoToken(answer.refusedToken) ?? explainNoAnswer(answer.failureCode, answer.failure))
			: explainStatus(answer.status, answer.body, failure);
	return buildError(node, failure, explanation, answer.status);
}

/** The error for a successful answer whose content is not what Siro's API promises. */
export function malformedAnswerError(
	node: INode,
	failure: Failure,
	body: unknown,
	expected: string,
	got = describeKind(body, failure),
): NodeApiError {
	return buildError(node, failure, {
		reason: `Siro’s answer is not what its API promises: expected ${expected}, got ${got}`,
		remedy:
			'Try again in a few minutes. If it persists, check the API URLs in the Siro credential: they may lead to something other than Siro.',
	});
}

/** The error for a record that Siro does not have, when it says so without a 404. */
export function missingRecordError(node: INode, failure: Failure): NodeApiError {
	return buildError(node, failure, explainStatus(404, '', failure), 404);
}

/** The error for a recording whose audio Siro does not give, and says why, perhaps. */
export function missingAudioError(node: INode, failure: Failure, said: unknown): NodeApiError {
	const why = describeAnswerBody(said, secretsOf(failure.credential));
	return buildError(node, failure, {
		reason: `Siro has no audio to give: ${why === '' ? 'it does not say why' : why}`,
		remedy: 'Check in Siro whether the recording still has its audio.',
	});
}

/** The error for an answer that says that Siro did not do what it was asked to do. */
export function refusalError(node: INode, failure: Failure): NodeApiError {
	return buildError(node, failure, {
		reason: 'Siro answered that it did not do it',
		remedy: 'Check in Siro whether the record still exists and may be changed.',
	});
}

/**
 * The error for a file that could not be fetched from, or brought to, Siro's file storage. It names
 * no address: what stands in a signed one is a secret.
 */
export function storageError(node: INode, failure: Failure, answer: Answer): NodeApiError {
	const explanation =
		answer.status === undefined
			? explainNoAnswer(answer.failureCode, answer.failure, 'Siro’s file storage')
			: explainStorageStatus(answer.status, answer.body);
	return buildError(node, failure, explanation, answer.status);
}

/** The error for a request that must not be sent, for a reason found in the credential. */
export function credentialError(node: INode, failure: Failure, reason: string, remedy: string) {
	return buildError(node, failure, { reason, remedy });
}

/** The error for a list that Siro does not bring to an end. */
export function endlessListError(node: INode, failure: Failure, reason: string): NodeApiError {
	return buildError(node, failure, {
		reason,
		remedy: 'Narrow the list with filters or a limit. If it persists, report it to Siro.',
	});
}

function buildError(
	node: INode,
	{ attempt, credential }: Failure,
	{ reason, remedy }: Explanation,
	status?: number,
): NodeApiError {
	const secrets = secretsOf(credential);
	const action = attempt.action.charAt(0).toLowerCase() + attempt.action.slice(1);
	const message = redact(`Could not ${action}: ${reason}`, secrets);
	const error = new NodeApiError(
		node,
		{},
		{
			message,
			description: redact(remedy, secrets),
			httpCode: status?.toString(),
			itemIndex: attempt.itemIndex,
		},
	);
	// n8n puts its own text instead when it finds a code such as ECONNRESET or ENOENT in ours.
	error.message = message;
	return error;
}

function explainStatus(
	status: number,
	body: unknown,
	{ surface, subject, limit, credential }: Failure,
): Explanation {
	const said = describeAnswerBody(body, secretsOf(credential));
	const siroSaid = said === '' ? '' : ` Siro said: ${said}`;
	switch (status) {
		// Some refusals of the platform API come with status 200.
		case 200:
		case 400:
		case 422:
			return {
				reason: `Siro rejected the data${said === '' ? '' : `: ${said}`}`,
				remedy: 'Correct what Siro names above, then run this item again.',
			};
		case 401:
			return surface === 'external'
				? {
						reason: 'Siro did not accept the organization token',
						remedy: `Check the Organization Token in the Siro credential. An admin makes a new one in Siro: person icon → API Tokens.${siroSaid}`,
					}
				: {
						reason: 'Siro did not accept the user token, not even a new one',
						remedy: `Check the OAuth app and the Siro User ID in the Siro credential: the app may have been revoked, or the user disabled.${siroSaid}`,
					};
		case 403:
			if (isHtml(body) || /error code: 10\d\d/i.test(said)) {
				return {
					reason: 'Cloudflare, which stands in front of Siro, blocked the request',
					remedy: `Ask Siro to allow the address of your n8n server, and check whether a proxy changes its requests.${siroSaid}`,
				};
			}
			return {
				reason: 'Siro does not permit this',
				remedy:
					surface === 'external'
						? `Use an organization token that may do this.${siroSaid}`
						: `The user token has the scope "${credential.scope}". Choose the scope Write in the Siro credential if this operation changes data, and check what the Siro user may see.${siroSaid}`,
			};
		case 404:
			return {
				reason: subject
					? `Siro has no ${subject.kind} with the ${subject.idName ?? 'ID'} "${subject.id}"`
					: 'Siro knows no such record or endpoint',
				remedy: `Check the ID: Siro’s own ID and the ID in your CRM are different things.${siroSaid}`,
			};
		case 409:
			return {
				reason: `it conflicts with what Siro already has${said === '' ? '' : `: ${said}`}`,
				remedy: 'Get the current record from Siro and decide which version is right.',
			};
		case 429:
			return {
				reason: 'Siro received too many requests and is holding this token back',
				remedy: `Siro allows 1,000 requests per token and minute. Run fewer workflows with this token at the same time, or wait a minute.${limit === undefined ? '' : ` ${limit}`}`,
			};
		default:
			return status >= 500
				? {
						reason: `Siro had a problem of its own (status ${status})`,
						remedy: `Try again in a few minutes.${siroSaid}`,
					}
				: {
						reason: `Siro answered with status ${status}`,
						remedy: `Check the API URLs in the Siro credential.${siroSaid}`,
					};
	}
}

function explainNoToken(refusedToken?: UserTokenError): Explanation | undefined {
	if (refusedToken === undefined) return undefined;
	const { message, description } = refusedToken;
	return { reason: message, remedy: description ?? '' };
}

/** Source: https://cloud.google.com/storage/docs/xml-api/reference-status (status codes). */
function explainStorageStatus(status: number, body: unknown): Explanation {
	const code = typeof body === 'string' ? /<Code>(\w+)<\/Code>/.exec(body)?.[1] : undefined;
	const storageSaid = code === undefined ? '' : ` The storage said: ${code}.`;
	switch (status) {
		case 401:
		case 403:
			return {
				reason: 'Siro’s file storage did not accept the address that Siro had signed',
				remedy: `Such an address is valid for a short time only: run the item again. If it persists, check whether a proxy changes the requests of this n8n server.${storageSaid}`,
			};
		case 404:
		case 410:
			return {
				reason: 'Siro’s file storage does not have the file',
				remedy: `Check in Siro whether the recording still has its audio.${storageSaid}`,
			};
		case 429:
			return {
				reason: 'Siro’s file storage received too many requests',
				remedy: `Try again in a few minutes.${storageSaid}`,
			};
		default:
			return status >= 500
				? {
						reason: `Siro’s file storage had a problem of its own (status ${status})`,
						remedy: `Try again in a few minutes.${storageSaid}`,
					}
				: {
						reason: `Siro’s file storage refused the file (status ${status})`,
						remedy: `Check that the file is complete, then run the item again.${storageSaid}`,
					};
	}
}

function explainNoAnswer(code: string, failure: string, from = 'the Siro API'): Explanation {
	switch (code) {
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return {
				reason: `the address of ${from} could not be found`,
				remedy:
					'Check that this n8n server can reach the internet, and the API URLs in the Siro credential.',
			};
		case 'ECONNREFUSED':
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return {
				reason: `nothing answered at the address of ${from}`,
				remedy: 'Check firewalls and proxies, and the API URLs in the Siro credential.',
			};
		case 'ETIMEDOUT':
		case 'ECONNABORTED':
			return {
				reason: 'Siro did not answer in time',
				remedy:
					'Try again later, ask for fewer records at once, or raise Timeout and Total Time in Options.',
			};
		case 'ERR_CANCELED':
			// n8n marks the execution as canceled when it finds that word, so spelt.
			return { reason: 'the execution was canceled', remedy: 'Run the workflow again.' };
		default:
			return {
				reason: `the connection to ${from} failed`,
				remedy: `Try again. If it persists, check the network between this n8n server and Siro. The connection said: ${failure || code}`,
			};
	}
}

function describeKind(body: unknown, { credential }: Failure): string {
	if (body === '' || body === undefined || body === null) return 'nothing';
	if (Array.isArray(body)) return 'a list';
	if (isHtml(body)) return describeAnswerBody(body, secretsOf(credential));
	if (typeof body === 'string') return 'text that is not complete JSON';
	return typeof body === 'object' ? 'an object of another shape' : `a ${typeof body}`;
}
