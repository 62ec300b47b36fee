import type { IDataObject } from 'n8n-workflow';

import { simplify, type RecordFields } from '../values/recordFields';
import { isBlank, isRecord, isRecordList } from '../values/values';
import { readExtractions, toValuesByName } from './extractions';
import { toRecordingSummary } from './summary';

const MILLISECONDS_PER_MINUTE = 60_000;

/**
 * With everything included, the last two have no place among the ten of a simplified recording.
 * Sources: external-api.openapi.json and platform-api.openapi.json, GET /v1/core/recordings and …/{id}.
 */
export const RECORDING_FIELDS: RecordFields = {
	id: 'id',
	simple: [
		'id',
		'title',
		'createdAt',
		'rep',
		'userId',
		'result',
		'crm',
		'summary',
		'extractions',
		'evaluationScore',
		'followups',
		'webLink',
		'durationInMinutes',
	],
	others: [
		'conversationType',
		'crmCustomer',
		'crmOpportunities',
		'dateCreated',
		'deleted',
		'deletedAt',
		'discoverable',
		'durationInMilliseconds',
		'entityExtractions',
		'extractedCustomOutcomes',
		'isEntityExtractionDone',
		'isPrivate',
		'isProcessingDone',
		'isSummaryDone',
		'isVideo',
		'latitude',
		'links',
		'longitude',
		'organizationId',
		'processingStage',
		'processingStatus',
		'repFirstName',
		'repLastName',
		'rootDataPurgedAt',
		'teamId',
		'transcriptionLanguage',
		'transcriptionStatus',
		'trigger',
		'universalOutcomeLabel',
		'updatedAt',
	],
	toSimple: toReadable,
};

/** A recording as ten fields at most; the names are the same whichever API it comes from. */
export function toSimpleRecording(recording: IDataObject): IDataObject {
	return simplify(RECORDING_FIELDS, recording);
}

/**
 * A recording with its length in minutes, the link to Siro's web app, the CRM records that it is linked
 * to, the summary as text, and extractions as name → value. What was not asked for, or is not there, is
 * left out.
 */
function toReadable(recording: IDataObject): IDataObject {
	const { durationInMilliseconds, links, summary, entityExtractions, ...rest } = recording;
	const { userId, dateCreated, createdAt = dateCreated, rep, ...others } = rest;
	const crm = 'crm' in recording ? recording.crm : toKnownLinks(recording);
	return {
		...others,
		...(createdAt === undefined ? {} : { createdAt }),
		// A rep has the user's ID, too.
		...(rep === undefined ? {} : { rep }),
		...(isRecord(rep) ? {} : { userId }),
		...(typeof durationInMilliseconds === 'number'
			? { durationInMinutes: toMinutes(durationInMilliseconds) }
			: {}),
		...(isRecord(links) && isRecord(links.web) ? { webLink: links.web.self } : {}),
		...(crm === undefined ? {} : { crm }),
		...(summary === undefined
			? {}
			: { summary: toRecordingSummary(String(recording.id), summary).text }),
		...(entityExtractions === undefined
			? {}
			: { extractions: toValuesByName(readExtractions(entityExtractions)) }),
	};
}

/** With one digit after the point. */
export function toMinutes(milliseconds: number): number {
	return Math.round((milliseconds / MILLISECONDS_PER_MINUTE) * 10) / 10;
}

/**
 * The CRM records in the shape of `crm`, from the platform API, which describes one customer, of any kind,
 * and the deals. It does not tell of every linked record, so that one that is missing here may be
 * linked all the same.
 * Source: platform-api.openapi.json, GET /v1/core/recordings/{id}.
 */
function toKnownLinks({ crmCustomer, crmOpportunities }: IDataObject): IDataObject | undefined {
	const customer = isRecord(crmCustomer) ? crmCustomer : {};
	const [deal = {}] = isRecordList(crmOpportunities) ? crmOpportunities : [];
	const customerAs = (kind: string) =>
		customer.customerType === kind ? toReference(customer) : undefined;
	const contact = customerAs('CONTACT');
	const links = {
		integrationConnectionId: customer.integrationConnectionId ?? undefined,
		engagement: customerAs('ENGAGEMENT'),
		opportunity:
			toReference({ externalId: deal.opportunityExternalId }) ??
			customerAs('OPPORTUNITY') ??
			toReference(customer.opportunity),
		account:
			toReference({ id: deal.accountId, externalId: deal.accountExternalId }) ??
			customerAs('ACCOUNT') ??
			toReference(customer.contactAccount),
		lead: customerAs('LEAD'),
		contacts: contact && [contact],
	};
	const known = Object.entries(links).filter(([, link]) => link !== undefined);
	return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/** Of a record that the CRM knows. */
function toReference(record: unknown): IDataObject | undefined {
	if (!isRecord(record) || isBlank(record.externalId)) return undefined;
	return { id: record.id ?? null, externalId: record.externalId };
}
