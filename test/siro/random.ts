const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Chance from a seed: the same seed gives the same run (the generator is mulberry32). */
export class Random {
	private position: number;

	constructor(seed: number) {
		this.position = seed >>> 0;
	}

	/** A number from 0 up to, but not including, 1. */
	next(): number {
		this.position = (this.position + 0x6d2b79f5) >>> 0;
		let mixed = this.position;
		mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	/** A version 4 UUID. */
	uuid(): string {
		const hex = [this.word(), this.word(), this.word(), this.word()].join('');
		const variant = '89ab'[Math.floor(this.next() * 4)];
		return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
	}

	/** A string of lower-case letters and digits, such as a secret. */
	text(length: number): string {
		let text = '';
		while (text.length < length) text += letters[Math.floor(this.next() * letters.length)];
		return text;
	}

	private word(): string {
		return Math.floor(this.next() * 2 ** 32)
			.toString(16)
			.padStart(8, '0');
	}
}
