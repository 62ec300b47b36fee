import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { DEFAULT_EXTERNAL_API_URL, DEFAULT_PLATFORM_API_URL, type Surface } from './surfaces';

/** What may stand between signing secrets, and around each of them. */
export const BETWEEN_SECRETS = /[\s,;"'`“”„‘’«»]+/;

/** White space and quotes of all kinds, at the beginning or the end. */
const WRAPPING =
	/^[\s\u200B-\u200D\u2060\uFEFF"'`“”„‘’«»]+|[\s\u200B-\u200D\u2060\uFEFF"'`“”„‘’«»]+$/g;

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

/**
 * Reads n8n's decrypted credential data. Tokens and IDs are pasted by hand: white space and quotes
 * around them are dropped, and the word "Bearer" that stands before a token in a request.
 */
export function toSiroCredential(data: ICredentialDataDecryptedObject): SiroCredential {
	const text = (name: string) => unwrap(data[name]);
	const credential: SiroCredential = {
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
	// n8n keeps the token when the user or the scope is changed in the editor; it is of no use then.
	const purpose = text('mintedFor');
	const isForAnother = purpose !== '' && purpose !== tokenPurpose(credential);
	return isForAnother ? { ...credential, accessToken: '' } : credential;
}

function unwrap(value: unknown): string {
	if (typeof value !== 'string') return '';
	const text = value.replace(WRAPPING, '');
	return text.replace(/^bearer\s+/i, '').replace(WRAPPING, '');
}

/** Whom a user token acts for, and what it may do. It is stored beside the token. */
export function tokenPurpose({ clientId, userId, scope }: SiroCredential): string {
	return `${clientId} ${userId} ${scope}`;
}

/** The values that must never be shown to anybody, for redaction. */
export function secretsOf(credential: SiroCredential): string[] {
	const { organizationToken, clientSecret, accessToken, webhookSigningSecret } = credential;
	return [
		organizationToken,
		clientSecret,
		accessToken,
		...webhookSigningSecret.split(BETWEEN_SECRETS),
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
			return withSecret(requestOptions, {
				Authorization: `Bearer ${credential.organizationToken}`,
			});
		case 'platform':
			return withSecret(requestOptions, { 'x-siro-auth-token': credential.accessToken });
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
	const { url, uri, baseURL } = requestOptions;
	if (url && uri && url !== uri) return undefined;
	const address = url || uri || '';
	const isAbsolute = /^([a-z][a-z\d+.-]*:)?\/\//i.test(address);
	if (isAbsolute || !baseURL) return parseUrl(address);
	return parseUrl(`${withoutTrailingSlash(baseURL)}/${address.replace(/^\/+/, '')}`);
}

/**
 * Whether a path can be put behind this address. Behind a "?" or a "#" it would be lost, and instead of
 * the organization token, the name and password of an address would be sent.
 */
export function isUsableBase(address: string): boolean {
	const url = parseUrl(address);
	if (url === undefined || /[?#]/.test(address)) return false;
	return /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

function parseUrl(address: string): URL | undefined {
	return URL.canParse(address) ? new URL(address) : undefined;
}

function withoutTrailingSlash(address: string): string {
	return address.replace(/\/+$/, '');
}

/**
 * Siro does not redirect, and a redirect could carry the header to another host. The HTTP Request
 * node has other names for that than the helpers.
 */
function withSecret(
	requestOptions: IHttpRequestOptions,
	header: Record<string, string>,
): IHttpRequestOptions {
	const withoutRedirects = {
		disableFollowRedirect: true,
		followRedirect: false,
		followAllRedirects: false,
	};
	return {
		...requestOptions,
		...withoutRedirects,
		headers: { ...requestOptions.headers, ...header },
	};
}
