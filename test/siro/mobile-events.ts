import { bound } from './instant';
import { pageOf } from './paging';
import { notFound, Refusal } from './refusal';
import type { State } from './state';
import { operation, type Operations } from './surface';

const eventCodes = [
	'recorderStateChange',
	'networkStatusChange',
	'appStateChange',
	'consentStatusChanged',
	'recordingMetadataChanged',
	'deeplinkReceived',
	'deeplinkConsumed',
	'userAuthStatusChanged',
] as const;

/** Something that happened in the mobile app. */
export interface MobileEvent {
	sequence: number;
	id: string;
	recordingId?: string;
	externalOpportunityIds?: string[];
	userId: string;
	eventCode: (typeof eventCodes)[number];
	event: Record<string, string>;
	createdAt: string;
}

interface MobileEventQuery {
	createdAtGt?: string;
	createdAtLt?: string;
	cursor?: string;
	pageSize?: number;
	eventCode?: string;
	eventCodeIn?: string[];
	userId?: string;
	recordingId?: string;
}

/** Adds an event of the mobile app; the recorder was started, unless it says otherwise. */
export function addMobileEvent(
	state: State,
	given: Partial<Omit<MobileEvent, 'sequence'>> = {},
): MobileEvent {
	const [anyUser] = state.users.keys();
	const event: MobileEvent = {
		id: state.random.uuid(),
		userId: anyUser,
		eventCode: 'recorderStateChange',
		event: { value: 'start', trigger: 'buttonPress' },
		createdAt: state.now(),
		...given,
		sequence: state.nextSequence(),
	};
	state.mobileEvents.set(event.id, event);
	return event;
}

export function mobileEventOperations(state: State): Operations {
	const answer = (event: MobileEvent) => ({
		id: event.id,
		...(event.recordingId && { recordingId: event.recordingId }),
		...(event.externalOpportunityIds && { externalOpportunityIds: event.externalOpportunityIds }),
		userId: event.userId,
		organizationId: state.organizationId,
		eventCode: event.eventCode,
		event: event.event,
		createdAt: event.createdAt,
	});
	return {
		listMobileEvents: operation<undefined, MobileEventQuery>(({ query }) => {
			const page = pageOf(matchingEvents(state, query), {
				cursor: query.cursor,
				size: query.pageSize ?? 100,
				order: state.listOrder,
			});
			// The official document has a list of lists; how Siro fills it, it does not say.
			return { data: [page.data.map(answer)], cursor: page.cursor };
		}),
		getMobileEvent: operation(({ path }) => {
			const event = state.mobileEvents.get(path.id);
			if (!event) throw notFound('Mobile event');
			return answer(event);
		}),
	};
}

function matchingEvents(state: State, query: MobileEventQuery): MobileEvent[] {
	const createdAfter = bound('createdAtGt', query.createdAtGt);
	const createdBefore = bound('createdAtLt', query.createdAtLt);
	// Repeated parameters and commas both separate.
	const wanted = query.eventCodeIn?.flatMap((codes) => codes.split(','));
	const unknown = wanted?.find((code) => !eventCodes.some((known) => known === code));
	if (unknown !== undefined) throw new Refusal(400, `Unknown event code "${unknown}"`);
	return [...state.mobileEvents.values()].filter(
		(event) =>
			(!createdAfter || event.createdAt > createdAfter) &&
			(!createdBefore || event.createdAt < createdBefore) &&
			(!query.eventCode || event.eventCode === query.eventCode) &&
			(!wanted || wanted.includes(event.eventCode)) &&
			(!query.userId || event.userId === query.userId) &&
			(!query.recordingId || event.recordingId === query.recordingId),
	);
}
