import { trim } from './values';

const WORDS = new Map([
	['true', true],
	['yes', true],
	['on', true],
	['1', true],
	['false', false],
	['no', false],
	['off', false],
	['0', false],
]);

/** What a value clearly says as a switch; `undefined` for what is neither on nor off. */
export function toBoolean(value: unknown): boolean | undefined {
	if (typeof value === 'boolean') return value;
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	return WORDS.get(trim(String(value)).toLowerCase());
}
