/** What must never be seen anywhere but in the place of a request that it belongs in. */
export const SECRETS = {
	organization: 'organization-token-0123456789',
	client: 'client-secret-0123456789',
	user: 'user-token-0123456789',
	webhook: 'whsec_0123456789',
	/** Stands in the query of an address that Siro has signed. */
	signature: 'storage-signature-0123456789',
};
