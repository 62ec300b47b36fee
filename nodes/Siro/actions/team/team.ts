import type { INodeProperties } from 'n8n-workflow';

import type { SiroRequest } from '../../api/request';
import { CONVERSATION_TYPES, TEAMS, USERS } from '../../parameters/kinds';
import { located } from '../../parameters/locators';
import { inOrganization, readOrganizationId } from '../../parameters/organization';
import { several } from '../../parameters/several';
import type { OperationItem } from '../../runner/operation';

export const NAME: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Sales North',
	description: 'What the team is called',
};

/** Source: external-api.openapi.json, POST /v1/core/organizations/{orgId}/teams and PATCH …/{teamId}. */
export const TEAM_FIELDS: INodeProperties[] = [
	{
		displayName: 'Beta Features',
		name: 'betaFeatures',
		type: 'string',
		typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Feature' },
		default: [],
		description: 'Siro beta features for this team. Enter Siro’s names of the features.',
	},
	several(
		USERS,
		'Coach Names or IDs',
		'coachUids',
		'The Siro users who coach the team. The list replaces the one that Siro has',
	),
	several(
		USERS,
		'Member Names or IDs',
		'memberUids',
		'The Siro users in the team. The list replaces the one that Siro has',
	),
	several(
		CONVERSATION_TYPES,
		'New User Default Conversation Type Names or IDs',
		'newUserDefaultConversationTypes',
		'The conversation types that new users of the team start with',
	),
];

/** The team that the item names, and how it is asked for. */
export async function locateTeam(
	item: OperationItem,
): Promise<{ id: string; request: SiroRequest }> {
	const { id, request } = located(item, TEAMS);
	const path = inOrganization(request.path, await readOrganizationId(item));
	return { id, request: { ...request, path } };
}
