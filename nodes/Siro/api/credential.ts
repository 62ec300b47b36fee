import { createHash } from 'node:crypto';

import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import {
	DEFAULT_EXTERNAL_API_URL,
	DEFAULT_PLATFORM_API_URL,
	DEFAULT_TOKEN_URL,
	USER_AGENT,
	type Surface,
} from './surfaces';

/** What may stand between signing secrets, and around each of them. */
export const BETWEEN_SECRETS = /[\s,;"'`“”„‘’«»]+/;

/** White space and quotes of all kinds, at the beginning or the end. */
const WRAPPING =
	/^[\s\u200B-\u200D\u2060\uFEFF"'`“”„‘’«»]+|[\s\u200B-\u200D\u2060\uFEFF"'`“”„‘’«»]+$/g;

/** The decrypted fields of the credential `siroApi`, trimmed, with defaults filled in. */
export interface SiroCredential {
	/** n8n's, if one of our nodes uses it; n8n itself does not tell. */
	id: string;
	authentication: 'organizationToken' | 'clientApp';
	organizationToken: string;
	webhookSigningSecret: string;
	useOAuthApp: boolean;
	clientId: string;
	clientSecret: string;
	userId: string;
	scope: 'read' | 'write';
	/** Of the OAuth app's user, or of the client app; empty if it is for another or over. */
	accessToken: string;
	/** As `Date.now()` counts; 0 if nobody knows. */
	expiresAt: number;
	/** All that was ever sent; it grows while an execution runs. */
	usedTokens: Set<string>;
	externalApiUrl: string;
	platformApiUrl: string;
	tokenUrl: string;
	userAgent: string;
}

/**
 * Reads n8n's decrypted credential data. Tokens and IDs are pasted by hand: white space and quotes
 * around them are dropped, and the word "Bearer" that stands before a token in a request.
 */
export function toSiroCredential(data: ICredentialDataDecryptedObject): SiroCredential {
	const text = (name: string) => unwrap(data[name]);
	const address = (name: string, usual: string) => withoutTrailingSlash(text(name)) || usual;
	const isClientApp = data.authentication === 'clientApp';
	const credential: SiroCredential = {
		id: text('id'),
		authentication: isClientApp ? 'clientApp' : 'organizationToken',
		organizationToken: text('organizationToken'),
		webhookSigningSecret: text('webhookSigningSecret'),
		useOAuthApp: !isClientApp && data.useOAuthApp === true,
		clientId: text('clientId'),
		clientSecret: text('clientSecret'),
		userId: text('userId'),
		scope: data.scope === 'write' ? 'write' : 'read',
		accessToken: text('accessToken'),
		expiresAt: Number(data.expiresAt) || 0,
		usedTokens: new Set([text('accessToken')]),
		externalApiUrl: address('externalApiUrl', DEFAULT_EXTERNAL_API_URL),
		platformApiUrl: address('platformApiUrl', DEFAULT_PLATFORM_API_URL),
		tokenUrl: text('tokenUrl') || DEFAULT_TOKEN_URL,
		userAgent: headerText(data.userAgent) || USER_AGENT,
	};
	// n8n keeps the token when the credential is changed in the editor; it is of no use then.
	const mintedFor = text('mintedFor');
	const isForAnother = mintedFor !== '' && mintedFor !== tokenPurpose(credential);
	const isOver = credential.expiresAt > 0 && credential.expiresAt <= Date.now();
	return isForAnother || isOver ? { ...credential, accessToken: '', expiresAt: 0 } : credential;
}

function unwrap(value: unknown): string {
	if (typeof value !== 'string') return '';
	const text = value.replace(WRAPPING, '');
	return text.replace(/^bearer\s+/i, '').replace(WRAPPING, '');
}

/** What a header can hold: no line breaks, no characters beyond ASCII. */
function headerText(value: unknown): string {
	return typeof value === 'string' ? value.replace(/[^\x21-\x7e]+/g, ' ').trim() : '';
}

/**
 * Whom an access token acts for, and all that it was minted with, as a fingerprint, because there are
 * secrets in it. It is stored beside the token.
 */
export function tokenPurpose(credential: SiroCredential): string {
	const { authentication, clientId, clientSecret, externalApiUrl, platformApiUrl } = credential;
	const { tokenUrl, organizationToken, userId, scope } = credential;
	const its = authentication === 'clientApp' ? [tokenUrl] : [organizationToken, userId, scope];
	const all = [authentication, clientId, clientSecret, externalApiUrl, platformApiUrl, ...its];
	return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}

/** Whether requests to an API are sent with the access token, rather than the organization token. */
export function needsAccessToken({ authentication }: SiroCredential, surface: Surface): boolean {
	return authentication === 'clientApp' || surface === 'platform';
}

/** The values that must never be shown to anybody, for redaction. */
export function secretsOf(credential: SiroCredential): string[] {
	const { organizationToken, clientSecret, accessToken, webhookSigningSecret } = credential;
	return [
		organizationToken,
		clientSecret,
		accessToken,
		...credential.usedTokens,
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
	const surface = surfaceOf(requestOptions, credential);
	if (surface === undefined) return requestOptions;
	return withSecret(requestOptions, {
		...chosenUserAgent(requestOptions, credential),
		...tokenHeaders(credential, surface),
	});
}

/** A client app's token goes into both headers of the platform API. */
function tokenHeaders(credential: SiroCredential, surface: Surface): Record<string, string> {
	const { authentication, accessToken, organizationToken } = credential;
	const isClientApp = authentication === 'clientApp';
	const bearer = surface === 'external' && !isClientApp ? organizationToken : accessToken;
	// Without any token Siro answers 401, and n8n then has a new one made.
	if (bearer === '') return {};
	const authorization = { Authorization: `Bearer ${bearer}` };
	if (surface === 'external') return authorization;
	return { 'x-siro-auth-token': accessToken, ...(isClientApp ? authorization : {}) };
}

/** The one that the user has entered, unless the request brings one of its own. */
function chosenUserAgent(
	{ headers = {} }: IHttpRequestOptions,
	{ userAgent }: SiroCredential,
): Record<string, string> {
	const hasOwn = Object.keys(headers).some((name) => name.toLowerCase() === 'user-agent');
	return hasOwn || userAgent === USER_AGENT ? {} : { 'User-Agent': userAgent };
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
