import { collect } from '../../api/pagination';
import { CONVERSATION_TYPES } from '../../parameters/kinds';
import { LISTING, readLimit } from '../../parameters/listing';
import {
	listOfOrganization,
	ORGANIZATION,
	readOrganizationId,
} from '../../parameters/organization';
import type { ItemOperation } from '../../runner/operation';

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many conversation types',
	description:
		'Get a list of the conversation types of the organization. Needs an OAuth app or a client app in the credential.',
	parameters: [...LISTING, ORGANIZATION],
	isReading: true,
	records: CONVERSATION_TYPES.fields,

	/** Source: platform-api.openapi.json, GET /v1/core/conversation-configurations. */
	async execute(item) {
		const request = listOfOrganization(CONVERSATION_TYPES, await readOrganizationId(item));
		return await collect(item.siro, request, readLimit(item));
	},
};
