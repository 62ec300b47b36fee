import type { IDataObject, IHttpRequestMethods } from 'n8n-workflow';

import type { Subject } from './failure';
import type { Surface } from './surfaces';

/** `undefined` and empty text are left out. */
type QueryValue = string | number | boolean | undefined | ReadonlyArray<string | number>;

/** What is asked of Siro. */
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
	/**
	 * Whether sending it twice does no harm. Default: for the idempotent methods GET, PUT, which Siro's
	 * syncs are, and DELETE (RFC 9110, 9.2.2): at worst Siro then says that there is no such record.
	 */
	repeatable?: boolean;
	/** What Siro allows of this request in particular, in words; for a 429. It is not repeated then. */
	limit?: string;
	/** A part of a batch that was answered as if one of its records were at fault. */
	isHalf?: boolean;
}

const IDEMPOTENT_METHODS = new Set<IHttpRequestMethods>(['GET', 'PUT', 'DELETE']);

/** Whether a request may be sent again when it is not known what came of it. */
export function isHarmlessTwice({
	method = 'GET',
	repeatable,
}: Pick<SiroRequest, 'method' | 'repeatable'>): boolean {
	return repeatable ?? IDEMPOTENT_METHODS.has(method);
}

/** The query as n8n's HTTP helpers take it. */
export function toQuery(query: SiroRequest['query'] = {}): IDataObject {
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
