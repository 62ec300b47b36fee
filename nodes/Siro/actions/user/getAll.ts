import { collect } from '../../api/pagination';
import { filters } from '../../parameters/filters';
import { USERS } from '../../parameters/kinds';
import { LISTING, readLimit } from '../../parameters/listing';
import type { ItemOperation } from '../../runner/operation';

interface UserFilters {
	disabled?: boolean;
	excludeSiroUsers?: boolean;
	externalId?: string;
}

const FILTERS = filters([
	{
		displayName: 'Disabled',
		name: 'disabled',
		type: 'boolean',
		default: false,
		description: 'Whether to get only disabled users (on) or only active ones (off)',
	},
	{
		displayName: 'Exclude Siro Users',
		name: 'excludeSiroUsers',
		type: 'boolean',
		default: true,
		description: 'Whether to leave out users with an email address of Siro, such as bots',
	},
	{
		displayName: 'External ID',
		name: 'externalId',
		type: 'string',
		default: '',
		description: 'Only the user who has this ID in your CRM',
	},
]);

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many users',
	description: 'Get the Siro users of the organization, with their email, phone number and team',
	parameters: [...LISTING, FILTERS],
	isReading: true,
	records: USERS.fields,

	/** Source: external-api.openapi.json, GET /v1/core/users. */
	async execute(item) {
		const { disabled, excludeSiroUsers, externalId } = item.parameter<UserFilters>('filters', {});
		return await collect(
			item.siro,
			{ path: '/v1/core/users', query: { disabled, excludeSiroUsers, externalId } },
			readLimit(item),
		);
	},
};
