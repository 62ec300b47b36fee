import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import { renewAccessToken } from '../nodes/Siro/api/accessToken';
import { authenticateRequest, tokenPurpose, toSiroCredential } from '../nodes/Siro/api/credential';
import {
	DEFAULT_EXTERNAL_API_URL,
	DEFAULT_PLATFORM_API_URL,
	DEFAULT_TOKEN_URL,
	USER_AGENT,
} from '../nodes/Siro/api/surfaces';

const WITH_ORGANIZATION_TOKEN = { show: { authentication: ['organizationToken'] } };
const WITH_OAUTH_APP = { show: { authentication: ['organizationToken'], useOAuthApp: [true] } };
const WITH_CLIENT_APP = { show: { authentication: ['clientApp'] } };

/**
 * One credential for everything: the organization token (external API) and, when asked for, an OAuth
 * app (user tokens, platform API), or a client app (one token for both APIs), and the webhook signing
 * secret. n8n mints, keeps and renews the tokens of either app.
 */
export class SiroApi implements ICredentialType {
	name = 'siroApi';

	displayName = 'Siro API';

	icon: Icon = {
		light: 'file:../nodes/Siro/siro.svg',
		dark: 'file:../nodes/Siro/siro.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-siro/n8n-nodes-siro#credential';

	properties: INodeProperties[] = [
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{
					name: 'Organization Token',
					value: 'organizationToken',
					description: 'Made by an admin in Siro, with an OAuth app beside it if need be',
				},
				{
					name: 'Client App',
					value: 'clientApp',
					description: 'Which will replace organization tokens; it needs no OAuth app',
				},
			],
			default: 'organizationToken',
			description: 'How n8n signs in to Siro',
			hint: 'Until Siro tells you that you have client apps, use the organization token.',
		},
		{
			displayName: 'Organization Token',
			name: 'organizationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: WITH_ORGANIZATION_TOKEN,
			description:
				'In Siro, as an admin: person icon → API Tokens → Generate New API Token. The token does not expire.',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'e.g. whsec_…',
			description:
				'Needed by the Siro Trigger only. Siro shows it on the page of each webhook endpoint. The test URL and the production URL of a trigger are two endpoints with two secrets: enter both, separated by a space or a comma.',
		},
		{
			displayName: 'Use an OAuth App',
			name: 'useOAuthApp',
			type: 'boolean',
			default: false,
			displayOptions: WITH_ORGANIZATION_TOKEN,
			description:
				'Whether to act as one Siro user as well. Needed by the operations that Siro offers to users only, such as transcripts, audio, follow-ups and scorecards.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			displayOptions: WITH_OAUTH_APP,
			description:
				'Of the OAuth app. You can create one with the Siro node: resource OAuth App, operation Create.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: WITH_OAUTH_APP,
			description: 'Of the OAuth app. Siro shows it once, when the app is created.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: WITH_CLIENT_APP,
			description: 'Of the client app, as Siro shows it',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: WITH_CLIENT_APP,
			description: 'Of the client app, as Siro shows it',
		},
		{
			displayName: 'Siro User ID',
			name: 'userId',
			type: 'string',
			default: '',
			displayOptions: WITH_OAUTH_APP,
			description: 'The Siro user on whose behalf the OAuth app acts',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'options',
			options: [
				{ name: 'Read', value: 'read', description: 'Read data only' },
				{ name: 'Write', value: 'write', description: 'Read and change data' },
			],
			default: 'read',
			displayOptions: WITH_OAUTH_APP,
			description: 'What the OAuth app may do',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
		{
			displayName: 'Minted For',
			name: 'mintedFor',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'Expires At',
			name: 'expiresAt',
			type: 'hidden',
			default: '',
		},
		{
			displayName: 'External API URL',
			name: 'externalApiUrl',
			type: 'string',
			default: DEFAULT_EXTERNAL_API_URL,
			description:
				'Where the organization token, or that of the client app, is sent. Change it only if Siro tells you to.',
		},
		{
			displayName: 'Platform API URL',
			name: 'platformApiUrl',
			type: 'string',
			default: DEFAULT_PLATFORM_API_URL,
			description:
				'Where user tokens, or that of the client app, are sent. Change it only if Siro tells you to.',
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: DEFAULT_TOKEN_URL,
			displayOptions: WITH_CLIENT_APP,
			description:
				'Where the client app gets its tokens: its ID and secret are sent there. Change it only if Siro tells you to.',
		},
		{
			displayName: 'User Agent',
			name: 'userAgent',
			type: 'string',
			default: '',
			placeholder: `e.g. ${USER_AGENT}`,
			description:
				'What requests to Siro call themselves. Leave it empty unless Cloudflare, in front of Siro, blocks them.',
		},
	];

	/** `GET /v1/core/auth/caller-identity` tells which organization the token belongs to. */
	test: ICredentialTestRequest = {
		request: {
			// As the nodes read it: without white space and a slash at the end, and Siro's own if empty.
			baseURL: `={{ ($credentials.externalApiUrl ?? '').trim().replace(/\\/+$/, '') || '${DEFAULT_EXTERNAL_API_URL}' }}`,
			url: '/v1/core/auth/caller-identity',
			headers: {
				'User-Agent': `={{ ($credentials.userAgent ?? '').replace(/[^\\x21-\\x7e]+/g, ' ').trim() || '${USER_AGENT}' }}`,
			},
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Siro did not accept the organization token, or that of the client app',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message: 'Siro, or Cloudflare in front of it, does not permit the request',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message: 'There is no Siro API at the External API URL',
				},
			},
		],
	};

	/**
	 * n8n calls this while `accessToken` is empty and after an answer 401.
	 * Without a client app or OAuth app it gives no token, and n8n then stores nothing.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const credential = toSiroCredential(credentials);
		if (credential.authentication === 'organizationToken' && !credential.useOAuthApp) return {};
		const token = await renewAccessToken(this.helpers.httpRequest, credential);
		return { ...token, mintedFor: tokenPurpose(credential) };
	}

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		authenticateRequest(toSiroCredential(credentials), requestOptions);
}
