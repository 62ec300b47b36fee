import { NodeApiError, type IDataObject } from 'n8n-workflow';

import type { SiroClient } from '../api/client';
import { path } from '../api/path';
import { mapConcurrently } from '../values/mapConcurrently';
import { toText } from '../values/text';

/** The Siro user who had a conversation. What Siro does not know of them is `null`. */
export interface Rep extends IDataObject {
	id: string;
	name: string | null;
	email: string | null;
	/** The ID that the rep has in the CRM. */
	externalId: string | null;
}

/** Siro, as far as it is asked here. */
type Asked = Pick<SiroClient, 'caller' | 'record' | 'warn'>;

const KEPT_MS = 600_000;
const MOST_KEPT = 1_000;
const REPS_SIDE_BY_SIDE = 5;

/** The answers that are about the user; others are about the token, or the moment, and may pass. */
const NO_SUCH_REP = ['400', '403', '404', '410'];

/** The reps that were fetched within the last ten minutes, or are being fetched, the oldest first. */
const kept = new Map<string, { rep: Promise<Rep | null>; since: number }>();

/** A recording, of either API, with its `rep` beside Siro's fields. */
export async function withRep(siro: Asked, recording: IDataObject): Promise<IDataObject> {
	return { ...recording, rep: await fetchRep(siro, recording.userId) };
}

/** The same for a list of recordings; each rep is fetched once. */
export async function withReps(siro: Asked, recordings: IDataObject[]): Promise<IDataObject[]> {
	const userIds = [...new Set(recordings.map(({ userId }) => userId))];
	const reps = await mapConcurrently(userIds, REPS_SIDE_BY_SIDE, async (userId) => {
		return [userId, await fetchRep(siro, userId)] as const;
	});
	const byUserId = new Map(reps);
	return recordings.map((recording) => ({
		...recording,
		rep: byUserId.get(recording.userId) ?? null,
	}));
}

/**
 * The rep with a Siro user ID, from memory for ten minutes; `null` if the recording names none, or Siro
 * has or shows no such user: a recording is worth having without. Throws a `NodeApiError` when Siro
 * cannot be asked at the moment.
 */
export async function fetchRep(siro: Asked, userId: unknown): Promise<Rep | null> {
	const id = toText(userId) ?? '';
	if (id === '') return null;
	const key = `${siro.caller} ${id}`;
	const known = kept.get(key);
	if (known !== undefined && Date.now() - known.since < KEPT_MS) {
		// If another's request fails, its error is about another item, or its execution was canceled.
		const rep = await known.rep.catch(() => undefined);
		if (rep !== undefined) return rep;
	}
	return await keep(key, askForRep(siro, id));
}

/** Source: external-api.openapi.json, GET /v1/core/users/{id}. */
async function askForRep(siro: Asked, id: string): Promise<Rep | null> {
	const request = { path: path`/v1/core/users/${id}`, subject: { kind: 'user', id } };
	return await siro.record(request).then(
		(user) => toRep(id, user),
		(error: unknown) => {
			if (!(error instanceof NodeApiError) || !NO_SUCH_REP.includes(error.httpCode ?? ''))
				throw error;
			siro.warn(`continues without the rep (Siro user "${id}"): ${error.message}`);
			return null;
		},
	);
}

function toRep(id: string, { firstName, lastName, email, externalId }: IDataObject): Rep {
	const name = [firstName, lastName].map((part) => toText(part) ?? '').join(' ');
	return {
		id,
		name: name.trim() || null,
		email: toText(email) || null,
		externalId: toText(externalId) || null,
	};
}

async function keep(key: string, rep: Promise<Rep | null>): Promise<Rep | null> {
	kept.delete(key);
	kept.set(key, { rep, since: Date.now() });
	const [oldest] = kept.keys();
	if (kept.size > MOST_KEPT) kept.delete(oldest);
	return await rep;
}
