import { UserError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import type { SiroClient } from '../api/client';
import { path } from '../api/path';
import type { SiroRequest } from '../api/request';
import type { OperationItem } from '../runner/operation';
import type { Kind } from './kinds';

export const ORGANIZATION: INodeProperties = {
	displayName: 'Organization ID',
	name: 'organizationId',
	type: 'string',
	default: '',
	description: 'Leave it empty for the organization that the credential belongs to',
};

/** What the organization token belongs to does not change while a node runs, so it is asked once. */
const ownOrganizationIds = new WeakMap<IExecuteFunctions, Promise<string>>();

/** The organization that the user named, or that of the organization token. */
export async function readOrganizationId(item: OperationItem): Promise<string> {
	const given = item.parameter('organizationId', '');
	if (given !== '') return given;

	const known = ownOrganizationIds.get(item.context);
	if (known !== undefined) return await known;

	const asked = askOwnOrganizationId(item.siro);
	ownOrganizationIds.set(item.context, asked);
	asked.catch(() => ownOrganizationIds.delete(item.context));
	return await asked;
}

/** How the records of a kind are listed that Siro keeps by organization. */
export function listOfOrganization(kind: Kind, organizationId: string): SiroRequest {
	const { surface, path: listPath, organization, listing } = kind;
	return {
		surface,
		listName: listing?.request?.listName,
		path: inOrganization(listPath, organizationId),
		query: {
			...listing?.request?.query,
			...(organization === 'query' ? { organizationId } : {}),
		},
	};
}

/** A path with the organization's ID put in. */
export function inOrganization(pathOfKind: string, organizationId: string): string {
	return pathOfKind.replace('{organizationId}', path`${organizationId}`);
}

/**
 * The organization of the organization token.
 * Source: external-api.openapi.json, GET /v1/core/auth/caller-identity.
 */
export async function askOwnOrganizationId(siro: SiroClient): Promise<string> {
	const { organizationId } = await siro.record({ path: '/v1/core/auth/caller-identity' });
	if (typeof organizationId === 'string') return organizationId;
	throw new UserError('Siro did not say which organization the token belongs to', {
		description: 'Fill in Organization ID.',
	});
}
