import type { Random } from '../../siro/random';

/** A whole number from 0 up to, but not including, `end`. */
export const below = (random: Random, end: number): number => Math.floor(random.next() * end);

/** A whole number, of which small ones are as likely as large ones: 1 to 10 as 1,000 to 10,000. */
export const sizeUpTo = (random: Random, largest: number): number =>
	Math.floor(largest ** random.next());

export function pick<T>(random: Random, choices: readonly T[]): T {
	return choices[below(random, choices.length)];
}

export function someBytes(random: Random, count: number): Buffer {
	return Buffer.from(Array.from({ length: count }, () => below(random, 256)));
}
