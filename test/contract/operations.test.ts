/**
 * Holds every request of every operation against Siro's own documents, and feeds the operations with
 * answers made up from them. The documents lie beside the repository and are not part of it.
 */
import type { IDataObject } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import { readList, readPage, readRecord } from '../../nodes/Siro/api/shapes';
import type { RecordFields } from '../../nodes/Siro/values/recordFields';
import { recordedRequests } from '../engine';
import { nameOf, OPERATION_CASES, type Exchange, type OperationCase } from '../operations';
import { newCredential } from '../operations/answer-anything';
import { recordsIn as recordsInside } from '../operations/records-in';
import { expectRequest, runCase } from '../operations/run-case';
import { generateAnswer, textsIn, VARIANTS, type Variant } from '../siro/official/generate-answer';
import { describedBy } from '../siro/openapi/description';
import { readOfficialDocuments, type Document } from '../siro/openapi/document';

const official = readOfficialDocuments();
const describeIfAvailable = official ? describe : describe.skip;

/** Of Google's storage, Siro's documents know nothing. */
function documentFor({ surface = 'external' }: Exchange): Document | undefined {
	return surface === 'storage' ? undefined : official?.[surface];
}

describeIfAvailable.each(
	OPERATION_CASES.map((operationCase) => [nameOf(operationCase), operationCase] as const),
)('%s', (_name, operationCase) => {
	test('is expected to send what Siro’s documents allow', () => {
		expect(problemsOf(operationCase.exchanges)).toEqual([]);
	});

	test.each(VARIANTS.map((variant) => [variant.name, variant] as const))(
		'understands what Siro’s documents promise: %s',
		async (_variant, variant) => {
			const answers = generateAnswers(operationCase, variant);
			operationCase.exchanges.forEach((exchange, index) => {
				reply(exchange, answers[index]);
			});

			const { error, output } = await runCase(operationCase, {
				credential: newCredential(operationCase.credential),
			});

			expect(error?.message).toBeUndefined();
			expect(recordedRequests()).toHaveLength(operationCase.exchanges.length);
			expect(problemsOf(sent(operationCase))).toEqual([]);
			expectPromised(
				operationCase,
				answers,
				output[0].map(({ json }) => json),
			);
		},
	);

	test.each(VARIANTS.map((variant) => [variant.name, variant] as const))(
		'gives ten fields at most, or offers that, and else exactly what Siro has: %s',
		async (_variant, variant) => {
			const answers = generateAnswers(operationCase, variant);
			const give = async (simplify: boolean) => {
				operationCase.exchanges.forEach((exchange, index) => reply(exchange, answers[index]));
				const parameters = { ...operationCase.parameters, simplify };
				const { error, output } = await runCase(
					{ ...operationCase, parameters },
					{ credential: newCredential(operationCase.credential) },
				);
				expect(error?.message).toBeUndefined();
				return output[0].map(({ json }) => json);
			};
			// A sync gives the record as Siro returned it.
			const simple = operationCase.operation === 'sync' ? [] : await give(true);
			for (const item of simple) expect(Object.keys(item).length).toBeLessThanOrEqual(10);

			const fields = fieldsOf(operationCase);
			if (fields === undefined) return;
			const offered = [...fields.simple, ...fields.others];
			const ofSiro = answers.flatMap((answer) => recordsInside(answer));
			for (const item of await give(false)) {
				const names = Object.keys(item);
				// The rep is no part of Siro's object, and stands beside it.
				expect(ofSiro).toContainEqual({ ...item, rep: undefined });
				// Of many more fields than that, most are for Siro’s own programs.
				if (names.length < 60) expect(offered).toEqual(expect.arrayContaining(names));
			}
		},
	);
});

function fieldsOf({ resource, operation }: OperationCase): RecordFields | undefined {
	const found = RESOURCES.find(({ value }) => value === resource)?.operations.find(
		({ value }) => value === operation,
	);
	return found && 'records' in found ? found.records : undefined;
}

function problemsOf(exchanges: Exchange[]): string[] {
	return exchanges.flatMap((exchange) => {
		const document = documentFor(exchange);
		return document ? describedBy(document).checkRequest(exchange) : [];
	});
}

/** The exchanges of a case with what was really sent. */
function sent({ exchanges }: OperationCase): Exchange[] {
	return recordedRequests().map(({ query, body }, index) => ({ ...exchanges[index], query, body }));
}

/** How many items come of one answer is written in the answer itself. */
const COUNTED_BY_CONTENT = new Set([
	'extraction:get',
	'extraction:getCrmUpdates',
	'recording:getTranscript',
	'summary:get',
]);

/** An operation that hands on Siro's records hands on these, and the others as many items as ever. */
function expectPromised(operationCase: OperationCase, answers: unknown[], items: IDataObject[]) {
	const { resource, operation, exchanges, output } = operationCase;
	const handedOnOf = (all: unknown[]) =>
		all.flatMap((answer) => recordsIn(answer, resource)).slice(0, output.length);
	const handsOn = isSame(handedOnOf(exchanges.map(({ answer }) => answer)), output);
	if (output.length > 0 && handsOn) {
		expect(items).toEqual(handedOnOf(answers));
	} else if (!COUNTED_BY_CONTENT.has(`${resource}:${operation}`)) {
		expect(items).toHaveLength(output.length);
	}
}

/** Follow-ups stand in a list beside their count; all else is a list or a record. */
function recordsIn(answer: unknown, resource: string): IDataObject[] {
	const list = resource === 'followup' ? readPage(answer, 'followups')?.records : undefined;
	const record = readRecord(answer);
	return list ?? readList(answer) ?? (record ? [record] : []);
}

function generateAnswers({ exchanges, parameters, input }: OperationCase, variant: Variant) {
	return exchanges.map((exchange, index) => {
		const document = documentFor(exchange);
		if (!document) return exchange.answer;
		const later = exchanges
			.slice(index)
			.map(({ path, query, headers, body }) => [path, query, headers, body]);
		const needed = new Set(textsIn([later, parameters, input?.map(({ json }) => json)]));
		return generateAnswer(document, exchange, variant, needed);
	});
}

function reply(exchange: Exchange, answer: unknown): void {
	const interceptor = expectRequest(exchange);
	if (documentFor(exchange) === undefined || answer === undefined) {
		interceptor.reply(exchange.status ?? 200, answer as object, exchange.answerHeaders);
		return;
	}
	interceptor.reply(exchange.status ?? 200, JSON.stringify(answer), {
		'content-type': 'application/json',
	});
}

function isSame(one: unknown, other: unknown): boolean {
	return JSON.stringify(one) === JSON.stringify(other);
}

describe('the check itself', () => {
	const document: Document = {
		paths: {
			'/things/{id}': {
				put: {
					parameters: [
						{ name: 'id', in: 'path', required: true, schema: { type: 'string' } },
						{ name: 'limit', in: 'query', required: true, schema: { type: 'integer', maximum: 9 } },
						{ name: 'showAll', in: 'query', schema: { type: 'boolean', nullable: true } },
						{ name: 'kind', in: 'query', schema: { type: 'string', enum: ['A', 'B'] } },
						{
							name: 'kinds',
							in: 'query',
							schema: { type: 'array', items: { type: 'string', enum: ['A', 'B'] } },
						},
					],
					requestBody: {
						required: true,
						content: {
							'application/json': {
								schema: {
									type: 'object',
									required: ['name'],
									properties: {
										name: { type: 'string' },
										amount: { type: 'number' },
										note: { type: 'string', nullable: true },
										kind: { type: 'string', enum: ['A', 'B'] },
										at: { type: 'string', format: 'date-time' },
										owners: {
											type: 'array',
											items: { type: 'object', properties: { id: { type: 'string' } } },
										},
									},
								},
							},
						},
					},
				},
				get: {
					responses: {
						200: {
							content: { 'application/json': { schema: { properties: { cursor: {} } } } },
						},
					},
				},
				delete: {},
			},
		},
	};
	const body = {
		name: 'one',
		amount: 1.5,
		note: null,
		kind: 'A',
		at: '2026-01-01T00:00:00.000Z',
		owners: [{ id: 'two' }],
	};
	const query = { limit: '5', showAll: 'true', kind: 'A', kinds: ['A', 'B'] };
	const exchange: Exchange = {
		method: 'PUT',
		path: '/things/7',
		documentedPath: '/things/{id}',
		query,
		body,
	};
	const check = (change: Partial<Exchange> = {}) =>
		describedBy(document).checkRequest({ ...exchange, ...change });

	test('is content with what is allowed', () => {
		expect(check()).toEqual([]);
		expect(check({ query: { limit: '5', kinds: 'A' }, body: { name: '' } })).toEqual([]);
		expect(check({ method: 'GET', query: { cursor: 'next' }, body: undefined })).toEqual([]);
	});

	test.each<[string, Partial<Exchange>]>([
		['a path that does not exist', { documentedPath: '/thing/{id}' }],
		['a method that does not exist', { method: 'POST' }],
		['a path that is not the documented one', { path: '/things/7/parts' }],
		['an unknown query parameter', { query: { ...query, size: '5' } }],
		['an undocumented cursor', { query: { ...query, cursor: 'next' } }],
		['a query parameter that is missing', { query: {} }],
		['a number that is none', { query: { ...query, limit: 'many' } }],
		['a number that is too large', { query: { ...query, limit: '10' } }],
		['a flag that is none', { query: { ...query, showAll: 'yes' } }],
		['another value in the query', { query: { ...query, kind: 'C' } }],
		['another value in a list in the query', { query: { ...query, kinds: ['A', 'C'] } }],
		['several values of one', { query: { ...query, kind: ['A', 'B'] } }],
		['no body', { body: undefined }],
		['a body where there is none', { method: 'DELETE', query: {} }],
		['an unknown property', { body: { ...body, colour: 'red' } }],
		['an unknown property further in', { body: { ...body, owners: [{ name: 'two' }] } }],
		['a property that is missing', { body: { ...body, name: undefined } }],
		['another type', { body: { ...body, amount: '1.5' } }],
		['null where it is not allowed', { body: { ...body, kind: null } }],
		['another value', { body: { ...body, kind: 'C' } }],
		['a time that is none', { body: { ...body, at: '2026-01-01 00:00' } }],
		['a list instead of an object', { body: [body] }],
	])('notices %s', (_, change) => {
		expect(check(change)).not.toEqual([]);
	});
});
