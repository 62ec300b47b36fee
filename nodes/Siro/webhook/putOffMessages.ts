import { fingerprint } from './fingerprint';

/** How often a message was put off: answered so that Svix delivers it again. */
interface PutOff {
	/** When that happened first, in seconds since 1970. */
	since: number;
	times: number;
}

/** At 24 bytes each, 24 KB, which n8n reads and writes at each delivery. */
const MOST_MESSAGES = 1_000;
/** Longer than Svix goes on delivering a message: 28 hours. */
const LONGEST_SECONDS = 2 * 24 * 60 * 60;

/** `message since times` in the text that is saved. */
const ENTRY = /^([\da-z]{14}) ([\da-z]{1,8}) (\d{1,3})$/;

/** The messages that were put off, the newest 1,000 of the last two days. */
export class PutOffMessages {
	/** By the fingerprint of Svix's message ID, oldest first. */
	private readonly messages = new Map<string, PutOff>();

	/** How often this message was put off. */
	timesOf(messageId: string): number {
		return this.messages.get(fingerprint(messageId))?.times ?? 0;
	}

	add(messageId: string): void {
		const message = fingerprint(messageId);
		const { since = seconds(), times = 0 } = this.messages.get(message) ?? {};
		this.messages.set(message, { since, times: times + 1 });
		this.forgetTheOldest();
	}

	/** Entries separated by commas: nothing that JSON would have to escape. */
	toText(): string {
		this.forgetTheOldest();
		return Array.from(
			this.messages,
			([message, { since, times }]) => `${message} ${since.toString(36)} ${times}`,
		).join();
	}

	/** Adds what such a text knows better. Whatever is malformed in it is left out. */
	learn(text: unknown): void {
		for (const entry of String(text).split(',')) {
			const [, message, since, times] = ENTRY.exec(entry) ?? [];
			if (message === undefined || Number(times) <= (this.messages.get(message)?.times ?? 0))
				continue;
			this.messages.set(message, {
				since: Math.min(parseInt(since, 36), seconds()),
				times: Number(times),
			});
		}
		this.forgetTheOldest();
	}

	private forgetTheOldest(): void {
		const tooOld = seconds() - LONGEST_SECONDS;
		for (const [message, { since }] of this.messages) {
			if (since >= tooOld && this.messages.size <= MOST_MESSAGES) return;
			this.messages.delete(message);
		}
	}
}

function seconds(): number {
	return Math.floor(Date.now() / 1000);
}
