import type { IDataObject } from 'n8n-workflow';

import type { Memory, Remembered } from './memory';
import type { Slice, Turn } from './slices';

/** A record as a list shows it, with what decides about it read out. */
export interface Listed extends Remembered {
	/** In milliseconds since 1970, like `createdAt`. */
	updatedAt: number;
	record: IDataObject;
}

/**
 * A record that there is something to tell of, and what was told of it before. When it was left over
 * by an earlier poll, what a list shows of it is not there.
 */
export type Due = Remembered & Partial<Listed>;

export interface Findings {
	found: Listed[];
	/** The latest time of a change that Siro has shown, with what was found and what was not. */
	updatedUpTo: number;
}

/** What the trigger starts on: each kind is one file, and all else about a poll is the same for all. */
export interface Source {
	/** What one is called. */
	readonly noun: string;
	/** The stretches of time that a poll looks at. */
	slices(memory: Memory, turn: Turn): Slice[];
	/** What may be told, of a slice of time; of that, what was created before a moment. */
	within(slice: Slice, createdBefore?: number): Promise<Findings>;
	/** What is remembered once all is told that there is to tell. The record is due while that changes. */
	mark(due: Due): string;
	/**
	 * The items that tell of it: none if the user does not want to know, `undefined` if it is not there,
	 * or not as it must be, any more.
	 */
	toItems(due: Due): Promise<IDataObject[] | undefined>;
	/** For the editor, when there is nothing to show. */
	describeNone(): { message: string; description: string };
}
