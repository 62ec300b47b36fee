import { version } from '../../../package.json';

/** Siro's two HTTP APIs. Each has its own base URL and its own kind of token. */
export type Surface = 'external' | 'platform';

/** Organization-wide, `Authorization: Bearer <organization token>` (external-api.openapi.json, servers). */
export const DEFAULT_EXTERNAL_API_URL = 'https://functions.siro.ai/api-externalApi';

/** One user's view, `x-siro-auth-token: <user access token>` (platform-api.openapi.json, servers). */
export const DEFAULT_PLATFORM_API_URL = 'https://api.siro.ai';

/**
 * Where a client app gets its tokens, for both APIs. It is in none of Siro's documents; an integrator
 * reported it (September 2026).
 */
export const DEFAULT_TOKEN_URL = 'https://auth.siro.ai/oauth2/token';

/**
 * Cloudflare, in front of Siro, answers 403 to user agents that it takes for unusual; of those that
 * are not a browser's, this form is known to pass.
 */
export const USER_AGENT = `n8n-nodes-siro/${version} (curl-compatible)`;
