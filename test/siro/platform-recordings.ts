import type { CrmRecord, CrmRecords } from './crm';
import { followupAnswer } from './followups';
import { pageSize } from './paging';
import { notFound, Refusal } from './refusal';
import {
	existingRecording,
	findLink,
	followupsOf,
	type Extraction,
	type LinkTarget,
	type Recording,
} from './recordings';
import type { State } from './state';
import { operation, type Operations } from './surface';

type CrmDataType = 'ACCOUNT' | 'LEAD' | 'OPPORTUNITY' | 'ENGAGEMENT' | 'CONTACT';

interface LinkRequest {
	id?: string;
	externalId?: string;
	integrationConnectionId?: string;
	dataType: CrmDataType;
	trigger?: string;
}

/** Recordings as the platform API shows them to one user. */
export function platformRecordingOperations(state: State): Operations {
	const recordingAt = (id: string) => existingRecording(state, id);
	return {
		getPlatformRecording: operation(({ path, query }) => ({
			data: recordingAnswer(state, recordingAt(path.id), query),
		})),
		listUtterances: operation(({ path, query }) => {
			const { utterances } = recordingAt(path.id);
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
		}),
		listPlatformSummary: operation(({ path }) => {
			const { summary, utterances } = recordingAt(path.id);
			return {
				data: summary.map((section, index) => ({
					id: section.id,
					promptHeader: section.name,
					promptResponse: section.content,
					summaryResultIndex: index,
					quotes: quotesOf(utterances.slice(index, index + 1)),
				})),
			};
		}),
		askAboutRecording: operation<{ id: string; question: string }>(({ path, body }) => {
			const recording = recordingAt(path.id);
			if (body.id !== path.id) throw new Refusal(400, 'The id of the body is another recording');
			if (!recording.isProcessingDone) {
				throw new Refusal(400, 'The recording is not available for chat');
			}
			return {
				answer: `You asked "${body.question}". ${recording.summary[0]?.content ?? 'Nothing was said about it.'}`,
				quotes: quotesOf(recording.utterances.slice(0, 2)),
			};
		}),
		isChatAvailable: operation(({ path }) => recordingAt(path.id).isProcessingDone),
		getRecordingDeepLink: operation(({ path, query }) => {
			if (!['siro', 'salespro'].includes(path.tenant)) throw new Refusal(400, 'Unknown tenant');
			const { id } = recordingAt(path.id);
			const at = query.timestamp ? `?timestamp=${query.timestamp}` : '';
			return { data: `https://app.siro.ai/#/recordings/${id}${at}` };
		}),
		linkRecording: operation<LinkRequest>(({ path, body }) => {
			const recording = recordingAt(path.id);
			const record = linkedRecord(state, body);
			link(state, recording, linkTarget(body.dataType, record.externalId));
			return {
				data: {
					id: record.id,
					externalId: record.externalId,
					dataType: body.dataType,
					name: nameOf(record),
					lastActivityAt: record.updatedAt,
				},
			};
		}),
		unlinkRecording: operation<LinkRequest>(({ path, body }) => {
			const recording = recordingAt(path.id);
			const record = linkedRecord(state, body);
			if (!isLinkedTo(recording, record)) throw notFound('Link');
			unlink(state, recording);
			return { data: true };
		}),
		listExtractions: operation(({ path }) => {
			const recording = recordingAt(path.recordingId);
			return { data: recording.extractions.map((one) => extractionAnswer(recording, one)) };
		}),
	};
}

/** Links a recording to CRM records, replacing an earlier link, and announces it. */
export function link(state: State, recording: Recording, target: LinkTarget): void {
	recording.link = findLink(state, target, recording);
	recording.updatedAt = state.now();
	state.announce(recording, 'integrations.recordingLinked');
}

/** Takes the link off a recording. */
export function unlink(state: State, recording: Recording): void {
	for (const record of [recording.link?.engagement, recording.link?.opportunity]) {
		if (record?.recordingId === recording.id) record.recordingId = null;
	}
	recording.link = null;
	recording.updatedAt = state.now();
}

function recordingAnswer(
	state: State,
	recording: Recording,
	show: Record<string, string | undefined>,
) {
	const { link, evaluationScore } = recording;
	const done = recording.isProcessingDone;
	return {
		id: recording.id,
		dateCreated: recording.createdAt,
		transcriptionStatus: done ? 'COMPLETE' : 'TRANSCRIBING',
		processingStatus: done ? 'complete' : 'in-progress',
		processingStage: done ? 'done' : 'processing',
		organizationId: state.organizationId,
		userId: recording.userId,
		title: recording.title,
		durationInMilliseconds: recording.durationInMilliseconds,
		deleted: recording.deletedAt !== null,
		conversationType: recording.conversationType,
		transcriptionLanguage: 'English',
		...(show.showSummary === 'true' && {
			summary: recording.summary.map(({ name, content }) => `${name}:\n${content}`).join('\n\n'),
		}),
		...(show.showEntityExtractions === 'true' && {
			entityExtractions: recording.extractions.map((one) => extractionAnswer(recording, one)),
		}),
		...(show.showEvaluationScore === 'true' && evaluationScore !== null && { evaluationScore }),
		...(show.showFollowups === 'true' && {
			followups: followupsOf(state, recording).map((one) => followupAnswer(state, one)),
		}),
		...(show.showCrmOpportunities === 'true' && { crmOpportunities: opportunitiesOf(recording) }),
		...(show.showCrmCustomers === 'true' &&
			link?.account && {
				crmCustomer: {
					id: link.account.id,
					name: link.account.name ?? null,
					customerType: 'ACCOUNT',
					createdAt: link.account.createdAt,
					updatedAt: link.account.updatedAt,
					externalId: link.account.externalId,
					organizationId: state.organizationId,
					integrationConnectionId: link.account.integrationConnectionId,
				},
			}),
	};
}

const opportunitiesOf = ({ link }: Recording) =>
	link?.opportunity
		? [
				{
					opportunityExternalId: link.opportunity.externalId,
					accountId: link.account?.id ?? null,
					accountName: link.account?.name ?? null,
					accountExternalId: link.account?.externalId ?? null,
					disposition: link.opportunity.disposition ?? null,
					closedAt: link.opportunity.closedAt ?? null,
					name: link.opportunity.name ?? null,
					amount: link.opportunity.amount ?? null,
					integrationName: null,
					integrationPlatform: null,
					addresses: link.account?.addresses ?? [],
				},
			]
		: [];

const extractionAnswer = (recording: Recording, extraction: Extraction) => ({
	id: extraction.id,
	recordingId: recording.id,
	siroEntityDefinitionId: extraction.definitionId,
	siroEntityDefinitionName: extraction.definitionName,
	siroEntityDefinitionDeleted: false,
	status: extraction.status,
	extraction: extraction.values,
	createdAt: extraction.createdAt,
	updatedAt: extraction.updatedAt,
	mappings: extraction.values?.flatMap(({ mappings }) => mappings ?? []) ?? null,
});

const quotesOf = (utterances: Recording['utterances']) =>
	utterances.map(({ utterance, startTimeInMillis, endTimeInMillis }) => ({
		quote: utterance,
		startTimeInMillis,
		endTimeInMillis,
	}));

/** The record a request means, which it names by exactly one of its two ids. */
function linkedRecord(state: State, request: LinkRequest): CrmRecord {
	const { id, externalId, integrationConnectionId, dataType } = request;
	if ((id === undefined) === (externalId === undefined)) {
		throw new Refusal(400, 'Send exactly one of id or externalId', { '/body': 'id or externalId' });
	}
	if (externalId !== undefined && integrationConnectionId === undefined) {
		throw new Refusal(400, 'externalId needs integrationConnectionId', {
			'/body/integrationConnectionId': 'is missing',
		});
	}
	if (integrationConnectionId !== undefined && !state.connections.has(integrationConnectionId)) {
		throw notFound('Integration connection');
	}
	const records = recordsOf(state, dataType);
	const record = id !== undefined ? records.get(id) : records.find(externalId ?? '');
	if (!record || record.deletedAt !== null) throw notFound(`CRM object (${dataType})`);
	return record;
}

function recordsOf(
	state: State,
	dataType: CrmDataType,
): Pick<CrmRecords<CrmRecord>, 'get' | 'find'> {
	switch (dataType) {
		case 'ACCOUNT':
			return state.accounts;
		case 'LEAD':
			return state.leads;
		case 'OPPORTUNITY':
			return state.opportunities;
		case 'ENGAGEMENT':
			return state.engagements;
		case 'CONTACT':
			return state.contacts;
	}
}

/** How to link to one record of a kind. */
export function linkTarget(dataType: CrmDataType, externalId: string): LinkTarget {
	switch (dataType) {
		case 'ACCOUNT':
			return { accountExternalId: externalId };
		case 'LEAD':
			return { leadExternalId: externalId };
		case 'OPPORTUNITY':
			return { opportunityExternalId: externalId };
		case 'ENGAGEMENT':
			return { engagementExternalId: externalId };
		case 'CONTACT':
			return { contactExternalIds: [externalId] };
	}
}

function isLinkedTo({ link }: Recording, record: CrmRecord): boolean {
	if (!link) return false;
	const linked: Array<CrmRecord | null> = [
		link.engagement,
		link.opportunity,
		link.account,
		link.lead,
		...link.contacts,
	];
	return linked.includes(record);
}

function nameOf(record: CrmRecord): string {
	if ('name' in record && typeof record.name === 'string') return record.name;
	if ('subject' in record && typeof record.subject === 'string') return record.subject;
	return record.externalId;
}
