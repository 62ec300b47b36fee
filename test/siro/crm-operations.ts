import {
	accountAnswer,
	crmUserAnswer,
	engagementAnswer,
	opportunityAnswer,
	type Address,
	type CrmRecord,
	type CrmRecords,
} from './crm';
import { bound } from './instant';
import { pageOf, pageSize } from './paging';
import { notFound, Refusal } from './refusal';
import type { State } from './state';
import { operation, type Operations } from './surface';

interface ListQuery {
	cursor?: string;
	recordingId?: string;
	externalId?: string;
}

interface AccountFields {
	name?: string;
	latitude?: number;
	longitude?: number;
	phoneNumbers?: string[];
	emailAddresses?: string[];
	addresses?: Address[];
}

const usualPageSize = 25;

/** Reading and deleting what was synced from the CRM. */
export function crmOperations(state: State): Operations {
	const { organizationId, accounts, crmUsers, engagements, opportunities } = state;

	const existing = <Kind extends CrmRecord>(
		what: string,
		records: CrmRecords<Kind>,
		id: string,
	) => {
		const record = records.get(id);
		if (!record) throw notFound(what);
		return record;
	};
	const list = <Kind extends CrmRecord & { recordingId?: string | null }>(
		records: CrmRecords<Kind>,
		query: ListQuery,
		answer: (record: Kind) => unknown,
	) => {
		const matching = records
			.all()
			.filter(({ recordingId }) => !query.recordingId || recordingId === query.recordingId)
			.filter(({ externalId }) => !query.externalId || externalId === query.externalId);
		const { data, cursor, total, hasNextPage } = pageOf(matching, {
			cursor: query.cursor,
			size: usualPageSize,
			order: state.listOrder,
		});
		return {
			data: data.map(answer),
			cursor,
			pageSize: data.length,
			limit: usualPageSize,
			total,
			hasNextPage,
		};
	};
	const remove = (record: CrmRecord) => {
		record.deletedAt = state.now();
		return true;
	};

	return {
		listEngagements: operation<undefined, ListQuery>(({ query }) =>
			list(engagements, query, (engagement) => engagementAnswer(engagement, organizationId)),
		),
		getEngagement: operation(({ path }) =>
			engagementAnswer(existing('Engagement', engagements, path.id), organizationId),
		),
		deleteEngagement: operation(({ path, query }) => {
			const external = query.idType === 'external';
			const engagement = external ? engagements.find(path.id) : engagements.get(path.id);
			if (!engagement || engagement.deletedAt !== null) throw notFound('Engagement');
			return remove(engagement);
		}),

		listOpportunities: operation<undefined, ListQuery>(({ query }) =>
			list(opportunities, query, (opportunity) => opportunityAnswer(opportunity, organizationId)),
		),
		getOpportunity: operation(({ path }) =>
			opportunityAnswer(existing('Opportunity', opportunities, path.id), organizationId),
		),
		deleteOpportunity: operation(({ path }) =>
			remove(existing('Opportunity', opportunities, path.id)),
		),

		listAccounts: operation(() => accounts.all().map(accountAnswer)),
		getAccount: operation(({ path }) => accountAnswer(existing('Account', accounts, path.id))),
		createAccount: operation<AccountFields & { externalId: string }>(({ body }) => {
			const { externalId, ...fields } = body;
			if (accounts.find(externalId)?.deletedAt === null) {
				throw new Refusal(400, 'An account with this externalId exists already');
			}
			return accountAnswer(accounts.upsert(externalId, { ...fields, deletedAt: null }));
		}),
		updateAccount: operation<AccountFields>(({ path, body }) => {
			const { externalId } = existing('Account', accounts, path.id);
			return accountAnswer(accounts.upsert(externalId, body));
		}),
		deleteAccount: operation(({ path }) => remove(existing('Account', accounts, path.id))),

		listCrmUsers: operation(({ query }) => {
			const { data, cursor } = pageOf(crmUsers.all(), {
				cursor: query.cursor,
				size: pageSize(query.pageSize, usualPageSize, 100),
				order: state.listOrder,
			});
			return { data: data.map(crmUserAnswer), cursor };
		}),
		getCrmUser: operation(({ path }) => ({
			data: crmUserAnswer(existing('CRM user', crmUsers, path.id)),
		})),
		listCrmUserEngagements: operation<
			undefined,
			{ limit?: number; startingAfter?: string; startingBefore?: string }
		>(({ path, query }) => {
			const user = existing('CRM user', crmUsers, path.id);
			// Siro only names these two; that they are moments is our reading of the names.
			const after = bound('startingAfter', query.startingAfter) ?? '';
			const before = bound('startingBefore', query.startingBefore) ?? '~';
			return engagements
				.all()
				.filter(({ users }) => users.includes(user))
				.filter(({ startTime }) => (startTime ?? '') >= after && (startTime ?? '') < before)
				.sort((one, other) => (one.startTime ?? '').localeCompare(other.startTime ?? ''))
				.slice(0, query.limit ?? usualPageSize)
				.map((engagement) => engagementAnswer(engagement, organizationId));
		}),
	};
}
