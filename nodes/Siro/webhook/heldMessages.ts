import { fingerprint } from './fingerprint';

/** A message that has not started the workflow. */
interface Held {
	/** Fingerprint of what it is about. */
	recording: string;
	/** When it came first, in seconds since 1970. */
	since: number;
	/** How often it was put off; 0 if it told of a recording that was not ready, and will not come again. */
	times: number;
}

/** At 39 bytes each, 39 KB, which n8n reads and writes at each delivery. */
const MOST_MESSAGES = 1_000;
/** Longer than Svix goes on delivering a message: 28 hours. */
const LONGEST_SECONDS = 2 * 24 * 60 * 60;

/** `message recording since times` in the text that is saved. */
const ENTRY = /^[\da-z]{14} [\da-z]{14} [\da-z]{1,8} \d{1,3}$/;

/**
 * The messages that were put off, that is, answered so that Svix delivers them again, and those that
 * were passed over because the recording was not ready: the newest 1,000 of the last two days.
 */
export class HeldMessages {
	/** By the fingerprint of Svix's message ID, oldest first. */
	private readonly messages = new Map<string, Held>();

	/** How often this message was put off. */
	timesOf(messageId: string): number {
		return this.messages.get(fingerprint(messageId))?.times ?? 0;
	}

	putOff(messageId: string, recording: string): void {
		this.put(messageId, recording, this.timesOf(messageId) + 1);
	}

	passOver(messageId: string, recording: string): void {
		this.put(messageId, recording, 0);
	}

	/** Whether a message about this was passed over. */
	hasPassedOver(recording: string): boolean {
		return this.about(recording).some(([, { times }]) => times === 0);
	}

	/** How often another message about this was put off. */
	timesOfOthers(messageId: string, recording: string): number {
		const others = this.about(recording).filter(([message]) => message !== fingerprint(messageId));
		return Math.max(0, ...others.map(([, { times }]) => times));
	}

	/** Entries separated by commas: nothing that JSON would have to escape. */
	toText(): string {
		this.forgetTheOldest();
		return Array.from(this.messages, toEntry).join();
	}

	/** Adds what such a text knows better, and tells whether it knows everything. */
	learn(text: unknown): boolean {
		let known = 0;
		for (const entry of String(text).split(',')) {
			if (!ENTRY.test(entry)) continue;
			const [message, recording, time, times] = entry.split(' ');
			const held = this.messages.get(message);
			if (held === undefined || held.times < Number(times)) {
				const since = Math.min(parseInt(time, 36), seconds());
				this.messages.set(message, { recording, since, times: Number(times) });
			} else if (held.times > Number(times)) continue;
			known++;
		}
		this.forgetTheOldest();
		return known >= this.messages.size;
	}

	private put(messageId: string, recording: string, times: number): void {
		const message = fingerprint(messageId);
		const { since = seconds() } = this.messages.get(message) ?? {};
		this.messages.set(message, { recording: fingerprint(recording), since, times });
		this.forgetTheOldest();
	}

	private about(recording: string): Array<[string, Held]> {
		const wanted = fingerprint(recording);
		return [...this.messages].filter(([, held]) => held.recording === wanted);
	}

	private forgetTheOldest(): void {
		const tooOld = seconds() - LONGEST_SECONDS;
		for (const [message, { since }] of this.messages) {
			if (since >= tooOld && this.messages.size <= MOST_MESSAGES) return;
			this.messages.delete(message);
		}
	}
}

function toEntry([message, { recording, since, times }]: [string, Held]): string {
	return `${message} ${recording} ${since.toString(36)} ${times}`;
}

function seconds(): number {
	return Math.floor(Date.now() / 1000);
}
