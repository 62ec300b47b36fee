/** A token that Siro has minted, and until when it may be used, as `Date.now()` counts. */
export interface AccessToken {
	accessToken: string;
	expiresAt: number;
}

/** For the way of a request, and for clocks that differ. */
const MARGIN_MS = 60_000;

/**
 * Until when a token may be used: a minute less than it lives, or a tenth less if it lives shortly.
 * `since` is when it was asked for.
 */
export function usableUntil(since: number, lifetimeMs: number): number {
	return since + lifetimeMs - Math.min(MARGIN_MS, lifetimeMs / 10);
}
