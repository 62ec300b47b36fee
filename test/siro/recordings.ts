import { findLink, type CrmRecord, type LinkTarget, type RecordingLink } from './crm';
import { addFollowup, followupAnswer, type NewFollowup } from './followups';
import { matching, pageOf, pageSize } from './lists';
import type { State, Stored } from './state';
import type { Call, Operations } from './surface';

type ExtractedScalar = string | number | boolean | null;

export interface ExtractedValue {
	name: string;
	value?: ExtractedScalar | ExtractedScalar[];
	mappings?: Array<{ crmModelName: string; crmFieldName: string }> | null;
}

/** What one of the organization's definitions found in a recording. */
export interface Extraction {
	id: string;
	definitionId: string;
	definitionName: string | null;
	status: 'IN_PROGRESS' | 'SUCCESS' | 'FAIL' | 'SYNCED';
	values: ExtractedValue[] | null;
}

export interface SummarySection {
	id: string;
	name: string;
	content: string;
}

export interface Recording extends Stored {
	userId: string;
	title: string;
	durationInMilliseconds: number;
	latitude: number;
	longitude: number;
	result: 'OPEN' | 'WON' | 'LOST';
	conversationType: string;
	isProcessingDone: boolean;
	isEntityExtractionDone: boolean;
	isSummaryDone: boolean;
	link: RecordingLink | null;
	summary: SummarySection[];
	extractions: Extraction[];
	evaluationScore: number | null;
	audio: Buffer | null;
	audioContentType: string;
}

/** What the AI makes of a recording; what is left out is invented. */
export interface Analysis {
	summary?: Array<{ id?: string; name: string; content: string }>;
	extractions?: NewExtraction[];
	evaluationScore?: number | null;
	followups?: NewFollowup[];
}

/** Either one value with its mappings, or a whole extraction with its status. */
export type NewExtraction =
	| ExtractedValue
	| { definitionName: string; status?: Extraction['status']; values: ExtractedValue[] | null };

export interface NewRecording
	extends Analysis, Partial<Omit<Recording, keyof Analysis | 'link' | 'sequence'>> {
	deleted?: boolean;
	/** Whether transcript, summary and extractions are there; `false` unless given. */
	processed?: boolean;
	link?: LinkTarget;
}

const valueFor = (crmModelName: string, crmFieldName: string, name: string, value: string) => ({
	name,
	value,
	mappings: [{ crmModelName, crmFieldName }],
});

const usualAnalysis = {
	summary: [
		{ name: 'Overview', content: 'The rep walked the customer through financing options.' },
		{ name: 'Objections', content: 'The customer is concerned about the timeline.' },
		{ name: 'Next Steps', content: 'Send a written proposal by Friday.' },
	],
	extractions: [
		valueFor('Opportunity', 'Budget__c', 'Budget', '$40,000 - $50,000'),
		valueFor('Opportunity', 'Timeline__c', 'Timeline', 'Spring 2026'),
		valueFor('Contact', 'Decision_Maker__c', 'Decision Maker', 'Both homeowners'),
	],
	evaluationScore: 82,
} satisfies Analysis;

/** Puts a recording into Siro, as if a rep had made it. Emits nothing. */
export function addRecording(state: State, given: NewRecording = {}): Recording {
	const { deleted, processed, link, ...rest } = given;
	const { summary, extractions, evaluationScore, followups, ...fields } = rest;
	const recording = state.recordings.add({
		...fields,
		updatedAt: given.updatedAt ?? given.createdAt,
		...(deleted && { deletedAt: state.now() }),
	});
	if (processed) analyse(state, recording, { summary, extractions, evaluationScore, followups });
	if (link) recording.link = findLink(state, link, recording);
	return recording;
}

/** Fills in what the AI found, and marks the recording as processed. */
export function analyse(state: State, recording: Recording, analysis: Analysis): void {
	const {
		summary = usualAnalysis.summary,
		extractions = usualAnalysis.extractions,
		evaluationScore = usualAnalysis.evaluationScore,
		followups = [],
	} = analysis;
	Object.assign(recording, {
		summary: summary.map((section) => ({ id: state.random.uuid(), ...section })),
		extractions: extractions.map((extraction) => newExtraction(state, extraction)),
		evaluationScore,
		isProcessingDone: true,
		isSummaryDone: true,
		isEntityExtractionDone: true,
	});
	for (const followup of followups) addFollowup(state, recording, followup);
}

function newExtraction(state: State, given: NewExtraction): Extraction {
	const whole = 'definitionName' in given ? given : { definitionName: given.name, values: [given] };
	const [id, definitionId] = [state.random.uuid(), state.random.uuid()];
	return { id, definitionId, status: 'SUCCESS', ...whole };
}

/** The pairs of ids by which others know what a recording is about. */
export function crmLinks(state: State, { link }: Recording) {
	if (!link) return null;
	const pair = ({ id, externalId }: CrmRecord) => ({ id, externalId });
	return {
		integrationConnectionId: state.connectionId,
		users: link.users.map(pair),
		engagement: link.engagement && pair(link.engagement),
		opportunity: link.opportunity && pair(link.opportunity),
		contacts: link.contacts.map(pair),
		account: link.account && pair(link.account),
		lead: link.lead && pair(link.lead),
	};
}

/** The recording with this id, deleted or not. */
export const recordingAt = (state: State, id: string): Recording =>
	state.recordings.get(id) ?? state.recordings.existing(id);

/** The follow-ups that came out of a recording. */
export const followupsOf = (state: State, { id }: Recording) =>
	state.followups.all().filter(({ recordingId }) => recordingId === id);

/** What a flag of a query asks to be shown. */
export const shown = <Value>(flag: string | undefined, value: () => Value) =>
	flag === 'true' ? value() : undefined;

/** Query parameters that are named like what they compare. */
const FILTERS = Object.fromEntries(
	[
		...['createdAt:gt', 'createdAt:lt'],
		...['updatedAt:gte', 'updatedAt:gt', 'updatedAt:lt', 'updatedAt:lte'],
		...['isProcessingDone', 'isEntityExtractionDone', 'isSummaryDone'],
	].map((name) => [name, name]),
);

/** Above this many recordings a page comes without evaluation scores. */
const scoredPageSize = 40;

export function recordingOperations(state: State): Operations {
	return {
		listRecordings: ({ query }: Call) => {
			const found = matching(state.recordings.all(), query, FILTERS);
			const size = pageSize(query.pageSize);
			const page = pageOf(found, { cursor: query.cursor, size, order: state.listOrder });
			const areScored = page.data.length <= scoredPageSize;
			const data = page.data.map((recording) => ({
				...recordingAnswer(
					state,
					areScored ? recording : { ...recording, evaluationScore: null },
					query,
				),
				followups: shown(query.showFollowups, () => followupsOf(state, recording)),
			}));
			return { ...page, data };
		},
		getRecording: ({ path, query }: Call) => {
			const recording = recordingAt(state, path.id);
			const followups = shown(query.showFollowups, () =>
				followupsOf(state, recording).map((one) => followupAnswer(state, one)),
			);
			return { ...recordingAnswer(state, recording, query), followups };
		},
		listSummaries: ({ path }) => recordingAt(state, path.id).summary,
	};
}

function recordingAnswer(state: State, recording: Recording, show: Call['query']) {
	return {
		...recording,
		organizationId: state.organizationId,
		rootDataPurgedAt: null,
		deleted: recording.deletedAt !== null,
		links: { web: { self: `https://app.siro.ai/#/recordings/${recording.id}` } },
		crm: shown(show.showCrmLinks, () => crmLinks(state, recording)),
		summary: shown(show.showSummary, () => recording.summary),
		entityExtractions: shown(show.showEntityExtractions, () => finishedValues(recording)),
		evaluationScore: shown(show.showEvaluationScore, () => recording.evaluationScore),
	};
}

/** The external API lists values flatly, and only those of finished extractions. */
const finishedValues = ({ extractions }: Recording) =>
	extractions
		.filter(({ status }) => status === 'SUCCESS' || status === 'SYNCED')
		.flatMap(({ values }) => values ?? []);
