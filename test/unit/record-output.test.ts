/** How much of each record comes out: simplified, as Siro has it, and what an AI agent is told. */
import { NodeHelpers, type IDataObject, type INodeParameters } from 'n8n-workflow';

import { RESOURCES } from '../../nodes/Siro/actions/registry';
import type { Operation } from '../../nodes/Siro/runner/operation';
import { LONGEST_TOOL_ANSWER, toToolAnswer } from '../../nodes/Siro/runner/toolAnswer';
import { Siro } from '../../nodes/Siro/Siro.node';
import type { RecordFields } from '../../nodes/Siro/values/recordFields';
import { createNode } from '../engine/node-types';
import { nameOf, OPERATION_CASES, type OperationCase } from '../operations';
import { newCredential } from '../operations/answer-anything';
import { recordsIn } from '../operations/records-in';
import { expectRequest, runCase } from '../operations/run-case';

const MOST_FIELDS = 10;

/** n8n gives the tool that it makes of a node a type of its own. */
class SiroTool extends Siro {
	constructor() {
		super();
		this.description = { ...this.description, name: 'siroTool' };
	}
}

function operationOf({ resource, operation }: OperationCase): Operation {
	const operations = RESOURCES.find(({ value }) => value === resource)?.operations ?? [];
	const found = operations.find(({ value }) => value === operation);
	if (found) return found;
	throw new Error(`There is no ${resource}:${operation}`);
}

function fieldsOf(operationCase: OperationCase): RecordFields | undefined {
	const operation = operationOf(operationCase);
	return 'records' in operation ? operation.records : undefined;
}

const named = (cases: OperationCase[]) => cases.map((one) => [nameOf(one), one] as const);

/** A sync gives the record as Siro returned it. */
const SIMPLE = OPERATION_CASES.filter(
	({ operation, parameters }) => operation !== 'sync' && parameters.simplify !== false,
);
const OF_MANY_FIELDS = OPERATION_CASES.filter((one) => fieldsOf(one) !== undefined);
/** One case of each operation. */
const OPERATIONS = OF_MANY_FIELDS.filter(
	({ resource, operation }, index, all) =>
		index === all.findIndex((one) => one.resource === resource && one.operation === operation),
);

async function give(
	operationCase: OperationCase,
	parameters: INodeParameters = {},
	nodeType = new Siro(),
): Promise<IDataObject[]> {
	for (const exchange of operationCase.exchanges) {
		const { status = 200, answer, answerHeaders } = exchange;
		expectRequest(exchange).reply(status, answer as object, answerHeaders);
	}
	const { error, output } = await runCase(
		{ ...operationCase, parameters: { ...operationCase.parameters, ...parameters } },
		{ nodeType, credential: newCredential(operationCase.credential) },
	);
	expect(error?.message).toBeUndefined();
	return output[0].map(({ json }) => json);
}

const giveToAgent = async (operationCase: OperationCase, parameters: INodeParameters = {}) =>
	await give(operationCase, parameters, new SiroTool());

/** What of the choice n8n shows, in the node or in the tool that it makes of it. */
function shown(nodeType: Siro, { resource, operation }: OperationCase, values: object): string[] {
	const { description } = nodeType;
	const parameters = { resource, operation, ...values };
	const node = createNode(nodeType, { parameters });
	return description.properties
		.filter((one) => NodeHelpers.displayParameter(parameters, one, node, description))
		.map(({ name }) => name)
		.filter((name) => ['simplify', 'fieldsReturned', 'fields'].includes(name));
}

test.each(named(OPERATIONS))('%s: a switch in the node, a menu in the tool', (_name, one) => {
	expect(shown(new Siro(), one, {})).toEqual(['simplify']);
	expect(shown(new SiroTool(), one, { fieldsReturned: 'raw' })).toEqual(['fieldsReturned']);
	expect(shown(new SiroTool(), one, { fieldsReturned: 'selected' })).toEqual([
		'fieldsReturned',
		'fields',
	]);
});

test.each(named(SIMPLE))('%s: ten fields at most', (_name, { output }) => {
	for (const item of output) expect(Object.keys(item).length).toBeLessThanOrEqual(MOST_FIELDS);
});

test.each(named(OF_MANY_FIELDS))(
	'%s: with Simplify off exactly Siro’s objects',
	async (_name, operationCase) => {
		const ofSiro = operationCase.exchanges.flatMap(({ answer }) => recordsIn(answer));
		const items = await give(operationCase, { simplify: false });
		expect(items).toHaveLength(operationCase.output.length);
		// The rep is no part of Siro's object, and stands beside it.
		for (const item of items) expect(ofSiro).toContainEqual({ ...item, rep: undefined });
	},
);

describe.each(named(OPERATIONS))('%s, for an AI agent', (_name, operationCase) => {
	const fields = fieldsOf(operationCase) as RecordFields;

	test('is simplified, whatever the switch of the node says', async () => {
		const items = await giveToAgent(operationCase, { simplify: false });
		expect(items).toEqual(await give(operationCase, { simplify: true }));
		for (const item of items) {
			expect(fields.simple).toEqual(expect.arrayContaining(Object.keys(item)));
		}
	});

	test('is raw, if wanted', async () => {
		expect(await giveToAgent(operationCase, { fieldsReturned: 'raw' })).toEqual(
			await give(operationCase, { simplify: false }),
		);
	});

	test('has the selected fields and the ID, nothing else', async () => {
		const [raw] = await give(operationCase, { simplify: false });
		const offered = [...fields.simple, ...fields.others];
		const [one, other] = Object.keys(raw).filter((name) => name !== fields.id);
		expect(offered).toEqual(expect.arrayContaining([fields.id, ...Object.keys(raw)]));

		// An agent gives a list as one text.
		const chosen = { fieldsReturned: 'selected', fields: `${one}, ${other}` };
		const [item] = await giveToAgent(operationCase, chosen);
		expect(Object.keys(item)).toEqual([fields.id, one, other]);
		expect(item[fields.id]).toBe(raw[fields.id]);
		expect(await giveToAgent(operationCase, { fieldsReturned: 'selected' })).toContainEqual({
			[fields.id]: raw[fields.id],
		});
	});
});

describe('what an AI agent is told', () => {
	const lengthOf = (items: IDataObject[]) => JSON.stringify(items).length;

	/** With people's words made much longer. */
	const inflate = (value: unknown): unknown =>
		JSON.parse(JSON.stringify(value ?? null), (_name, inner: unknown) =>
			typeof inner === 'string' && inner.includes(' ')
				? inner.repeat(LONGEST_TOOL_ANSWER / inner.length + 1)
				: inner,
		);

	/** An agent gets no secret at all. */
	const FOR_AGENTS = OPERATION_CASES.filter(
		({ resource, operation }) => `${resource}:${operation}` !== 'oauthApp:create',
	);

	test.each(named(FOR_AGENTS))('%s: never too much', async (_name, operationCase) => {
		const exchanges = operationCase.exchanges.map(({ answer, ...exchange }) => ({
			...exchange,
			answer: inflate(answer),
		}));
		const items = await giveToAgent({ ...operationCase, exchanges }, { fieldsReturned: 'raw' });
		expect(lengthOf(items)).toBeLessThanOrEqual(LONGEST_TOOL_ANSWER);
		expect(items.length).toBeGreaterThanOrEqual(Math.min(1, operationCase.output.length));
	});

	const answerOf = (...records: IDataObject[]) =>
		toToolAnswer(records.map((json) => ({ json, pairedItem: { item: 0 } }))).map(
			({ json }) => json,
		);

	test('many records: the first ones, and how many are left out', () => {
		const records = Array.from({ length: 1000 }, (_, id) => ({ id, text: 'x'.repeat(100) }));
		const items = answerOf(...records);
		const [last] = items.slice(-1);

		expect(lengthOf(items)).toBeLessThanOrEqual(LONGEST_TOOL_ANSWER);
		expect(lengthOf(items)).toBeGreaterThan(LONGEST_TOOL_ANSWER * 0.9);
		expect(items.slice(0, -1)).toEqual(records.slice(0, items.length - 1));
		expect(last.leftOut).toMatch(`${1001 - items.length} of 1000 records are left out here`);
	});

	test.each<[string, IDataObject, RegExp]>([
		['a long text', { id: 1, text: 'word '.repeat(20_000) }, /more characters are left out/],
		[
			'quotes and line breaks, which take two characters',
			{ id: 1, text: '"\n'.repeat(30_000) },
			/more characters are left out/,
		],
		[
			'a long list',
			{ id: 1, list: Array.from({ length: 9000 }, (_, index) => ({ index })) },
			/more entries are left out/,
		],
		[
			'an object of many fields',
			{ id: 1, byName: Object.fromEntries(Array.from({ length: 9000 }, (_, n) => [`n${n}`, 'v'])) },
			/more fields are left out/,
		],
		[
			'thousands of fields that are long',
			Object.fromEntries(Array.from({ length: 3000 }, (_, n) => [`f${n}`, 'long '.repeat(50)])),
			/more fields are left out/,
		],
		[
			'much of everything',
			{ id: 1, one: { deep: ['a'.repeat(50_000)] }, two: 'b '.repeat(50_000), three: 'c' },
			/more entries are left out.*more characters are left out/,
		],
	])('%s: as much as there is room for, and that it goes on', (_what, record, note) => {
		const [item, ...others] = answerOf(record);
		expect(others).toEqual([]);
		expect(lengthOf([item])).toBeLessThanOrEqual(LONGEST_TOOL_ANSWER);
		expect(JSON.stringify(item)).toMatch(note);
		expect(item.id).toBe(record.id);
	});

	test('what is small stays as it is, as do files', () => {
		const items = [{ json: { id: 1 }, binary: { data: { data: '', mimeType: 'audio/mpeg' } } }];
		expect(toToolAnswer(items)).toBe(items);
	});
});
