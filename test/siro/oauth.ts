import type { User } from './people';
import { Refusal } from './refusal';
import type { State, Stored } from './state';
import type { Call, Operations } from './surface';

export interface OAuthApp extends Stored {
	clientId: string;
	clientSecret: string;
	appName: string;
	owner: string;
}

export interface AccessToken {
	id: string;
	clientId: string;
	userId: string;
	scope: 'read' | 'write';
	expiresAt: number;
}

type Headers = Record<string, string | string[] | undefined>;

const tokenLifetimeMs = 16 * 60 * 60 * 1000;
const readingMethods = ['get', 'head'];

/** Siro takes the organization's token on the external API only. */
export function authorizeOrganization(headers: Headers, organizationToken: string): void {
	const [, token] = /^Bearer (.+)$/i.exec(String(headers.authorization ?? '')) ?? [];
	if (token !== organizationToken) throw new Refusal(401, 'Unauthorized');
}

/** Siro takes access tokens, of one user and one scope, on the platform API only. */
export function authorizeUser(state: State, headers: Headers, method: string): void {
	const token = state.accessTokens.get(String(headers['x-siro-auth-token'] ?? ''));
	if (!token) throw new Refusal(401, 'Unauthorized');
	if (token.expiresAt <= state.clock().getTime()) {
		throw new Refusal(401, 'The access token has expired');
	}
	if (token.scope === 'read' && !readingMethods.includes(method.toLowerCase())) {
		throw new Refusal(403, 'The scope of this access token allows reading only');
	}
}

/** Mints an access token for a user. */
export function mintAccessToken(state: State, given: Omit<AccessToken, 'id' | 'expiresAt'>) {
	const accessToken = `siro_access_${state.random.text(40)}`;
	const id = state.random.uuid();
	const expiresAt = state.clock().getTime() + tokenLifetimeMs;
	state.accessTokens.set(accessToken, { ...given, id, expiresAt });
	return { accessTokenId: id, accessToken };
}

export function oauthOperations(state: State, admin: User): Operations {
	const { oauthApps, organizationId } = state;
	return {
		getCallerIdentity: () => ({
			tokenId: 'organization-token',
			tokenName: 'n8n',
			organizationId,
			authorizedOrgGroupId: null,
			parentOrgGroupTokenId: null,
			createdAt: admin.createdAt,
			createdBy: admin.id,
		}),
		getOAuthApp: ({ path }) => ({
			data: { ...oauthApps.existing(path.clientId), organizationId, deleted: false },
		}),
		createAccessToken: ({
			path,
			body,
		}: Call<{ clientSecret: string; userId: string; scope: 'read' | 'write' }>) => {
			const { clientId, clientSecret } = oauthApps.existing(path.clientId);
			if (body.clientSecret !== clientSecret) throw new Refusal(401, 'Invalid client credentials');
			const { id: userId, disabled } = state.users.existing(body.userId);
			if (disabled) throw new Refusal(403, 'The user is disabled');
			return mintAccessToken(state, { clientId, userId, scope: body.scope });
		},
	};
}
