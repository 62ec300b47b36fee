import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { DEFAULT_EXTERNAL_API_URL, DEFAULT_PLATFORM_API_URL, type Surface } from './surfaces';

/** The decrypted fields of the credential `siroApi`, trimmed, with defaults filled in. */
export interface SiroCredential {
	organizationToken: string;
	webhookSigningSecret: string;
	useOAuthApp: boolean;
	clientId: string;
	clientSecret: string;
	userId: string;
	scope: 'read' | 'write';
	accessToken: string;
	externalApiUrl: string;
	platformApiUrl: string;
}

/** Reads n8n's decrypted credential data. Tokens are pasted by hand, so white space around them is dropped. */
export function toSiroCredential(data: ICredentialDataDecryptedObject): SiroCredential {
	const text = (name: string) => (typeof data[name] === 'string' ? data[name].trim() : '');
	return {
		organizationToken: text('organizationToken'),
		webhookSigningSecret: text('webhookSigningSecret'),
		useOAuthApp: data.useOAuthApp === true,
		clientId: text('clientId'),
		clientSecret: text('clientSecret'),
		userId: text('userId'),
		scope: data.scope === 'write' ? 'write' : 'read',
		accessToken: text('accessToken'),
		externalApiUrl: withoutTrailingSlash(text('externalApiUrl')) || DEFAULT_EXTERNAL_API_URL,
		platformApiUrl: withoutTrailingSlash(text('platformApiUrl')) || DEFAULT_PLATFORM_API_URL,
	};
}

/** The values that must never be shown to anybody, for redaction. */
export function secretsOf(credential: SiroCredential): string[] {
	const { organizationToken, clientSecret, accessToken, webhookSigningSecret } = credential;
	return [
		organizationToken,
		clientSecret,
		accessToken,
		...webhookSigningSecret.split(/[\s,]+/),
	].filter((secret) => secret !== '');
}

/**
 * Adds the token that belongs to the request's origin, and none for any other host: this credential
 * can also be chosen in n8n's HTTP Request node, with any address.
 */
export function authenticateRequest(
	credential: SiroCredential,
	requestOptions: IHttpRequestOptions,
): IHttpRequestOptions {
	switch (surfaceOf(requestOptions, credential)) {
		case 'external':
			return withHeader(requestOptions, 'Authorization', `Bearer ${credential.organizationToken}`);
		case 'platform':
			return withHeader(requestOptions, 'x-siro-auth-token', credential.accessToken);
		default:
			return requestOptions;
	}
}

function surfaceOf(
	requestOptions: IHttpRequestOptions,
	credential: SiroCredential,
): Surface | undefined {
	const target = targetOf(requestOptions);
	const external = parseUrl(credential.externalApiUrl);
	const platform = parseUrl(credential.platformApiUrl);
	const isExternal = target !== undefined && target.origin === external?.origin;
	const isPlatform = target !== undefined && target.origin === platform?.origin;

	// Both APIs behind one host (a proxy, for example): the longer base path decides.
	if (isExternal && isPlatform) {
		const [longer, shorter]: Surface[] =
			external.pathname.length >= platform.pathname.length
				? ['external', 'platform']
				: ['platform', 'external'];
		const base = longer === 'external' ? external : platform;
		return isBelow(target, base) ? longer : shorter;
	}
	if (isExternal) return 'external';
	if (isPlatform) return 'platform';
	return undefined;
}

function isBelow(target: URL, base: URL): boolean {
	const basePath = withoutTrailingSlash(base.pathname);
	return target.pathname === basePath || target.pathname.startsWith(`${basePath}/`);
}

/** n8n's HTTP Request node hands over `uri`, its helpers `url` and `baseURL`. */
function targetOf(requestOptions: IHttpRequestOptions & { uri?: string }): URL | undefined {
	const address = requestOptions.url ?? requestOptions.uri ?? '';
	const { baseURL } = requestOptions;
	const isAbsolute = /^([a-z][a-z\d+.-]*:)?\/\//i.test(address);
	if (isAbsolute || !baseURL) return parseUrl(address);
	return parseUrl(`${withoutTrailingSlash(baseURL)}/${address.replace(/^\/+/, '')}`);
}

function parseUrl(address: string): URL | undefined {
	return URL.canParse(address) ? new URL(address) : undefined;
}

function withoutTrailingSlash(address: string): string {
	return address.replace(/\/+$/, '');
}

function withHeader(
	requestOptions: IHttpRequestOptions,
	name: string,
	value: string,
): IHttpRequestOptions {
	return { ...requestOptions, headers: { ...requestOptions.headers, [name]: value } };
}
