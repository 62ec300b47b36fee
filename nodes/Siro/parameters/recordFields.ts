/**
 * What the records of more than ten fields are made of, and which of these fields people use. The
 * contract tests hold this against Siro's documents.
 */
import type { IDataObject } from 'n8n-workflow';

import { pick } from '../values/pick';
import type { RecordFields } from '../values/recordFields';
import { isBlank, isRecord } from '../values/values';

/** Source: external-api.openapi.json, GET /v1/integrations/engagements/{id}. */
export const APPOINTMENT_FIELDS: RecordFields = {
	id: 'id',
	simple: [
		'id',
		'externalId',
		'subject',
		'startTime',
		'endTime',
		'engagementType',
		'recordingId',
		'account',
		'accountId',
		'opportunityId',
		'engagementUsers',
	],
	others: [
		'content',
		'createdAt',
		'direction',
		'organizationId',
		'startTimeLocalized',
		'updatedAt',
	],
	toSimple: withSmallAccount,
};

/** Source: external-api.openapi.json, GET /v1/integrations/opportunities/{id}. */
export const OPPORTUNITY_FIELDS: RecordFields = {
	id: 'id',
	simple: [
		'id',
		'externalId',
		'name',
		'amount',
		'disposition',
		'closedAt',
		'recordingId',
		'account',
		'accountId',
		'opportunityUsers',
		'updatedAt',
	],
	others: ['createdAt', 'organizationId'],
	toSimple: withSmallAccount,
};

/** Source: external-api.openapi.json, GET /v1/core/users/{id}. */
export const USER_FIELDS: RecordFields = {
	id: 'id',
	simple: [
		'id',
		'email',
		'firstName',
		'lastName',
		'externalId',
		'phoneNumber',
		'memberTeamId',
		'coachTeamIds',
		'disabled',
		'billable',
	],
	others: ['contactSettings', 'createdAt', 'organizationId'],
};

/** Source: platform-api.openapi.json, GET /v1/core/followups. */
export const FOLLOWUP_FIELDS: RecordFields = {
	id: 'followupId',
	simple: [
		'followupId',
		'followupAction',
		'score',
		'status',
		'repId',
		'repName',
		'recordingId',
		'crmCustomer',
		'context',
		'dateCreated',
	],
	others: [
		'completed',
		'completedAt',
		'completedBy',
		'crmUrl',
		'followupType',
		'hasFollowupComment',
		'history',
		'metadata',
		'note',
		'recordingTitle',
		'starred',
		'teamId',
		'teamName',
		'thinking',
		'updatedAt',
	],
	toSimple: ({ crmCustomer, ...followup }) => ({
		...followup,
		crmCustomer: isRecord(crmCustomer)
			? pick(crmCustomer, [...CUSTOMER_FIELDS, 'emailAddress', 'phoneNumber'])
			: null,
	}),
};

/** Source: platform-api.openapi.json, GET /v1/core/recordings/{id}/comments. */
export const COMMENT_FIELDS: RecordFields = {
	id: 'id',
	simple: [
		'id',
		'threadId',
		'recordingId',
		'dateCreated',
		'commenterUid',
		'commenterFirstName',
		'commenterLastName',
		'text',
		'timestampStartInMilliseconds',
		'isPrivate',
	],
	others: [
		'audio',
		'dateUpdated',
		'recordingTitle',
		'seenByUids',
		'timestampEndInMilliseconds',
		'unreadUids',
	],
	/** Of a spoken comment, the text is what Siro heard. */
	toSimple(comment) {
		const { text, audio } = comment;
		const isSpoken = isBlank(text) && isRecord(audio) && audio.textTranscription !== undefined;
		return isSpoken ? { ...comment, text: audio.textTranscription } : comment;
	},
};

/** Source: platform-api.openapi.json, GET /v1/core/conversation-configurations. */
export const CONVERSATION_TYPE_FIELDS: RecordFields = {
	id: 'id',
	simple: [
		'id',
		'conversationType',
		'displayName',
		'orgId',
		'teamId',
		'userId',
		'debriefQuestions',
		'summaryPrompts',
		'halftimeModeEnabled',
	],
	others: [
		'belongsToConfigGroups',
		'bookmarkGroupIds',
		'chatBotKnowledgeBaseIds',
		'checklistId',
		'displayBookmarksInDebrief',
		'expressions',
		'inheritedBookmarkConfigIds',
		'inheritedBookmarkConfigs_denormalized',
		'overrideAllParentExpressions',
		'resultQuestionId',
		'tagConfigurations',
		'titleQuestionId',
	],
};

const CUSTOMER_FIELDS = ['id', 'name', 'customerType', 'externalId'];

/** The customer by its names, if Siro gives it; else by its ID. */
function withSmallAccount({ account, accountId, ...record }: IDataObject): IDataObject {
	return isRecord(account)
		? { ...record, account: pick(account, ['id', 'externalId', 'name']) }
		: { ...record, ...(accountId === undefined ? {} : { accountId }) };
}
