import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

import type { Answer } from './answer';
import { describeAnswerBody, isHtml, redact } from './answerText';
import { secretsOf } from './credential';
import type { Explanation, Failure } from './failure';
import { beforeTryingAgain, explain } from './handling';

/** Not a class of its own, because n8n would name the error after it. */
const temporary = new WeakSet<Error>();

/** Whether what an error tells of may well succeed a little later. */
export function isTemporary(error: unknown): boolean {
	return error instanceof Error && temporary.has(error);
}

/**
 * The error for an answer that is not a success: what was attempted, what Siro said, what to do.
 * It carries neither the request nor its headers, so that no token can reach an execution's data.
 */
export function answerError(node: INode, failure: Failure, answer: Answer): NodeApiError {
	return buildError(node, failure, explain(answer, failure), answer.status);
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
		reason: `Siro’s answer is not in the documented format: expected ${expected}, got ${got}`,
		remedy: beforeTryingAgain(
			failure,
			'Try again in a few minutes. If it keeps happening, check the API URLs in the Siro credential: they may lead to something other than Siro.',
		),
		isTemporary: true,
	});
}

/** The error for a record that Siro does not have, when it says so without a 404. */
export function missingRecordError(node: INode, failure: Failure): NodeApiError {
	return answerError(node, failure, { status: 404, headers: {}, body: '' });
}

/** The error for a recording whose audio Siro does not give, and says why, perhaps. */
export function missingAudioError(node: INode, failure: Failure, said: unknown): NodeApiError {
	const why = describeAnswerBody(said, secretsOf(failure.credential));
	return buildError(node, failure, {
		reason: `Siro has no audio for this recording: ${why === '' ? 'it gave no reason' : why}`,
		remedy: 'Check in Siro whether the recording still has its audio.',
	});
}

/** The error for an answer that says that Siro did not do what it was asked to do. */
export function refusalError(node: INode, failure: Failure): NodeApiError {
	return buildError(node, failure, {
		reason: 'Siro answered that it did not do this',
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
			? explain(answer, failure, 'Siro’s file storage')
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
		remedy: 'Narrow the list with filters or a limit. If it keeps happening, report it to Siro.',
		isTemporary: true,
	});
}

/** The error that ends an execution which somebody stops. */
export class CanceledError extends NodeOperationError {}

/** n8n marks the execution as canceled when it finds that word, so spelt. */
export function canceledError(node: INode): CanceledError {
	return new CanceledError(node, 'The execution was canceled');
}

/** How every error begins: "Sync an appointment" → "Could not sync an appointment". */
export function couldNot(action: string): string {
	return `Could not ${action.charAt(0).toLowerCase()}${action.slice(1)}`;
}

function buildError(
	node: INode,
	{ attempt, credential }: Failure,
	{ reason, remedy, isTemporary }: Explanation,
	status?: number,
): NodeApiError {
	const secrets = secretsOf(credential);
	const message = redact(`${couldNot(attempt.action)}: ${reason}`, secrets);
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
	if (isTemporary) temporary.add(error);
	return error;
}

/** Source: https://cloud.google.com/storage/docs/xml-api/reference-status (status codes). */
function explainStorageStatus(status: number, body: unknown): Explanation {
	const code = typeof body === 'string' ? /<Code>(\w+)<\/Code>/.exec(body)?.[1] : undefined;
	const storageSaid = code === undefined ? '' : ` The storage said: ${code}.`;
	switch (status) {
		case 401:
		case 403:
			return {
				reason: 'Siro’s file storage did not accept the temporary address from Siro',
				remedy: `Such addresses are valid for a short time only. Run the item again. If it keeps happening, check whether a proxy changes the requests of this n8n server.${storageSaid}`,
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
						reason: `something went wrong inside Siro’s file storage (status ${status})`,
						remedy: `Try again in a few minutes.${storageSaid}`,
					}
				: {
						reason: `Siro’s file storage refused the file (status ${status})`,
						remedy: `Check that the file is complete, then run the item again.${storageSaid}`,
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
