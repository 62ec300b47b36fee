import { createHash } from 'node:crypto';

/** The bounds of the memory. Svix itself retries for 28 hours; an admin can replay later than that. */
const MOST_RECORDINGS = 5_000;
const LONGEST_MEMORY_MINUTES = 30 * 24 * 60;

/** Of a recording whose links change, this many messages that started the workflow are remembered. */
const MESSAGES_PER_RECORDING = 4;

/** Long enough that no two recordings share one, short because all are stored with each delivery. */
const RECORDING_KEY_LENGTH = 11;
const MESSAGE_KEY_LENGTH = 6;

/** A ready delivery, as the memory sees it. */
export interface ReadyDelivery {
	recordingId: string;
	/** `svix-id`: the same for all attempts to deliver one message. */
	messageId: string;
	/** The CRM links, when a change of them counts; else empty. */
	links: string;
}

/** What the memory says to a ready delivery. */
export type Verdict =
	/** Start the workflow, then say `complete` or `release`. */
	| { kind: 'start'; emission: Emission }
	/** The workflow was started for this already, or is about to be. */
	| { kind: 'held'; reason: string }
	/** An earlier attempt of this very message is still under way; how it ends is not known. */
	| { kind: 'busy' };

interface Emission {
	recordingKey: string;
	messageKey: string;
	links: string;
	/** What was remembered of the recording before, to go back to. */
	before?: Remembered;
}

interface Remembered {
	/** The messages that started the workflow, the latest last. */
	messageKeys: string[];
	links: string;
	/** The message that reserved the recording and has not been seen through yet. */
	reservedBy: string;
	/** Whether that happens at this moment in this process. */
	isUnderWay: boolean;
	/** In minutes since 1970. */
	at: number;
}

/** `[recording, messages, reserved by, minutes in base 36, links]`, short because it is stored often. */
type StoredRecording = [string, string, string, string, string?];

/**
 * Which recordings have started the workflow, and which message did it.
 *
 * A recording is reserved by the first message that finds it ready; its twin, the other event's
 * message, is held back. A message that failed is delivered again by Svix and passes, because the
 * reservation is its own. A message that succeeded is held back for good.
 *
 * Bounded in number and age: the oldest are forgotten, and may then start the workflow again.
 */
export class EmissionMemory {
	private readonly recordings = new Map<string, Remembered>();

	/** Takes up what was stored. What cannot be read is left out: twice is better than never. */
	constructor(stored: unknown, now = Date.now()) {
		this.takeUp(stored);
		this.forgetOld(now);
	}

	/** Asks for a ready delivery, and reserves its recording if it may start the workflow. */
	reserve({ recordingId, messageId, links }: ReadyDelivery, now = Date.now()): Verdict {
		const recordingKey = shortHash(recordingId, RECORDING_KEY_LENGTH);
		const messageKey = shortHash(messageId, MESSAGE_KEY_LENGTH);
		const linksKey = links === '' ? '' : shortHash(links, MESSAGE_KEY_LENGTH);
		const before = this.recordings.get(recordingKey);

		if (before?.messageKeys.includes(messageKey)) {
			return { kind: 'held', reason: 'This message has started the workflow already' };
		}
		const isReservedByAnother = before && !['', messageKey].includes(before.reservedBy);
		const hasStarted = before && before.messageKeys.length > 0 && before.reservedBy === '';
		if ((isReservedByAnother || hasStarted) && before.links === linksKey) {
			return { kind: 'held', reason: 'This recording has started the workflow already' };
		}
		if (before?.isUnderWay && before.reservedBy === messageKey) return { kind: 'busy' };

		this.remember(recordingKey, {
			messageKeys: before?.messageKeys ?? [],
			links: linksKey,
			reservedBy: messageKey,
			isUnderWay: true,
			at: Math.floor(now / 60_000),
		});
		this.forgetOld(now);
		return { kind: 'start', emission: { recordingKey, messageKey, links: linksKey, before } };
	}

	/** The execution is stored and Siro has been told. */
	complete({ recordingKey, messageKey, links }: Emission): void {
		const recording = this.recordings.get(recordingKey);
		if (recording) this.recordings.set(recordingKey, completed(recording, messageKey, links));
	}

	/** Nothing was started: whichever message comes next may do it. */
	release({ recordingKey, before }: Emission): void {
		if (before) this.recordings.set(recordingKey, { ...before, isUnderWay: false });
		else this.recordings.delete(recordingKey);
	}

	/** It is not known whether Siro got the answer. The same message passes again, its twin does not. */
	leaveOpen({ recordingKey }: Emission): void {
		const recording = this.recordings.get(recordingKey);
		if (recording) recording.isUnderWay = false;
	}

	/**
	 * What to store. With `emission` as if it were complete: n8n stores the memory of a delivery only
	 * after its execution, so what is read back has been executed.
	 */
	toStored(emission?: Emission): StoredRecording[] {
		return [...this.recordings].map(([key, recording]) =>
			toStoredRecording(
				key,
				emission?.recordingKey === key && recording.reservedBy === emission.messageKey
					? completed(recording, emission.messageKey, emission.links)
					: recording,
			),
		);
	}

	/** Adds what another process of this n8n has stored. What is known here stays as it is. */
	takeUp(stored: unknown): void {
		if (!Array.isArray(stored)) return;
		for (const entry of stored) {
			const read = readStoredRecording(entry);
			if (read && !this.recordings.has(read.key)) this.recordings.set(read.key, read.recording);
		}
	}

	/** As the last one in the map, which is in the order of remembering. */
	private remember(key: string, recording: Remembered): void {
		this.recordings.delete(key);
		this.recordings.set(key, recording);
	}

	private forgetOld(now: number): void {
		const oldest = Math.floor(now / 60_000) - LONGEST_MEMORY_MINUTES;
		for (const [key, { at, isUnderWay }] of this.recordings) {
			const isTooMany = this.recordings.size > MOST_RECORDINGS;
			if (isUnderWay || (!isTooMany && at >= oldest)) return;
			this.recordings.delete(key);
		}
	}
}

function completed(recording: Remembered, messageKey: string, links: string): Remembered {
	const messageKeys = [...recording.messageKeys, messageKey].slice(-MESSAGES_PER_RECORDING);
	return { ...recording, messageKeys, links, reservedBy: '', isUnderWay: false };
}

function toStoredRecording(
	key: string,
	{ messageKeys, links, reservedBy, at }: Remembered,
): StoredRecording {
	const messages = messageKeys.join('');
	const minutes = at.toString(36);
	return links === ''
		? [key, messages, reservedBy, minutes]
		: [key, messages, reservedBy, minutes, links];
}

function readStoredRecording(stored: unknown): { key: string; recording: Remembered } | undefined {
	if (!Array.isArray(stored) || !stored.every((part) => typeof part === 'string')) return undefined;
	const [key = '', messages = '', reservedBy = '', minutes = '', links = ''] = stored;
	const at = Number.parseInt(minutes, 36);
	if (key.length !== RECORDING_KEY_LENGTH || Number.isNaN(at)) return undefined;
	const messageKeys = messages.match(new RegExp(`.{${MESSAGE_KEY_LENGTH}}`, 'g')) ?? [];
	return { key, recording: { messageKeys, links, reservedBy, isUnderWay: false, at } };
}

function shortHash(text: string, length: number): string {
	return createHash('sha256').update(text).digest('base64').slice(0, length);
}
