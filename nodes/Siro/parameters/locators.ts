import type { INodeProperties } from 'n8n-workflow';

import { path } from '../api/path';
import type { SiroRequest } from '../api/request';
import { URL_MODE } from '../runner/definitions';
import type { OperationItem } from '../runner/operation';
import {
	ACCOUNTS,
	APPOINTMENTS,
	CONNECTIONS,
	CONVERSATION_TYPES,
	CRM_USERS,
	FOLLOWUPS,
	MOBILE_EVENTS,
	OAUTH_APPS,
	OPPORTUNITIES,
	RECORDINGS,
	SCORECARDS,
	TEAMS,
	USERS,
	type Kind,
} from './kinds';

const EXTERNAL_ID_MODE = 'externalId';

/** A list waits while the token's limit is used up, or while Siro is slow. */
const SLOW_LIST = {
	message: 'Siro is taking a while. You can also switch to "By ID" and enter the ID.',
	timeout: 5000,
};

/** What a locator is made of; each kind of record has what it takes. */
interface Located {
	parameter: string;
	label: string;
	description: string;
	one: string;
	takesExternalId?: boolean;
	page?: { example: string; pattern: string };
	listing?: { method: string };
}

/**
 * A parameter that takes a record from a searchable list, by its ID, by the address of its page in Siro,
 * or by its ID in the CRM.
 */
export function locator({
	parameter,
	label,
	description,
	one,
	takesExternalId = false,
	page,
	listing,
}: Located): INodeProperties {
	const offeredModes = new Set(['id']);
	if (listing) offeredModes.add('list');
	if (page) offeredModes.add(URL_MODE);
	if (takesExternalId) offeredModes.add(EXTERNAL_ID_MODE);
	const { modes = [], ...property }: INodeProperties = {
		displayName: label,
		name: parameter,
		type: 'resourceLocator',
		default: { mode: listing ? 'list' : 'id', value: '' },
		required: true,
		description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Choose ${one}…`,
				typeOptions: {
					searchListMethod: listing?.method,
					searchable: true,
					slowLoadNotice: SLOW_LIST,
				},
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: 'e.g. 3f2b8c1e-5d1f-4c8e-9f0a-7b6d2e4a1c35',
			},
			{
				displayName: 'By URL',
				name: URL_MODE,
				type: 'string',
				hint: 'Copy it from your browser while the recording is open in Siro',
				placeholder: `e.g. ${page?.example}`,
				extractValue: { type: 'regex', regex: page?.pattern ?? '' },
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

/** Whether the user has named the record by the ID that it has in the CRM. */
export function isExternal({ mode }: { mode: string }): boolean {
	return mode === EXTERNAL_ID_MODE;
}

/** The one record that the item's locator names by Siro's own ID, and how it is asked for. */
export function located(
	item: OperationItem,
	{ noun, parameter, surface, path: listPath }: Kind,
): { id: string; request: SiroRequest } {
	const { id } = item.locator(parameter);
	return {
		id,
		request: { surface, path: listPath + path`/${id}`, subject: { kind: noun, id } },
	};
}

export const RECORDING = locator(RECORDINGS);
export const ENGAGEMENT = locator(APPOINTMENTS);
export const OPPORTUNITY = locator(OPPORTUNITIES);
export const ACCOUNT = locator(ACCOUNTS);
export const CRM_USER = locator(CRM_USERS);
export const CONNECTION = locator(CONNECTIONS);
export const MOBILE_EVENT = locator(MOBILE_EVENTS);
export const USER = locator(USERS);
export const FOLLOWUP = locator(FOLLOWUPS);
export const TEAM = locator(TEAMS);
export const SCORECARD = locator(SCORECARDS);
export const CONVERSATION_TYPE = locator(CONVERSATION_TYPES);
export const OAUTH_APP = locator(OAUTH_APPS);

export const APP_OWNER = locator({
	...USERS,
	parameter: 'owner',
	label: 'Owner',
	description: 'The Siro user who owns the OAuth app',
});
