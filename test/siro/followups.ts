import { matching, pageOf } from './lists';
import type { Recording } from './recordings';
import type { State, Stored } from './state';
import type { Call, Operations } from './surface';

type FollowupStatus = 'TO_DO' | 'IN_PROGRESS' | 'COMPLETE';

/** Something the AI suggests to do about a recording. */
export interface Followup extends Stored {
	recordingId: string;
	followupType: 'REHASH' | 'CROSS_SELL';
	score: number;
	followupAction: string | null;
	context: Array<{ header: string; value: string }>;
	starred: boolean;
	status: FollowupStatus;
	thinking: string;
	note: string | null;
	completedBy: string | null;
	completedAt: string | null;
	hasFollowupComment: boolean;
	history: object[];
}

export type NewFollowup = Partial<Omit<Followup, 'sequence' | 'recordingId' | 'history'>>;

interface FollowupUpdate {
	completed?: boolean;
	note?: string;
	starred?: boolean;
	status?: FollowupStatus;
	hasFollowupComment?: boolean;
}

interface FollowupQuery {
	cursor?: string;
	limit?: number;
	includeHistory?: boolean;
	excludeCrmCustomer?: boolean;
}

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

/** The account that a recording is about, as the platform API shows customers. */
export function crmCustomer(state: State, recording: Recording | undefined) {
	const account = recording?.link?.account;
	const { organizationId } = state;
	return account ? { ...account, customerType: 'ACCOUNT', organizationId } : null;
}

/** A follow-up in full, as the single GETs and the platform API give it. */
export function followupAnswer(state: State, followup: Followup) {
	const recording = state.recordings.get(followup.recordingId);
	const rep = recording && state.users.get(recording.userId);
	return {
		...followup,
		followupId: followup.id,
		recordingTitle: recording?.title ?? null,
		conversationType: recording?.conversationType,
		organizationId: state.organizationId,
		repName: nameOf(rep),
		repId: rep?.id ?? '',
		teamName: null,
		teamId: rep?.memberTeamId ?? '',
		dateCreated: followup.createdAt,
		metadata: [],
		crmCustomer: crmCustomer(state, recording),
		completed: followup.status === 'COMPLETE',
	};
}

const nameOf = (user?: { firstName: string | null; lastName: string | null }) =>
	[user?.firstName, user?.lastName].filter(Boolean).join(' ');

export function followupOperations(state: State): Operations {
	return {
		listFollowups: ({ query }: Call<undefined, FollowupQuery>) => {
			const all = state.followups.all().map((followup) => followupAnswer(state, followup));
			const found = matching(all, { minimumScore: 3, ...query }, FILTERS);
			const { cursor, limit: size = 25, includeHistory, excludeCrmCustomer } = query;
			const page = pageOf(found, { cursor, size, order: state.listOrder });
			const followups = page.data.map((followup) => ({
				...followup,
				history: includeHistory ? followup.history : undefined,
				crmCustomer: excludeCrmCustomer ? null : followup.crmCustomer,
			}));
			return { ...page, data: { totalCount: page.total, followups } };
		},
		updateFollowup: ({ path, body, caller }: Call<FollowupUpdate>) => {
			const followup = state.followups.existing(path.id);
			const user = caller.kind === 'user' ? state.users.get(caller.userId) : undefined;
			const { completed, status = completed ? 'COMPLETE' : undefined, note, ...rest } = body;
			const isComplete = status === 'COMPLETE';
			const [now, name] = [state.now(), nameOf(user)];
			state.followups.update(followup, {
				...rest,
				note,
				...(status && {
					status,
					completedBy: isComplete ? name : null,
					completedAt: isComplete ? now : null,
				}),
			});
			if (note !== undefined || status) {
				const by = { updatedBy: name, updatedByUserId: user?.id ?? null };
				followup.history.push({ id: state.random.uuid(), ...by, createdAt: now, note, status });
			}
			return { data: followupAnswer(state, followup) };
		},
	};
}
