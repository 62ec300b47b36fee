/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { deflateSync, gzipSync, brotliCompressSync } from 'node:zlib';

import { Random } from '../../siro/random';
import { LARGEST_BODY } from './body-mutations';
import { below, pick } from './chance';
import { HostileSender } from './hostile-deliveries';
import { sendRaw, type RawAnswer, type RawRequest } from './raw-request';
import { isExactlySigned, toNodeHeaders } from './signed-delivery';

/** A machine that does other things as well may be slow; an answer that never comes is no answer. */
const PATIENCE_MILLISECONDS = 60_000;

export interface AttackOptions {
	/** The webhook's address. */
	url: string;
	/** The signing secrets that the trigger accepts. */
	secrets: string[];
	seed: number;
	/** How many deliveries are sent. */
	deliveries: number;
	/** How many are under way at the same time. */
	sideBySide: number;
}

export interface AttackReport {
	/** How often each status was answered. */
	statuses: Record<string, number>;
	/** What was neither refused by the trigger nor by n8n. */
	accepted: string[];
	/** What got no answer, although the sender waited for it. */
	unanswered: string[];
	/** What was answered 500, except what n8n itself fails to read. */
	failed: string[];
	/** How many hung up before they had sent all. */
	hungUp: number;
	bytesSent: number;
	longestSeconds: number;
}

interface Attempt extends RawRequest {
	deeds: string[];
}

/** How else a delivery can be sent; each is named, so that a failure tells what it was. */
const DISGUISES: Record<string, (attempt: Attempt, random: Random) => Attempt> = {
	'compressed with gzip': (attempt) => encode(attempt, 'gzip', gzipSync(attempt.body)),
	'compressed with deflate': (attempt) => encode(attempt, 'deflate', deflateSync(attempt.body)),
	'compressed with Brotli': (attempt) => encode(attempt, 'br', brotliCompressSync(attempt.body)),
	'compressed, it says': (attempt, random) =>
		encode(attempt, pick(random, ['gzip', 'deflate', 'GZIP', 'gzip, gzip']), attempt.body),
	'compressed and cut off': (attempt) =>
		encode(attempt, 'gzip', gzipSync(attempt.body).subarray(0, 15)),
	chunked: (attempt) => ({ ...attempt, framing: 'chunked' }),
	slow: (attempt, random) => ({
		...attempt,
		slowly: { pieces: 2 + below(random, 10), pauseMilliseconds: 20 + below(random, 200) },
	}),
	'with another method': (attempt, random) => ({
		...attempt,
		method: pick(random, [
			'GET',
			'PUT',
			'PATCH',
			'DELETE',
			'HEAD',
			'OPTIONS',
			'TRACE',
			'QUERY',
			'post',
		]),
	}),
	'hung up in the middle': (attempt, random) => ({
		...attempt,
		hangUpAfter: below(random, attempt.body.length),
	}),
};

/** Sends hostile deliveries to a trigger; none of them holds what the secrets signed. */
export async function attack(options: AttackOptions): Promise<AttackReport> {
	const random = new Random(options.seed);
	const sender = new HostileSender(random, options.secrets, nowSeconds);
	const report: AttackReport = {
		statuses: {},
		accepted: [],
		unanswered: [],
		failed: [],
		hungUp: 0,
		bytesSent: 0,
		longestSeconds: 0,
	};
	let left = options.deliveries;
	const work = async () => {
		while (left-- > 0) {
			const attempt = nextAttempt(sender, random);
			const begin = performance.now();
			const answer = await sendRaw(options.url, attempt, PATIENCE_MILLISECONDS);
			const seconds = (performance.now() - begin) / 1000;
			report.longestSeconds = Math.max(report.longestSeconds, seconds);
			report.bytesSent += attempt.body.length;
			judge(report, attempt, answer);
		}
	};
	await Promise.all(Array.from({ length: options.sideBySide }, work));
	return report;
}

function nextAttempt(sender: HostileSender, random: Random): Attempt {
	for (;;) {
		const { deeds, headers, body } = sender.next();
		if (isExactlySigned(body, toNodeHeaders(headers), sender.signed, nowSeconds())) continue;
		const attempt: Attempt = { deeds, method: 'POST', headers, body };
		if (below(random, 4) > 0) return attempt;
		const disguise = pick(random, Object.keys(DISGUISES));
		return { ...DISGUISES[disguise](attempt, random), deeds: [...deeds, disguise] };
	}
}

function judge(report: AttackReport, attempt: Attempt, { status, body }: RawAnswer): void {
	const what = `${attempt.deeds.join(', ')}: ${status} ${body.slice(0, 200)}`;
	if (attempt.hangUpAfter !== undefined) {
		report.hungUp++;
		return;
	}
	const name = String(status ?? 'none');
	report.statuses[name] = (report.statuses[name] ?? 0) + 1;
	if (status === undefined) report.unanswered.push(what);
	// n8n answers OPTIONS by itself: whether a browser may send the request.
	else if (status < 400 && attempt.method !== 'OPTIONS') report.accepted.push(what);
	else if (status === 500 && !isFailureOfN8n(attempt)) report.failed.push(what);
}

/** n8n answers 500 to unknown methods, broken compression and over 16 MB, before any node runs. */
function isFailureOfN8n({ method, headers, body }: Attempt): boolean {
	const isCompressed = headers.some(([name]) => name === 'Content-Encoding');
	return method !== 'POST' || isCompressed || body.length > LARGEST_BODY;
}

function encode(attempt: Attempt, encoding: string, body: Buffer): Attempt {
	return { ...attempt, headers: [...attempt.headers, ['Content-Encoding', encoding]], body };
}

function nowSeconds(): number {
	return Math.floor(Date.now() / 1000);
}
