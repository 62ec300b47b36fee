import type { IDataObject } from 'n8n-workflow';

import { isRecord, isRecordList } from '../values/values';
import { readCrmLinks } from './crmLinks';
import { readExtractions, toValuesByName } from './extractions';
import { toRecordingSummary } from './summary';

const MILLISECONDS_PER_MINUTE = 60_000;

/**
 * A recording as flat, readable fields: its length in minutes, the link to Siro's web app, the IDs
 * that its CRM records have in the CRM, the summary as text, extractions as name → value.
 * What was not asked for, or is not there, is left out. The names are the same whichever API the
 * recording comes from.
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
		processingStatus,
		isProcessingDone = processingStatus === undefined ? undefined : processingStatus === 'complete',
		...rest
	} = recording;
	return {
		...rest,
		...(createdAt === undefined ? {} : { createdAt }),
		...(isProcessingDone === undefined ? {} : { isProcessingDone }),
		...(typeof durationInMilliseconds === 'number'
			? { durationInMinutes: toMinutes(durationInMilliseconds) }
			: {}),
		...(isRecord(links) && isRecord(links.web) ? { webLink: links.web.self } : {}),
		...('crm' in recording ? toExternalIds(crm) : toKnownExternalIds(recording)),
		...(summary === undefined
			? {}
			: { summary: toRecordingSummary(String(recording.id), summary).text }),
		...(entityExtractions === undefined
			? {}
			: { extractions: toValuesByName(readExtractions(entityExtractions)) }),
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

/**
 * The same from the platform API, which describes one customer, of any kind, and the deals. It does
 * not tell of every linked record, so that an ID that is missing here may be linked all the same.
 * Source: platform-api.openapi.json, GET /v1/core/recordings/{id}.
 */
function toKnownExternalIds({ crmCustomer, crmOpportunities }: IDataObject): IDataObject {
	const customer = isRecord(crmCustomer) ? crmCustomer : {};
	const { customerType, externalId, integrationConnectionId } = customer;
	const [deal = {}] = isRecordList(crmOpportunities) ? crmOpportunities : [];
	const idOf = (kind: string) => (customerType === kind ? externalId : undefined);
	const ids = {
		integrationConnectionId,
		engagementExternalId: idOf('ENGAGEMENT'),
		opportunityExternalId:
			deal.opportunityExternalId ?? idOf('OPPORTUNITY') ?? externalIdOf(customer.opportunity),
		accountExternalId:
			deal.accountExternalId ?? idOf('ACCOUNT') ?? externalIdOf(customer.contactAccount),
		leadExternalId: idOf('LEAD'),
		contactExternalIds: customerType === 'CONTACT' && externalId ? [externalId] : undefined,
	};
	const known = Object.entries(ids).filter(([, id]) => id !== undefined && id !== null);
	return Object.fromEntries(known);
}

function externalIdOf(record: unknown): IDataObject[string] {
	return isRecord(record) ? record.externalId : undefined;
}
