import type { NextFunction, Request, Response } from 'express';

export interface RateLimit {
	/** How many requests a token has within the window. */
	requests: number;
	/** 60 s unless given. */
	windowMs?: number;
}

/** Refuses the requests of a token above the limit of a rolling window. */
export function limitRate({ requests, windowMs = 60_000 }: RateLimit) {
	const arrivals = new Map<string, number[]>();
	return (request: Request, response: Response, next: NextFunction) => {
		const token = request.get('authorization') ?? request.get('x-siro-auth-token') ?? '';
		const now = Date.now();
		const recent = (arrivals.get(token) ?? []).filter((arrival) => arrival > now - windowMs);
		arrivals.set(token, recent);
		if (recent.length < requests) {
			recent.push(now);
			return next();
		}
		// Siro documents no `Retry-After`.
		response.status(429).json({ error: 'Too Many Requests' });
	};
}
