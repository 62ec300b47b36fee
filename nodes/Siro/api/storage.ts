import type {
	BinaryHelperFunctions,
	IBinaryData,
	IDataObject,
	IHttpRequestOptions,
} from 'n8n-workflow';

import { isRecord } from '../values/values';
import { isSuccess, toAnswer, toFailedAnswer, type Answer } from './answer';
import type { SiroConnection } from './connection';
import { malformedAnswerError, storageError } from './errors';
import type { Failure } from './failure';
import { timeUntil } from './retry';

/** The content of a file: a stream, or all of it where n8n keeps files in memory. */
export type FileContent = Parameters<BinaryHelperFunctions['prepareBinaryData']>[0];

/** A file to send. It is opened anew for each attempt, so that it can be sent again. */
export interface StoredFile {
	/** In bytes. */
	size: number;
	open(): Promise<FileContent>;
}

/** Takes the content of a file in, and gives n8n's reference to it. */
export type ReceiveFile = (content: FileContent, contentType: string) => Promise<IBinaryData>;

type Download = Answer & { file?: IBinaryData };

/** A proxy's page, or the storage's own words, is no recording. */
const NOT_A_RECORDING = /^(text\/|application\/(json|xml|xhtml))/;

/**
 * Siro's file storage (Google Cloud Storage), at addresses that Siro has signed. What stands in
 * their query is a secret, and the tokens are none of the storage's business: no credential is
 * used, no redirect is followed, and no address is told in an error. Files are streamed.
 */
export class SignedStorage {
	constructor(
		private readonly connection: SiroConnection,
		private readonly failure: Failure,
	) {}

	/** Fetches a file, from the beginning again when the connection breaks. */
	async download(signedUrl: unknown, receive: ReceiveFile): Promise<IBinaryData> {
		const url = this.toUrl(signedUrl);
		const answer = await this.connection.repeat(
			{ repeatable: true },
			async (deadline) => await this.fetchOnce(url, deadline, receive),
		);
		if (answer.file === undefined) {
			throw storageError(this.connection.node, this.failure, answer);
		}
		return answer.file;
	}

	/** Brings a file there, with the headers that are part of the signature. */
	async upload(signedUrl: unknown, headers: unknown, file: StoredFile): Promise<void> {
		const url = this.toUrl(signedUrl);
		if (!isRecord(headers)) throw this.malformed(headers, 'the headers of an upload');
		const answer = await this.connection.repeat(
			{ repeatable: true },
			async (deadline) =>
				await this.send(url, deadline, async () => ({
					method: 'PUT',
					// A stream has no length of its own.
					headers: { ...headers, 'Content-Length': file.size },
					body: await file.open(),
					// The answer comes when all of the file has arrived.
					timeout: timeUntil(deadline),
				})),
		);
		if (!isSuccess(answer)) throw storageError(this.connection.node, this.failure, answer);
	}

	private async fetchOnce(url: URL, deadline: number, receive: ReceiveFile): Promise<Download> {
		const answer = await this.send(url, deadline, async () => ({ encoding: 'stream' }));
		if (answer.status === undefined) return answer;
		const { status, headers, body: content } = answer;
		if (!isFileContent(content)) throw this.malformed(content, 'a file');
		if (!isSuccess(answer)) {
			discard(content);
			return { status, headers, body: undefined };
		}
		const contentType = String(headers['content-type'] ?? '');
		if (NOT_A_RECORDING.test(contentType)) {
			discard(content);
			throw this.malformed(content, 'an audio file', `a file of the type "${contentType}"`);
		}
		try {
			return { status, headers, body: undefined, file: await receive(content, contentType) };
		} catch (error) {
			return this.toFailedAnswer(error, url);
		}
	}

	private async send(
		url: URL,
		deadline: number,
		prepare: () => Promise<Partial<IHttpRequestOptions> & { headers?: IDataObject }>,
	): Promise<Answer> {
		try {
			const { headers, ...options } = await prepare();
			const response = await this.connection.sendWithoutCredential({
				url: url.href,
				headers: { ...headers, 'User-Agent': this.connection.credential.userAgent },
				timeout: Math.min(this.connection.settings.timeout, timeUntil(deadline)),
				// Without it, a file that stops coming in the middle would be waited for forever.
				abortSignal: this.endSignal(deadline),
				disableFollowRedirect: true,
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				...options,
			});
			return toAnswer(response);
		} catch (error) {
			return this.toFailedAnswer(error, url);
		}
	}

	/** Ends a transfer when the execution is cancelled, or when the time is up. */
	private endSignal(deadline: number): AbortSignal {
		const timeIsUp = AbortSignal.timeout(timeUntil(deadline));
		const isCancelled = this.connection.cancelSignal();
		return isCancelled ? AbortSignal.any([isCancelled, timeIsUp]) : timeIsUp;
	}

	private toFailedAnswer(error: unknown, url: URL): Answer {
		const answer = toFailedAnswer(error, secretsIn(url));
		const isAborted = answer.status === undefined && answer.failureCode === 'ERR_CANCELED';
		const isCancelled = this.connection.cancelSignal()?.aborted === true;
		return isAborted && !isCancelled ? { ...answer, failureCode: 'ETIMEDOUT' } : answer;
	}

	/** Siro signs `https` addresses; a Siro that is reached without (in tests) may sign others. */
	private toUrl(signedUrl: unknown): URL {
		const url = typeof signedUrl === 'string' && URL.canParse(signedUrl) && new URL(signedUrl);
		const isSafe = url && (url.protocol === 'https:' || url.protocol === this.siroProtocol);
		if (!isSafe) {
			const got = typeof signedUrl === 'string' ? 'another text' : undefined;
			throw this.malformed(signedUrl, 'a signed https address', got);
		}
		return url;
	}

	private get siroProtocol(): string {
		return new URL(this.failure.credential.platformApiUrl).protocol;
	}

	private malformed(body: unknown, expected: string, got?: string) {
		return malformedAnswerError(this.connection.node, this.failure, body, expected, got);
	}
}

function isFileContent(value: unknown): value is FileContent {
	return Buffer.isBuffer(value) || (isRecord(value) && typeof value.pipe === 'function');
}

/** Frees the connection. */
function discard(content: FileContent): void {
	if (!Buffer.isBuffer(content)) content.destroy();
}

function secretsIn({ href, search, searchParams }: URL): string[] {
	return [href, search, ...searchParams.values()].filter((text) => text.length > 3);
}
