import { matching } from './lists';
import { checkOrganization } from './oauth';
import { Refusal } from './refusal';
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

/** A connection between Siro and one CRM. */
export interface Connection extends Stored {
	name: string;
	externalAccountId: string;
	integrationPlatform: string;
	isActive: boolean;
	syncTranscript: boolean;
}

type UserChange = Partial<User> & { organizationId?: string };

interface UserQuery {
	disabled?: boolean;
	excludeSiroUsers?: boolean;
	externalId?: string;
}

/** The users of the organization, and its connections to CRMs. */
export function peopleOperations(state: State): Operations {
	const { organizationId, users, connections } = state;

	const userAnswer = (user: User) => ({ ...user, organizationId });
	const checked = (
		{ organizationId: named = organizationId, ...change }: UserChange,
		by?: User,
	) => {
		checkOrganization(state, named);
		const isTaken = users.all().some((user) => user !== by && user.email === change.email);
		if (change.email && isTaken) {
			throw new Refusal(400, 'A user with this email exists already');
		}
		return change;
	};
	const connectionAnswer = (connection: Connection) => ({
		...connection,
		organizationId,
		syncStatus: ['Engagement', 'Opportunity', 'Account'].map((modelName) => ({
			...connection,
			id: `${connection.id}-${modelName}`,
			modelName,
			modelSyncStatus: 'UP_TO_DATE',
			modelModifiedAfter: null,
		})),
	});

	return {
		listUsers: ({ query }: Call<undefined, UserQuery>) => {
			const found = matching(users.all(), query, {
				disabled: 'disabled',
				externalId: 'externalId',
			});
			const data = found.filter(
				({ email }) => !query.excludeSiroUsers || !email?.endsWith('@siro.ai'),
			);
			return { data: data.map(userAnswer), cursor: null };
		},
		getUser: ({ path }) => userAnswer(users.existing(path.id)),
		createUser: ({ body }: Call<UserChange>) => userAnswer(users.add(checked(body))),
		updateUser: ({ path, body }: Call<UserChange>) => {
			const user = users.existing(path.id);
			return userAnswer(users.update(user, checked(body, user)));
		},

		listConnections: ({ query }: Call) => {
			const platform = { integrationPlatform: 'integrationPlatform' };
			const data = matching(connections.all(), query, platform).map(connectionAnswer);
			return { data, cursor: null };
		},
		getConnection: ({ path }) => {
			const connection = connections.get(path.id);
			if (connection) return connectionAnswer(connection);
			const reason = 'Integration connection not found or you do not have permission to view it.';
			throw new Refusal(404, reason, undefined, 'text/plain');
		},
	};
}
