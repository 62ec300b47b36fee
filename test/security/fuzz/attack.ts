/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';

import fc from 'fast-check';

import type { AttackedTrigger } from './attacked-trigger';
import { hostileDeliveries } from './hostile-delivery';
import { LARGEST_BODY } from './mutations';
import { sendRaw, type RawRequest } from './raw-request';
import { isExactlySigned, toNodeHeaders } from './signed-delivery';

/** A machine that does other things as well may be slow; an answer that never comes is no answer. */
const PATIENCE_MILLISECONDS = 60_000;
const SIDE_BY_SIDE = 20;
const METHODS = ['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE', 'QUERY', 'post'];
const ENCODINGS = ['gzip', 'deflate', 'GZIP', 'gzip, gzip'];

export interface AttackReport {
	/** How often each status was answered. */
	statuses: Record<string, number>;
	/** How often each way to send was taken. */
	disguises: Record<string, number>;
	longestSeconds: number;
}

type Disguise = (request: RawRequest, number: number) => Partial<RawRequest>;

/** How else a delivery can be sent; each is named, so that a failure tells what it was. */
export const DISGUISES: Record<string, Disguise> = {
	'compressed with gzip': ({ body, headers }) => encode(headers, 'gzip', gzipSync(body)),
	'compressed with deflate': ({ body, headers }) => encode(headers, 'deflate', deflateSync(body)),
	'compressed with Brotli': ({ body, headers }) => encode(headers, 'br', brotliCompressSync(body)),
	'compressed, it says': ({ body, headers }, number) =>
		encode(headers, ENCODINGS[number % ENCODINGS.length], body),
	'compressed and cut off': ({ body, headers }) =>
		encode(headers, 'gzip', gzipSync(body).subarray(0, 15)),
	chunked: () => ({ framing: 'chunked' }),
	slow: (_, number) => ({
		slowly: { pieces: 2 + (number % 10), pauseMilliseconds: 20 + (number % 200) },
	}),
	'with another method': (_, number) => ({ method: METHODS[number % METHODS.length] }),
	'hung up in the middle': ({ body }, number) => ({ hangUpAfter: number % (body.length || 1) }),
};

/**
 * Sends hostile deliveries to a trigger, in their own ways; none holds what Siro signed. Throws when
 * one is accepted, gets no answer or makes something fail: with the simplest that does, and the seed.
 */
export async function attack(
	{ url, secrets }: Pick<AttackedTrigger, 'url' | 'secrets'>,
	{ deliveries, seed }: { deliveries: number; seed: number },
): Promise<AttackReport> {
	const report: AttackReport = { statuses: {}, disguises: {}, longestSeconds: 0 };
	const nowSeconds = () => Math.floor(Date.now() / 1000);
	const disguise = fc.oneof(
		{ arbitrary: fc.constant(undefined), weight: 3 },
		fc.record({ name: fc.constantFrom(...Object.keys(DISGUISES)), number: fc.nat() }),
	);
	const isRefused = fc.asyncProperty(
		hostileDeliveries(secrets, nowSeconds),
		disguise,
		async ({ headers, body, signed }, disguised) => {
			fc.pre(!isExactlySigned(body, toNodeHeaders(headers), signed, nowSeconds()));
			const plain = { method: 'POST', headers, body };
			const request: RawRequest = {
				...plain,
				...(disguised && DISGUISES[disguised.name](plain, disguised.number)),
			};
			const how = disguised?.name ?? 'as Siro sends it';
			report.disguises[how] = (report.disguises[how] ?? 0) + 1;
			const begin = performance.now();
			const { status, body: answer } = await sendRaw(url, request, PATIENCE_MILLISECONDS);
			report.longestSeconds = Math.max(report.longestSeconds, (performance.now() - begin) / 1000);
			if (request.hangUpAfter !== undefined) return;
			report.statuses[String(status)] = (report.statuses[String(status)] ?? 0) + 1;
			const fault = faultOf(request, status);
			if (fault) throw new Error(`${fault}: ${status} ${answer.slice(0, 200)}`);
		},
	);
	await Promise.all(
		Array.from({ length: SIDE_BY_SIDE }, async (_, sender) => {
			const numRuns = deliveries / SIDE_BY_SIDE;
			await fc.assert(isRefused, { seed: seed * SIDE_BY_SIDE + sender, numRuns });
		}),
	);
	return report;
}

function faultOf(request: RawRequest, status: number | undefined): string | undefined {
	if (status === undefined) return 'Not answered';
	// n8n answers OPTIONS by itself: whether a browser may send the request.
	if (status < 400 && request.method !== 'OPTIONS') return 'Accepted';
	return status === 500 && !isFailureOfN8n(request) ? 'Failed' : undefined;
}

/** n8n answers 500 to unknown methods, broken compression and over 16 MB, before any node runs. */
function isFailureOfN8n({ method, headers, body }: RawRequest): boolean {
	const isCompressed = headers.some(([name]) => name === 'Content-Encoding');
	return method !== 'POST' || isCompressed || body.length > LARGEST_BODY;
}

function encode(headers: RawRequest['headers'], encoding: string, body: Buffer) {
	return { headers: [...headers, ['Content-Encoding', encoding] as const], body };
}
