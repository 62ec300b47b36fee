import type { IDataObject } from 'n8n-workflow';

import { isRecord } from '../api/answer';
import { readCrmLinks } from './crmLinks';
import { byName, readExtractions } from './extractions';
import { toRecordingSummary } from './summary';

const MILLISECONDS_PER_MINUTE = 60_000;

/**
 * A recording as flat, readable fields: its length in minutes, the link to Siro's web app, the IDs
 * that its CRM records have in the CRM, the summary as text, extractions as name → value.
 * What was not asked for, or is not there, is left out.
 */
export function toSimpleRecording(recording: IDataObject): IDataObject {
	const {
		durationInMilliseconds,
		links,
		crm,
		summary,
		entityExtractions,
		dateCreated,
		createdAt = dateCreated,
		...rest
	} = recording;
	return {
		...rest,
		...(createdAt === undefined ? {} : { createdAt }),
		...(typeof durationInMilliseconds === 'number'
			? { durationInMinutes: toMinutes(durationInMilliseconds) }
			: {}),
		...(isRecord(links) && isRecord(links.web) ? { webLink: links.web.self } : {}),
		...('crm' in recording ? toExternalIds(crm) : {}),
		...(summary === undefined
			? {}
			: { summary: toRecordingSummary(String(recording.id), summary).text }),
		...(entityExtractions === undefined
			? {}
			: { extractions: byName(readExtractions(entityExtractions)) }),
	};
}

function toMinutes(milliseconds: number): number {
	return Math.round((milliseconds / MILLISECONDS_PER_MINUTE) * 10) / 10;
}

function toExternalIds(crm: unknown): IDataObject {
	const links = readCrmLinks(crm);
	return {
		integrationConnectionId: links?.integrationConnectionId ?? null,
		engagementExternalId: links?.engagement?.externalId ?? null,
		opportunityExternalId: links?.opportunity?.externalId ?? null,
		accountExternalId: links?.account?.externalId ?? null,
		leadExternalId: links?.lead?.externalId ?? null,
		contactExternalIds: links?.contacts.map(({ externalId }) => externalId) ?? [],
		crmUserExternalIds: links?.users.map(({ externalId }) => externalId) ?? [],
	};
}
