import { fingerprint } from './fingerprint';

/** A delivery that asks for the workflow to be started. */
export interface Delivery {
	recordingId: string;
	/** Svix's ID of the message, the same at each redelivery and replay. */
	messageId: string;
	/** What the recording is linked to, if it is to start the workflow again when that has changed. */
	links?: string;
	/** Whether the message leaves it to the recording's other event to start the workflow, if need be. */
	givesWay?: boolean;
}

/** What a delivery asks to start the workflow for, once. */
export function subjectOf({ recordingId, links }: Delivery): string {
	return links === undefined ? recordingId : `${recordingId} ${links}`;
}

/** How the workflow was last started with a recording. */
interface Emission {
	/** Seconds since 1970. */
	at: number;
	/** Fingerprint of what the recording was linked to; not kept where it does not matter. */
	links?: string;
	/** Fingerprints of the messages that told of these or earlier links, newest last. */
	messages: string[];
}

/** At 22 bytes each, 220 KB, which n8n reads and writes at each delivery. */
const MOST_RECORDINGS = 10_000;
/** As long as Svix keeps a message, which an admin can replay: 90 days. */
const LONGEST_SECONDS = 90 * 24 * 60 * 60;
const MOST_MESSAGES = 4;

/** `recording time [links message …]` in the text that is saved. */
const ENTRY = /^[\da-z]{14} [\da-z]{1,8}( [\da-z]{14})*$/;

/**
 * The recordings that a trigger has started its workflow with: the newest 10,000 of the last
 * 90 days. One that is forgotten starts the workflow once more if Siro tells of it again.
 */
export class EmittedRecordings {
	/** By the fingerprint of the recording's ID, oldest first. */
	private readonly emissions = new Map<string, Emission>();
	/** What `toText` gives, while entries only come at its end and go at its beginning. */
	private text?: string;

	constructor(private readonly now: () => number = Date.now) {}

	/** Whether the workflow was started for this already. */
	has({ recordingId, messageId, links }: Delivery): boolean {
		this.forgetTheOldest();
		const emission = this.emissions.get(fingerprint(recordingId));
		if (emission === undefined) return false;
		if (links === undefined || emission.links === fingerprint(links)) return true;
		// The message tells of links of earlier; it was dealt with before they changed.
		return emission.messages.includes(fingerprint(messageId));
	}

	add({ recordingId, messageId, links }: Delivery): void {
		const recording = fingerprint(recordingId);
		const at = this.seconds();
		const { messages = [] } = this.emissions.get(recording) ?? {};
		this.put(
			recording,
			links === undefined
				? { at, messages }
				: { at, links: fingerprint(links), messages: withMessage(messages, messageId) },
		);
		this.forgetTheOldest();
	}

	/**
	 * Remembers another message about what was emitted, so that its replay is known even after the
	 * links have changed. Tells whether there is something new to save.
	 */
	addRepetition({ recordingId, messageId, links }: Delivery): boolean {
		const emission = this.emissions.get(fingerprint(recordingId));
		if (!emission || links === undefined) return false;
		const messages = withMessage(emission.messages, messageId);
		if (messages === emission.messages) return false;
		emission.messages = messages;
		this.text = undefined;
		return true;
	}

	/** Entries separated by commas: nothing that JSON would have to escape. */
	toText(): string {
		this.forgetTheOldest();
		this.text ??= Array.from(this.emissions, toEntry).join();
		return this.text;
	}

	/**
	 * Adds what such a text knows better, and tells whether it knows everything. Whatever is malformed
	 * in it is left out.
	 */
	learn(text: unknown): boolean {
		let common = 0;
		for (const entry of String(text).split(',')) {
			if (!ENTRY.test(entry)) continue;
			const [recording, time, links, ...messages] = entry.split(' ');
			const at = Math.min(parseInt(time, 36), this.seconds());
			const known = this.emissions.get(recording);
			if (known === undefined || known.at < at) this.put(recording, { at, links, messages });
			else if (known.at > at) continue;
			common++;
		}
		this.forgetTheOldest();
		return common >= this.emissions.size;
	}

	/** What is put in anew becomes the newest. */
	private put(recording: string, emission: Emission): void {
		const isNew = !this.emissions.delete(recording);
		this.emissions.set(recording, emission);
		this.text = isNew && this.text ? `${this.text},${toEntry([recording, emission])}` : undefined;
	}

	private forgetTheOldest(): void {
		const tooOld = this.seconds() - LONGEST_SECONDS;
		for (const [recording, { at }] of this.emissions) {
			if (at >= tooOld && this.emissions.size <= MOST_RECORDINGS) return;
			this.emissions.delete(recording);
			const end = this.text?.indexOf(',') ?? -1;
			this.text = end === -1 ? undefined : this.text?.slice(end + 1);
		}
	}

	private seconds(): number {
		return Math.floor(this.now() / 1000);
	}
}

function toEntry([recording, { at, links, messages }]: [string, Emission]): string {
	const entry = `${recording} ${at.toString(36)}`;
	return links === undefined ? entry : `${entry} ${links} ${messages.join(' ')}`;
}

/** The same list if it holds the message already. */
function withMessage(messages: string[], messageId: string): string[] {
	const message = fingerprint(messageId);
	return messages.includes(message) ? messages : [...messages, message].slice(-MOST_MESSAGES);
}
