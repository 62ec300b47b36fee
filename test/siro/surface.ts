import type { Request, Response } from 'express';

import { sendAnswer } from './misbehaviour';
import { Description, type Problems } from './openapi/description';
import { readOurDocument, type ApiName } from './openapi/document';
import type { Schema } from './openapi/json-schema';
import { openapi } from './openapi/library';
import { Refusal } from './refusal';

export interface Answer {
	status: number;
	body: unknown;
}

/** A request that has been authorized and checked; the query has the types that are described. */
export interface Call<Body = undefined, Query = Record<string, string | undefined>> {
	path: Record<string, string>;
	query: Query;
	body: Body;
}

/** What operations answer, by their IDs in our description; its status is told there too. */
export type Operations = Record<string, (call: Call<Request['body'], Request['body']>) => unknown>;

interface SurfaceOptions {
	name: ApiName;
	/** An operation that is only described is answered with something made up. */
	operations: Operations;
	/** Throws a refusal unless the caller may ask. */
	authorize: (headers: Request['headers'], method: string) => void;
	/** What an address that does not exist is answered. */
	nothingHere: unknown;
	/** When present, every answer is held against the description, and told when it is wrong. */
	wrongAnswer?: (problem: string) => void;
}

const descriptions = new Map<ApiName, Description>();

/** Our description of one of Siro's two APIs; reading it takes a while, so each process does it once. */
export function ourDescription(name: ApiName): Description {
	const description =
		descriptions.get(name) ?? new Description(readOurDocument(name), { closed: true });
	descriptions.set(name, description);
	return description;
}

/** Makes the request handler of one surface out of its description and its operations. */
export function surface(options: SurfaceOptions): (request: Request, response: Response) => void {
	const description = ourDescription(options.name);

	const answerTo = ({ method, path, query, body, headers }: Request): Answer => {
		const asked = { method, path, query: textsOf(query), body };
		const operation = description.find(asked);
		if (!operation) return { status: 404, body: options.nothingHere };
		options.authorize(headers, method);
		const read = operation.read(asked);
		if (hasAny(read.problems)) throw new Refusal(400, 'Invalid request', read.problems);

		const { status, schema = {} } = operation.success;
		const carryOut = options.operations[operation.id] ?? (() => madeUp(schema));
		const answer = fitted(carryOut({ path: read.params, query: read.query, body }), schema);
		const problems = options.wrongAnswer ? operation.checkAnswer(status, answer) : {};
		if (hasAny(problems)) {
			const problem = `${operation.id} answers against its description: ${JSON.stringify(problems)}`;
			options.wrongAnswer?.(problem);
			throw new Refusal(500, problem);
		}
		return { status, body: answer };
	};

	return (request, response) => {
		try {
			sendAnswer(response, answerTo(request));
		} catch (error) {
			sendAnswer(response, refusalAnswer(error));
		}
	};
}

/** The answer to an operation that did not succeed. */
export function refusalAnswer(error: unknown): Answer {
	if (error instanceof Refusal) return { status: error.status, body: error.body };
	const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return { status: 500, body: { error: `The simulator failed: ${message}` } };
}

const hasAny = (problems: Problems) => Object.keys(problems).length > 0;

const textsOf = (query: Request['query']) =>
	Object.fromEntries(
		Object.entries(query).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.map(String) : String(value),
		]),
	);

/** Of a list, the last page. */
const madeUp = (schema: Schema) => {
	const options = { seed: 1, alwaysFakeOptionals: true, minItems: 1, maxItems: 2 };
	const answer = openapi.generateSync(schema, options);
	return 'cursor' in Object(answer) ? { ...Object(answer), cursor: null } : answer;
};

/** What the description names of a value. Siro leaves out what is null where it may not be null. */
function fitted(value: unknown, schema: Schema): unknown {
	const branches = schema.anyOf?.filter(({ type }) => type !== 'null');
	if (branches) return branches.length === 1 ? fitted(value, branches[0]) : value;
	const { items, properties } = schema;
	if (Array.isArray(value)) return items ? value.map((one) => fitted(one, items)) : value;
	if (!properties || typeof value !== 'object' || value === null) return value;
	const fields: Record<string, unknown> = {};
	for (const [name, part] of Object.entries(properties)) {
		const field: unknown = Reflect.get(value, name);
		if (field === undefined || (field === null && !mayBeNull(part))) continue;
		fields[name] = fitted(field, part);
	}
	return fields;
}

const mayBeNull = ({ type, properties, anyOf }: Schema): boolean =>
	anyOf
		? anyOf.some((branch) => branch.type === 'null' || mayBeNull(branch))
		: !type && !properties;
