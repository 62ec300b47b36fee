/**
 * Walks every parameter of every operation, also those inside collections, with values of every kind as
 * an expression may give them, and holds this: no error speaks JavaScript, nothing is sent that Siro's
 * documents refuse, nothing is sent that says "null", "undefined" or "[object" or has white space around
 * it, and what is blank is never taken for something wrong.
 */
import {
	isINodeProperties,
	type INodeExecutionData,
	type INodeParameters,
	type INodeProperties,
} from 'n8n-workflow';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { definitionsOf } from '../../nodes/Siro/runner/properties';
import {
	recordedRequests,
	recordedScope,
	storeCredential,
	type NodeRun,
	type RecordedRequest,
} from '../engine';
import { OPERATION_CASES, type Exchange, type OperationCase } from '../operations';
import { addressOf, createCredential, runCase, STORAGE } from '../operations/run-case';
import { checkRequest } from '../siro/official/check-request';
import { readOfficialDocuments } from '../siro/openapi/document';

jest.setTimeout(120_000);

const BLANK: unknown[] = [null, undefined, '', ' \u00a0', []];
const VALUES: unknown[] = [
	...BLANK,
	37201,
	' a text\u00a0',
	'false',
	['a', 2],
	[null, { id: 1 }],
	{ value: 7, name: 'Acme' },
];
const DRAGGED = '={{ $json.value }}';
const MOMENT = '={{ $now }}';

const JAVASCRIPT =
	/undefined|\bnull\b|\bNaN\b|\[object|is not a function|is not iterable|Cannot read|reading '|TypeError|Unexpected token|Invalid Date/;
const WRONG_TEXT = /^(?:null|undefined|NaN)$|\[object|Invalid Date|^\s|\s$/;
/** How the reader refuses a value that cannot be meant. */
const REFUSED_VALUE = /(?:"|an object|a list.*|this value) is not /;

/** Where a parameter stands: in a collection, the collection's name first. */
type Place = Array<string | number>;

interface Tried {
	name: string;
	place: Place;
	isLocator: boolean;
	tried: OperationCase;
}

const PARAMETERS: Tried[] = RESOURCES.flatMap(({ value: resource, operations }) =>
	operations.flatMap((operation) => {
		const tried = OPERATION_CASES.find(
			(one) => one.resource === resource && one.operation === operation.value,
		);
		if (tried === undefined) throw new Error(`${resource}:${operation.value} has no case`);
		return definitionsOf(operation)
			.flatMap((definition) => find(definition, []))
			.map(({ place, type }) => ({
				name: `${resource}:${operation.value} ${place.join('.')}`,
				place,
				isLocator: type === 'resourceLocator',
				tried,
			}));
	}),
);

function find(definition: INodeProperties, outer: Place): Array<{ place: Place; type: string }> {
	const { type, name, options = [], typeOptions } = definition;
	const place = [...outer, name];
	// n8n takes no expression there.
	if (definition.noDataExpression) return [];
	switch (type) {
		case 'notice':
			return [];
		case 'collection':
			return options.filter(isINodeProperties).flatMap((option) => find(option, place));
		case 'fixedCollection': {
			const first = typeOptions?.multipleValues === true ? [0] : [];
			return options.flatMap((group) =>
				'values' in group
					? group.values.flatMap((value) => find(value, [...place, group.name, ...first]))
					: [],
			);
		}
		case 'string':
			return typeOptions?.multipleValues === true
				? [
						{ place, type },
						{ place: [...place, 0], type },
					]
				: [{ place, type }];
		default:
			return [{ place, type }];
	}
}

function put(target: unknown, [key, ...rest]: Place, value: unknown): unknown {
	const copy: Record<string | number, unknown> | unknown[] =
		typeof key === 'number'
			? [...(Array.isArray(target) ? (target as unknown[]) : [])]
			: { ...(target as object) };
	const inner: unknown = Reflect.get(copy, key);
	Reflect.set(copy, key, rest.length > 0 ? put(inner, rest, value) : value);
	return copy;
}

const official = readOfficialDocuments();

/** The path of each case in Siro's documents, to recognise it whatever is put in. */
function toPattern(exchange: Exchange): RegExp {
	const template = addressOf({ ...exchange, path: exchange.documentedPath ?? exchange.path });
	const escaped = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
	return new RegExp(`^${escaped.replace(/\{[^}]*\}/g, '[^/]+')}$`);
}

/** Answers as in the case where it knows the address, and else that there is none. */
function answerAnything({ exchanges }: OperationCase): void {
	for (const host of ['https://functions.siro.ai', 'https://api.siro.ai', STORAGE]) {
		for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
			recordedScope(host)
				.intercept(/.*/, method)
				.query(true)
				.optionally()
				.reply(({ url }) => {
					const { origin, pathname } = new URL(url);
					const exchange = exchanges
						.filter((one) => one.method === method && toPattern(one).test(origin + pathname))
						.at(-1);
					if (exchange === undefined) return [404, { error: 'Not found' }];
					return [exchange.status ?? 200, exchange.answer as object, exchange.answerHeaders];
				})
				.persist();
		}
	}
}

let credentials = 0;

/** With tokens of its own, so that Siro's limit of requests per token does not slow the tests down. */
function newCredential(kind: OperationCase['credential']) {
	const { data } = createCredential(kind);
	credentials++;
	return storeCredential(new SiroApi(), {
		...data,
		organizationToken: `organization-token-${credentials}`,
		...(data.useOAuthApp ? { clientId: `client-${credentials}` } : {}),
	});
}

/** Runs the case once for each value, side by side, and gives what users read. */
async function tryValues(
	{ place, isLocator, tried }: Tried,
	expression: string,
	values: unknown[],
): Promise<NodeRun> {
	const [first = { json: {} }] = tried.input ?? [];
	const given = isLocator ? { __rl: true, mode: 'id', value: expression } : expression;
	const parameters = put(tried.parameters, place, given);
	return await runCase(
		{
			...tried,
			parameters: put(parameters, ['options', 'maxAttempts'], 1) as INodeParameters,
			input: values.map((value) => ({
				...first,
				json: { ...first.json, value },
			})) as INodeExecutionData[],
		},
		{ continueOnFail: 'continueErrorOutput', credential: newCredential(tried.credential) },
	);
}

/** What users read. */
const readIn = ({ output, error, hints }: NodeRun): string[] =>
	[
		error?.message,
		error?.description,
		...(output[1] ?? []).flatMap(({ json }) => [json.error, json.details]),
		...hints.map(({ message }) => message),
	].filter((text): text is string => typeof text === 'string');

/** What users read about blank values. */
const readOfBlanks = ({ output }: NodeRun): unknown[] =>
	(output[1] ?? [])
		.filter(({ pairedItem }) => Object(pairedItem).item < BLANK.length)
		.map(({ json }) => json.error);

const textsIn = (value: unknown): string[] =>
	typeof value === 'object' && value !== null
		? Object.values(value).flatMap(textsIn)
		: typeof value === 'string'
			? [value]
			: [];

const wrongTexts = ({ url, query, body }: RecordedRequest): string[] =>
	[...new URL(url).pathname.split('/').map(decodeURIComponent), ...textsIn([query, body])].filter(
		(text) => WRONG_TEXT.test(text),
	);

function refusals({ method, url, query, body }: RecordedRequest): string[] {
	const surface = url.startsWith('https://api.siro.ai') ? 'platform' : 'external';
	const path = url.replace(/^https:\/\/(?:api\.siro\.ai|functions\.siro\.ai\/api-externalApi)/, '');
	if (official === undefined || url.startsWith(STORAGE)) return [];
	return checkRequest(official[surface], { method, path, query, body });
}

test.each(PARAMETERS.map((parameter) => [parameter.name, parameter] as const))(
	'%s',
	async (_name, parameter) => {
		answerAnything(parameter.tried);

		const run = await tryValues(parameter, DRAGGED, VALUES);
		const withMoment = await tryValues(parameter, MOMENT, ['']);

		const read = [run, withMoment].flatMap(readIn);
		expect(read.filter((text) => JAVASCRIPT.test(text))).toEqual([]);
		expect(readOfBlanks(run).filter((text) => REFUSED_VALUE.test(String(text)))).toEqual([]);
		expect(recordedRequests().flatMap(wrongTexts)).toEqual([]);
		expect(recordedRequests().flatMap(refusals)).toEqual([]);
	},
);
