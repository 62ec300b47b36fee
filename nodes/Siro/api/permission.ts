import type { INode } from 'n8n-workflow';

import { isUsableBase } from './credential';
import { credentialError } from './errors';
import type { Failure } from './failure';
import type { SiroRequest } from './request';

/**
 * Refuses what the credential does not allow, before anything is sent. Throws the error that tells
 * which field of the credential to mend.
 */
export function requirePermission(node: INode, request: SiroRequest, failure: Failure): void {
	requireUsableAddresses(node, failure);
	if (request.surface === 'platform') requireUser(node, request, failure);
}

/** All, because user tokens are minted at the external API, and a client app's at an address of their own. */
function requireUsableAddresses(node: INode, failure: Failure): void {
	const { authentication, externalApiUrl, platformApiUrl, tokenUrl } = failure.credential;
	const usesTokenUrl = authentication === 'clientApp';
	const unusable = [
		isUsableBase(externalApiUrl) ? '' : 'External API URL',
		isUsableBase(platformApiUrl) ? '' : 'Platform API URL',
		isUsableBase(tokenUrl) || !usesTokenUrl ? '' : 'Token URL',
	].filter((name) => name !== '');
	if (unusable.length === 0) return;
	throw credentialError(
		node,
		failure,
		`the ${unusable.join(' and the ')} in the Siro credential cannot be used`,
		'It must begin with "https://" and must not contain "?", "#", a user name or a password. Clear the field to use Siro’s own address.',
	);
}

/** Of an organization, the platform API knows users only, and their scope limits the methods. */
function requireUser(node: INode, { method = 'GET' }: SiroRequest, failure: Failure): void {
	const { authentication, useOAuthApp, scope } = failure.credential;
	// Siro decides what a client app may do.
	if (authentication === 'clientApp') return;
	if (!useOAuthApp) {
		throw credentialError(
			node,
			failure,
			'this needs a Siro user, but the Siro credential has only an organization token',
			'In the Siro credential, switch on "Use an OAuth App" and fill in Client ID, Client Secret and Siro User ID. To create the app, once, use the Siro node: resource OAuth App, operation Create. If Siro has given you a client app, choose it under Authentication instead; it needs no OAuth app.',
		);
	}
	if (scope === 'read' && method !== 'GET') {
		throw credentialError(
			node,
			failure,
			'this needs the scope Write, but the Siro credential has the scope Read',
			'In the Siro credential, choose the scope Write.',
		);
	}
}
