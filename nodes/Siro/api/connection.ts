import {
	NodeOperationError,
	sleep,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
	type INode,
} from 'n8n-workflow';

import { isSuccess, toAnswer, toFailedAnswer, toTokenlessAnswer, type Answer } from './answer';
import { secretsOf, toSiroCredential, type SiroCredential } from './credential';
import { answerError } from './errors';
import type { Failure } from './failure';
import { requirePermission } from './permission';
import { reserveTurn } from './rateLimit';
import { isRepeatable, toQuery, type SiroRequest } from './request';
import { timeUntil, waitBeforeRepeating } from './retry';
import { isRefusal } from './shapes';
import { USER_AGENT, type Surface } from './surfaces';
import type { UserTokenError } from './userTokenError';

export interface ConnectionSettings {
	/** Per attempt, in milliseconds. */
	timeout: number;
	/** How often a request is sent at most, if it may be repeated. */
	maxAttempts: number;
	/** After how many milliseconds no further attempt is begun. */
	totalTime: number;
}

export const DEFAULT_SETTINGS: ConnectionSettings = {
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
		// A user token that is not for this user and scope is dropped, so that n8n mints one that is.
		const { accessToken } = toSiroCredential(data);
		return new SiroConnection(
			context,
			{ ...data, accessToken },
			{ ...DEFAULT_SETTINGS, ...settings },
		);
	}

	/** What Siro said to the OAuth app; further items need not ask again. */
	private refusedToken?: UserTokenError;

	private constructor(
		private readonly context: IAllExecuteFunctions,
		private readonly credentialData: ICredentialDataDecryptedObject,
		readonly settings: ConnectionSettings,
	) {}

	get node(): INode {
		return this.context.getNode();
	}

	/** The credential as it is now: a renewed user token shows at once. */
	get credential(): SiroCredential {
		return toSiroCredential(this.credentialData);
	}

	/** Sends a request, again if need be. Throws the `NodeApiError` of the last answer. */
	async send(request: SiroRequest, failure: Failure): Promise<unknown> {
		requirePermission(this.node, request, failure);
		const answer = await this.repeat(isRepeatable(request), async (deadline) => {
			await this.pause(reserveTurn(limitKey(failure)));
			return await this.sendOnce(request, timeUntil(deadline));
		});
		if (answer.status === undefined || !isSuccess(answer) || isRefusal(answer.body)) {
			throw answerError(this.node, failure, answer);
		}
		return answer.body;
	}

	/**
	 * Attempts something until it succeeds, may not be repeated, or the attempts or the time are used
	 * up. Gives the last answer.
	 */
	async repeat<A extends Answer>(
		isRepeatable: boolean,
		attemptOnce: (deadline: number) => Promise<A>,
	): Promise<A> {
		const deadline = Date.now() + this.settings.totalTime;
		for (let attempt = 1; ; attempt++) {
			const answer = await attemptOnce(deadline);
			const wait = waitBeforeRepeating(answer, attempt, isRepeatable);
			const mayRepeat = wait !== undefined && !this.isCancelled();
			if (!mayRepeat || attempt >= this.settings.maxAttempts || Date.now() + wait >= deadline) {
				return answer;
			}
			await this.pause(wait);
		}
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

	private async sendOnce(request: SiroRequest, timeLeft: number): Promise<Answer> {
		const { surface = 'external', method = 'GET', path, query, body } = request;
		const { credential } = this;
		const isPlatform = surface === 'platform';
		if (isPlatform && this.refusedToken) return toTokenlessAnswer(this.refusedToken);
		try {
			const response: unknown = await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				'siroApi',
				{
					method,
					url: `${isPlatform ? credential.platformApiUrl : credential.externalApiUrl}${path}`,
					qs: toQuery(query),
					arrayFormat: 'repeat',
					body,
					headers: { 'User-Agent': USER_AGENT },
					json: true,
					timeout: Math.min(this.settings.timeout, timeLeft),
					returnFullResponse: true,
					// n8n renews the user token when a 401 is thrown; all else is read here.
					ignoreHttpStatusErrors: isPlatform ? { ignore: true, except: [401] } : true,
				},
				{ credentialsDecrypted: this.credentialFor(surface) },
			);
			return toAnswer(response);
		} catch (error) {
			const answer = toFailedAnswer(error, secretsOf(this.credential));
			const { refusedToken } = answer.status === undefined ? answer : {};
			if (refusedToken && !refusedToken.isTemporary) this.refusedToken = refusedToken;
			return answer;
		}
	}

	/**
	 * What n8n authenticates with. For the external API the OAuth app is hidden from it, or it would
	 * mint a user token that nobody needs.
	 */
	private credentialFor(surface: Surface) {
		const data =
			surface === 'platform' ? this.credentialData : { ...this.credentialData, useOAuthApp: false };
		return { id: '', name: '', type: 'siroApi', data };
	}

	private isCancelled(): boolean {
		return this.cancelSignal()?.aborted === true;
	}

	private async pause(milliseconds: number): Promise<void> {
		if (milliseconds <= 0) return;
		try {
			await sleep(milliseconds, this.cancelSignal());
		} catch (error) {
			// n8n marks the execution as canceled when it finds that word, so spelt.
			throw new NodeOperationError(this.node, 'The execution was canceled', {
				description: error instanceof Error ? error.message : undefined,
			});
		}
	}
}

function limitKey({ surface, credential }: Failure): string {
	return surface === 'external'
		? `organization ${credential.organizationToken}`
		: `user ${credential.clientId} ${credential.userId}`;
}
