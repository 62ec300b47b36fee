import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
} from 'n8n-workflow';

import { ItemParameters } from '../../nodes/Siro/runner/itemParameters';
import { runNode } from '../engine';

/** What is read as JSON stays as n8n gives it. */
const DEFINITIONS: INodeProperties[] = [
	{ displayName: 'Value', name: 'value', type: 'json', default: '' },
	{
		displayName: 'Locator',
		name: 'locator',
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		modes: [{ displayName: 'By ID', name: 'id', type: 'string' }],
	},
];

type Read = (context: IExecuteFunctions, index: number) => unknown;

/** A node that puts out what `read` gives for each item. */
function readerNode(read: Read): INodeType {
	return {
		description: {
			displayName: 'Reader Under Test',
			name: 'readerUnderTest',
			group: ['transform'],
			version: 1,
			description: 'Reads its parameter',
			defaults: { name: 'Reader Under Test' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			properties: DEFINITIONS,
		},
		async execute() {
			return [
				this.getInputData().map((_, index) => ({ json: { read: read(this, index) } as never })),
			];
		},
	};
}

const ITEM = {
	id: 'appt-1',
	'Start Time': '2026-02-15T14:00:00Z',
	'a.b': 'with a full stop',
	count: 3,
	isOpen: false,
	nothing: null,
	empty: '',
	formula: '={{ 1 + 1 }}',
	owner: { name: 'Ann', tags: ['x', 'y'], 'e-mail': 'ann@example.com' },
	list: ['first'],
};
const INPUT: INodeExecutionData[] = [{ json: ITEM }, { json: { ...ITEM, id: 'appt-2' } }];

/** Reads a parameter of both items, in our way and in n8n's. */
async function readBothWays(value: unknown, name = 'value') {
	let fromN8n = 0;
	const run = async (read: Read) => {
		const { output, error } = await runNode({
			nodeType: readerNode(read),
			parameters: { [name]: value as never },
			input: INPUT,
		});
		return error ? error.message : output[0].map(({ json }) => json.read);
	};
	let parameters: ItemParameters | undefined;
	const ours = await run((context, index) => {
		parameters ??= new ItemParameters(
			counting(context),
			context.getInputData(),
			DEFINITIONS,
			() => {},
		);
		return parameters.read(name, index);
	});
	const theirs = await run((context, index) =>
		context.getNodeParameter(name, index, undefined, { extractValue: true }),
	);
	return { ours, theirs, fromN8n };

	function counting(context: IExecuteFunctions): IExecuteFunctions {
		const count: IExecuteFunctions['getNodeParameter'] = (
			parameterName: string,
			index: number,
			fallback?: unknown,
			options?: { rawExpressions?: boolean },
		) => {
			if (!options?.rawExpressions) fromN8n++;
			return context.getNodeParameter(parameterName, index, fallback, options as never) as never;
		};
		return new Proxy(context, {
			get: (target, key, receiver) =>
				key === 'getNodeParameter' ? count : (Reflect.get(target, key, receiver) as unknown),
		});
	}
}

const LOOKED_UP: unknown[] = [
	'={{ $json.id }}',
	'={{$json.id}}',
	"={{ $json['Start Time'] }}",
	'={{ $json["Start Time"] }}',
	"={{ $json['a.b'] }}",
	'={{ $json.count }}',
	'={{ $json.isOpen }}',
	'={{ $json.formula }}',
	'={{ $json.owner.name }}',
	"={{ $json.owner['e-mail'] }}",
	{ field: '={{ $json.id }}', other: 'fixed', number: 0 },
	{ rep: [{ externalId: '={{ $json.id }}' }, { externalId: '={{ $json.count }}' }] },
];

const LEFT_TO_N8N: unknown[] = [
	'={{ $json.absent }}',
	'={{ $json.owner }}',
	'={{ $json.list }}',
	'={{ $json.list[0] }}',
	'={{ $json.id.length }}',
	'={{ $json.id.toUpperCase() }}',
	'={{ $json.owner.absent.deeper }}',
	'={{ $json.hasOwnProperty }}',
	'={{ $json.constructor }}',
	'={{ $json.__proto__ }}',
	'={{ $json.id + $json.count }}',
	'={{ $json.id }} and {{ $json.count }}',
	'=text {{ $json.id }}',
	'={{ $json.id }} ',
	'=text',
	'={{ $now.year > 2000 }}',
	"={{ $('Start').item.json.id }}",
	{ field: '={{ $json.id }}', other: '={{ $json.count * 2 }}' },
];

const FIXED: unknown[] = ['text', 0, true, ['a', 'b'], { field: 'x', list: [1] }];

const LOCATORS = [
	{ value: '={{ $json.id }}', timesAsked: 0 },
	{ value: '={{ $json.id + "x" }}', timesAsked: 2 },
	{ value: 'recording-1', timesAsked: 1 },
];

describe('parameters of an item', () => {
	test.each(LOCATORS)(
		'takes the ID out of a locator with $value',
		async ({ value, timesAsked }) => {
			const locator = { __rl: true, mode: 'id', value };
			const { ours, theirs, fromN8n } = await readBothWays(locator, 'locator');
			expect(ours).toEqual(theirs);
			expect(fromN8n).toBe(timesAsked);
		},
	);

	test.each(LOOKED_UP.map((value) => [value]))(
		'looks %j up in the item, with what n8n would give',
		async (value) => {
			const { ours, theirs, fromN8n } = await readBothWays(value);
			expect(ours).toEqual(theirs);
			expect(fromN8n).toBe(0);
		},
	);

	test.each(LEFT_TO_N8N.map((value) => [value]))('leaves %j to n8n', async (value) => {
		const { ours, theirs, fromN8n } = await readBothWays(value);
		expect(ours).toEqual(theirs);
		expect(fromN8n).toBeGreaterThan(0);
	});

	test.each(FIXED.map((value) => [value]))('asks n8n once for %j', async (value) => {
		const { ours, theirs, fromN8n } = await readBothWays(value);
		expect(ours).toEqual(theirs);
		expect(fromN8n).toBe(1);
	});
});
