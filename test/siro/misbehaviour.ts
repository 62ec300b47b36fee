/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { STATUS_CODES } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { NextFunction, Request, Response } from 'express';

import type { Random } from './random';
import type { SurfaceName } from './requests';
import type { Answer } from './surface';

/** What goes wrong, and when. Without conditions it goes wrong for every request. */
export interface Misbehaviour {
	surface?: SurfaceName;
	method?: string;
	/** Matched against the path without the base of the API. */
	path?: RegExp;
	/** How many requests it befalls; all when absent. */
	times?: number;
	/** From 0 to 1; certain when absent. */
	probability?: number;

	/** Waits first; on its own the request is then carried out as usual. */
	delayMs?: number;
	/** Waits for this first, in the same way. */
	until?: Promise<void>;
	/** Answers this instead of carrying the request out. */
	status?: number;
	headers?: Record<string, string>;
	body?: unknown;
	/** Answers the HTML page of a proxy (403, unless `status` says otherwise). */
	html?: boolean;
	/** Cuts the connection without an answer. */
	reset?: boolean;
	/** Carries the request out, but sends only half of the JSON answer. */
	truncate?: boolean;
	/** Carries the request out, but cuts the connection in the middle of the answer. */
	cut?: boolean;
	/** Carries the request out first, so that it is only the answer that gets lost. */
	afterwards?: boolean;
}

/** A misbehaviour that has been asked for. */
export interface ActiveMisbehaviour {
	/** How many requests it has befallen. */
	readonly count: number;
	/** Behaves again. */
	stop(): void;
}

const cloudflarePage = `<!DOCTYPE html>
<html lang="en-US"><head><title>Access denied | api.siro.ai used Cloudflare to restrict access</title></head>
<body><h1>Error 1010</h1><p>The owner of this website has banned your access (error code: 1010).</p></body></html>
`;

/** Makes requests go wrong on demand. */
export class Misbehaviours {
	private readonly rules = new Set<{ rule: Misbehaviour; count: number }>();

	constructor(private readonly random: Random) {}

	add(rule: Misbehaviour): ActiveMisbehaviour {
		const active = { rule, count: 0 };
		this.rules.add(active);
		return {
			get count() {
				return active.count;
			},
			stop: () => void this.rules.delete(active),
		};
	}

	clear(): void {
		this.rules.clear();
	}

	/** Applies the first rule that fits a request. */
	handler(surface: SurfaceName) {
		return async (request: Request, response: Response, next: NextFunction) => {
			const rule = this.ruleFor(surface, request);
			if (!rule) return next();
			if (rule.delayMs) await wait(rule.delayMs, undefined, { ref: false });
			await rule.until;
			if (!changesAnswer(rule)) return next();
			if (rule.truncate || rule.cut || rule.afterwards) {
				response.locals.misbehaviour = rule;
				return next();
			}
			sendMisbehaving(response, rule);
		};
	}

	private ruleFor(surface: SurfaceName, request: Request): Misbehaviour | undefined {
		for (const active of this.rules) {
			const { rule } = active;
			if (rule.surface && rule.surface !== surface) continue;
			if (rule.method && rule.method.toUpperCase() !== request.method) continue;
			if (rule.path && !rule.path.test(request.path)) continue;
			if (rule.times !== undefined && active.count >= rule.times) continue;
			if (rule.probability !== undefined && this.random.next() >= rule.probability) continue;
			active.count++;
			return rule;
		}
		return undefined;
	}
}

/** Sends an answer, unless a misbehaviour was put in its way. */
export function sendAnswer(response: Response, answer: Answer): void {
	if (response.destroyed) return;
	const rule: Misbehaviour = response.locals.misbehaviour ?? {};
	const content = JSON.stringify(answer.body);
	const half = content.slice(0, Math.ceil(content.length / 2));
	response.status(answer.status).type('application/json');
	if (rule.truncate) {
		response.send(half);
	} else if (rule.cut) {
		response.set('Content-Length', String(Buffer.byteLength(content)));
		response.write(half, () => response.destroy());
	} else if (rule.afterwards) {
		sendMisbehaving(response, rule);
	} else {
		response.send(content);
	}
}

const changesAnswer = ({ status, headers, body, html, reset, ...afterwards }: Misbehaviour) =>
	[status, headers, body].some((given) => given !== undefined) ||
	[html, reset, afterwards.truncate, afterwards.cut].some(Boolean);

function sendMisbehaving(response: Response, rule: Misbehaviour): void {
	if (rule.reset) {
		response.socket?.resetAndDestroy();
		return;
	}
	const status = rule.status ?? (rule.html ? 403 : 500);
	response.status(status).set(rule.headers ?? {});
	if (rule.html) {
		response.type('text/html').send(typeof rule.body === 'string' ? rule.body : cloudflarePage);
	} else if (typeof rule.body === 'string') {
		response.type('text/plain').send(rule.body);
	} else {
		response.json(rule.body === undefined ? { error: STATUS_CODES[status] } : rule.body);
	}
}
