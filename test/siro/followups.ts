import { bound } from './instant';
import { pageOf } from './paging';
import { notFound } from './refusal';
import type { Recording } from './recordings';
import type { State } from './state';
import { operation, type Operations } from './surface';

export type FollowupStatus = 'TO_DO' | 'IN_PROGRESS' | 'COMPLETE';

interface FollowupChange {
	id: string;
	updatedBy: string;
	updatedByUserId: string | null;
	createdAt: string;
	note?: string;
	status?: FollowupStatus;
}

/** Something the AI suggests to do about a recording. */
export interface Followup {
	sequence: number;
	id: string;
	recordingId: string;
	followupType: 'REHASH' | 'CROSS_SELL';
	score: number;
	followupAction: string | null;
	context: Array<{ header: string; value: string }>;
	createdAt: string;
	updatedAt: string;
	starred: boolean;
	status: FollowupStatus;
	thinking: string;
	note: string | null;
	completedBy: string | null;
	completedAt: string | null;
	hasFollowupComment: boolean;
	history: FollowupChange[];
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
	organizationId?: string;
	cursor?: string;
	limit?: number;
	minimumScore?: number | null;
	starred?: boolean | null;
	statuses?: FollowupStatus[];
	scores?: number[];
	userIds?: string[];
	teamIds?: string[];
	createdAfter?: string | null;
	createdBefore?: string | null;
	conversationTypes?: string[];
	includeHistory?: boolean | null;
	excludeCrmCustomer?: boolean | null;
}

/** Adds a follow-up to a recording. */
export function addFollowup(state: State, recording: Recording, given: NewFollowup = {}): Followup {
	const followup: Followup = {
		sequence: state.nextSequence(),
		id: state.random.uuid(),
		recordingId: recording.id,
		followupType: 'REHASH',
		score: 4,
		followupAction: 'Call the customer about the financing options.',
		context: [{ header: 'MAIN_OBJECTION', value: 'The timeline' }],
		createdAt: recording.createdAt,
		updatedAt: recording.updatedAt,
		starred: false,
		status: 'TO_DO',
		thinking: 'The customer asked for a proposal.',
		note: null,
		completedBy: null,
		completedAt: null,
		hasFollowupComment: false,
		...given,
		history: [],
	};
	state.followups.set(followup.id, followup);
	return followup;
}

/** A follow-up in full, as the single GETs and the platform API give it. */
export function followupAnswer(
	state: State,
	followup: Followup,
	{ includeHistory = false, excludeCrmCustomer = false } = {},
) {
	const recording = state.recordings.get(followup.recordingId);
	const rep = recording && state.users.get(recording.userId);
	const account = recording?.link?.account;
	return {
		recordingId: followup.recordingId,
		recordingTitle: recording?.title ?? null,
		repName: `${rep?.firstName ?? ''} ${rep?.lastName ?? ''}`.trim(),
		repId: rep?.id ?? '',
		teamName: null,
		teamId: rep?.memberTeamId ?? '',
		followupId: followup.id,
		dateCreated: followup.createdAt,
		followupType: followup.followupType,
		score: followup.score,
		followupAction: followup.followupAction,
		context: followup.context,
		updatedAt: followup.updatedAt,
		metadata: [],
		starred: followup.starred,
		status: followup.status,
		thinking: followup.thinking,
		...(includeHistory && { history: followup.history }),
		crmCustomer:
			account && !excludeCrmCustomer
				? {
						id: account.id,
						name: account.name ?? null,
						customerType: 'ACCOUNT',
						createdAt: account.createdAt,
						updatedAt: account.updatedAt,
						externalId: account.externalId,
						organizationId: state.organizationId,
						integrationConnectionId: account.integrationConnectionId,
					}
				: null,
		hasFollowupComment: followup.hasFollowupComment,
		note: followup.note,
		completed: followup.status === 'COMPLETE',
		completedBy: followup.completedBy,
		completedAt: followup.completedAt,
	};
}

export function followupOperations(state: State): Operations {
	return {
		listFollowups: operation<undefined, FollowupQuery>(({ query }) => {
			const matching = matchingFollowups(state, query);
			const limit = query.limit ?? 25;
			const page = pageOf(matching, { cursor: query.cursor, size: limit, order: state.listOrder });
			const shown = {
				includeHistory: query.includeHistory ?? false,
				excludeCrmCustomer: query.excludeCrmCustomer ?? false,
			};
			return {
				data: {
					totalCount: page.total,
					followups: page.data.map((followup) => followupAnswer(state, followup, shown)),
				},
				cursor: page.cursor,
				limit,
				hasNextPage: page.hasNextPage,
			};
		}),
		updateFollowup: operation<FollowupUpdate>(({ path, body, caller }) => {
			const followup = state.followups.get(path.id);
			if (!followup) throw notFound('Followup');
			const user = caller.kind === 'user' ? state.users.get(caller.userId) : undefined;
			change(state, followup, body, {
				id: user?.id ?? null,
				name: `${user?.firstName ?? ''} ${user?.lastName ?? ''}`.trim(),
			});
			return { data: followupAnswer(state, followup, { includeHistory: true }) };
		}),
	};
}

function matchingFollowups(state: State, query: FollowupQuery): Followup[] {
	const createdAfter = bound('createdAfter', query.createdAfter);
	const createdBefore = bound('createdBefore', query.createdBefore);
	const minimumScore = query.minimumScore ?? 3;
	return [...state.followups.values()].filter((followup) => {
		const recording = state.recordings.get(followup.recordingId);
		const rep = recording && state.users.get(recording.userId);
		const among = <Value>(wanted: Value[] | undefined, value: Value | null | undefined) =>
			!wanted || wanted.some((one) => one === value);
		return (
			(!query.organizationId || query.organizationId === state.organizationId) &&
			followup.score >= minimumScore &&
			(!query.starred || followup.starred) &&
			among(query.statuses, followup.status) &&
			among(query.scores, followup.score) &&
			among(query.userIds, rep?.id) &&
			among(query.teamIds, rep?.memberTeamId) &&
			among(query.conversationTypes, recording?.conversationType) &&
			(!createdAfter || followup.createdAt > createdAfter) &&
			(!createdBefore || followup.createdAt < createdBefore)
		);
	});
}

function change(
	state: State,
	followup: Followup,
	update: FollowupUpdate,
	by: { id: string | null; name: string },
): void {
	const now = state.now();
	const { note, starred, hasFollowupComment, completed } = update;
	const status = update.status ?? (completed ? 'COMPLETE' : undefined);
	followup.note = note ?? followup.note;
	followup.starred = starred ?? followup.starred;
	followup.hasFollowupComment = hasFollowupComment ?? followup.hasFollowupComment;
	followup.status = status ?? followup.status;
	if (status) {
		followup.completedBy = status === 'COMPLETE' ? by.name : null;
		followup.completedAt = status === 'COMPLETE' ? now : null;
	}
	if (note !== undefined || status) {
		followup.history.push({
			id: state.random.uuid(),
			updatedBy: by.name,
			updatedByUserId: by.id,
			createdAt: now,
			...(note !== undefined && { note }),
			...(status && { status }),
		});
	}
	followup.updatedAt = now;
}
