/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- test code runs in Node, never inside n8n */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Request, Response } from 'express';
import type { Context, Document, Handler } from 'openapi-backend';
import { parse } from 'yaml';

import { sendAnswer } from './misbehaviour';
import type { Caller } from './oauth';
import { addFormats, OpenAPIBackend } from './openapi-backend';
import { Refusal } from './refusal';

export interface Answer {
	status: number;
	body: unknown;
	contentType?: string;
}

/** A request that has been authorized and validated. */
export interface Call<Body, Query> {
	path: Record<string, string>;
	query: Query;
	body: Body;
	caller: Caller;
}

export type Operations = Record<string, Handler>;

/** Declares an operation: what it reads of a request, and what it answers. */
export function operation<Body = undefined, Query = Record<string, string | undefined>>(
	carryOut: (call: Call<Body, Query>) => unknown,
	status = 200,
): Handler {
	return ({ request, security }: Context): Answer => ({
		status,
		body: carryOut({
			path: request.params,
			query: request.query,
			body: request.requestBody,
			caller: security.bearerAuth ?? security.SiroAuthToken,
		}),
	});
}

interface SurfaceOptions {
	description: 'external' | 'platform';
	operations: Operations;
	/** Who is calling; throws a refusal when that is nobody. */
	identify: (headers: Request['headers'], method: string) => Caller;
	/** Changes an answer to a shape that Siro's documents also give. */
	reshape?: (operationId: string, body: unknown) => unknown;
	/** What an address that does not exist is answered. */
	nothingHere: unknown;
	/** When present, every answer is held against the description, and told when it is wrong. */
	wrongAnswer?: (problem: string) => void;
}

const descriptions = new Map<string, string>();

/** Our description of one of Siro's two APIs. */
export function readDescription(name: 'external' | 'platform'): Document {
	// Parsing takes longer than anything else at the start, so each process does it once. The way
	// over JSON also copies what YAML's aliases share, which the validator would take for a cycle.
	const known = descriptions.get(name);
	if (known) return JSON.parse(known);
	const yaml = readFileSync(join(__dirname, `${name}.openapi.yaml`), 'utf8');
	descriptions.set(name, JSON.stringify(parse(yaml, { merge: true })));
	return readDescription(name);
}

/** Makes the request handler of one surface out of its description and its operations. */
export function surface(options: SurfaceOptions): (request: Request, response: Response) => void {
	const document = readDescription(options.description);
	const backend = new OpenAPIBackend({
		definition: document,
		apiRoot: document.servers?.[0]?.url ?? '/',
		// Compiling all validators at the start would take longer than most tests.
		quick: true,
		coerceTypes: true,
		ajvOpts: { allErrors: true, strict: false },
		customizeAjv: (ajv) => addFormats(ajv),
	});
	const identify = ({ request }: Context) => options.identify(request.headers, request.method);
	const ready = backend.init().then(() => {
		backend.register(options.operations);
		for (const scheme of Object.keys(document.components?.securitySchemes ?? {})) {
			backend.registerSecurityHandler(scheme, identify);
		}
		backend.register({
			notFound: (): Answer => ({ status: 404, body: options.nothingHere }),
			unauthorizedHandler: ({ security }: Context) => {
				const [refused] = Object.values(security).filter((result) => result?.error);
				throw refused.error;
			},
			validationFail: ({ validation }: Context) => {
				throw new Refusal(400, 'Invalid request', problemsOf(validation.errors ?? []));
			},
		});
	});

	const check = ({ api, operation }: Context, answer: Answer) => {
		if (!options.wrongAnswer || !operation?.operationId) return;
		const { errors } = api.validateResponse(answer.body, operation.operationId, answer.status);
		if (!errors) return;
		const problem = `${operation.operationId} answers against its description: ${JSON.stringify(problemsOf(errors))}`;
		options.wrongAnswer(problem);
		throw new Refusal(500, problem);
	};
	backend.registerHandler('postResponseHandler', (context: Context) => {
		const answer: Answer = context.response;
		check(context, answer);
		const operationId = context.operation?.operationId;
		if (!operationId || !options.reshape || answer.status >= 400) return answer;
		return { ...answer, body: options.reshape(operationId, answer.body) };
	});

	return async (request, response) => {
		await ready;
		const answer: Answer = await backend
			.handleRequest({
				method: request.method,
				path: request.baseUrl + request.path,
				headers: Object.fromEntries(
					Object.entries(request.headers).map(([name, value]) => [name, value ?? '']),
				),
				query: Object.fromEntries(
					Object.entries(request.query).map(([name, value]) => [name, queryValue(value)]),
				),
				body: request.body,
			})
			.catch(refusalAnswer);
		sendAnswer(response, answer);
	};
}

/** The answer to an operation that did not succeed. */
export function refusalAnswer(error: unknown): Answer {
	if (error instanceof Refusal) {
		return { status: error.status, body: error.body, contentType: error.contentType };
	}
	const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return { status: 500, body: { error: `The simulator failed: ${message}` } };
}

function queryValue(value: unknown): string | string[] {
	return Array.isArray(value) ? value.map(String) : String(value);
}

function problemsOf(
	errors: Array<{ instancePath: string; message?: string; params?: Record<string, unknown> }>,
): Record<string, string> {
	return Object.fromEntries(
		errors.map(({ instancePath, message, params }) => {
			const unknownName = params?.additionalProperty;
			const place = instancePath.replace(/^\/requestBody/, '/body') || '/';
			return [
				typeof unknownName === 'string' ? `${place}/${unknownName}`.replace('//', '/') : place,
				typeof unknownName === 'string' ? 'is not known' : (message ?? 'is invalid'),
			];
		}),
	);
}
