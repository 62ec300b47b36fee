import type { Account, Contact, CrmRecord, CrmUser, Engagement, Lead, Opportunity } from './crm';
import { addFollowup, followupAnswer, type NewFollowup } from './followups';
import { bound } from './instant';
import { pageOf, pageSize } from './paging';
import { notFound } from './refusal';
import type { State } from './state';
import { operation, type Operations } from './surface';
import { syncEngagements, syncOpportunities, upsertCrmUser } from './sync';

export type ExtractedScalar = string | number | boolean | null;

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
	createdAt: string;
	updatedAt: string;
}

export interface SummarySection {
	id: string;
	name: string;
	content: string;
}

export interface Utterance {
	utterance: string;
	startTimeInMillis: number;
	endTimeInMillis: number;
	speakerTag: string;
	redacted: boolean;
	confidence?: number;
}

/** The CRM records that a recording is confirmed to be about. */
export interface RecordingLink {
	engagement: Engagement | null;
	opportunity: Opportunity | null;
	account: Account | null;
	lead: Lead | null;
	contacts: Contact[];
	users: CrmUser[];
}

export interface Recording {
	sequence: number;
	id: string;
	userId: string;
	title: string;
	durationInMilliseconds: number;
	latitude: number;
	longitude: number;
	result: 'OPEN' | 'WON' | 'LOST';
	conversationType: string;
	createdAt: string;
	updatedAt: string;
	deletedAt: string | null;
	isProcessingDone: boolean;
	isEntityExtractionDone: boolean;
	isSummaryDone: boolean;
	link: RecordingLink | null;
	summary: SummarySection[];
	extractions: Extraction[];
	evaluationScore: number | null;
	utterances: Utterance[];
	audio: Buffer | null;
	audioContentType: string;
}

/** What the AI makes of a recording; what is left out is invented. */
export interface Analysis {
	summary?: Array<{ id?: string; name: string; content: string }>;
	extractions?: NewExtraction[];
	evaluationScore?: number | null;
	followups?: NewFollowup[];
	utterances?: Utterance[];
}

/** Either one value with its mappings, or a whole extraction with its status. */
export type NewExtraction =
	| ExtractedValue
	| { definitionName: string; status?: Extraction['status']; values: ExtractedValue[] | null };

/** The CRM records to link, by the CRM's ids. What an appointment or deal already knows is added. */
export interface LinkTarget {
	engagementExternalId?: string;
	opportunityExternalId?: string;
	accountExternalId?: string;
	leadExternalId?: string;
	contactExternalIds?: string[];
	userExternalIds?: string[];
	/** Creates CRM records that were never synced, instead of throwing. */
	createMissing?: boolean;
}

export interface NewRecording extends Analysis {
	id?: string;
	userId?: string;
	title?: string;
	durationInMilliseconds?: number;
	latitude?: number;
	longitude?: number;
	result?: Recording['result'];
	conversationType?: string;
	createdAt?: string;
	updatedAt?: string;
	deleted?: boolean;
	/** Whether transcript, summary and extractions are there; `false` unless given. */
	processed?: boolean;
	link?: LinkTarget;
	audio?: Buffer;
	audioContentType?: string;
}

const opportunityField = (crmFieldName: string) => [{ crmModelName: 'Opportunity', crmFieldName }];

const usualAnalysis = {
	summary: [
		{ name: 'Overview', content: 'The rep walked the customer through financing options.' },
		{ name: 'Objections', content: 'The customer is concerned about the timeline.' },
		{ name: 'Next Steps', content: 'Send a written proposal by Friday.' },
	],
	extractions: [
		{ name: 'Budget', value: '$40,000 - $50,000', mappings: opportunityField('Budget__c') },
		{ name: 'Timeline', value: 'Spring 2026', mappings: opportunityField('Timeline__c') },
		{
			name: 'Decision Maker',
			value: 'Both homeowners',
			mappings: [{ crmModelName: 'Contact', crmFieldName: 'Decision_Maker__c' }],
		},
	],
	evaluationScore: 82,
	utterances: [
		['0', 'Thank you for having me today.'],
		['1', 'We want to redo the kitchen before summer.'],
		['0', 'What budget did you have in mind?'],
		['1', 'Somewhere between forty and fifty thousand.'],
		['0', 'I will send you a written proposal by Friday.'],
	].map(([speakerTag, utterance], index): Utterance => ({
		utterance,
		startTimeInMillis: index * 4_000,
		endTimeInMillis: index * 4_000 + 3_500,
		speakerTag,
		redacted: false,
		confidence: 0.97,
	})),
} satisfies Analysis;

/** Puts a recording into Siro, as if a rep had made it. Emits nothing. */
export function addRecording(state: State, given: NewRecording = {}): Recording {
	const createdAt = given.createdAt ?? state.now();
	const id = given.id ?? state.random.uuid();
	if (state.recordings.has(id)) throw new Error(`There is a recording "${id}" already`);
	const [anyUser] = state.users.keys();
	const recording: Recording = {
		sequence: state.nextSequence(),
		id,
		userId: given.userId ?? anyUser,
		title: given.title ?? 'Kitchen Remodel Consultation',
		durationInMilliseconds: given.durationInMilliseconds ?? 1_800_000,
		latitude: given.latitude ?? 40.7128,
		longitude: given.longitude ?? -74.006,
		result: given.result ?? 'OPEN',
		conversationType: given.conversationType ?? 'in-home-consultation',
		createdAt,
		updatedAt: given.updatedAt ?? createdAt,
		deletedAt: given.deleted ? state.now() : null,
		isProcessingDone: false,
		isEntityExtractionDone: false,
		isSummaryDone: false,
		link: null,
		summary: [],
		extractions: [],
		evaluationScore: null,
		utterances: [],
		audio: given.audio ?? null,
		audioContentType: given.audioContentType ?? 'audio/mp4',
	};
	state.recordings.set(id, recording);
	if (given.processed) analyse(state, recording, given);
	if (given.link) recording.link = findLink(state, given.link, recording);
	return recording;
}

/** Fills in what the AI found, and marks the recording as processed. */
export function analyse(state: State, recording: Recording, analysis: Analysis): void {
	const { summary, extractions, utterances } = { ...usualAnalysis, ...definedOf(analysis) };
	recording.summary = summary.map((section) => ({ id: state.random.uuid(), ...section }));
	recording.extractions = extractions.map((extraction) =>
		newExtraction(state, recording, extraction),
	);
	recording.utterances = utterances;
	recording.evaluationScore =
		analysis.evaluationScore === undefined
			? usualAnalysis.evaluationScore
			: analysis.evaluationScore;
	for (const followup of analysis.followups ?? []) addFollowup(state, recording, followup);
	recording.isProcessingDone = true;
	recording.isSummaryDone = true;
	recording.isEntityExtractionDone = true;
}

/** Resolves what a recording is to be linked to. */
export function findLink(state: State, target: LinkTarget, recording: Recording): RecordingLink {
	const { createMissing = false } = target;
	const found = <Kind extends CrmRecord>(
		kind: string,
		externalId: string,
		records: { find(externalId: string): Kind | undefined },
		create: () => Kind,
	): Kind => {
		const record = records.find(externalId);
		if (record) return record;
		if (createMissing) return create();
		throw new Error(`No ${kind} with the externalId "${externalId}": sync it, or createMissing`);
	};

	const engagement = target.engagementExternalId
		? found('engagement', target.engagementExternalId, state.engagements, () => {
				const [created] = syncEngagements(state, [
					{ externalId: target.engagementExternalId ?? '', subject: recording.title },
				]);
				return created;
			})
		: null;
	const opportunity = target.opportunityExternalId
		? found('opportunity', target.opportunityExternalId, state.opportunities, () => {
				const [created] = syncOpportunities(state, [
					{ externalId: target.opportunityExternalId ?? '', name: recording.title },
				]);
				return created;
			})
		: (engagement?.opportunity ?? null);
	const account = target.accountExternalId
		? found('account', target.accountExternalId, state.accounts, () =>
				state.accounts.upsert(target.accountExternalId ?? '', {}),
			)
		: (engagement?.account ?? opportunity?.account ?? null);
	const lead = target.leadExternalId
		? found('lead', target.leadExternalId, state.leads, () =>
				state.leads.upsert(target.leadExternalId ?? '', {}),
			)
		: (engagement?.lead ?? null);
	const contacts = target.contactExternalIds?.map((externalId) =>
		found('contact', externalId, state.contacts, () => state.contacts.upsert(externalId, {})),
	);
	const users = target.userExternalIds?.map((externalId) =>
		found('CRM user', externalId, state.crmUsers, () => upsertCrmUser(state, { externalId })),
	);
	if (engagement) engagement.recordingId = recording.id;
	if (opportunity) opportunity.recordingId = recording.id;
	return {
		engagement,
		opportunity,
		account,
		lead,
		contacts:
			contacts ?? (engagement?.contact ? [engagement.contact] : opportunity?.contacts) ?? [],
		users: users ?? engagement?.users ?? opportunity?.users ?? [],
	};
}

/** The pairs of ids by which others know what a recording is about. */
export function crmLinks(state: State, { link }: Recording) {
	if (!link) return null;
	const pair = ({ id, externalId }: CrmRecord) => ({ id, externalId });
	return {
		integrationConnectionId: state.defaultConnectionId,
		users: link.users.map(pair),
		engagement: link.engagement && pair(link.engagement),
		opportunity: link.opportunity && pair(link.opportunity),
		contacts: link.contacts.map(pair),
		account: link.account && pair(link.account),
		lead: link.lead && pair(link.lead),
	};
}

/** The recording with this id, deleted or not. */
export function existingRecording(state: State, id: string): Recording {
	const recording = state.recordings.get(id);
	if (!recording) throw notFound('Recording');
	return recording;
}

type Flag = 'true' | 'false';

interface ShowQuery {
	showCrmLinks?: Flag;
	showSummary?: Flag;
	showEntityExtractions?: Flag;
	showEvaluationScore?: Flag;
	showFollowups?: Flag;
}

interface RecordingQuery extends ShowQuery {
	'createdAt:gt'?: string;
	'createdAt:lt'?: string;
	'updatedAt:gte'?: string;
	'updatedAt:gt'?: string;
	'updatedAt:lt'?: string;
	'updatedAt:lte'?: string;
	pageSize?: string;
	cursor?: string;
	isProcessingDone?: Flag;
	isEntityExtractionDone?: Flag;
	isSummaryDone?: Flag;
}

/** Above this many recordings a page comes without evaluation scores. */
const scoredPageSize = 40;

export function recordingOperations(state: State): Operations {
	return {
		listRecordings: operation<undefined, RecordingQuery>(({ query }) => {
			const page = pageOf(matchingRecordings(state, query), {
				cursor: query.cursor,
				size: pageSize(query.pageSize, 25, 100),
				order: state.listOrder,
			});
			const scored = page.data.length <= scoredPageSize;
			return {
				data: page.data.map((recording) => ({
					...recordingAnswer(state, recording, query),
					...(query.showEvaluationScore === 'true' && !scored && { evaluationScore: null }),
					...(query.showFollowups === 'true' && {
						followups: followupsOf(state, recording).map(({ id, score }) => ({ id, score })),
					}),
				})),
				cursor: page.cursor,
			};
		}),
		getRecording: operation<undefined, ShowQuery>(({ path, query }) => {
			const recording = existingRecording(state, path.id);
			return {
				...recordingAnswer(state, recording, query),
				...(query.showFollowups === 'true' && {
					followups: followupsOf(state, recording).map((followup) =>
						followupAnswer(state, followup, { includeHistory: true }),
					),
				}),
			};
		}),
		listSummaries: operation(({ path }) => existingRecording(state, path.id).summary),
	};
}

/** The follow-ups that came out of a recording. */
export const followupsOf = (state: State, { id }: Recording) =>
	[...state.followups.values()].filter(({ recordingId }) => recordingId === id);

function matchingRecordings(state: State, query: RecordingQuery): Recording[] {
	const createdAfter = bound('createdAt:gt', query['createdAt:gt']);
	const createdBefore = bound('createdAt:lt', query['createdAt:lt']);
	const updatedFrom = bound('updatedAt:gte', query['updatedAt:gte']);
	const updatedAfter = bound('updatedAt:gt', query['updatedAt:gt']);
	const updatedBefore = bound('updatedAt:lt', query['updatedAt:lt']);
	const updatedUntil = bound('updatedAt:lte', query['updatedAt:lte']);
	const fits = (done: boolean, flag: Flag | undefined) => !flag || String(done) === flag;
	// ISO strings in UTC sort like the moments they stand for.
	return [...state.recordings.values()].filter(
		(recording) =>
			(!createdAfter || recording.createdAt > createdAfter) &&
			(!createdBefore || recording.createdAt < createdBefore) &&
			(!updatedFrom || recording.updatedAt >= updatedFrom) &&
			(!updatedAfter || recording.updatedAt > updatedAfter) &&
			(!updatedBefore || recording.updatedAt < updatedBefore) &&
			(!updatedUntil || recording.updatedAt <= updatedUntil) &&
			fits(recording.isProcessingDone, query.isProcessingDone) &&
			fits(recording.isEntityExtractionDone, query.isEntityExtractionDone) &&
			fits(recording.isSummaryDone, query.isSummaryDone),
	);
}

function recordingAnswer(state: State, recording: Recording, show: ShowQuery) {
	return {
		id: recording.id,
		organizationId: state.organizationId,
		userId: recording.userId,
		title: recording.title,
		durationInMilliseconds: recording.durationInMilliseconds,
		latitude: recording.latitude,
		longitude: recording.longitude,
		result: recording.result,
		createdAt: recording.createdAt,
		updatedAt: recording.updatedAt,
		rootDataPurgedAt: null,
		deleted: recording.deletedAt !== null,
		deletedAt: recording.deletedAt,
		links: { web: { self: `https://app.siro.ai/#/recordings/${recording.id}` } },
		isProcessingDone: recording.isProcessingDone,
		isEntityExtractionDone: recording.isEntityExtractionDone,
		isSummaryDone: recording.isSummaryDone,
		...(show.showCrmLinks === 'true' && { crm: crmLinks(state, recording) }),
		...(show.showSummary === 'true' && { summary: recording.summary }),
		...(show.showEntityExtractions === 'true' && {
			entityExtractions: finishedValues(recording),
		}),
		...(show.showEvaluationScore === 'true' && { evaluationScore: recording.evaluationScore }),
	};
}

/** The external API lists values flatly, and only those of finished extractions. */
const finishedValues = ({ extractions }: Recording) =>
	extractions
		.filter(({ status }) => status === 'SUCCESS' || status === 'SYNCED')
		.flatMap(({ values }) => values ?? []);

function newExtraction(state: State, recording: Recording, given: NewExtraction): Extraction {
	const whole = 'definitionName' in given ? given : { definitionName: given.name, values: [given] };
	return {
		id: state.random.uuid(),
		definitionId: state.random.uuid(),
		definitionName: whole.definitionName,
		status: ('status' in whole && whole.status) || 'SUCCESS',
		values: whole.values,
		createdAt: recording.createdAt,
		updatedAt: recording.updatedAt,
	};
}

/** Without the properties that are there but undefined, which would hide the usual ones. */
function definedOf(analysis: Analysis): Pick<Analysis, 'summary' | 'extractions' | 'utterances'> {
	const { summary, extractions, utterances } = analysis;
	return {
		...(summary && { summary }),
		...(extractions && { extractions }),
		...(utterances && { utterances }),
	};
}
