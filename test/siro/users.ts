import { notFound, Refusal } from './refusal';
import { checkOrganization } from './oauth';
import type { State } from './state';
import { operation, type Operations } from './surface';

interface ContactSettings {
	suppressEmails?: boolean;
	suppressEmailErrors?: boolean;
}

/** Someone who signs in to Siro. */
export interface User {
	id: string;
	email: string | null;
	phoneNumber: string | null;
	firstName: string | null;
	lastName: string | null;
	memberTeamId: string | null;
	coachTeamIds: string[];
	externalId: string | null;
	createdAt: string;
	disabled: boolean;
	billable: boolean;
	contactSettings?: ContactSettings;
}

export type NewUser = Partial<User>;

interface UserCreation {
	email: string;
	organizationId: string;
	phoneNumber?: string;
	firstName?: string;
	lastName?: string;
	memberTeamId?: string;
	externalId?: string;
	coachTeamIds?: string[];
	billable?: boolean;
	contactSettings?: ContactSettings;
}

interface UserUpdate {
	email?: string;
	phoneNumber?: string;
	firstName?: string;
	lastName?: string;
	memberTeamId?: string;
	disabled?: boolean;
	billable?: boolean;
	contactSettings?: ContactSettings;
	organizationId?: string;
}

/** Adds a Siro user. */
export function addUser(state: State, given: NewUser = {}): User {
	const user: User = {
		id: state.random.text(28),
		email: null,
		phoneNumber: null,
		firstName: null,
		lastName: null,
		memberTeamId: null,
		coachTeamIds: [],
		externalId: null,
		createdAt: state.now(),
		disabled: false,
		billable: true,
		...given,
	};
	state.users.set(user.id, user);
	return user;
}

export function userOperations(state: State): Operations {
	const answer = (user: User) => ({ ...user, organizationId: state.organizationId });
	const existing = (id: string) => {
		const user = state.users.get(id);
		if (!user) throw notFound('User');
		return user;
	};
	const taken = (email: string | undefined, by?: User) =>
		[...state.users.values()].some((user) => user !== by && email && user.email === email);
	return {
		listUsers: operation<
			undefined,
			{ disabled?: boolean | null; excludeSiroUsers?: boolean | null; externalId?: string }
		>(({ query }) => ({
			data: [...state.users.values()]
				.filter((user) => typeof query.disabled !== 'boolean' || user.disabled === query.disabled)
				.filter((user) => !query.excludeSiroUsers || !user.email?.endsWith('@siro.ai'))
				.filter((user) => !query.externalId || user.externalId === query.externalId)
				.map(answer),
			cursor: null,
		})),
		getUser: operation(({ path }) => answer(existing(path.id))),
		createUser: operation<UserCreation>(({ body }) => {
			checkOrganization(state, body.organizationId);
			if (taken(body.email)) throw new Refusal(400, 'A user with this email exists already');
			const { email, phoneNumber, firstName, lastName, memberTeamId, externalId } = body;
			const optional = {
				phoneNumber: phoneNumber ?? null,
				firstName: firstName ?? null,
				lastName: lastName ?? null,
				memberTeamId: memberTeamId ?? null,
				externalId: externalId ?? null,
				coachTeamIds: body.coachTeamIds ?? [],
				billable: body.billable ?? true,
				...(body.contactSettings && { contactSettings: body.contactSettings }),
			};
			return answer(addUser(state, { email, ...optional }));
		}),
		updateUser: operation<UserUpdate>(({ path, body }) => {
			const user = existing(path.id);
			const { organizationId, ...changes } = body;
			if (organizationId !== undefined) checkOrganization(state, organizationId);
			if (taken(changes.email, user))
				throw new Refusal(400, 'A user with this email exists already');
			return answer(Object.assign(user, changes));
		}),
	};
}
