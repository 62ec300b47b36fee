import {
	sleep,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type INode,
} from 'n8n-workflow';

import {
	isSuccess,
	NO_TURN,
	toAnswer,
	toFailedAnswer,
	toTokenlessAnswer,
	type Answer,
} from './answer';
import {
	needsAccessToken,
	secretsOf,
	tokenPurpose,
	toSiroCredential,
	type SiroCredential,
} from './credential';
import { answerError, canceledError } from './errors';
import type { Failure } from './failure';
import { forgetToken, newerToken, rememberToken } from './newestTokens';
import { requirePermission } from './permission';
import { tokenLimit, type TokenLimit, type Turn } from './rateLimit';
import { toQuery, type SiroRequest } from './request';
import { timeUntil, waitBeforeRepeating, type Repeatable } from './retry';
import { isRefusal } from './shapes';
import type { TokenError } from './tokenError';
import type { AccessToken } from './tokenLifetime';

export interface ConnectionSettings {
	/** Per attempt, in milliseconds. */
	timeout: number;
	/** How often a request is sent at most, if it may be repeated. */
	maxAttempts: number;
	/** After how many milliseconds no further attempt begins, even if none had its turn yet. */
	totalTime: number;
	/**
	 * A moment, as `Date.now()` counts, by which all must be over, even the wait for a turn: for who has
	 * to answer somebody else by then.
	 */
	deadline?: number;
}

/** An attempt that would have less time than this is not begun. */
const SHORTEST_ATTEMPT_MS = 1_000;

const DEFAULT_SETTINGS: ConnectionSettings = {
	timeout: 60_000,
	maxAttempts: 5,
	totalTime: 300_000,
};

/**
 * Siro, as one node execution sees it: the credential is decrypted once, and every request goes
 * through n8n's `httpRequestWithAuthentication`, paced below Siro's limit and repeated where safe.
 */
export class SiroConnection {
	static async open(
		context: IAllExecuteFunctions,
		settings: Partial<ConnectionSettings> = {},
	): Promise<SiroConnection> {
		return SiroConnection.with(await context.getCredentials('siroApi'), context, settings);
	}

	/** For a credential that was read before: reading it takes n8n some time. */
	static with(
		data: ICredentialDataDecryptedObject,
		context: IAllExecuteFunctions,
		settings: Partial<ConnectionSettings> = {},
	): SiroConnection {
		const id = context.getNode().credentials?.siroApi?.id ?? '';
		return new SiroConnection(context, { ...data, id }, { ...DEFAULT_SETTINGS, ...settings });
	}

	/** Why there is no access token; further items need not ask again. */
	private refusedToken?: TokenError;

	private readonly usedTokens = new Set<string>();

	private constructor(
		private readonly context: IAllExecuteFunctions,
		private readonly credentialData: ICredentialDataDecryptedObject,
		readonly settings: ConnectionSettings,
	) {}

	get node(): INode {
		return this.context.getNode();
	}

	/** For n8n's log. */
	warn(text: string): void {
		this.context.logger.warn(`"${this.node.name}" ${text}`);
	}

	/** The credential as it is now: a renewed access token shows at once. */
	get credential(): SiroCredential {
		const credential = toSiroCredential(this.credentialData);
		for (const token of credential.usedTokens) this.usedTokens.add(token);
		return { ...credential, usedTokens: this.usedTokens };
	}

	/**
	 * Sends a request, again if need be. Throws the `NodeApiError` of the last answer, or the error that
	 * says that the execution was canceled.
	 */
	async send(request: SiroRequest, failure: Failure): Promise<unknown> {
		requirePermission(this.node, request, failure);
		const attempt = async (deadline: number) => await this.sendInTurn(request, failure, deadline);
		const answer = (await this.repeat(request, attempt)) ?? NO_TURN;
		if (answer.status !== undefined && isSuccess(answer) && !isRefusal(answer.body)) {
			return answer.body;
		}
		this.stopIfCanceled();
		throw answerError(this.node, failure, answer);
	}

	/**
	 * Attempts something until it succeeds, may not be repeated, or the attempts or the time are used
	 * up. Gives the last answer; `undefined` if it could not even be attempted in time.
	 */
	async repeat<A extends Answer | undefined>(
		request: Repeatable,
		attemptOnce: (deadline: number) => Promise<A>,
	): Promise<A> {
		const { maxAttempts, totalTime, deadline: latest = Infinity } = this.settings;
		const deadline = Math.min(Date.now() + totalTime, latest);
		let last: A | undefined;
		for (let attempt = 1; ; attempt++) {
			const answer = await attemptOnce(deadline);
			if (answer === undefined) return last ?? answer;
			const wait = waitBeforeRepeating(answer, attempt, maxAttempts, request);
			const isTooLate = wait === undefined || Date.now() + wait > deadline - SHORTEST_ATTEMPT_MS;
			if (isTooLate || this.isCanceled()) return answer;
			last = answer;
			await this.pause(wait);
		}
	}

	/** For work that consists of several requests, before it goes on. */
	stopIfCanceled(): void {
		if (this.isCanceled()) throw canceledError(this.node);
	}

	/** A request without any credential: for addresses that Siro has signed. */
	async sendWithoutCredential(options: IHttpRequestOptions): Promise<unknown> {
		return await this.context.helpers.httpRequest(options);
	}

	cancelSignal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.context
			? this.context.getExecutionCancelSignal()
			: undefined;
	}

	/**
	 * Sends a request when Siro's limit lets it, or gives `undefined` if that would be too late. The time
	 * that is left for the answer does not run while the request waits for its turn.
	 */
	private async sendInTurn(
		request: SiroRequest,
		{ surface, credential }: Failure,
		deadline: number,
	): Promise<Answer | undefined> {
		const isTokenMissing = needsAccessToken(credential, surface) && this.refusedToken;
		if (isTokenMissing) return toTokenlessAnswer(isTokenMissing);
		const { timeout, deadline: latest = Infinity } = this.settings;
		const timeLeft = timeUntil(deadline);
		const limit = tokenLimit(credential, surface);
		const turn = await this.waitForTurn(limit, Math.min(deadline, latest - SHORTEST_ATTEMPT_MS));
		if (turn === undefined) return undefined;
		const longest = Math.min(timeout, timeLeft, timeUntil(latest));
		const answer = needsAccessToken(credential, surface)
			? await this.sendWithAccessToken(request, longest)
			: // Without the OAuth app, or n8n would mint a user token that nobody needs.
				await this.sendOnce(request, longest, { ...this.credentialData, useOAuthApp: false });
		limit.end(turn, answer, request);
		return answer;
	}

	private async waitForTurn(limit: TokenLimit, deadline: number): Promise<Turn | undefined> {
		for (;;) {
			const turn = limit.reserve(deadline);
			if (turn === undefined) return undefined;
			try {
				await this.pause(turn.at - Date.now());
			} finally {
				if (this.isCanceled()) limit.giveBack(turn);
			}
			if (limit.begin(turn)) return turn;
		}
	}

	/**
	 * With the newest token that is known. n8n is handed an empty one when there is none, or it is over,
	 * and then mints, stores and uses a new one; so also when Siro refuses one that may have been
	 * revoked.
	 */
	private async sendWithAccessToken(request: SiroRequest, timeout: number): Promise<Answer> {
		for (;;) {
			const isNew = !this.useNewestToken();
			const data = { ...this.credentialData };
			const answer = await this.sendOnce(request, timeout, data);
			const used = toSiroCredential(data);
			for (const token of used.usedTokens) this.usedTokens.add(token);
			if (answer.status !== 401) {
				if (used.accessToken !== '') this.keepToken(used);
				return answer;
			}
			this.dropToken(used);
			if (isNew) return answer;
		}
	}

	/** Gives whether there is a token that holds. */
	private useNewestToken(): boolean {
		const { credential } = this;
		const newest = newerToken(credential) ?? credential;
		this.setToken(newest);
		return newest.accessToken !== '';
	}

	/** Unless a newer one has come meanwhile. */
	private keepToken(used: SiroCredential): void {
		if (newerToken(used)) return;
		rememberToken(used, used);
		this.setToken(used);
	}

	private setToken({ accessToken, expiresAt }: AccessToken): void {
		const mintedFor = tokenPurpose(this.credential);
		Object.assign(this.credentialData, { accessToken, expiresAt, mintedFor });
	}

	/** It may be another that is in use by now. */
	private dropToken(refused: SiroCredential): void {
		forgetToken(refused);
		if (this.credential.accessToken === refused.accessToken) this.credentialData.accessToken = '';
	}

	/** It does not throw: whatever goes wrong is an answer, too. */
	private async sendOnce(
		request: SiroRequest,
		timeout: number,
		data: ICredentialDataDecryptedObject,
	): Promise<Answer> {
		const { surface = 'external', method = 'GET', path, query, body } = request;
		const { externalApiUrl, platformApiUrl, userAgent } = this.credential;
		try {
			const response: unknown = await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				'siroApi',
				{
					method,
					url: `${surface === 'platform' ? platformApiUrl : externalApiUrl}${path}`,
					qs: toQuery(query),
					arrayFormat: 'repeat',
					body,
					headers: { 'User-Agent': userAgent },
					json: true,
					timeout,
					returnFullResponse: true,
					ignoreHttpStatusErrors: true,
				},
				{ credentialsDecrypted: { id: '', name: '', type: 'siroApi', data } },
			);
			return toAnswer(response);
		} catch (error) {
			const answer = toFailedAnswer(error, secretsOf(toSiroCredential(data)));
			const { refusedToken } = answer.status === undefined ? answer : {};
			if (refusedToken && !refusedToken.isTemporary) this.refusedToken = refusedToken;
			return answer;
		}
	}

	private isCanceled(): boolean {
		return this.cancelSignal()?.aborted === true;
	}

	private async pause(milliseconds: number): Promise<void> {
		this.stopIfCanceled();
		if (milliseconds <= 0) return;
		try {
			await sleep(milliseconds, this.cancelSignal());
		} catch {
			throw canceledError(this.node);
		}
	}
}
