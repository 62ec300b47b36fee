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

import { authenticateRequest, tokenPurpose, toSiroCredential } from '../nodes/Siro/api/credential';
import {
	DEFAULT_EXTERNAL_API_URL,
	DEFAULT_PLATFORM_API_URL,
	USER_AGENT,
} from '../nodes/Siro/api/surfaces';
import { mintUserToken } from '../nodes/Siro/api/userToken';

const ONLY_WITH_OAUTH_APP = { show: { useOAuthApp: [true] } };

/**
 * One credential for everything: the organization token (external API), the webhook signing secret
 * and, when asked for, an OAuth app whose user tokens (platform API) n8n mints, keeps and renews.
 */
export class SiroApi implements ICredentialType {
	name = 'siroApi';

	displayName = 'Siro API';

	icon: Icon = {
		light: 'file:../nodes/Siro/siro.svg',
		dark: 'file:../nodes/Siro/siro.dark.svg',
	};

	documentationUrl = 'https://docs.siro.ai';

	properties: INodeProperties[] = [
		{
			displayName: 'Organization Token',
			name: 'organizationToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description:
				'In Siro, as an admin: person icon → API Tokens → Generate New API Token. The token does not expire.',
		},
		{
			displayName: 'Webhook Signing Secret',
			name: 'webhookSigningSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			placeholder: 'whsec_…',
			description:
				'Needed by the Siro Trigger only. Siro shows it on the page of each webhook endpoint. The test URL and the production URL of a trigger are two endpoints with two secrets: enter both, separated by a space or a comma.',
		},
		{
			displayName: 'Use an OAuth App',
			name: 'useOAuthApp',
			type: 'boolean',
			default: false,
			description:
				'Whether to act as one Siro user as well. Needed by the operations that Siro offers to users only, such as transcripts, audio, follow-ups and scorecards.',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			displayOptions: ONLY_WITH_OAUTH_APP,
			description:
				'Of the OAuth app. You can create one with the Siro node: resource OAuth App, operation Create.',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			displayOptions: ONLY_WITH_OAUTH_APP,
			description: 'Of the OAuth app. Siro shows it once, when the app is created.',
		},
		{
			displayName: 'Siro User ID',
			name: 'userId',
			type: 'string',
			default: '',
			displayOptions: ONLY_WITH_OAUTH_APP,
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
			displayOptions: ONLY_WITH_OAUTH_APP,
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
			displayName: 'External API URL',
			name: 'externalApiUrl',
			type: 'string',
			default: DEFAULT_EXTERNAL_API_URL,
			description: 'Where the organization token is sent. Change it only if Siro tells you to.',
		},
		{
			displayName: 'Platform API URL',
			name: 'platformApiUrl',
			type: 'string',
			default: DEFAULT_PLATFORM_API_URL,
			description: 'Where user tokens are sent. Change it only if Siro tells you to.',
		},
	];

	/** `GET /v1/core/auth/caller-identity` tells which organization the token belongs to. */
	test: ICredentialTestRequest = {
		request: {
			// As the nodes read it: without white space and a slash at the end, and Siro's own if empty.
			baseURL: `={{ ($credentials.externalApiUrl ?? '').trim().replace(/\\/+$/, '') || '${DEFAULT_EXTERNAL_API_URL}' }}`,
			url: '/v1/core/auth/caller-identity',
			headers: { 'User-Agent': USER_AGENT },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message: 'Siro did not accept the organization token',
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
	 * Without an OAuth app it gives no token, and n8n then stores nothing.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const credential = toSiroCredential(credentials);
		if (!credential.useOAuthApp) return {};
		return {
			accessToken: await mintUserToken(this.helpers.httpRequest, credential),
			mintedFor: tokenPurpose(credential),
		};
	}

	authenticate: IAuthenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> =>
		authenticateRequest(toSiroCredential(credentials), requestOptions);
}
