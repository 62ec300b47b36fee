/** Plain and our own: Cloudflare, in front of Siro, answers 403 to unusual user agents. */
export const USER_AGENT = 'n8n-nodes-siro';
