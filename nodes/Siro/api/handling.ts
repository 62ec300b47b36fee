import { isSuccess, type Answer } from './answer';
import { describeAnswerBody, isHtml } from './answerText';
import { secretsOf } from './credential';
import type { Explanation, Failure } from './failure';
import type { SiroRequest } from './request';
import { isRefusal } from './shapes';

/** What we do about an answer that is not a success. */
interface Handling {
	/**
	 * Whether the request is sent again: `always` when Siro has certainly not carried it out,
	 * `ifHarmless` when that is not known and sending it twice does no harm; `later` when that is not
	 * known and only another execution may try again.
	 */
	repeat: 'always' | 'ifHarmless' | 'later' | 'never';
	/**
	 * Whether a batch is halved, because the answer may be about one of its records: `whileItHelps` when
	 * it may as well be Siro that is at fault.
	 */
	halve?: 'always' | 'whileItHelps';
	/** What the reader is told. */
	tell: (told: Told) => Explanation;
}

/** What there is to tell. */
interface Told {
	answer: Answer;
	failure: Failure;
	/** Who answered, or should have. */
	from: string;
	/** What was said, in one line, without secrets; may be empty. */
	said: string;
	/** The same as a sentence of its own. */
	siroSaid: string;
}

export const AGAINST_CLOUDFLARE =
	'Ask Siro to allow the address of your n8n server, and check whether a proxy changes its requests. If that does not help, try another User Agent in the Siro credential.';

const UNEXPECTED: Handling = { repeat: 'never', tell: tellUnexpected };

/** A status, the code of a failed connection, or a kind of answer that has no number of its own. */
type Kind = number | string;

/**
 * Each answer of Siro that is not a success, what we do about it, and why.
 *
 * Sources: the answers in Siro's OpenAPI documents, and those of Cloudflare, in front of Siro:
 * https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/
 */
const HANDLINGS: Array<[Kind[], Handling]> = [
	// The data is at fault. (200: a refusal that comes with a success, see `isRefusal`.)
	[[200], { repeat: 'never', tell: tellRejected }],
	[[400, 422], { repeat: 'never', halve: 'always', tell: tellRejected }],
	[[409], { repeat: 'never', halve: 'always', tell: tellConflict }],
	[[413], { repeat: 'never', halve: 'always', tell: tellUnexpected }],

	// The request is at fault. (401: it was tried with a new access token by then.)
	[[401], { repeat: 'never', tell: tellUnauthorized }],
	[[403], { repeat: 'never', tell: tellForbidden }],
	[['CLOUDFLARE_BLOCK'], { repeat: 'never', tell: tellBlocked }],
	[[404], { repeat: 'never', tell: tellMissing }],

	// Siro is busy or has trouble, and the next attempt may well succeed.
	// (429: it was not carried out; if the limit is the request's own, see `isHoldingBack`, it is given
	// up. 500: it may be one record of a batch at which Siro fails.)
	[[429], { repeat: 'always', tell: tellTooMany }],
	[[500], { repeat: 'ifHarmless', halve: 'whileItHelps', tell: tellTrouble }],
	[[408, 502, 503, 504, 520, 521, 522, 523, 524, 527], { repeat: 'ifHarmless', tell: tellTrouble }],
	[['SERVER_ERROR'], { repeat: 'later', tell: tellTrouble }],

	// The request has not got to Siro.
	[['ENOTFOUND', 'EAI_AGAIN'], { repeat: 'always', tell: tellNotFound }],
	[['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'], { repeat: 'always', tell: tellUnreachable }],

	// The answer broke off on its way, or there is none.
	[['CUT_SHORT', 'CONNECTION_FAILED'], { repeat: 'ifHarmless', tell: tellConnectionFailed }],
	[['ETIMEDOUT', 'ECONNABORTED'], { repeat: 'ifHarmless', tell: tellTimeout }],
	[['ERR_CANCELED'], { repeat: 'never', tell: tellCanceled }],

	// It was not sent: n8n refused, it would have come too late, or there is no token to send it with.
	[['NOT_SENT'], { repeat: 'never', tell: tellNotSent }],
	[['NO_TURN'], { repeat: 'always', tell: tellNoTurn }],
	[['NO_TOKEN'], { repeat: 'never', tell: tellNoToken }],
	[['NO_TOKEN_YET'], { repeat: 'always', tell: tellNoToken }],

	// What no document of Siro's names is not sent again.
	[['UNEXPECTED'], UNEXPECTED],
];

const BY_KIND = new Map<Kind, Handling>(
	HANDLINGS.flatMap(([kinds, handling]) => kinds.map((kind): [Kind, Handling] => [kind, handling])),
);

/** What is done about an answer; `undefined` for a success. */
export function handlingOf(answer: Answer): Handling | undefined {
	const kinds = kindsOf(answer);
	const known = kinds.find((kind) => BY_KIND.has(kind));
	return known === undefined ? undefined : BY_KIND.get(known);
}

/** Whether a batch is halved that got an error with this status. */
export function halvingFor(status: number): Handling['halve'] {
	return BY_KIND.get(status)?.halve;
}

/**
 * Whether Siro does not take any request with this token, or minted none for that reason. What limits
 * a request of its own kind says nothing about the token.
 */
export function isHoldingBack(answer: Answer, { limit }: Pick<SiroRequest, 'limit'>): boolean {
	if (answer.status === undefined) return answer.refusedToken?.isHeldBack === true;
	return answer.status === 429 && limit === undefined;
}

/** The handling's words for an answer. `from` is who answered, or should have. */
export function explain(answer: Answer, failure: Failure, from = 'the Siro API'): Explanation {
	const body = answer.status === undefined ? answer.failure : answer.body;
	const said = describeAnswerBody(body, secretsOf(failure.credential));
	const siroSaid = said === '' ? '' : ` Siro said: ${said}`;
	const { tell, repeat } = handlingOf(answer) ?? UNEXPECTED;
	const { reason, remedy } = tell({ answer, failure, from, said, siroSaid });
	const isUncertain = repeat === 'ifHarmless' || repeat === 'later';
	return {
		reason,
		remedy: isUncertain ? beforeTryingAgain(failure, remedy) : remedy,
		isTemporary: repeat !== 'never',
	};
}

/** The remedy when nobody knows whether Siro has done what was asked. */
export function beforeTryingAgain({ isOnceOnly }: Failure, remedy: string): string {
	return isOnceOnly ? `First check in Siro whether it was done anyway. ${remedy}` : remedy;
}

/** From what the answer is in particular to what it is in general. */
function kindsOf(answer: Answer): Kind[] {
	if (answer.status === undefined) {
		const isTemporary = answer.refusedToken?.isTemporary === true;
		return [isTemporary ? 'NO_TOKEN_YET' : answer.failureCode, 'CONNECTION_FAILED'];
	}
	const { status, body } = answer;
	if (isSuccess(answer)) {
		if (isRefusal(body)) return [200];
		return isCutShort(answer) ? ['CUT_SHORT'] : [];
	}
	if (status === 403 && isFromCloudflare(body)) return ['CLOUDFLARE_BLOCK'];
	return [status, status >= 500 ? 'SERVER_ERROR' : 'UNEXPECTED'];
}

/**
 * JSON that n8n could not parse arrives as text: an answer that was cut short on its way. It begins as
 * JSON does; what does not is a text that Siro meant, such as the confirmation of a deletion.
 */
function isCutShort({ headers, body }: Answer & { status: number }): boolean {
	const contentType = String(headers['content-type'] ?? '');
	return typeof body === 'string' && /^\s*[{["]/.test(body) && contentType.includes('json');
}

/** Whether Cloudflare refused it, and not Siro: a page, or the bare code of one. */
export function isFromCloudflare(body: unknown): boolean {
	return isHtml(body) || (typeof body === 'string' && /error code: 10\d\d/i.test(body));
}

function tellRejected({ said }: Told): Explanation {
	return {
		reason: `Siro rejected the data${afterColon(said)}`,
		remedy:
			said === ''
				? 'Check the values of this item, then run it again.'
				: 'Correct what Siro names above, then run this item again.',
	};
}

function tellConflict({ said }: Told): Explanation {
	return {
		reason: `it conflicts with what Siro already has${afterColon(said)}`,
		remedy: 'Get the current record from Siro and decide which version is right.',
	};
}

function tellUnauthorized({ failure: { surface, credential }, siroSaid }: Told): Explanation {
	if (credential.authentication === 'clientApp') {
		return {
			reason: 'Siro did not accept the client app’s token, not even a new one',
			remedy: `Check the API URLs in the Siro credential, and ask your Siro admin whether the client app may do this.${siroSaid}`,
		};
	}
	return surface === 'external'
		? {
				reason: 'Siro did not accept the organization token',
				remedy: `Check the Organization Token in the Siro credential. If it is wrong, an admin can create a new one in Siro: person icon → API Tokens.${siroSaid}`,
			}
		: {
				reason: 'Siro did not accept the user token, not even a new one',
				remedy: `Check the OAuth app and the Siro User ID in the Siro credential: the app may have been revoked, or the user disabled.${siroSaid}`,
			};
}

function tellForbidden({ failure: { surface, credential }, siroSaid }: Told): Explanation {
	const reason = 'Siro does not allow this';
	if (credential.authentication === 'clientApp') {
		return {
			reason,
			remedy: `Ask your Siro admin whether the client app may do this.${siroSaid}`,
		};
	}
	return {
		reason,
		remedy:
			surface === 'external'
				? `Ask your Siro admin whether this organization token may do this.${siroSaid}`
				: `The user token has the scope "${credential.scope}". Choose the scope Write in the Siro credential if this operation changes data, and check what the Siro user may see.${siroSaid}`,
	};
}

function tellBlocked({ siroSaid }: Told): Explanation {
	return {
		reason: 'Cloudflare, which protects Siro, blocked the request',
		remedy: `${AGAINST_CLOUDFLARE}${siroSaid}`,
	};
}

function tellMissing({ failure: { subject }, siroSaid }: Told): Explanation {
	return subject
		? {
				reason: `Siro has no ${subject.kind} with the ${subject.idName ?? 'ID'} "${subject.id}"`,
				remedy: `Check the ID: Siro’s own ID and the ID in your CRM are not the same.${siroSaid}`,
			}
		: {
				reason: 'Siro found nothing at this address',
				remedy: `Check the IDs that you entered, if any, and the API URLs in the Siro credential.${siroSaid}`,
			};
}

function tellTooMany({ failure: { limit } }: Told): Explanation {
	return {
		reason: 'Siro received too many requests with this token',
		remedy: `Siro allows 1,000 requests per minute for each token. Wait a minute, or run fewer workflows with this token at the same time.${limit === undefined ? '' : ` ${limit}`}`,
	};
}

function tellNoTurn(): Explanation {
	return {
		reason: 'there were too many requests for Siro’s limit, so this one was not sent in time',
		remedy:
			'Siro allows 1,000 requests per minute for each token. Run fewer workflows with this token at the same time, or raise Total Time in Options.',
	};
}

function tellTrouble({ answer, failure, siroSaid }: Told): Explanation {
	const compare =
		'If other records go in and this one does not, compare them: Siro cannot process something in this one. Otherwise, try again in a few minutes.';
	return {
		reason: `something went wrong inside Siro (status ${answer.status})`,
		remedy: `${failure.isHalf ? compare : 'Try again in a few minutes.'}${siroSaid}`,
	};
}

function tellUnexpected({ answer, siroSaid }: Told): Explanation {
	return {
		reason: `Siro returned an unexpected answer (status ${answer.status})`,
		remedy: `Check the API URLs in the Siro credential.${siroSaid}`,
	};
}

function tellNotFound({ from }: Told): Explanation {
	return {
		reason: `the address of ${from} could not be found`,
		remedy:
			'Check the API URLs in the Siro credential, and whether this n8n server can reach the internet.',
	};
}

function tellUnreachable({ from }: Told): Explanation {
	return {
		reason: `nothing answered at the address of ${from}`,
		remedy: 'Check firewalls and proxies, and the API URLs in the Siro credential.',
	};
}

function tellTimeout(): Explanation {
	return {
		reason: 'Siro did not answer in time',
		remedy:
			'Try again later, ask for fewer records at once, or raise Timeout and Total Time in Options.',
	};
}

/** n8n marks the execution as canceled when it finds that word, so spelt. */
function tellCanceled(): Explanation {
	return { reason: 'the execution was canceled', remedy: 'Run the workflow again.' };
}

function tellConnectionFailed({ answer, from, said }: Told): Explanation {
	const code = answer.status === undefined ? answer.failureCode : '';
	return {
		reason: `the connection to ${from} failed`,
		remedy: `Try again. If it keeps happening, check the network between this n8n server and Siro. Technical detail: ${said || code}`,
	};
}

/** The words for what n8n itself refused to send; `said` is what it said. */
export function tellNotSent({ said }: Pick<Told, 'said'>): Explanation {
	return {
		reason: `n8n did not send the request${afterColon(said)}`,
		remedy:
			'n8n itself refused, not Siro. Check the Siro credential (for example its allowed domains), and ask whoever runs your n8n.',
	};
}

/** The refusal has words of its own. */
function tellNoToken({ answer, said }: Told): Explanation {
	const refusal = answer.status === undefined ? answer.refusedToken : undefined;
	return { reason: refusal?.message ?? said, remedy: refusal?.description ?? '' };
}

function afterColon(said: string): string {
	return said === '' ? '' : `: ${said}`;
}
