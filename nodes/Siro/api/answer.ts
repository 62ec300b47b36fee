import { NodeApiError, UserError, type IDataObject } from 'n8n-workflow';

import { messageOf } from '../values/text';
import { isRecord } from '../values/values';
import { redact } from './answerText';
import { TokenError } from './tokenError';

/** What came of one request: Siro's response, or the reason why there is none. */
export type Answer =
	| { status: number; headers: IDataObject; body: unknown }
	| { status: undefined; failureCode: string; failure: string; refusedToken?: TokenError };

/** Whether Siro says that it went well. */
export function isSuccess({ status }: Answer): boolean {
	return status !== undefined && isSuccessStatus(status);
}

function isSuccessStatus(status: number): boolean {
	return status >= 200 && status < 300;
}

/** What n8n's HTTP helpers give for an answered request, with `returnFullResponse`. */
export function toAnswer(response: unknown): Answer {
	if (isRecord(response) && typeof response.statusCode === 'number') {
		const headers = isRecord(response.headers) ? response.headers : {};
		return { status: response.statusCode, headers, body: response.body };
	}
	return { status: undefined, failureCode: 'UNKNOWN', failure: 'n8n returned no response' };
}

/**
 * n8n wraps what went wrong in an error that holds the whole request, token included. Only the
 * status, the code and the text are taken out of it.
 */
export function toFailedAnswer(error: unknown, secrets: string[]): Answer {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	if (cause instanceof TokenError) return toTokenlessAnswer(cause);
	const status = statusOf(error) ?? statusOf(cause);
	const text = redact(messageOf(cause), secrets);
	// A success is never thrown, unless the connection was cut in the middle of the answer.
	const isWholeAnswer = status !== undefined && !isSuccessStatus(status);
	if (isWholeAnswer) return { status, headers: {}, body: text };
	const code = codeOf(cause) ?? codeOf(error);
	const failureCode = code ?? (isRefusedByN8n(error) ? 'NOT_SENT' : '');
	return { status: undefined, failureCode, failure: text };
}

/**
 * What n8n does not want to send fails with an error of n8n's, or before axios, its HTTP library, has
 * a part in it. (n8n wraps in a `NodeApiError` what goes wrong between our call and the network.)
 */
function isRefusedByN8n(error: unknown): boolean {
	const causes = causesOf(error);
	if (causes.some((cause) => cause instanceof UserError)) return true;
	return error instanceof NodeApiError && !causes.some((cause) => 'isAxiosError' in cause);
}

function causesOf(error: unknown): Error[] {
	return error instanceof Error ? [error, ...causesOf(error.cause)] : [];
}

/** The answer to a request that was not sent, because its turn would have come too late. */
export const NO_TURN: Answer = { status: undefined, failureCode: 'NO_TURN', failure: '' };

/** The answer to a request that was not sent, because there is no token to send it with. */
export function toTokenlessAnswer(refusedToken: TokenError): Answer {
	const { message: failure } = refusedToken;
	return { status: undefined, failureCode: 'NO_TOKEN', failure, refusedToken };
}

function statusOf(error: unknown): number | undefined {
	if (typeof error !== 'object' || error === null || !('httpCode' in error)) return undefined;
	const status = Number(error.httpCode);
	return Number.isInteger(status) && status >= 100 ? status : undefined;
}

function codeOf(error: unknown): string | undefined {
	if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
	return typeof error.code === 'string' ? error.code : undefined;
}
