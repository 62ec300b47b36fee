import { EXTRACTION_CASES } from './extraction-cases';
import { SUMMARY_CASES } from './summary-cases';

const RECORD = { id: 'uuid', externalId: 'crm-1' };

const outputOf = (cases: typeof SUMMARY_CASES, name: string) =>
	cases.find(({ operation }) => operation === name)?.output ?? [];

/** An item of the triggers, with what they include unless told otherwise. */
export const TRIGGER_ITEM = {
	recordingId: 'rec-1',
	siroUserId: 'siro-user-1',
	recordingProcessed: true,
	recordingLinked: true,
	eventType: 'integrations.recordingLinked',
	crm: {
		integrationConnectionId: 'conn-1',
		users: [RECORD],
		engagement: RECORD,
		opportunity: RECORD,
		account: RECORD,
		contacts: [RECORD],
		lead: RECORD,
	},
	summary: outputOf(SUMMARY_CASES, 'get')[0],
	crmUpdates: outputOf(EXTRACTION_CASES, 'getCrmUpdates'),
};
