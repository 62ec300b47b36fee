/**
 * Walks every parameter of every operation, also those inside collections, with values of every kind as
 * an expression may give them, and holds this: no error speaks JavaScript, nothing is sent that Siro's
 * documents refuse, nothing is sent that says "null", "undefined" or "[object" or has white space around
 * it, and what is blank is never taken for something wrong.
 */
import type { INodeExecutionData } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { recordedRequests, type NodeRun, type RecordedRequest } from '../engine';
import { OPERATION_CASES, type OperationCase } from '../operations';
import { answerAnything, newCredential } from '../operations/answer-anything';
import { parametersOf, put, type Place } from '../operations/parameters';
import { runCase, STORAGE } from '../operations/run-case';
import { describedBy } from '../siro/openapi/description';
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
		return parametersOf(operation)
			.filter(({ definition }) => definition.noDataExpression !== true)
			.flatMap(({ place, definition: { type, typeOptions } }) =>
				// A list may be given as a whole, or one by one.
				(typeOptions?.multipleValues === true ? [place, [...place, 0]] : [place]).map((given) => ({
					name: `${resource}:${operation.value} ${given.join('.')}`,
					place: given,
					isLocator: type === 'resourceLocator',
					tried,
				})),
			);
	}),
);

const official = readOfficialDocuments();

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
			parameters: put(parameters, ['options', 'maxAttempts'], 1),
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
	return describedBy(official[surface]).checkRequest({ method, path, query, body });
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
