import { DateTime } from 'luxon';
import type { INodeProperties } from 'n8n-workflow';

import { readValue } from '../../nodes/Siro/runner/readValue';
import { toNumber } from '../../nodes/Siro/values/number';

const hints: string[] = [];
beforeEach(() => hints.splice(0));

const CONTEXT = { timeZone: 'Asia/Tokyo', hint: (text: string) => void hints.push(text) };
const MOMENT = DateTime.fromISO('2026-02-15T14:00:00Z');

function define(type: INodeProperties['type'], more: Partial<INodeProperties> = {}) {
	return { displayName: 'Field', name: 'field', type, default: '', ...more };
}

const TEXT = define('string');
const TEXTS = define('string', { typeOptions: { multipleValues: true } });
const EXTERNAL_IDS = { ...TEXTS, name: 'mergedFromExternalIds' };
const NUMBER = define('number');
const AMOUNT = define('number', { typeOptions: { numberPrecision: 2 } });
const COUNT = define('number', { typeOptions: { minValue: 1, maxValue: 5, numberPrecision: 0 } });
const SWITCH = define('boolean');
const TIME = define('dateTime');
const STATUS = define('options', {
	options: [
		{ name: 'Do Not Send', value: '' },
		{ name: 'In Progress', value: 'IN_PROGRESS' },
		{ name: 'Won', value: 'WON' },
	],
});
const STATUSES = { ...STATUS, type: 'multiOptions' as const };
const PERSON = define('collection', { options: [{ ...TEXT, displayName: 'Name', name: 'name' }] });
const PEOPLE = define('fixedCollection', {
	typeOptions: { multipleValues: true },
	options: [
		{
			displayName: 'Person',
			name: 'person',
			values: [
				{ ...TEXT, displayName: 'Name', name: 'name' },
				{ ...NUMBER, displayName: 'Share', name: 'share' },
			],
		},
	],
});

const ALL = { TEXT, TEXTS, NUMBER, SWITCH, TIME, STATUS, STATUSES, PERSON, PEOPLE };

describe.each(Object.entries(ALL))('%s', (_name, definition) => {
	test.each([[null], [undefined], [''], [' \t\u00a0\u200b'], [[]], [{}]])(
		'says nothing with %j',
		(value) => {
			expect(readValue(definition, value, CONTEXT)).toBeUndefined();
		},
	);
});

test.each([
	'0000-00-00',
	'0000-00-00 00:00:00',
	'0001-01-01T00:00:00',
	'0001-01-01T00:00:00Z',
	DateTime.fromISO('0001-01-01', { zone: 'utc' }),
	new Date('0001-01-01'),
])('a date that is not set says nothing: %s', (value) => {
	expect(readValue(TIME, value, CONTEXT)).toBeUndefined();
});

test.each([
	[TEXT, ' \u00a0A-1 ', 'A-1'],
	[TEXT, 37201, '37201'],
	[TEXT, Number.MAX_SAFE_INTEGER, '9007199254740991'],
	[TEXT, '3652397000000649013', '3652397000000649013'],
	[TEXT, false, 'false'],
	[TEXT, ['A-1', null], 'A-1'],
	[TEXT, MOMENT, MOMENT.toISO()],
	[TEXTS, 'a, b\n c ,', ['a', 'b', 'c']],
	[TEXTS, ['a', null, ' ', [1, 2], 'b,c'], ['a', '1', '2', 'b,c']],
	[TEXTS, '["a", 2]', ['a', '2']],
	[TEXTS, 555, ['555']],
	[EXTERNAL_IDS, '1042,1\n1043', ['1042,1', '1043']],
	[NUMBER, '$45,000.00', 45000],
	[NUMBER, 0, 0],
	[AMOUNT, '12.5', 12.5],
	[COUNT, '3', 3],
	[SWITCH, 'TRUE', true],
	[SWITCH, 'no', false],
	[SWITCH, 0, false],
	[TIME, '2026-02-15T14:00', '2026-02-15T05:00:00.000Z'],
	[TIME, MOMENT, '2026-02-15T14:00:00.000Z'],
	[STATUS, 'won', 'WON'],
	[STATUS, 'in progress', 'IN_PROGRESS'],
	[STATUS, 'Do Not Send', undefined],
	[STATUSES, ['won', null, 'IN_PROGRESS'], ['WON', 'IN_PROGRESS']],
	[STATUSES, 'won, in progress', ['WON', 'IN_PROGRESS']],
	[PERSON, { name: ' Ann ', age: 7 }, { name: 'Ann', age: 7 }],
	[PERSON, '{"name": 1984}', { name: '1984' }],
	[
		PEOPLE,
		{ person: [{ name: 'Ann', share: '0.5' }, {}] },
		{ person: [{ name: 'Ann', share: 0.5 }] },
	],
	[PEOPLE, [{ name: 'Ann' }], { person: [{ name: 'Ann' }] }],
	[PEOPLE, { person: { name: 'Ann' } }, { person: [{ name: 'Ann' }] }],
	[PEOPLE, { name: 'Ann' }, { person: [{ name: 'Ann' }] }],
])('%# reads %j', (definition, value, read) => {
	expect(readValue(definition, value, CONTEXT)).toEqual(read);
});

test.each([
	[TEXT, { value: 7, name: 'Acme' }, 'Field: an object is not text'],
	[TEXT, ['a', 'b'], 'Field: a list of 2 values is not text'],
	[TEXT, '[object Object]', 'Field: this value is not text'],
	[TEXT, Number.NaN, 'Field: this value is not text'],
	[
		TEXT,
		JSON.parse('3652397000000649013'),
		'Field: the number 3652397000000649000 is too long, so its last digits were lost',
	],
	[
		TEXTS,
		[1, 2 ** 53],
		'Field: the number 9007199254740992 is too long, so its last digits were lost',
	],
	[TEXTS, ['a', { id: 1 }], 'Field: an object is not text'],
	[NUMBER, '45k', 'Field: "45k" is not a number'],
	[NUMBER, true, 'Field: "true" is not a number'],
	[AMOUNT, '45.000', 'Field: "45.000" is not a number'],
	[COUNT, 2.5, 'Field: "2.5" is not a whole number'],
	[COUNT, 0, 'Field: "0" is not a number from 1 up'],
	[COUNT, 6, 'Field: "6" is not a number up to 5'],
	[SWITCH, 'maybe', 'Field: "maybe" is not true or false'],
	[TIME, '02/03/2026', 'Field: "02/03/2026" is not a clear date and time'],
	[STATUS, 'lost', 'Field: "lost" is not one of Do Not Send, In Progress, Won'],
	[STATUSES, ['won', 'lost'], 'Field: "lost" is not one of Do Not Send, In Progress, Won'],
	[PERSON, 'Ann', 'Field: "Ann" is not fields with their values'],
	[PEOPLE, { person: [{ name: 'Ann' }, { share: 'x' }] }, 'Person 2 → Share: "x" is not a number'],
	[PERSON, { name: { first: 'Ann' } }, 'Field → Name: an object is not text'],
])('%# refuses %j by name', (definition, value, message) => {
	expect(() => readValue(definition, value, CONTEXT)).toThrow(
		expect.objectContaining({ message, description: expect.any(String) }),
	);
});

test('a number that is no option is left out, and the user is told', () => {
	expect(readValue(STATUS, 7, CONTEXT)).toBeUndefined();
	expect(hints).toEqual([
		'Field: 7 is not one of Do Not Send, In Progress, Won, so it was left out.',
	]);
});

test('in JSON, an empty list says that there are none', () => {
	expect(readValue(TEXTS, [], { ...CONTEXT, keepsEmptyLists: true })).toEqual([]);
});

describe('a number that people wrote', () => {
	test.each([
		['45,000', 45000],
		['1,045,000.5', 1045000.5],
		['45.000,00 €', 45000],
		['€1.234.567,89', 1234567.89],
		['45 000,50', 45000.5],
		['45\u00a0000', 45000],
		["45'000.00", 45000],
		['USD 45,000', 45000],
		['-$500', -500],
		['.5', 0.5],
		['1e3', 1000],
	])('%s is clear', (text, number) => {
		expect(toNumber(text)).toBe(number);
	});

	test.each([
		['45k'],
		['1.5 million'],
		['$40,000 - $50,000'],
		['12,000 for 2 windows'],
		['45,00'],
		['12,34,567'],
		['(500)'],
		['50%'],
		['0x10'],
		['Infinity'],
		['EUR'],
		['1,2'],
	])('%s is not', (text) => {
		expect(toNumber(text)).toBeUndefined();
	});
});
