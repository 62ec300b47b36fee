import {
	NodeOperationError,
	sleep,
	type IAllExecuteFunctions,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IHttpRequestMethods,
	type INode,
} from 'n8n-workflow';

import { isRecord, readList, readPage, readRecord, type Answer, type Page } from './answer';
import { secretsOf, toSiroCredential, type SiroCredential } from './credential';
import {
	answerError,
	credentialError,
	malformedAnswerError,
	type Attempt,
	type Failure,
	type Subject,
} from './errors';
import { redact } from './answerText';
import { reserveTurn } from './rateLimit';
import { waitBeforeRepeating } from './retry';
import type { Surface } from './surfaces';
import { USER_AGENT } from './userAgent';

export interface SiroRequest {
	/** Default: the external API, with the organization token. */
	surface?: Surface;
	/** Default: GET. */
	method?: IHttpRequestMethods;
	/** Below the base URL, made with the template tag of `path.ts`. */
	path: string;
	/** Flags are sent as the strings `true` and `false`; `undefined` is left out. */
	query?: Record<string, string | number | boolean | undefined>;
	body?: object;
	/** The record that a 404 is about. */
	subject?: Subject;
	/** Whether sending it twice does no harm. Default: GET and PUT, which Siro's syncs are. */
	repeatable?: boolean;
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
		const data = await context.getCredentials('siroApi');
		return new SiroConnection(context, data, { ...DEFAULT_SETTINGS, ...settings });
	}

	private constructor(
		private readonly context: IAllExecuteFunctions,
		private readonly credentialData: ICredentialDataDecryptedObject,
		private readonly settings: ConnectionSettings,
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

	/**
	 * Sends a request until it succeeds, may not be repeated, or the attempts or the time are used up.
	 * Throws the `NodeApiError` of the last answer.
	 */
	async send(request: SiroRequest, failure: Failure): Promise<unknown> {
		this.refuseWithoutPermission(request, failure);
		const { method = 'GET', repeatable = method === 'GET' || method === 'PUT' } = request;
		const deadline = Date.now() + this.settings.totalTime;

		for (let attempt = 1; ; attempt++) {
			await this.pause(reserveTurn(this.limitKey(failure)));
			const answer = await this.sendOnce(request, Math.max(1, deadline - Date.now()));
			const wait = waitBeforeRepeating(answer, attempt);
			const mayRepeat = repeatable && wait !== undefined && !this.isCancelled();
			if (!mayRepeat || attempt >= this.settings.maxAttempts || Date.now() + wait >= deadline) {
				if (answer.status === undefined || answer.status < 200 || answer.status >= 300) {
					throw answerError(this.node, failure, answer);
				}
				return answer.body;
			}
			await this.pause(wait);
		}
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
				'it changes data, and the Siro credential may only read',
				'In the Siro credential, choose the scope Write.',
			);
		}
	}

	private async sendOnce(request: SiroRequest, timeLeft: number): Promise<Answer> {
		const { surface = 'external', method = 'GET', path, query, body } = request;
		const { credential } = this;
		const isPlatform = surface === 'platform';
		try {
			const response: unknown = await this.context.helpers.httpRequestWithAuthentication.call(
				this.context,
				'siroApi',
				{
					method,
					url: `${isPlatform ? credential.platformApiUrl : credential.externalApiUrl}${path}`,
					qs: toQuery(query),
					body,
					headers: { 'User-Agent': USER_AGENT },
					json: true,
					timeout: Math.min(this.settings.timeout, timeLeft),
					// Siro does not redirect; following one could carry a token to another host.
					disableFollowRedirect: true,
					returnFullResponse: true,
					// n8n renews the user token when a 401 is thrown; all else is read here.
					ignoreHttpStatusErrors: isPlatform ? { ignore: true, except: [401] } : true,
				},
				{ credentialsDecrypted: this.credentialFor(surface) },
			);
			return toAnswer(response);
		} catch (error) {
			return toFailedAnswer(error, secretsOf(this.credential));
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
			throw new NodeOperationError(this.node, 'The execution was cancelled', {
				description: error instanceof Error ? error.message : undefined,
			});
		}
	}

	private cancelSignal(): AbortSignal | undefined {
		return 'getExecutionCancelSignal' in this.context
			? this.context.getExecutionCancelSignal()
			: undefined;
	}
}

/** Reads Siro's answers in the four shapes that its API has, and refuses any other. */
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
		return await this.read(request, readPage, 'a page of records');
	}

	/** A request whose answer carries nothing of use. */
	async acknowledge(request: SiroRequest): Promise<void> {
		await this.connection.send(request, this.failure(request));
	}

	/** For errors that are found outside this class. */
	failure({ surface = 'external', subject }: Pick<SiroRequest, 'surface' | 'subject'>): Failure {
		return { attempt: this.attempt, surface, subject, credential: this.connection.credential };
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
		if (content === undefined) throw malformedAnswerError(this.node, failure, body, expected);
		return content;
	}
}

function toQuery(query: SiroRequest['query'] = {}): IDataObject {
	return Object.fromEntries(
		Object.entries(query)
			.filter(([, value]) => value !== undefined && value !== '')
			.map(([name, value]) => [name, String(value)]),
	);
}

function toAnswer(response: unknown): Answer {
	if (isRecord(response) && typeof response.statusCode === 'number') {
		const headers = isRecord(response.headers) ? response.headers : {};
		return { status: response.statusCode, headers, body: response.body };
	}
	return { status: undefined, failureCode: 'UNKNOWN', failure: 'n8n gave no response' };
}

/**
 * n8n wraps what went wrong in an error that holds the whole request, token included. Only the
 * status, the code and the text are taken out of it.
 */
function toFailedAnswer(error: unknown, secrets: string[]): Answer {
	const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
	const status = statusOf(error) ?? statusOf(cause);
	const text = redact(cause instanceof Error ? cause.message : String(cause), secrets);
	if (status !== undefined) return { status, headers: {}, body: text };
	return { status: undefined, failureCode: codeOf(cause) ?? codeOf(error) ?? '', failure: text };
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
