import { pageOf } from './paging';
import { notFound, Refusal } from './refusal';
import type { State } from './state';
import { operation, type Operations } from './surface';

export interface OAuthApp {
	sequence: number;
	clientId: string;
	clientSecret: string;
	appName: string;
	owner: string;
	createdAt: string;
	updatedAt: string;
	deletedAt: string | null;
}

export interface AccessToken {
	id: string;
	token: string;
	clientId: string;
	userId: string;
	scope: 'read' | 'write';
	expiresAt: number;
	revoked: boolean;
}

/** Who sent a request: the organization, or one user through an OAuth app. */
export type Caller = { kind: 'organization' } | { kind: 'user'; userId: string };

type Headers = Record<string, string | string[] | undefined>;

const tokenLifetimeMs = 16 * 60 * 60 * 1000;
const readingMethods = ['get', 'head'];

/** Siro takes the organization's token on the external API only. */
export function identifyOrganization(headers: Headers, organizationToken: string): Caller {
	const [, token] = /^Bearer (.+)$/i.exec(String(headers.authorization ?? '')) ?? [];
	if (token !== organizationToken) throw new Refusal(401, 'Unauthorized');
	return { kind: 'organization' };
}

/** Siro takes access tokens, of one user and one scope, on the platform API only. */
export function identifyUser(state: State, headers: Headers, method: string): Caller {
	const token = state.accessTokens.get(String(headers['x-siro-auth-token'] ?? ''));
	if (!token) throw new Refusal(401, 'Unauthorized');
	if (token.revoked) throw new Refusal(401, 'The access token has been revoked');
	if (token.expiresAt <= state.clock().getTime()) {
		throw new Refusal(401, 'The access token has expired');
	}
	if (token.scope === 'read' && !readingMethods.includes(method.toLowerCase())) {
		throw new Refusal(403, 'The scope of this access token allows reading only');
	}
	return { kind: 'user', userId: token.userId };
}

/** Creates an OAuth app, as an admin does once. */
export function addOAuthApp(state: State, appName: string, owner: string): OAuthApp {
	const now = state.now();
	const app: OAuthApp = {
		sequence: state.nextSequence(),
		clientId: state.random.uuid(),
		clientSecret: `siro_secret_${state.random.text(32)}`,
		appName,
		owner,
		createdAt: now,
		updatedAt: now,
		deletedAt: null,
	};
	state.oauthApps.set(app.clientId, app);
	return app;
}

/** Deletes an app; its tokens are worth nothing from then on. */
export function deleteOAuthApp(state: State, clientId: string): void {
	const app = livingApp(state, clientId);
	app.deletedAt = state.now();
	app.updatedAt = app.deletedAt;
	for (const token of state.accessTokens.values()) {
		if (token.clientId === clientId) token.revoked = true;
	}
}

/** Mints an access token for a user. */
export function mintAccessToken(
	state: State,
	{ clientId, userId, scope }: Pick<AccessToken, 'clientId' | 'userId' | 'scope'>,
): AccessToken {
	const token: AccessToken = {
		id: state.random.uuid(),
		token: `siro_access_${state.random.text(40)}`,
		clientId,
		userId,
		scope,
		expiresAt: state.clock().getTime() + tokenLifetimeMs,
		revoked: false,
	};
	state.accessTokens.set(token.token, token);
	return token;
}

interface AppQuery {
	organizationId: string;
	owner: string;
	fromDate?: string;
	toDate?: string;
	limit?: number;
	cursor?: string;
	page?: number;
	sortField?: 'dateCreated' | 'dateUpdated';
	sortDirection?: 'asc' | 'desc';
}

export function oauthOperations(state: State): Operations {
	return {
		createOAuthApp: operation<{ appName: string; owner: string; organizationId: string }>(
			({ body }) => {
				checkOrganization(state, body.organizationId);
				if (!state.users.has(body.owner)) throw notFound('User');
				const { appName, clientId, clientSecret } = addOAuthApp(state, body.appName, body.owner);
				return { appName, clientID: clientId, clientSecret };
			},
			201,
		),
		listOAuthApps: operation<undefined, AppQuery>(({ query }) => {
			checkOrganization(state, query.organizationId);
			const moment = (app: OAuthApp) =>
				query.sortField === 'dateUpdated' ? app.updatedAt : app.createdAt;
			const matching = [...state.oauthApps.values()]
				.filter((app) => app.owner === query.owner)
				.filter((app) => !query.fromDate || Date.parse(app.createdAt) > Date.parse(query.fromDate))
				.filter((app) => !query.toDate || Date.parse(app.createdAt) < Date.parse(query.toDate))
				.sort((one, other) => moment(one).localeCompare(moment(other)))
				.map((app, position) => ({ ...app, sequence: position }));
			const size = query.limit ?? 100;
			const order = query.sortDirection === 'asc' ? 'oldestFirst' : 'newestFirst';
			// A page number is what counts only where there is no cursor.
			const skipped = query.cursor ? 0 : ((query.page ?? 1) - 1) * size;
			const rest =
				order === 'oldestFirst'
					? matching.slice(skipped)
					: matching.slice(0, Math.max(0, matching.length - skipped));
			const page = pageOf(rest, { cursor: query.cursor, size, order });
			return {
				data: page.data.map((app) => appAnswer(state, app)),
				cursor: page.cursor,
				pageSize: page.data.length,
				limit: size,
				total: matching.length,
				hasNextPage: page.hasNextPage,
			};
		}),
		getOAuthApp: operation(({ path }) => {
			const app = state.oauthApps.get(path.clientId);
			if (!app) throw notFound('OAuth app');
			return { data: appAnswer(state, app) };
		}),
		deleteOAuthApp: operation(({ path }) => {
			deleteOAuthApp(state, path.clientId);
			return { clientId: path.clientId };
		}),
		createAccessToken: operation<{ clientSecret: string; userId: string; scope: 'read' | 'write' }>(
			({ path, body }) => {
				checkSecret(livingApp(state, path.clientId), body.clientSecret);
				const user = state.users.get(body.userId);
				if (!user) throw notFound('User');
				if (user.disabled) throw new Refusal(403, 'The user is disabled');
				const { id, token } = mintAccessToken(state, { ...body, clientId: path.clientId });
				return { accessTokenId: id, accessToken: token };
			},
			201,
		),
		revokeAccessToken: operation<{ clientSecret: string; userId: string }>(({ path, body }) => {
			checkSecret(livingApp(state, path.clientId), body.clientSecret);
			const token = [...state.accessTokens.values()].find(
				({ id, userId }) => id === path.tokenId && userId === body.userId,
			);
			if (!token) throw notFound('Access token');
			token.revoked = true;
			return { tokenId: token.id };
		}),
	};
}

function livingApp(state: State, clientId: string): OAuthApp {
	const app = state.oauthApps.get(clientId);
	if (!app || app.deletedAt !== null) throw notFound('OAuth app');
	return app;
}

function checkSecret(app: OAuthApp, secret: string): void {
	if (secret !== app.clientSecret) throw new Refusal(401, 'Invalid client credentials');
}

/** An organization token acts for its own organization only. */
export function checkOrganization(state: State, organizationId: string): void {
	if (organizationId !== state.organizationId) {
		throw new Refusal(403, 'No access to this organization');
	}
}

const appAnswer = (state: State, app: OAuthApp) => ({
	appName: app.appName,
	clientId: app.clientId,
	organizationId: state.organizationId,
	owner: app.owner,
	deleted: app.deletedAt !== null,
	createdAt: app.createdAt,
	updatedAt: app.updatedAt,
	deletedAt: app.deletedAt,
});
