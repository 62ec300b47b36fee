import {
	NodeOperationError,
	sleep,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestMethods,
	type IHttpRequestOptions,
	type INode,
} from 'n8n-workflow';

import { isRecord } from '../values/values';
import {
	isRefusal,
	readConfirmation,
	readList,
	readPage,
	readRecord,
	type Answer,
	type Page,
} from './answer';
import { isUsableBase, secretsOf, toSiroCredential, type SiroCredential } from './credential';
import {
	answerError,
	credentialError,
	malformedAnswerError,
	missingRecordError,
	refusalError,
	type Attempt,
	type Failure,
	type Subject,
} from './errors';
import { reserveTurn } from './rateLimit';
import { isSuccess, toAnswer, toFailedAnswer, toTokenlessAnswer } from './response';
import { timeUntil, waitBeforeRepeating } from './retry';
import { SignedStorage } from './storage';
import type { Surface } from './surfaces';
import { USER_AGENT } from './userAgent';
import type { UserTokenError } from './userTokenError';

/** `undefined` and empty text are left out. */
type QueryValue = string | number | boolean | undefined | ReadonlyArray<string | number>;

export interface SiroRequest {
	/** Default: the external API, with the organization token. */
	surface?: Surface;
	/** Default: GET. */
	method?: IHttpRequestMethods;
	/** Below the base URL, made with the template tag of `path.ts`. */
	path: string;
	/** Flags are sent as the strings `true` and `false`; a list as one parameter per value. */
	query?: Record<string, QueryValue>;
	body?: object;
	/** Where the records of a page stand inside `data`, if `data` is not the list itself. */
	listName?: string;
	/** The record that a 404 is about. */
	subject?: Subject;
	/** Whether sending it twice does no harm. Default: GET and PUT, which Siro's syncs are. */
	repeatable?: boolean;
	/** What Siro allows of this request in particular, in words; for a 429. */
	limit?: string;
}

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

	/** A client whose errors tell what was attempted, and for which item. */
	client(attempt: Attempt): SiroClient {
		return new SiroClient(this, attempt);
	}

	/** Sends a request, again if need be. Throws the `NodeApiError` of the last answer. */
	async send(request: SiroRequest, failure: Failure): Promise<unknown> {
		this.refuseUnusableAddresses(failure);
		this.refuseWithoutPermission(request, failure);
		const { method = 'GET', repeatable = method === 'GET' || method === 'PUT' } = request;
		const answer = await this.repeat(repeatable, async (deadline) => {
			await this.pause(reserveTurn(this.limitKey(failure)));
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
			const wait = waitBeforeRepeating(answer, attempt);
			// Without a user token nothing was sent, so nothing is repeated.
			const isSafe = isRepeatable || ('refusedToken' in answer && answer.refusedToken);
			const mayRepeat = isSafe && wait !== undefined && !this.isCancelled();
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

	/** Both, because user tokens are minted at the external API. */
	private refuseUnusableAddresses(failure: Failure) {
		const { externalApiUrl, platformApiUrl } = this.credential;
		const unusable = [
			isUsableBase(externalApiUrl) ? '' : 'External API URL',
			isUsableBase(platformApiUrl) ? '' : 'Platform API URL',
		].filter((name) => name !== '');
		if (unusable.length === 0) return;
		throw credentialError(
			this.node,
			failure,
			`the ${unusable.join(' and the ')} in the Siro credential cannot be used`,
			'It must begin with "https://" and have neither "?", "#" nor a user name and password. Clear the field to use Siro’s own address.',
		);
	}

	private refuseWithoutPermission({ surface, method = 'GET' }: SiroRequest, failure: Failure) {
		if (surface !== 'platform') return;
		const { useOAuthApp, scope } = this.credential;
		if (!useOAuthApp) {
			throw credentialError(
				this.node,
				failure,
				'Siro offers this to users only, and the Siro credential has an organization token only',
				'In the Siro credential, switch "Use an OAuth App" on and fill in Client ID, Client Secret and Siro User ID. The Siro node creates the app once: resource OAuth App, operation Create.',
			);
		}
		if (scope === 'read' && method !== 'GET') {
			throw credentialError(
				this.node,
				failure,
				'Siro wants the scope Write for this, and the Siro credential has the scope Read',
				'In the Siro credential, choose the scope Write.',
			);
		}
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

	private limitKey({ surface, credential }: Failure): string {
		return surface === 'external'
			? `organization ${credential.organizationToken}`
			: `user ${credential.clientId} ${credential.userId}`;
	}

	private isCancelled(): boolean {
		return this.cancelSignal()?.aborted === true;
	}

	private async pause(milliseconds: number): Promise<void> {
		if (milliseconds <= 0) return;
		const signal = this.cancelSignal();
		try {
			await sleep(milliseconds, signal);
		} catch (error) {
			// n8n marks the execution as canceled when it finds that word, so spelt.
			throw new NodeOperationError(this.node, 'The execution was canceled', {
				description: error instanceof Error ? error.message : undefined,
			});
		}
	}

	cancelSignal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.context
			? this.context.getExecutionCancelSignal()
			: undefined;
	}
}

/** Reads Siro's answers in the shapes that its API has, and refuses any other. */
export class SiroClient {
	constructor(
		private readonly connection: SiroConnection,
		private readonly attempt: Attempt,
	) {}

	/** One record, without the `data` wrapper that some endpoints add. */
	async record(request: SiroRequest): Promise<IDataObject> {
		return await this.read(request, readRecord, 'one record');
	}

	/** A list that comes in one piece. */
	async list(request: SiroRequest): Promise<IDataObject[]> {
		return await this.read(request, readList, 'a list of records');
	}

	/** One page of a list; `pagination.ts` goes through all of them. */
	async page(request: SiroRequest): Promise<Page> {
		const reader = (body: unknown) => readPage(body, request.listName);
		return await this.read(request, reader, 'a page of records');
	}

	/** A request that Siro answers with whether it did it. Throws when it did not. */
	async confirm(request: SiroRequest): Promise<void> {
		const isDone = await this.read(request, readConfirmation, 'whether it was done');
		if (!isDone) throw refusalError(this.node, this.failure(request));
	}

	/** A request whose answer carries nothing of use. */
	async acknowledge(request: SiroRequest): Promise<void> {
		await this.connection.send(request, this.failure(request));
	}

	/** The files behind the addresses that Siro signs. */
	get storage(): SignedStorage {
		return new SignedStorage(this.connection, this.failure({ surface: 'platform' }));
	}

	/** For errors that are found outside this class. */
	failure({
		surface = 'external',
		subject,
		limit,
	}: Pick<SiroRequest, 'surface' | 'subject' | 'limit'>): Failure {
		const { credential } = this.connection;
		return { attempt: this.attempt, surface, subject, limit, credential };
	}

	get node(): INode {
		return this.connection.node;
	}

	private async read<T>(
		request: SiroRequest,
		reader: (body: unknown) => T | undefined,
		expected: string,
	): Promise<T> {
		const failure = this.failure(request);
		const body = await this.connection.send(request, failure);
		const content = reader(body);
		if (content !== undefined) return content;
		// How the single GETs of the integrations may say that there is none: `data` is nullable there.
		if (request.subject && isRecord(body) && body.data === null) {
			throw missingRecordError(this.node, failure);
		}
		throw malformedAnswerError(this.node, failure, body, expected);
	}
}

function toQuery(query: SiroRequest['query'] = {}): IDataObject {
	return Object.fromEntries(
		Object.entries(query)
			.filter(([, value]) => value !== undefined && value !== '')
			.map(([name, value]) => [
				name,
				Array.isArray(value) ? value.map(toQueryText) : toQueryText(value),
			]),
	);
}

/** Of half a character (a lone surrogate), n8n's encoder would make another one. */
function toQueryText(value: unknown): string {
	return String(value).replace(/\p{Surrogate}/gu, '\ufffd');
}
