/** What Siro says about the organization token; some operations ask for it first. */
export const ASK_IDENTITY = {
	method: 'GET',
	path: '/v1/core/auth/caller-identity',
	answer: {
		tokenId: 'token-1',
		tokenName: 'n8n',
		organizationId: 'org-1',
		authorizedOrgGroupId: null,
		parentOrgGroupTokenId: null,
		createdAt: '2026-01-01T00:00:00.000Z',
		createdBy: 'user-1',
	},
} as const;
