import { filters } from '../../parameters/filters';
import { APPOINTMENTS, CRM_USERS } from '../../parameters/kinds';
import { LIMIT } from '../../parameters/listing';
import { CRM_USER, located } from '../../parameters/locators';
import type { ItemOperation } from '../../runner/operation';

const FILTERS = filters([
	{
		displayName: 'Starting After',
		name: 'startingAfter',
		type: 'dateTime',
		default: '',
		description: 'Only appointments that start after this',
	},
	{
		displayName: 'Starting Before',
		name: 'startingBefore',
		type: 'dateTime',
		default: '',
		description: 'Only appointments that start before this',
	},
]);

export const getEngagements: ItemOperation = {
	value: 'getEngagements',
	name: 'Get Appointments',
	action: 'Get the appointments of a CRM user',
	description: 'Get one rep’s appointments in chronological order, for example today’s',
	parameters: [CRM_USER, LIMIT, FILTERS],
	isReading: true,
	records: APPOINTMENTS.fields,

	/**
	 * The list has no pages: its `cursor` is deprecated, and the answer holds none.
	 * Source: external-api.openapi.json, GET /v1/integrations/users/{id}/engagements. That
	 * `startingAfter` and `startingBefore` are times is our reading: the document has their names only.
	 */
	async execute(item) {
		const { request } = located(item, CRM_USERS);
		const limit = item.parameter('limit', 50);
		const { startingAfter, startingBefore } = item.parameter<Record<string, string>>('filters', {});
		const appointments = await item.siro.list({
			...request,
			path: `${request.path}/engagements`,
			query: {
				startingAfter,
				startingBefore,
				limit,
			},
		});
		return appointments.slice(0, limit);
	},
};
