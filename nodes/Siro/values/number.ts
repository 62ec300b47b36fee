import { trim } from './values';

/** As programs write it: `45000`, `-0.5`, `1e3`. */
const PLAIN = /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$/i;
/** As people write it: `45,000.00`, `45 000,50`, `45'000.00`, `45.000,00`. */
const GROUPED =
	/^[-+]?\d{1,3}(?:(?:,\d{3})+(?:\.\d+)?|(?:['’ ]\d{3})+(?:[.,]\d+)?|(?:\.\d{3})+,\d+)$/;
const CURRENCY = /^(?:[$€£¥]|(?:US|CA|AU|NZ)\$|[A-Z]{3})\s?|\s?(?:[$€£¥]|[A-Z]{3})$/g;

/**
 * The number that a value clearly says: a number, or a text such as "45000", "$45,000.00" or
 * "45.000,00 €". Gives `undefined` for all else ("45k", "$40,000 - $50,000"), rather than to guess.
 */
export function toNumber(value: unknown): number | undefined {
	if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
	if (typeof value === 'bigint') return Number(value);
	if (typeof value !== 'string') return undefined;
	const text = toPlain(trim(value));
	const number = text === undefined ? NaN : Number(text);
	return Number.isFinite(number) ? number : undefined;
}

function toPlain(text: string): string | undefined {
	const [, sign, amount] = /^([-+]?)(.*)$/s.exec(text) ?? [];
	const digits = (sign + trim(amount.replace(CURRENCY, ''))).replace(/\s/g, ' ');
	if (PLAIN.test(digits)) return digits;
	if (!GROUPED.test(digits)) return undefined;
	const decimal = /[.,](?=\d+$)/.exec(digits);
	const isDecimal = decimal !== null && !isGroup(digits, decimal.index);
	const whole = isDecimal ? digits.slice(0, decimal.index) : digits;
	const fraction = isDecimal ? `.${digits.slice(decimal.index + 1)}` : '';
	return whole.replace(/[^-+\d]/g, '') + fraction;
}

/** Whether the last separator parts thousands: "45,000", "1,045,000", as opposed to "45,000.00". */
function isGroup(digits: string, index: number): boolean {
	const [, ...others] = [...digits.matchAll(/[.,'’ ]/g)].reverse();
	const isAlike = others.every(({ 0: separator }) => separator === digits[index]);
	return isAlike && digits[index] === ',';
}

/** Whether a text may mean thousands as well as thousandths: "45.000". */
export function isAmbiguous(value: unknown): boolean {
	return typeof value === 'string' && /^\D*[1-9]\d{0,2}\.\d{3}\D*$/.test(trim(value));
}

/** Whether a number is so long that JavaScript rounds it: two IDs could become one. */
export function hasLostDigits(value: unknown): boolean {
	return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER;
}

/** What to do about such a number. */
export const LOST_DIGITS =
	'n8n cannot hold numbers of more than 15 digits exactly. Have the node before this one return the value as text, in quotes.';
