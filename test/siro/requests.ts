import type { NextFunction, Request, Response } from 'express';

export type SurfaceName = 'external' | 'platform' | 'storage' | 'auth';

/** A request as it arrived, and the status it was answered with. */
export interface RecordedRequest {
	surface: SurfaceName;
	method: string;
	/** Without the base of the API and without the query. */
	path: string;
	query: Record<string, unknown>;
	headers: Request['headers'];
	body: unknown;
	/** `null` until it is answered, and for ever when the connection was cut. */
	status: number | null;
	at: Date;
}

/** Remembers every request in the order of arrival. */
export class RequestLog {
	readonly entries: RecordedRequest[] = [];

	/** The requests with this method and this path (or a pattern of it). */
	to(method: string, path: string | RegExp): RecordedRequest[] {
		return this.entries.filter(
			(entry) =>
				entry.method === method.toUpperCase() &&
				(typeof path === 'string' ? entry.path === path : path.test(entry.path)),
		);
	}

	/** Records what arrives at one surface. */
	recorder(surface: SurfaceName) {
		return (request: Request, response: Response, next: NextFunction) => {
			const entry: RecordedRequest = {
				surface,
				method: request.method,
				path: request.path,
				query: { ...request.query },
				headers: request.headers,
				body: undefined,
				status: null,
				at: new Date(),
			};
			this.entries.push(entry);
			response.locals.recorded = entry;
			response.on('finish', () => (entry.status = response.statusCode));
			next();
		};
	}
}

/** Adds the body to the record, once it has been read. */
export function recordBody(request: Request, response: Response, next: NextFunction): void {
	const entry: RecordedRequest = response.locals.recorded;
	entry.body = request.body;
	next();
}
