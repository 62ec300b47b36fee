import type { IDataObject } from 'n8n-workflow';

import type { SiroClient } from '../api/client';
import { endlessListError, malformedAnswerError } from '../api/errors';
import type { SiroRequest } from '../api/request';
import type { RecordFields } from '../values/recordFields';
import { isRecord, isRecordList } from '../values/values';
import { toMinutes } from './simpleRecording';

/** Siro gives no evaluation score on larger pages (FACTS, "Requests"). */
const PAGE_SIZE = 25;

/** Source: platform-api.openapi.json, POST /v1/core/recordings/search. */
export const HIT_FIELDS: RecordFields = {
	id: 'recordingId',
	simple: [
		'recordingId',
		'title',
		'createdAt',
		'userId',
		'repName',
		'teamName',
		'result',
		'durationInMinutes',
		'evaluationScore',
		'crmCustomer',
	],
	others: [
		'audioDurationInMilliseconds',
		'conversationShareRaw',
		'conversationTime',
		'conversationType',
		'customerSpeakerShareRaw',
		'customerSpeakingTime',
		'dateCreated',
		'durationInMilliseconds',
		'evaluation',
		'extractedCustomOutcomes',
		'isPrivate',
		'mobileEvents',
		'opportunitiesAmount',
		'processingErrors',
		'processingStage',
		'recordErrors',
		'repFirstName',
		'repLastName',
		'repSpeakerShareRaw',
		'repSpeakingTime',
		'seedRecordingId',
		'seedRecordingRecordingId',
		'teamId',
		'transcript',
		'universalOutcomeLabel',
		'viewed',
	],
	toSimple: toSimpleHit,
};

/**
 * Up to `limit` recordings that match a query, as Siro's search describes them. It has numbered pages,
 * and Siro does not say whether it counts them from 1 or from 0: when the page 1 begins one page late,
 * there is a page 0.
 *
 * Source: platform-api.openapi.json, POST /v1/core/recordings/search.
 */
export async function searchRecordings(
	siro: SiroClient,
	query: IDataObject,
	limit: number,
): Promise<IDataObject[]> {
	const pageSize = Math.min(PAGE_SIZE, limit);
	const found: IDataObject[] = [];
	let firstBefore: IDataObject | undefined;
	let page = 1;
	for (;;) {
		const request: SiroRequest = {
			surface: 'platform',
			method: 'POST',
			path: '/v1/core/recordings/search',
			body: { query, pageSize, page },
			repeatable: true,
		};
		const answer = await siro.record(request);
		const { hits, offset, limit: mostHits = pageSize } = answer;
		if (!isRecordList(hits)) {
			const failure = siro.failure(request);
			throw malformedAnswerError(siro.node, failure, answer, 'recordings that were found');
		}
		if (page === 1 && found.length === 0 && offset === mostHits) {
			page = 0;
			continue;
		}
		found.push(...hits);
		if (hits.length < Number(mostHits) || found.length >= limit) return found.slice(0, limit);
		if (firstBefore !== undefined && firstBefore.recordingId === hits[0]?.recordingId) {
			throw endlessListError(siro.node, siro.failure(request), 'Siro returned the same page twice');
		}
		[firstBefore] = hits;
		page++;
	}
}

/** The fields that people use of a recording that a search found. */
function toSimpleHit(hit: IDataObject): IDataObject {
	const { recordingId, title, userId, teamName, result, dateCreated, evaluation, crmCustomer } =
		hit;
	const { durationInMilliseconds: duration, repFirstName, repLastName } = hit;
	const repName = [repFirstName, repLastName].filter(Boolean).join(' ');
	return {
		recordingId,
		title: title ?? null,
		createdAt: toIsoTime(dateCreated),
		userId: userId ?? null,
		repName: repName === '' ? null : repName,
		teamName: teamName ?? null,
		result: result ?? null,
		durationInMinutes: typeof duration === 'number' ? toMinutes(duration) : null,
		evaluationScore: isRecord(evaluation) ? (evaluation.pointsEarned ?? null) : null,
		crmCustomer: isRecord(crmCustomer) ? toSimpleCustomer(crmCustomer) : null,
	};
}

function toSimpleCustomer({ id, name, customerType, externalId }: IDataObject): IDataObject {
	return { id, name, customerType, externalId };
}

/** From milliseconds since 1970. */
function toIsoTime(value: unknown): string | null {
	const time = new Date(Number(value ?? NaN));
	return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
