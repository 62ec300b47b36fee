import type { INodeProperties } from 'n8n-workflow';

import { isRecord } from '../values/values';
import type { OperationItem } from '../runner/operation';

const EXTERNAL_ID_MODE = 'externalId';

interface Locator {
	displayName: string;
	name: string;
	/** What one of them is called in a sentence, with its article. */
	kind: string;
	/** The method in `methods/listSearch.ts` that fills the list. Without: by ID only. */
	searchListMethod?: string;
	/** Whether the ID that the record has in the CRM will do, too; read it with `readLocator`. */
	takesExternalId?: boolean;
	description: string;
}

/** A parameter that takes a record from a searchable list, by its ID, or by its ID in the CRM. */
export function locator({
	displayName,
	name,
	kind,
	searchListMethod,
	takesExternalId = false,
	description,
}: Locator): INodeProperties {
	const offeredModes = new Set(['id']);
	if (searchListMethod) offeredModes.add('list');
	if (takesExternalId) offeredModes.add(EXTERNAL_ID_MODE);
	const { modes = [], ...property }: INodeProperties = {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: searchListMethod ? 'list' : 'id', value: '' },
		required: true,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Choose ${kind}…`,
				typeOptions: { searchListMethod, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3f2b8c1e-5d1f-4c8e-9f0a-7b6d2e4a1c35',
			},
			{
				displayName: 'By External ID',
				name: EXTERNAL_ID_MODE,
				type: 'string',
				hint: 'The ID in your CRM',
				placeholder: 'e.g. 00U5e00000AbCdE',
			},
		],
	};
	return { ...property, modes: modes.filter((mode) => offeredModes.has(mode.name)) };
}

/** What a locator that takes external IDs holds. */
export interface Located {
	id: string;
	/** Which of the locator's modes the user chose; an expression may give just an ID. */
	mode: string;
	isExternalId: boolean;
}

export function readLocator(item: OperationItem, name: string): Located {
	const locator: unknown = item.context.getNodeParameter(name, item.index);
	const mode = isRecord(locator) ? String(locator.mode) : 'id';
	return {
		// An expression may give a number, or nothing at all.
		id: String(item.parameter<unknown>(name) ?? '').trim(),
		mode,
		isExternalId: mode === EXTERNAL_ID_MODE,
	};
}

export const RECORDING = locator({
	displayName: 'Recording',
	name: 'recordingId',
	kind: 'a recording',
	searchListMethod: 'searchRecordings',
	description: 'The recording. The Siro Trigger gives its ID as recordingId.',
});

export const ENGAGEMENT = locator({
	displayName: 'Appointment',
	name: 'engagementId',
	kind: 'an appointment',
	searchListMethod: 'searchEngagements',
	takesExternalId: true,
	description: 'The appointment, by Siro’s own ID or by the ID in your CRM',
});

export const OPPORTUNITY = locator({
	displayName: 'Opportunity',
	name: 'opportunityId',
	kind: 'an opportunity',
	searchListMethod: 'searchOpportunities',
	takesExternalId: true,
	description: 'The deal, by Siro’s own ID or by the ID in your CRM',
});

export const ACCOUNT = locator({
	displayName: 'Account',
	name: 'accountId',
	kind: 'an account',
	searchListMethod: 'searchAccounts',
	description: 'The customer, by Siro’s own ID',
});

export const CRM_USER = locator({
	displayName: 'CRM User',
	name: 'crmUserId',
	kind: 'a CRM user',
	searchListMethod: 'searchCrmUsers',
	description: 'The rep as your CRM knows them, by Siro’s own ID of the CRM user',
});

export const CONNECTION = locator({
	displayName: 'Connection',
	name: 'connectionId',
	kind: 'a connection',
	searchListMethod: 'searchConnections',
	description: 'The connection between Siro and your CRM',
});

export const MOBILE_EVENT = locator({
	displayName: 'Mobile Event',
	name: 'mobileEventId',
	kind: 'a mobile event',
	description: 'The event of Siro’s mobile app. Get Many gives its ID.',
});

export const USER = locator({
	displayName: 'User',
	name: 'userId',
	kind: 'a user',
	searchListMethod: 'searchUsers',
	description: 'The Siro user, someone who can sign in to Siro',
});

export const APP_OWNER = locator({
	displayName: 'Owner',
	name: 'owner',
	kind: 'a user',
	searchListMethod: 'searchUsers',
	description: 'The Siro user who creates, or created, the OAuth app',
});

export const FOLLOWUP = locator({
	displayName: 'Follow-Up',
	name: 'followupId',
	kind: 'a follow-up',
	searchListMethod: 'searchFollowups',
	description: 'The follow-up. Get Many gives its ID as followupId.',
});
