import type { IDataObject, INode } from 'n8n-workflow';

import { isRecord } from '../values/values';
import type { SiroConnection } from './connection';
import { tokenPurpose } from './credential';
import { malformedAnswerError, missingRecordError, refusalError } from './errors';
import type { Attempt, Failure } from './failure';
import { isHarmlessTwice, type SiroRequest } from './request';
import { readConfirmation, readList, readPage, readRecord, type Page } from './shapes';
import { SignedStorage } from './storage';

/**
 * Reads Siro's answers in the shapes that its API has, and refuses any other. Its errors tell what was
 * attempted, and for which item.
 */
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
	failure(request: Omit<SiroRequest, 'path'>): Failure {
		const { surface = 'external', subject, limit, isHalf } = request;
		const isOnceOnly = !isHarmlessTwice(request);
		const { credential } = this.connection;
		return { attempt: this.attempt, surface, subject, limit, isHalf, isOnceOnly, credential };
	}

	/** Whom Siro takes us for, as a fingerprint: for what is kept in memory. */
	get caller(): string {
		return tokenPurpose(this.connection.credential);
	}

	/** For n8n's log: what is no failure, and still worth knowing. */
	warn(text: string): void {
		this.connection.warn(text);
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
