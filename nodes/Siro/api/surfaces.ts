/** Siro's two HTTP APIs. Each has its own base URL and its own kind of token. */
export type Surface = 'external' | 'platform';

/** Organization-wide, `Authorization: Bearer <organization token>` (external-api.openapi.json, servers). */
export const DEFAULT_EXTERNAL_API_URL = 'https://functions.siro.ai/api-externalApi';

/** One user's view, `x-siro-auth-token: <user access token>` (platform-api.openapi.json, servers). */
export const DEFAULT_PLATFORM_API_URL = 'https://api.siro.ai';

/** Plain and our own: Cloudflare, in front of Siro, answers 403 to unusual user agents. */
export const USER_AGENT = 'n8n-nodes-siro';
