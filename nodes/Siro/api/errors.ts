import { NodeApiError, type INode } from 'n8n-workflow';

import type { Answer } from './answer';
import { describeAnswerBody, isHtml, redact } from './answerText';
import { secretsOf, type SiroCredential } from './credential';
import type { Surface } from './surfaces';

/** What the node was doing, in the reader's words: the operation's action and the item. */
export interface Attempt {
	action: string;
	itemIndex?: number;
}

/** The record that a request is about; a 404 names it. */
export interface Subject {
	kind: string;
	id: string;
}

/** Everything that an error message is made of. */
export interface Failure {
	attempt: Attempt;
	surface: Surface;
	subject?: Subject;
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
			? explainNoAnswer(answer.failureCode, answer.failure)
			: explainStatus(answer.status, answer.body, failure);
	return buildError(node, failure, explanation, answer.status);
}

/** The error for a successful answer whose content is not what Siro's API promises. */
export function malformedAnswerError(
	node: INode,
	failure: Failure,
	body: unknown,
	expected: string,
): NodeApiError {
	return buildError(node, failure, {
		reason: `Siro’s answer is not what its API promises: expected ${expected}, got ${describeKind(body)}`,
		remedy:
			'Try again in a few minutes. If it persists, check the API URLs in the Siro credential: they may lead to something other than Siro.',
	});
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
	return new NodeApiError(
		node,
		{},
		{
			message: redact(`Could not ${action}: ${reason}`, secrets),
			description: redact(remedy, secrets),
			httpCode: status?.toString(),
			itemIndex: attempt.itemIndex,
		},
	);
}

function explainStatus(
	status: number,
	body: unknown,
	{ surface, subject, credential }: Failure,
): Explanation {
	const said = describeAnswerBody(body);
	const siroSaid = said === '' ? '' : ` Siro said: ${said}`;
	switch (status) {
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
					? `Siro has no ${subject.kind} with the ID "${subject.id}"`
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
				remedy:
					'Siro allows 1,000 requests per token and minute. Run fewer workflows with this token at the same time, or wait a minute.',
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

function explainNoAnswer(code: string, failure: string): Explanation {
	switch (code) {
		case 'ENOTFOUND':
		case 'EAI_AGAIN':
			return {
				reason: 'the address of the Siro API could not be found',
				remedy:
					'Check that this n8n server can reach the internet, and the API URLs in the Siro credential.',
			};
		case 'ECONNREFUSED':
		case 'EHOSTUNREACH':
		case 'ENETUNREACH':
			return {
				reason: 'nothing answered at the address of the Siro API',
				remedy: 'Check firewalls and proxies, and the API URLs in the Siro credential.',
			};
		case 'ETIMEDOUT':
		case 'ECONNABORTED':
			return {
				reason: 'Siro did not answer in time',
				remedy: 'Try again later, ask for fewer records at once, or raise the timeout in Options.',
			};
		case 'ERR_CANCELED':
			return { reason: 'the execution was cancelled', remedy: 'Run the workflow again.' };
		default:
			return {
				reason: `the connection to Siro failed (${failure})`,
				remedy: 'Try again. If it persists, check the network between this n8n server and Siro.',
			};
	}
}

function describeKind(body: unknown): string {
	if (body === '' || body === undefined || body === null) return 'nothing';
	if (Array.isArray(body)) return 'a list';
	if (isHtml(body)) return describeAnswerBody(body);
	if (typeof body === 'string') return 'text that is not complete JSON';
	return typeof body === 'object' ? 'an object of another shape' : `a ${typeof body}`;
}
