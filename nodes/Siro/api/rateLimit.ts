import type { Answer } from './answer';
import type { SiroCredential } from './credential';
import { isHoldingBack } from './handling';
import type { SiroRequest } from './request';
import { backOff, retryAfter, WINDOW_MS } from './retry';
import type { Surface } from './surfaces';

/**
 * Siro answers 429 above 1,000 requests per token and minute. The margins cover the time that
 * requests spend on the way: what leaves here within a minute must not arrive within less.
 * Source: external-api.openapi.json, 429 answers.
 */
const REQUESTS_PER_WINDOW = 990;

/** However long Siro wants a token to be left alone, it is asked again after this time. */
const LONGEST_CLOSURE_MS = 300_000;

/** How long to wait for one of the few requests that may be under way, before looking again. */
const LOOK_AGAIN_MS = 100;

/** With so many requests under way and none refused, Siro does not hold the token back any more. */
const ENOUGH_UNDER_WAY = 32;

/** The moment at which a request may go. */
export interface Turn {
	at: number;
	/** Since which of Siro's refusals it is under way. */
	round: number;
}

/**
 * Siro's limit for one token, kept in two ways: no more requests than it allows are sent in a window of
 * time; and when it answers 429 all the same (the token is used elsewhere, too), the token is left
 * alone for a while, by all executions. Then one request at a time asks whether it may, and with
 * each that is not refused, one more may be under way.
 */
export class TokenLimit {
	/** Of the last requests and of those that wait, in ascending order. */
	private turns: number[] = [];

	private opensAt = 0;

	/** How often Siro refused in a row. */
	private refusals = 0;

	private round = 0;

	private underWay = 0;

	private mostUnderWay = Infinity;

	/** What the clock said last. */
	private lastNow = 0;

	/**
	 * Reserves the next free turn. It is to be begun, or given back. Gives `undefined` when it would
	 * come after the deadline.
	 */
	reserve(deadline = Infinity): Turn | undefined {
		const now = this.now();
		const windowOpens = (this.turns.at(-REQUESTS_PER_WINDOW) ?? -Infinity) + WINDOW_MS;
		const roomAt = this.underWay < this.mostUnderWay ? now : now + LOOK_AGAIN_MS;
		const at = Math.max(windowOpens, this.opensAt, roomAt);
		if (at > deadline) return undefined;
		this.add(at);
		return { at, round: this.round };
	}

	/** Begins a reserved turn. If Siro has closed meanwhile, it is given back, and this is false. */
	begin(turn: Turn): boolean {
		const isOpen = this.now() >= this.opensAt && this.underWay < this.mostUnderWay;
		if (!isOpen) {
			this.giveBack(turn);
			return false;
		}
		turn.round = this.round;
		this.underWay++;
		return true;
	}

	/** Ends a turn with the answer to its request, which tells what Siro thinks of the token. */
	end(turn: Turn, answer: Answer, request: Pick<SiroRequest, 'limit'>): void {
		const isSent = answer.status !== undefined || answer.refusedToken === undefined;
		if (!isSent) this.giveBack(turn);
		if (isHoldingBack(answer, request)) this.refuse(turn, retryAfter(answer));
		else if (answer.status === undefined || answer.status === 429) this.release(turn);
		else this.accept(turn);
	}

	/** For a turn without a request. */
	giveBack({ at }: Turn): void {
		const index = this.turns.lastIndexOf(at);
		if (index !== -1) this.turns.splice(index, 1);
	}

	/** Siro has refused the request of a turn, and perhaps said for how long (milliseconds). */
	refuse({ round }: Turn, wanted?: number): void {
		const isFirstOfRound = round === this.round;
		if (isFirstOfRound) {
			this.round++;
			this.refusals++;
			this.underWay = 0;
			this.mostUnderWay = 1;
		}
		const wait = wanted ?? (isFirstOfRound ? backOff(this.refusals) : 0);
		this.opensAt = Math.max(this.opensAt, this.now() + Math.min(wait, LONGEST_CLOSURE_MS));
	}

	/** Siro has taken the request of a turn, whatever came of it. */
	accept(turn: Turn): void {
		this.release(turn);
		if (turn.round !== this.round) return;
		this.refusals = 0;
		this.mostUnderWay = this.mostUnderWay < ENOUGH_UNDER_WAY ? this.mostUnderWay + 1 : Infinity;
	}

	/** The request of a turn is over, and nobody knows what Siro thinks of it. */
	release({ round }: Turn): void {
		if (round === this.round) this.underWay--;
	}

	/** Counts a request that is sent now, whatever the limit says. */
	count(): void {
		this.add(this.now());
	}

	private add(at: number): void {
		const isLast = at >= (this.turns.at(-1) ?? at);
		this.turns.push(at);
		if (!isLast) this.turns.sort((one, other) => one - other);
		if (this.turns.length > 2 * REQUESTS_PER_WINDOW) {
			this.turns = this.turns.filter((turn) => turn > this.lastNow - WINDOW_MS);
		}
	}

	/** A clock that is set back must not hold requests back for just as long. */
	private now(): number {
		const now = Date.now();
		const setBack = this.lastNow - now;
		if (setBack > 0) {
			this.turns = this.turns.map((turn) => turn - setBack);
			this.opensAt -= setBack;
		}
		this.lastNow = now;
		return now;
	}
}

/** Shared by all executions in this n8n process; Siro counts per token, not per workflow. */
const limits = new Map<string, TokenLimit>();

/**
 * The limit of the token that a credential has for an API; a client app has one token for both. The
 * requests that mint a user token count for the organization token, with which they are sent.
 */
export function tokenLimit(credential: SiroCredential, surface: Surface): TokenLimit {
	// It never leaves the process.
	const key = tokenOwner(credential, surface);
	const limit = limits.get(key) ?? new TokenLimit();
	limits.set(key, limit);
	return limit;
}

function tokenOwner(credential: SiroCredential, surface: Surface): string {
	const { authentication, organizationToken, clientId, userId } = credential;
	if (authentication === 'clientApp') return `client app ${clientId}`;
	return surface === 'external'
		? `organization ${organizationToken}`
		: `user ${clientId} ${userId}`;
}
