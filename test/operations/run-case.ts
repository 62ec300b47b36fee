import type nock from 'nock';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { Siro } from '../../nodes/Siro/Siro.node';
import {
	platformApi,
	recordedScope,
	runNode,
	siroApi,
	storeCredential,
	type NodeRun,
	type NodeRunOptions,
	type StoredCredential,
} from '../engine';
import { TIME_ZONE, type Exchange, type OperationCase } from './operation-case';
import { SECRETS } from './secrets';

export { SECRETS };

/** Stands in for Google's storage; requests to it must not carry any of the tokens. */
export const STORAGE = 'https://storage.googleapis.com';

const SURFACES = {
	external: { scope: siroApi, address: 'https://functions.siro.ai/api-externalApi' },
	platform: { scope: platformApi, address: 'https://api.siro.ai' },
	storage: { scope: () => recordedScope(STORAGE), address: STORAGE },
};

export function createCredential(kind: OperationCase['credential']): StoredCredential {
	const user = {
		useOAuthApp: true,
		clientId: 'client-1',
		clientSecret: SECRETS.client,
		userId: 'user-1',
		accessToken: SECRETS.user,
	};
	if (kind === 'clientApp') {
		return storeCredential(new SiroApi(), { ...user, authentication: 'clientApp' });
	}
	return storeCredential(new SiroApi(), {
		organizationToken: SECRETS.organization,
		...(kind === 'readingUser' ? { ...user, scope: 'read' } : {}),
		...(kind === 'writingUser' ? { ...user, scope: 'write' } : {}),
	});
}

/** Prepares the answer to a request of this method and path, whatever else it holds. */
export function expectRequest({ surface = 'external', method, path }: Exchange): nock.Interceptor {
	return SURFACES[surface].scope().intercept(path, method).query(true);
}

/** The address that a request of this exchange has, without the query. */
export function addressOf({ surface = 'external', path }: Exchange): string {
	return SURFACES[surface].address + path;
}

/** Runs the operation of a case on the real engine. */
export async function runCase(
	{ resource, operation, parameters, input, credential }: OperationCase,
	options: Partial<NodeRunOptions> = {},
): Promise<NodeRun> {
	return await runNode({
		nodeType: new Siro(),
		parameters: { resource, operation, ...parameters },
		input,
		credential: createCredential(credential),
		timezone: TIME_ZONE,
		...options,
	});
}
