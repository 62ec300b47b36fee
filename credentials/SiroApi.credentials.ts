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
					description:
						'A token that an admin creates in Siro. For transcripts, follow-ups and more, you can add an OAuth app below.',
				},
				{
					name: 'Client App',
					value: 'clientApp',
					description:
						'One app for everything, without an OAuth app. Siro has announced that client apps will replace organization tokens.',
				},
			],
			default: 'organizationToken',
			description: 'How n8n signs in to Siro',
			hint: 'Use the organization token unless Siro has told you that you have client apps',
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
				'Only for the Siro Trigger; you can add it later. Siro shows it on the page of the webhook endpoint. If you have one endpoint for the test URL and one for the production URL, enter both secrets, separated by a space.',
		},
		{
			displayName: 'Use an OAuth App',
			name: 'useOAuthApp',
			type: 'boolean',
			default: false,
			displayOptions: WITH_ORGANIZATION_TOKEN,
			description:
				'Whether to also act on behalf of one Siro user. Needed for transcripts, audio, follow-ups, scorecards, comments, searching, linking and the other operations that say so.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			displayOptions: WITH_OAUTH_APP,
			description:
				'The client ID of the OAuth app. You can create the app with the Siro node: resource OAuth App, operation Create.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: WITH_OAUTH_APP,
			description:
				'The client secret of the OAuth app. Siro shows it only once, when the app is created.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: WITH_CLIENT_APP,
			description: 'The client ID of the client app',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: WITH_CLIENT_APP,
			description: 'The client secret of the client app',
		},
		{
			displayName: 'Siro User ID',
			name: 'userId',
			type: 'string',
			default: '',
			displayOptions: WITH_OAUTH_APP,
			description:
				'The ID (not the email address) of the Siro user on whose behalf n8n acts. To find it: Siro node, resource User, operation Get Many.',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'options',
			options: [
				{
					name: 'Read',
					value: 'read',
					description:
						'Get transcripts, follow-ups, comments and scorecards. Not enough for Search, Ask and Download.',
				},
				{
					name: 'Write',
					value: 'write',
					description:
						'Everything that Read allows, and Search, Ask, Download, Upload and changing data',
				},
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
				'Leave as it is unless Siro tells you otherwise. The organization token or the client app’s token is sent to this address.',
		},
		{
			displayName: 'Platform API URL',
			name: 'platformApiUrl',
			type: 'string',
			default: DEFAULT_PLATFORM_API_URL,
			description:
				'Leave as it is unless Siro tells you otherwise. The user’s token or the client app’s token is sent to this address.',
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: DEFAULT_TOKEN_URL,
			displayOptions: WITH_CLIENT_APP,
			description:
				'Leave as it is unless Siro tells you otherwise. n8n gets the client app’s tokens from this address.',
		},
		{
			displayName: 'User Agent',
			name: 'userAgent',
			type: 'string',
			default: '',
			placeholder: `e.g. ${USER_AGENT}`,
			description:
				'The program name that n8n sends to Siro. Leave empty unless an error says that Cloudflare blocked the request.',
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
					message:
						'Siro did not accept the token. Check the organization token, or the client app’s ID and secret.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'Siro, or Cloudflare in front of it, refused the request. Ask Siro whether the token may be used, and whether your n8n server’s address is blocked.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no Siro API at the External API URL. Clear the field to use Siro’s own address.',
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
