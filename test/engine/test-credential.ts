/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { STATUS_CODES } from 'node:http';

import {
	NodeConnectionTypes,
	UnexpectedError,
	type ExecutionError,
	type ICredentialTestRequest,
	type INodeCredentialTestResult,
	type INodeType,
} from 'n8n-workflow';

import { runNode } from './run-node';
import type { StoredCredential } from './stored-credential';

/**
 * Tests a credential as n8n does when a user saves it, by the credential's own `test` request.
 *
 * The rules are those of the n8n CLI's `credentials-tester.service` (n8n 2.41.1), in our words;
 * `e2e/engine.test.ts` holds both against each other.
 */
export async function testCredential(
	credential: StoredCredential,
): Promise<INodeCredentialTestResult> {
	const { type } = credential;
	if (!type.test?.rules?.every((rule) => rule.type === 'responseCode')) {
		throw new UnexpectedError('Only tests with rules for statuses are part of these tests');
	}
	const { error } = await runNode({ nodeType: nodeThatSends(type.test, type.name), credential });
	if (error === undefined) return { status: 'OK', message: 'Connection successful!' };
	return { status: 'Error', message: messageAbout(error, type.test) };
}

/** n8n puts the request into a node made up for the test. */
function nodeThatSends({ request }: ICredentialTestRequest, credentialType: string): INodeType {
	return {
		description: {
			displayName: 'Temp',
			name: 'temp',
			group: ['transform'],
			version: 1,
			description: 'Sends the request of the test',
			defaults: { name: 'Temp' },
			inputs: [NodeConnectionTypes.Main],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: credentialType, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
			],
		},
	};
}

function messageAbout(error: ExecutionError, { rules = [] }: ICredentialTestRequest): string {
	const status = 'httpCode' in error ? Number(error.httpCode) : 0;
	const rule = rules.find(({ properties }) => 'value' in properties && properties.value === status);
	return rule?.properties.message ?? STATUS_CODES[status] ?? error.message;
}
