import { isAmbiguous, toNumber } from './number';
import { trim } from './values';

/** Words that people write for thousands and more, and their powers of ten. */
const SCALES = new Map([
	['k', 3],
	['thousand', 3],
	['million', 6],
	['billion', 9],
]);
const SCALED = /^(\D*\d+(?:\.\d+)?)\s?(k|thousand|million|billion)$/i;

const CURRENCY_WORD = /\s?(?:dollars?|euros?|[$€£¥])$/i;
const CURRENCY_CODE = /(?<![A-Z])[A-Z]{3}(?![A-Z])/;

/** Asked for only when needed: it loads a table, which would take up to 8 ms of n8n's start. */
let currencyCodes: Set<string> | undefined;

/** An identifier (007, +1555…) or a technical notation (1e5), which only looks like an amount. */
const NO_AMOUNT = /^\+|^0\d|\de[-+]?\d/i;

/**
 * The one amount that a value clearly says, as people say it in conversations: "$40,000",
 * "45.000,00 €", "45k", "1.5 million". Gives `undefined` for ranges, units, percentages, more than
 * one number, and what may mean thousands as well as thousandths ("45.000"), rather than to guess.
 */
export function toAmount(value: unknown): number | undefined {
	if (typeof value !== 'string') return typeof value === 'number' ? toNumber(value) : undefined;
	const text = trim(value);
	if (NO_AMOUNT.test(text) || isAmbiguous(text)) return undefined;
	const [code] = CURRENCY_CODE.exec(text) ?? [];
	if (code !== undefined && !isCurrency(code)) return undefined;

	const amount = trim(text.replace(CURRENCY_WORD, '').replace(/\s?[A-Z]{3}$/, ''));
	const [, digits = amount, scale = ''] = SCALED.exec(amount) ?? [];
	const number = toNumber(digits);
	if (number === undefined) return undefined;
	const scaled = Number(`${number}e${SCALES.get(scale.toLowerCase()) ?? 0}`);
	return Math.abs(scaled) <= Number.MAX_SAFE_INTEGER ? scaled : undefined;
}

function isCurrency(code: string): boolean {
	currencyCodes ??= new Set(Intl.supportedValuesOf('currency'));
	return currencyCodes.has(code);
}
