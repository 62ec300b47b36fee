import './environment';

import { ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	NodeConnectionTypes,
	UnexpectedError,
	type ICredentialTestRequest,
	type INodeCredentialTestResult,
	type INodeType,
} from 'n8n-workflow';

import { createNode } from './node-types';
import { SavedWorkflow } from './saved-workflow';
import type { StoredCredential } from './stored-credential';

/**
 * Tests a credential as n8n does when a user saves it, by the credential's own `test` request.
 *
 * The rules are those of the n8n CLI's `credentials-tester.service` (n8n 2.41.1), in our words.
 */
export async function testCredential(
	credential: StoredCredential,
): Promise<INodeCredentialTestResult> {
	const { id, name, type } = credential;
	if (!type.test?.rules?.every((rule) => rule.type === 'responseCode')) {
		throw new UnexpectedError('Only tests with rules for statuses are part of these tests');
	}
	const nodeType = nodeTypeThatSends(type.name, type.test);
	const saved = new SavedWorkflow({
		node: createNode(nodeType, { credentials: credential.reference }),
		nodeTypes: [nodeType],
		credential,
	});
	const additionalData = saved.additionalData('internal');
	const { credentialsHelper } = additionalData;
	const data = await credentialsHelper.getDecrypted(
		additionalData,
		credential,
		type.name,
		'internal',
	);
	const workflow = saved.load();
	const node = saved.nodeIn(workflow);
	const context = new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
	try {
		await new RoutingNode(context, nodeType, { id, name, type: type.name, data }).runNode();
		return { status: 'OK', message: 'Connection successful!' };
	} catch (error) {
		return { status: 'Error', message: messageAbout(error, type.test) };
	}
}

/** n8n puts the request into a node made up for the test. */
function nodeTypeThatSends(credentialType: string, { request }: ICredentialTestRequest): INodeType {
	return {
		description: {
			displayName: 'Temp',
			name: 'temp',
			group: ['transform'],
			version: 1,
			description: 'Sends the request of the test',
			defaults: { name: 'Temp' },
			inputs: [],
			outputs: [NodeConnectionTypes.Main],
			credentials: [{ name: credentialType, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
			],
		},
	};
}

function messageAbout(error: unknown, { rules = [] }: ICredentialTestRequest): string {
	const { cause, message } = Object(error) as { cause?: unknown; message?: string };
	const { response, code } = Object(cause) as {
		response?: { status: number; statusText?: string };
		code?: string;
	};
	if (response === undefined) return code ?? String(message);
	const rule = rules.find(
		({ type, properties }) => type === 'responseCode' && properties.value === response.status,
	);
	if (rule) return rule.properties.message;
	return response.statusText || `Received HTTP status code: ${response.status}`;
}
