import type { OpenAPIRouter, OpenAPIValidator } from 'openapi-backend';

import {
	resolveReference,
	type Document,
	type DocumentedContent,
	type DocumentedOperation,
	type DocumentedParameter,
	type Security,
} from './document';
import { toJsonSchema, type Conversion, type Schema } from './json-schema';
import { openapi } from './library';

/** A request, as far as a description says anything about it. */
export interface DescribedRequest {
	method: string;
	/** Below the base of the API. */
	path: string;
	/** The path as the document writes it; found by the path itself where absent. */
	documentedPath?: string;
	query?: Record<string, string | string[]>;
	body?: unknown;
}

export interface Parameter {
	name: string;
	in: 'path' | 'query';
	required: boolean;
	schema: Schema;
	/** Not documented itself, but by what else is. */
	isImplied?: boolean;
}

/** What is wrong, by its place in what was sent: `/body/name`, `/query/limit`, `/answer/data/0`. */
export type Problems = Record<string, string>;

const known = new WeakMap<Document, Description>();

/** A document of Siro's, ready to be asked; that takes a while, so it is done once. */
export function describedBy(document: Document): Description {
	const description = known.get(document) ?? new Description(document);
	known.set(document, description);
	return description;
}

const METHODS = ['get', 'put', 'post', 'patch', 'delete'];

/**
 * An OpenAPI document, ours or one of Siro's, that finds the operation of a request and checks what is
 * sent by it. A request may hold nothing that the document does not name.
 */
export class Description {
	private readonly known = new Map<string, Operation>();
	private readonly router: OpenAPIRouter;

	/** `answers` says how the schemas of answers are to be read. */
	constructor(
		private readonly document: Document,
		private readonly answers: Conversion = {},
	) {
		this.router = this.routerOf(document.paths);
	}

	get operations(): Operation[] {
		return Object.entries(this.document.paths).flatMap(([path, item]) =>
			METHODS.filter((method) => item[method]).map((method) => this.operation(path, method)),
		);
	}

	/** The operation that a request is for. */
	find({ method, path, documentedPath }: DescribedRequest): Operation | undefined {
		const router = documentedPath
			? this.routerOf({ [documentedPath]: this.document.paths[documentedPath] })
			: this.router;
		const found = router.matchOperation({ method, path, headers: {} });
		return found && this.operation(found.path, found.method);
	}

	/** What is wrong with a request. */
	checkRequest(request: DescribedRequest): string[] {
		const { method, path, documentedPath } = request;
		const operation = this.find(request);
		if (!operation) return [`${method} ${documentedPath ?? path}: there is no such operation`];
		const { problems } = operation.read(request);
		return Object.entries(problems).map(([place, problem]) => `${place} ${problem}`);
	}

	private routerOf(paths: Document['paths']): OpenAPIRouter {
		// Only paths and methods count here.
		const methodsOf = (item = {}) =>
			Object.fromEntries(
				METHODS.filter((method) => method in item).map((method) => [method, { responses: {} }]),
			);
		const definition = {
			openapi: '3.0.3',
			info: { title: '', version: '' },
			paths: Object.fromEntries(
				Object.entries(paths).map(([path, item]) => [path, methodsOf(item)]),
			),
		};
		return new openapi.OpenAPIRouter({ definition, ignoreTrailingSlashes: false });
	}

	private operation(path: string, method: string): Operation {
		const id = `${method} ${path}`;
		const known = this.known.get(id) ?? new Operation(this.document, path, method, this.answers);
		this.known.set(id, known);
		return known;
	}
}

/** One operation of a document, without references, and with what paths and answers imply. */
export class Operation {
	readonly id: string;
	readonly parameters: Parameter[];
	readonly body?: { required: boolean; schema?: Schema };
	/** The schemas of the answers, by status and type of content. */
	readonly answers: Record<string, Record<string, Schema>>;
	/** The names of the security schemes. */
	readonly security: string[];

	private readonly validator: OpenAPIValidator;

	constructor(
		private readonly document: Document,
		readonly path: string,
		readonly method: string,
		answers: Conversion,
	) {
		const { [method]: documented, parameters: shared = [] } = document.paths[path];
		const operation: DocumentedOperation = Object(documented);
		this.id = operation.operationId ?? `${method} ${path}`;
		this.parameters = this.parametersOf([...shared, ...(operation.parameters ?? [])], operation);
		const { requestBody, responses = {} } = operation;
		const [schema] = requestBody ? Object.values(this.schemasOf(requestBody, CLOSED)) : [];
		this.body = requestBody && { required: requestBody.required ?? false, schema };
		this.answers = Object.fromEntries(
			Object.entries(responses).map(([status, one]) => [status, this.schemasOf(one, answers)]),
		);
		this.security = namesOf(operation.security ?? document.security ?? []);
		this.validator = this.createValidator();
	}

	/** The status of success, and what is then answered. */
	get success(): { status: number; schema: Schema | undefined } {
		const status = Object.keys(this.answers).find((one) => one.startsWith('2')) ?? '200';
		return { status: Number(status), schema: this.answers[status]?.['application/json'] };
	}

	/** The JSON of an answer with this status, or else of success, read in another way. */
	answerSchema(status: number, conversion: Conversion): Schema | undefined {
		const documented: DocumentedOperation = Object(this.document.paths[this.path][this.method]);
		const answer = documented.responses?.[status] ?? documented.responses?.[this.success.status];
		return answer && this.schemasOf(answer, conversion)['application/json'];
	}

	/** Checks a request, and gives its path and query with the types that they stand for. */
	read({ method, path, query = {}, body }: DescribedRequest) {
		const headers = { 'content-type': body === undefined ? '' : 'application/json' };
		const request = { method, path, query, body, headers };
		const { errors, coerced } = this.validator.validateRequest(request, this.id);
		const problems = problemsOf(errors ?? []);
		if (body !== undefined && !this.body) problems['/body'] = 'is not known';
		return { problems, query: coerced?.query ?? {}, params: coerced?.params ?? {} };
	}

	/** Checks an answer. */
	checkAnswer(status: number, body: unknown): Problems {
		if (!this.answers[status]) return { '/': `${status} is no status of this operation` };
		const { errors } = this.validator.validateResponse(body, this.id, status);
		return problemsOf(errors ?? []);
	}

	private parametersOf(
		documented: DocumentedParameter[],
		operation: DocumentedOperation,
	): Parameter[] {
		const inQuery = documented
			.map((parameter) => resolveReference(this.document, parameter))
			.filter((parameter) => parameter.in === 'query')
			.map(({ name, required = false, schema = {} }): Parameter => ({
				name,
				in: 'query',
				required,
				// A query holds text, which is never null.
				schema: toJsonSchema(this.document, { ...schema }, { nulls: 'never' }),
			}));
		// Some lists give a cursor in their answer, but do not document the parameter that it is for.
		const text = { required: false, schema: { type: 'string' }, isImplied: true };
		const hasCursor = inQuery.some(({ name }) => name === 'cursor');
		if (!hasCursor && this.givesCursor(operation)) {
			inQuery.push({ name: 'cursor', in: 'query', ...text });
		}
		// Some paths are documented by their braces only. Any text will do: Siro has IDs of many kinds.
		const inPath = [...this.path.matchAll(/\{([^}]+)\}/g)].map(([, name]): Parameter => ({
			name,
			in: 'path',
			...text,
			required: true,
		}));
		return [...inQuery, ...inPath];
	}

	private givesCursor({ responses = {} }: DocumentedOperation): boolean {
		const schema = responses['200'] && this.schemasOf(responses['200'], {})['application/json'];
		return 'cursor' in Object(schema?.properties);
	}

	private schemasOf(content: DocumentedContent, conversion: Conversion): Record<string, Schema> {
		const { content: types = {} } = resolveReference(this.document, content);
		return Object.fromEntries(
			Object.entries(types).map(([type, { schema = {} }]) => [
				type,
				toJsonSchema(this.document, { ...schema }, conversion),
			]),
		);
	}

	private createValidator(): OpenAPIValidator {
		const contentOf = (schemas: Record<string, Schema>) =>
			Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema }]));
		const operation = {
			operationId: this.id,
			parameters: this.parameters,
			...(this.body?.schema && {
				requestBody: {
					required: this.body.required,
					content: contentOf({ 'application/json': this.body.schema }),
				},
			}),
			responses: Object.fromEntries(
				Object.entries(this.answers).map(([status, schemas]) => [
					status,
					{ content: contentOf(schemas) },
				]),
			),
		};
		return new openapi.OpenAPIValidator({
			// What stands at two places in a document would be taken for a cycle, hence the copy.
			definition: JSON.parse(
				JSON.stringify({ paths: { [this.path]: { [this.method]: operation } } }),
			),
			lazyCompileValidators: true,
			coerceTypes: true,
			ajvOpts: { allErrors: true, strict: false },
			customizeAjv: (ajv) => openapi.addFormats(ajv),
		});
	}
}

const CLOSED: Conversion = { closed: true };

const namesOf = (security: Security) => security.flatMap((scheme) => Object.keys(scheme));

interface ValidationError {
	instancePath: string;
	message?: string;
	params?: Record<string, unknown>;
}

function problemsOf(errors: ValidationError[]): Problems {
	return Object.fromEntries(
		errors.map(({ instancePath, message, params }) => {
			const unknownName = params?.additionalProperty;
			const place = instancePath.replace(/^\/requestBody/, '/body') || '/';
			if (typeof unknownName === 'string') {
				return [`${place}/${unknownName}`.replace('//', '/'), 'is not known'];
			}
			const allowed = params?.allowedValues ? ` ${JSON.stringify(params.allowedValues)}` : '';
			return [place, `${message ?? 'is invalid'}${allowed}`];
		}),
	);
}
