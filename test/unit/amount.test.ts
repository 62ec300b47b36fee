import { toAmount } from '../../nodes/Siro/values/amount';

test.each([
	['$40,000', 40_000],
	['45.000,00 €', 45_000],
	['45k', 45_000],
	['$45K', 45_000],
	['45k €', 45_000],
	['1.5 million', 1_500_000],
	['$1.1 million', 1_100_000],
	['2 Million USD', 2_000_000],
	['-500', -500],
	['-$1,200.50', -1200.5],
	['40,000 dollars', 40_000],
	["CHF 12'500", 12_500],
	[' 0 ', 0],
	['12.5', 12.5],
	[99.9, 99.9],
])('%j says %d', (value, amount) => {
	expect(toAmount(value)).toBe(amount);
});

test.each([
	'$40,000 - $50,000',
	'40,000–50,000',
	'12,000 for 2 windows',
	'45.000',
	'45.000 €',
	'1.250 million',
	'20%',
	'up to 45k',
	'about 40,000',
	'40,000 per month',
	'forty thousand',
	'500 SQM',
	'1.5m',
	'45,5',
	'2026-02-15',
	'12.05.2026',
	'10:30',
	'01234',
	'+15551234567',
	'1e5',
	'99999999999999999999',
	'',
	'[object Object]',
	true,
	NaN,
	null,
	['$40,000'],
	{ amount: 5 },
])('%j says no one amount', (value) => {
	expect(toAmount(value)).toBeUndefined();
});
