import { findLink, type CrmKind, type CrmRecord, type LinkTarget } from './crm';
import { crmCustomer, followupAnswer } from './followups';
import { pageSize } from './lists';
import { followupsOf, recordingAt, shown, type Extraction, type Recording } from './recordings';
import { notFound, Refusal } from './refusal';
import type { State } from './state';
import type { Call, Operations } from './surface';

/** The kinds of CRM records that a recording is linked to. */
const LINKED = {
	ACCOUNT: { kind: 'accounts', target: (id) => ({ accountExternalId: id }) },
	LEAD: { kind: 'leads', target: (id) => ({ leadExternalId: id }) },
	OPPORTUNITY: { kind: 'opportunities', target: (id) => ({ opportunityExternalId: id }) },
	ENGAGEMENT: { kind: 'engagements', target: (id) => ({ engagementExternalId: id }) },
	CONTACT: { kind: 'contacts', target: (id) => ({ contactExternalIds: [id] }) },
} satisfies Record<string, { kind: CrmKind; target: (externalId: string) => LinkTarget }>;

export type CrmDataType = keyof typeof LINKED;

interface LinkRequest {
	id?: string;
	externalId?: string;
	integrationConnectionId?: string;
	dataType: CrmDataType;
}

/** The record of a kind with this id, Siro's or the CRM's, and how to link to it. */
export function linkable(state: State, dataType: CrmDataType, id: string, isExternal: boolean) {
	const { kind, target } = LINKED[dataType];
	const record = isExternal ? state[kind].find(id) : state[kind].get(id);
	return record && record.deletedAt === null
		? { record, target: target(record.externalId) }
		: undefined;
}

/** Recordings as the platform API shows them to one user. */
export function platformRecordingOperations(state: State): Operations {
	return {
		getPlatformRecording: ({ path, query }: Call) => ({
			data: recordingAnswer(state, recordingAt(state, path.id), query),
		}),
		listUtterances: ({ path, query }: Call) => {
			const { utterances } = recordingAt(state, path.id);
			const size = pageSize(query.pageSize, 100_000, 100_000);
			const page = Number(query.cursor ?? 1);
			if (!Number.isInteger(page) || page < 1) throw new Refusal(400, 'Invalid cursor');
			return {
				data: {
					utterances: utterances.slice((page - 1) * size, page * size),
					isLowDataMode: false,
					speakerMap: { '0': 'Sales Rep', '1': 'Customer' },
				},
				pageSize: size,
				cursor: page * size < utterances.length ? page + 1 : null,
			};
		},
		linkRecording: ({ path, body }: Call<LinkRequest>) => {
			const { record, target } = requested(state, body);
			link(state, recordingAt(state, path.id), target);
			const name = record.name ?? record.subject ?? record.externalId;
			const { dataType } = body;
			return { data: { ...record, dataType, name, lastActivityAt: record.updatedAt } };
		},
		unlinkRecording: ({ path, body }: Call<LinkRequest>) => {
			const recording = recordingAt(state, path.id);
			const { record } = requested(state, body);
			const linked = Object.values(recording.link ?? {}).flat();
			if (!linked.includes(record)) throw notFound('Link');
			unlink(state, recording);
			return { data: true };
		},
	};
}

/** Links a recording to CRM records, replacing an earlier link, and announces it. */
export function link(state: State, recording: Recording, target: LinkTarget): void {
	state.recordings.update(recording, { link: findLink(state, target, recording) });
	state.announce(recording, 'integrations.recordingLinked');
}

/** Takes the link off a recording. */
export function unlink(state: State, recording: Recording): void {
	for (const record of [recording.link?.engagement, recording.link?.opportunity]) {
		if (record?.recordingId === recording.id) record.recordingId = null;
	}
	state.recordings.update(recording, { link: null });
}

/** The record that a request means, which it names by exactly one of its two ids. */
function requested(state: State, request: LinkRequest): { record: CrmRecord; target: LinkTarget } {
	const { id, externalId, integrationConnectionId, dataType } = request;
	if ((id === undefined) === (externalId === undefined)) {
		throw new Refusal(400, 'Send exactly one of id or externalId', { '/body': 'id or externalId' });
	}
	if (externalId !== undefined && integrationConnectionId === undefined) {
		throw new Refusal(400, 'externalId needs integrationConnectionId', {
			'/body/integrationConnectionId': 'is missing',
		});
	}
	if (integrationConnectionId !== undefined) state.connections.existing(integrationConnectionId);
	const found = linkable(state, dataType, id ?? externalId ?? '', id === undefined);
	if (!found) throw notFound(`CRM object (${dataType})`);
	return found;
}

function recordingAnswer(state: State, recording: Recording, show: Call['query']) {
	const { isProcessingDone, link } = recording;
	return {
		...recording,
		dateCreated: recording.createdAt,
		transcriptionStatus: isProcessingDone ? 'COMPLETE' : 'TRANSCRIBING',
		processingStatus: isProcessingDone ? 'complete' : 'in-progress',
		processingStage: isProcessingDone ? 'done' : 'processing',
		organizationId: state.organizationId,
		deleted: recording.deletedAt !== null,
		transcriptionLanguage: 'English',
		summary: shown(show.showSummary, () =>
			recording.summary.map(({ name, content }) => `${name}:\n${content}`).join('\n\n'),
		),
		entityExtractions: shown(show.showEntityExtractions, () =>
			recording.extractions.map((one) => extractionAnswer(recording, one)),
		),
		evaluationScore: shown(show.showEvaluationScore, () => recording.evaluationScore),
		followups: shown(show.showFollowups, () =>
			followupsOf(state, recording).map((one) => followupAnswer(state, one)),
		),
		crmOpportunities: shown(show.showCrmOpportunities, () =>
			link?.opportunity ? [opportunityAnswer(link.opportunity, link.account)] : [],
		),
		crmCustomer: shown(show.showCrmCustomers, () => crmCustomer(state, recording)),
	};
}

const opportunityAnswer = (opportunity: CrmRecord, account: CrmRecord | null) => ({
	...{ name: null, amount: null, disposition: null, closedAt: null },
	...opportunity,
	opportunityExternalId: opportunity.externalId,
	accountId: account?.id ?? null,
	accountName: account?.name ?? null,
	accountExternalId: account?.externalId ?? null,
	integrationName: null,
	integrationPlatform: null,
	addresses: account?.addresses ?? [],
});

const extractionAnswer = ({ id, createdAt, updatedAt }: Recording, extraction: Extraction) => ({
	id: extraction.id,
	recordingId: id,
	siroEntityDefinitionId: extraction.definitionId,
	siroEntityDefinitionName: extraction.definitionName,
	siroEntityDefinitionDeleted: false,
	status: extraction.status,
	extraction: extraction.values,
	createdAt,
	updatedAt,
	mappings: extraction.values?.flatMap(({ mappings }) => mappings ?? []) ?? null,
});
