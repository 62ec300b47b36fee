import type { IDataObject } from 'n8n-workflow';

import { matching, pageOf } from './lists';
import type { Recording } from './recordings';
import type { State, Stored } from './state';
import type { Call, Operations } from './surface';

/** Something the AI suggests to do about a recording. */
export interface Followup extends Stored {
	recordingId: string;
	followupType: 'REHASH' | 'CROSS_SELL';
	score: number;
	followupAction: string | null;
	context: Array<{ header: string; value: string }>;
	starred: boolean;
	status: 'TO_DO' | 'IN_PROGRESS' | 'COMPLETE';
	thinking: string;
	note: string | null;
	completedBy: string | null;
	completedAt: string | null;
	hasFollowupComment: boolean;
	/** The oldest first. */
	history: IDataObject[];
}

export type NewFollowup = Partial<Omit<Followup, 'sequence' | 'recordingId'>>;

const FILTERS = {
	organizationId: 'organizationId',
	minimumScore: 'score:gte',
	starred: 'starred',
	statuses: 'status',
	scores: 'score',
	userIds: 'repId',
	teamIds: 'teamId',
	conversationTypes: 'conversationType',
	createdAfter: 'createdAt:gt',
	createdBefore: 'createdAt:lt',
};

/** Adds a follow-up to a recording. */
export function addFollowup(
	state: State,
	{ id, createdAt, updatedAt }: Recording,
	given: NewFollowup = {},
): Followup {
	return state.followups.add({ createdAt, updatedAt, ...given, recordingId: id });
}

/** Changes a follow-up; its history tells of a status and of a note. */
export function changeFollowup(state: State, followup: Followup, change: NewFollowup): Followup {
	const { status, note } = change;
	if (status || note) {
		const entry = { id: state.random.uuid(), createdAt: state.now(), status, note };
		followup.history.push({ ...entry, updatedBy: 'John Sales', updatedByUserId: null });
	}
	return state.followups.update(followup, change);
}

/** A follow-up in full, as the single GETs and the platform API give it. */
export function followupAnswer(state: State, followup: Followup) {
	const recording = state.recordings.get(followup.recordingId);
	const account = recording?.link?.account;
	const { organizationId } = state;
	const rep = recording && state.users.get(recording.userId);
	return {
		...followup,
		history: undefined as Followup['history'] | undefined,
		followupId: followup.id,
		recordingTitle: recording?.title ?? null,
		conversationType: recording?.conversationType,
		organizationId,
		repName: [rep?.firstName, rep?.lastName].filter(Boolean).join(' '),
		repId: rep?.id ?? '',
		teamName: null,
		teamId: rep?.memberTeamId ?? '',
		dateCreated: followup.createdAt,
		metadata: [],
		crmCustomer: account ? { ...account, customerType: 'ACCOUNT', organizationId } : null,
		completed: followup.status === 'COMPLETE',
	};
}

interface ListQuery {
	cursor?: string;
	limit?: number;
	includeHistory?: boolean;
}

export function followupOperations(state: State): Operations {
	return {
		listFollowups: ({ query }: Call<undefined, ListQuery>) => {
			const all = state.followups.living().map((followup) => ({
				...followupAnswer(state, followup),
				...(query.includeHistory && { history: followup.history }),
			}));
			const found = matching(all, { minimumScore: 3, starred: false, ...query }, FILTERS);
			const { cursor, limit: size = 25 } = query;
			const page = pageOf(found, { cursor, size, order: state.listOrder });
			return { ...page, data: { totalCount: page.total, followups: page.data } };
		},
		updateFollowup: ({ path, body }) => {
			const followup = changeFollowup(state, state.followups.existing(path.id), body);
			return { data: followupAnswer(state, followup) };
		},
	};
}
