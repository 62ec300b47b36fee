import { DateTime } from 'luxon';

import { monthAround, toInstant } from '../../nodes/Siro/values/time';

const at = (value: unknown, timeZone = 'Asia/Tokyo') => toInstant(value, timeZone, 'Start Time');

test.each([
	['2026-02-15T14:00:00Z', '2026-02-15T14:00:00.000Z'],
	['2026-02-15T14:00:00.123456Z', '2026-02-15T14:00:00.123Z'],
	['2026-02-15T14:00:00,5Z', '2026-02-15T14:00:00.500Z'],
	['2026-02-15T14:00:00-05:00', '2026-02-15T19:00:00.000Z'],
	['2026-02-15T14:00-0500', '2026-02-15T19:00:00.000Z'],
	['2026-02-15T14:00:00+05:30', '2026-02-15T08:30:00.000Z'],
	['2026-02-15T01:00:00+14:00', '2026-02-14T11:00:00.000Z'],
	['2026-02-15 14:00:00-05', '2026-02-15T19:00:00.000Z'],
	['2026-02-15 14:00:00 +05:30', '2026-02-15T08:30:00.000Z'],
	['2026-02-15t14:00:00z', '2026-02-15T14:00:00.000Z'],
	['Sun, 15 Feb 2026 14:00:00 GMT', '2026-02-15T14:00:00.000Z'],
	['15 Feb 2026 14:00 -0500', '2026-02-15T19:00:00.000Z'],
	[' 2026-02-15T14:00:00Z\u00a0', '2026-02-15T14:00:00.000Z'],
	['2026-02-15 14:00:00 UTC', '2026-02-15T14:00:00.000Z'],
	['2026-02-15T14:00:00.000+0000', '2026-02-15T14:00:00.000Z'],
	['2026-02-15 14:00:00 +0100 UTC', '2026-02-15T13:00:00.000Z'],
	['20260215T140000Z', '2026-02-15T14:00:00.000Z'],
	['20260215T1400+0100', '2026-02-15T13:00:00.000Z'],
	['2026-02-15T14:00:00+01:00[Europe/Berlin]', '2026-02-15T13:00:00.000Z'],
	[
		'Sun Feb 15 2026 14:00:00 GMT+0100 (Central European Standard Time)',
		'2026-02-15T13:00:00.000Z',
	],
])('%s says its offset itself', (text, instant) => {
	expect(at(text)).toBe(instant);
});

test.each([
	['2026-02-15T14:00:00', 'UTC', '2026-02-15T14:00:00.000Z'],
	['2026-02-15T14:00:00', 'Asia/Tokyo', '2026-02-15T05:00:00.000Z'],
	['2026-02-15 14:00', 'Asia/Kolkata', '2026-02-15T08:30:00.000Z'],
	['2026-02-15', 'America/Los_Angeles', '2026-02-15T08:00:00.000Z'],
	['20260215T140000', 'Asia/Tokyo', '2026-02-15T05:00:00.000Z'],
	// The same wall clock, in winter and in summer.
	['2026-01-15T09:00', 'America/New_York', '2026-01-15T14:00:00.000Z'],
	['2026-07-15T09:00', 'America/New_York', '2026-07-15T13:00:00.000Z'],
	['2026-01-15T09:00', 'Europe/Berlin', '2026-01-15T08:00:00.000Z'],
	['2026-07-15T09:00', 'Europe/Berlin', '2026-07-15T07:00:00.000Z'],
])('%s without a zone means %s', (text, timeZone, instant) => {
	expect(at(text, timeZone)).toBe(instant);
});

describe('where the clock changes', () => {
	test.each([
		['2026-03-08T01:59', 'America/New_York', '2026-03-08T06:59:00.000Z'],
		['2026-03-08T03:00', 'America/New_York', '2026-03-08T07:00:00.000Z'],
		['2026-11-01T00:59', 'America/New_York', '2026-11-01T04:59:00.000Z'],
		['2026-11-01T02:00', 'America/New_York', '2026-11-01T07:00:00.000Z'],
	])('%s in %s is on the right side of it', (text, timeZone, instant) => {
		expect(at(text, timeZone)).toBe(instant);
	});

	test('a time that was skipped is read as if the clock had not changed', () => {
		expect(at('2026-03-08T02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
		expect(at('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
	});

	test('a time that happens twice is one of the two', () => {
		expect(['2026-11-01T05:30:00.000Z', '2026-11-01T06:30:00.000Z']).toContain(
			at('2026-11-01T01:30', 'America/New_York'),
		);
	});
});

describe('what an expression may give', () => {
	const instant = '2026-02-15T14:00:00.000Z';

	test.each([
		['a Date', new Date(instant)],
		[
			'a Luxon DateTime in its own zone',
			DateTime.fromISO('2026-02-15T15:00', { zone: 'Europe/Berlin' }),
		],
		['milliseconds', Date.parse(instant)],
		['milliseconds as text', String(Date.parse(instant))],
	])('%s', (_title, value) => {
		expect(at(value)).toBe(instant);
	});
});

describe('what could mean several things, or nothing, is refused:', () => {
	test.each([
		['02/03/2026'],
		['15.02.2026'],
		['2026/02/15'],
		['2026-2-5'],
		['Feb 15, 2026'],
		['15 Feb 2026 14:00'],
		['14:00'],
		['20260215'],
		['2026-02-15T14'],
		['2026-02-15T14:00 Europe/Berlin'],
		['tomorrow'],
		['1771164000'],
		[1771164000],
		[0],
		[true],
		['202602151400'],
		[202602151400],
		['20260215140000'],
		['15 Feb 2026 14 GMT'],
		['20260215T1400 Europe/Berlin'],
		['2026-02-15 UTC'],
	])('%p', (value) => {
		expect(() => at(value)).toThrow(`Start Time: "${String(value)}" is not a clear date and time`);
	});

	test.each([
		[{ day: 15 }, 'an object'],
		[['02/03/2026', '15.02.2026'], 'a list of 2 values'],
		[Number.NaN, 'this value'],
	])('%p, in the reader’s words', (value, description) => {
		expect(() => at(value)).toThrow(`Start Time: ${description} is not a clear date and time`);
	});

	test.each([
		['2026-02-30'],
		['2026-02-29T10:00:00Z'],
		['2026-13-01'],
		['2026-02-15T25:00'],
		['2026-02-15T14:60'],
		['2026-02-15T14:00+25:00'],
		['31 Feb 2026 14:00:00 GMT'],
		[new Date('nonsense')],
		[DateTime.fromISO('nonsense')],
	])('%p, which does not exist', (value) => {
		expect(() => at(value)).toThrow('is not a clear date and time');
	});

	test.each([[''], [' '], [null], [undefined]])('%p, which is nothing', (value) => {
		expect(() => at(value)).toThrow('Start Time is empty');
	});

	test('with a hint how to write it', () => {
		expect(() => at('02/03/2026')).toThrow(
			expect.objectContaining({ description: expect.stringContaining('2026-02-15T14:00:00Z') }),
		);
	});
});

describe('a month by name', () => {
	test.each([
		['2026-03-15T12:00:00Z', 0, '2026-03-01T05:00:00.000Z', '2026-04-01T03:59:59.999Z'],
		['2026-01-15T12:00:00Z', -1, '2025-12-01T05:00:00.000Z', '2026-01-01T04:59:59.999Z'],
		['2026-12-31T23:00:00Z', 0, '2026-12-01T05:00:00.000Z', '2027-01-01T04:59:59.999Z'],
		['2026-06-01T03:00:00Z', 0, '2026-05-01T04:00:00.000Z', '2026-06-01T03:59:59.999Z'],
	])('at %s, %d months away, in New York', (moment, monthsAway, startAt, endAt) => {
		expect(monthAround(new Date(moment), monthsAway, 'America/New_York')).toEqual({
			startAt,
			endAt,
		});
	});
});
