import type { Request, Response } from 'express';

import type { User } from './people';
import type { Random } from './random';
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

const bearerIn = (headers: Headers) =>
	/^Bearer (.+)$/i.exec(String(headers.authorization ?? ''))?.[1] ?? '';

/**
 * A client app of the organization, and the service that gives it tokens: `POST /oauth2/token`, as
 * RFC 6749 has it (4.4, 5). It is in none of Siro's documents; both APIs take its tokens.
 */
export class ClientApp {
	readonly clientId = 'client_app_1';
	readonly clientSecret: string;
	/** How long a new token lives. */
	lifetimeSeconds = 3_600;

	private readonly tokens = new Map<string, number>();
	private minted = 0;

	constructor(
		random: Random,
		private readonly clock: () => Date,
	) {
		this.clientSecret = `client_app_secret_${random.text(32)}`;
	}

	/** Makes every token worthless. */
	revokeTokens(): void {
		this.tokens.clear();
	}

	takes(token: string): boolean {
		return (this.tokens.get(token) ?? 0) > this.clock().getTime();
	}

	readonly handler = ({ method, path, body }: Request, response: Response): void => {
		const refuse = (status: number, error: string, error_description?: string) =>
			void response.status(status).json({ error, error_description });
		if (method !== 'POST' || path !== '/oauth2/token') return refuse(404, 'Not found');
		const { grant_type: grantType, client_id: clientId, client_secret: clientSecret } = body ?? {};
		if (grantType !== 'client_credentials') return refuse(400, 'unsupported_grant_type');
		if (clientId !== this.clientId) return refuse(401, 'invalid_client', 'Invalid client ID.');
		if (clientSecret !== this.clientSecret) {
			return refuse(401, 'invalid_client', 'Invalid client secret.');
		}
		const accessToken = `client_app_token_${++this.minted}_0123456789`;
		const expiresIn = this.lifetimeSeconds;
		this.tokens.set(accessToken, this.clock().getTime() + expiresIn * 1_000);
		response.json({ access_token: accessToken, expires_in: expiresIn });
	};
}

/** Siro takes the organization's token on the external API only, and a client app's on both. */
export function authorizeOrganization(
	headers: Headers,
	organizationToken: string,
	clientApp: ClientApp,
): void {
	const token = bearerIn(headers);
	const isKnown = token === organizationToken || clientApp.takes(token);
	if (!isKnown) throw new Refusal(401, 'Unauthorized');
}

/** Siro takes access tokens, of one user and one scope, on the platform API only. */
export function authorizeUser(
	state: State,
	headers: Headers,
	method: string,
	clientApp: ClientApp,
): void {
	const given = String(headers['x-siro-auth-token'] ?? '');
	// A client app's has to be in both headers.
	if (clientApp.takes(given) && given === bearerIn(headers)) return;
	const token = state.accessTokens.get(given);
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
