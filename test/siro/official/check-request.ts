import Ajv, { type ErrorObject } from 'ajv';
import addFormats from 'ajv-formats';

import type { Exchange } from '../../operations';
import {
	jsonSchemaOf,
	resolveReference,
	type OfficialDocument,
	type OfficialOperation,
	type OfficialParameter,
	type OfficialSchema,
} from './documents';
import { toJsonSchema } from './json-schema';

const bodies = addFormats(new Ajv({ strict: false, allErrors: true }));

/** A query holds text only; what it stands for is told by the schema. */
const queries = addFormats(new Ajv({ strict: false, allErrors: true, coerceTypes: 'array' }));

/** The operation of the document that a request is for. */
export function operationOf(
	document: OfficialDocument,
	{ method, path, documentedPath = path }: Exchange,
): OfficialOperation | undefined {
	return document.paths[documentedPath]?.[method.toLowerCase()];
}

/** What is wrong with a request, by the official document; nothing if all is well. */
export function checkRequest(document: OfficialDocument, exchange: Exchange): string[] {
	const { method, path, documentedPath = path } = exchange;
	const operation = operationOf(document, exchange);
	if (operation === undefined) return [`${method} ${documentedPath} does not exist`];
	return [
		...checkPath(path, documentedPath),
		...checkQuery(document, operation, exchange.query ?? {}),
		...checkBody(document, operation, exchange.body),
	];
}

function checkPath(path: string, documentedPath: string): string[] {
	const pattern = documentedPath
		.split(/\{[^}]*\}/)
		.map((part) => part.replace(/[.*+?^$()[\]\\|]/g, '\\$&'))
		.join('[^/]+');
	return new RegExp(`^${pattern}$`).test(path) ? [] : [`${path} is not ${documentedPath}`];
}

function checkQuery(
	document: OfficialDocument,
	operation: OfficialOperation,
	query: NonNullable<Exchange['query']>,
): string[] {
	const documented = parametersOf(document, operation);
	const missing = documented
		.filter(({ name, required }) => required && !(name in query))
		.map(({ name }) => `the query lacks ${name}`);
	const problems = Object.entries(query).flatMap(([name, value]) => {
		const parameter = documented.find((known) => known.name === name);
		if (parameter) return checkParameter(document, parameter, value);
		return name === 'cursor' && givesCursor(document, operation)
			? []
			: [`the query has an unknown parameter ${name}`];
	});
	return [...missing, ...problems];
}

function parametersOf(
	document: OfficialDocument,
	{ parameters = [] }: OfficialOperation,
): OfficialParameter[] {
	return parameters
		.map((parameter) => resolveReference(document, parameter))
		.filter((parameter) => parameter.in === 'query');
}

function checkParameter(
	document: OfficialDocument,
	{ name, schema = {} }: OfficialParameter,
	value: string | string[],
): string[] {
	const validate = queries.compile({
		type: 'object',
		properties: { [name]: toJsonSchema(document, schema) },
	});
	return validate({ [name]: value }) ? [] : describe('the query', validate.errors);
}

/** Some lists give a cursor in their answer, but do not document the parameter that it is for. */
function givesCursor(document: OfficialDocument, { responses = {} }: OfficialOperation): boolean {
	const answer = jsonSchemaOf(document, responses['200']);
	return 'cursor' in Object(answer?.properties);
}

function checkBody(
	document: OfficialDocument,
	{ requestBody }: OfficialOperation,
	body: unknown,
): string[] {
	const schema: OfficialSchema | undefined = jsonSchemaOf(document, requestBody);
	if (schema === undefined) return body === undefined ? [] : ['there is no body in the document'];
	if (body === undefined) return requestBody?.required ? ['the body is missing'] : [];
	const validate = bodies.compile(toJsonSchema(document, schema, { closed: true }));
	return validate(body) ? [] : describe('the body', validate.errors);
}

function describe(what: string, errors: ErrorObject[] | null | undefined): string[] {
	return (errors ?? []).map(({ instancePath, message, params }) =>
		`${what}${instancePath}: ${message} ${JSON.stringify(params)}`.trim(),
	);
}
