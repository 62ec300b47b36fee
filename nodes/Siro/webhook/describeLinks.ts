import { readCrmLinks, type CrmLinks, type CrmReference } from '../recordings/crmLinks';

/**
 * A text that is the same for the same CRM links, in whatever order they are listed.
 *
 * Source: webhooks.openapi.json, `crm` of RecordingEventWebhookPayload.
 */
export function describeLinks(crm: unknown): string {
	const links = readCrmLinks(crm);
	return JSON.stringify(links === undefined ? [] : listLinks(links));
}

function listLinks(links: CrmLinks): string[] {
	const { users, engagement, opportunity, contacts, account, lead } = links;
	const kinds: Array<[string, Array<CrmReference | undefined>]> = [
		['user', users],
		['engagement', [engagement]],
		['opportunity', [opportunity]],
		['contact', contacts],
		['account', [account]],
		['lead', [lead]],
	];
	const listed = kinds.flatMap(([kind, references]) =>
		references
			.filter((reference) => reference !== undefined)
			.map(({ id, externalId }) => JSON.stringify([kind, id, externalId])),
	);
	return [JSON.stringify(links.integrationConnectionId), ...[...new Set(listed)].sort()];
}
