import type { SiroCredential } from './credential';
import type { Surface } from './surfaces';

/** What the node was doing, in the reader's words: the operation's action and the item. */
export interface Attempt {
	action: string;
	itemIndex?: number;
}

/** The record that a request is about; a 404 names it. */
export interface Subject {
	kind: string;
	id: string;
	/** Which of its IDs it is. Default: "ID", Siro's own. */
	idName?: 'ID' | 'external ID';
}

/** Everything that an error message is made of, besides the answer. */
export interface Failure {
	attempt: Attempt;
	surface: Surface;
	subject?: Subject;
	/** What Siro allows of such requests in particular. */
	limit?: string;
	/** Whether it is a part of a batch that Siro failed at. */
	isHalf?: boolean;
	/** Whether it must not be sent twice. */
	isOnceOnly?: boolean;
	credential: SiroCredential;
}

/** What went wrong, as a clause after "Could not …: ", and what to do about it, in sentences. */
export interface Explanation {
	reason: string;
	remedy: string;
	/** Whether the same may well succeed a little later. */
	isTemporary?: boolean;
}
