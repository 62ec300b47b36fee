import { matching } from './lists';
import type { State, Stored } from './state';
import type { Call, Operations } from './surface';

/** Someone who signs in to Siro. */
export interface User extends Stored {
	email: string | null;
	phoneNumber: string | null;
	firstName: string | null;
	lastName: string | null;
	memberTeamId: string | null;
	coachTeamIds: string[];
	externalId: string | null;
	disabled: boolean;
	billable: boolean;
}

const FILTERS = { disabled: 'disabled', externalId: 'externalId' };

/** The users of the organization. */
export function peopleOperations({ organizationId, users }: State): Operations {
	return {
		listUsers: ({ query }: Call) => {
			const data = matching(users.all(), query, FILTERS);
			return { data: data.map((user) => ({ ...user, organizationId })), cursor: null };
		},
		getUser: ({ path }) => ({ ...users.existing(path.id), organizationId }),
	};
}
