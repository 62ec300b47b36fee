import './environment';

import { CredentialTestContext, ExecuteContext, RoutingNode } from 'n8n-core';
import {
	createEmptyRunExecutionData,
	type ICredentialsDecrypted,
	type ICredentialTestFunction,
	type ICredentialTestRequest,
	type INodeCredentialTestResult,
	type INodeType,
} from 'n8n-workflow';

import { createNode } from './node-types';
import { SavedWorkflow } from './saved-workflow';
import type { StoredCredential } from './stored-credential';
import { noOperation } from './surrounding-nodes';

/**
 * Tests a credential as n8n does when a user saves it: by the credential's own `test` request, else by
 * the `testedBy` of the first of the given nodes that has one.
 *
 * The rules are those of the n8n CLI's `credentials-tester.service` (n8n 2.41.1), in our words.
 */
export async function testCredential(
	credential: StoredCredential,
	nodeTypes: INodeType[] = [],
): Promise<INodeCredentialTestResult> {
	const test = testOf(credential, nodeTypes);
	if (test === undefined) {
		return { status: 'Error', message: 'No testing function found for this credential.' };
	}

	const testNode = nodeTypeThatSends(credential, typeof test === 'function' ? undefined : test);
	const saved = new SavedWorkflow({
		node: createNode(testNode, { credentials: credential.reference }),
		nodeTypes: [testNode],
		credential,
	});
	const additionalData = saved.additionalData('internal');
	const decrypted: ICredentialsDecrypted = {
		id: credential.id,
		name: credential.name,
		type: credential.type.name,
		data: await additionalData.credentialsHelper.getDecrypted(
			additionalData,
			credential,
			credential.type.name,
			'internal',
		),
	};
	if (typeof test === 'function') {
		return await test.call(new CredentialTestContext(additionalData), decrypted);
	}

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
		const answers = await new RoutingNode(context, testNode, decrypted).runNode();
		return verdictOnSuccess(test, answers?.[0]?.[0]?.json);
	} catch (error) {
		return verdictOnFailure(test, error);
	}
}

function testOf(
	{ type }: StoredCredential,
	nodeTypes: INodeType[],
): ICredentialTestRequest | ICredentialTestFunction | undefined {
	if (type.test) return type.test;
	for (const { description, methods } of nodeTypes) {
		const testedBy = description.credentials?.find(({ name }) => name === type.name)?.testedBy;
		if (typeof testedBy === 'string') return methods?.credentialTest?.[testedBy];
		if (testedBy) return testedBy;
	}
	return undefined;
}

/** n8n puts the request into a node made up for the test. */
function nodeTypeThatSends(
	{ type }: StoredCredential,
	test: ICredentialTestRequest | undefined,
): INodeType {
	return {
		description: {
			...noOperation.description,
			credentials: [{ name: type.name, required: true }],
			properties: [
				{
					displayName: 'Temp',
					name: 'temp',
					type: 'string',
					default: '',
					routing: { request: test?.request },
				},
			],
		},
	};
}

function verdictOnSuccess(
	{ rules = [] }: ICredentialTestRequest,
	answer: unknown,
): INodeCredentialTestResult {
	for (const rule of rules) {
		if (rule.type !== 'responseSuccessBody') continue;
		const { key, value, message } = rule.properties;
		if (valueAt(answer, key) === value) return { status: 'Error', message };
	}
	return { status: 'OK', message: 'Connection successful!' };
}

function verdictOnFailure(
	{ rules = [] }: ICredentialTestRequest,
	error: unknown,
): INodeCredentialTestResult {
	const status = valueAt(error, 'cause.response.status');
	if (typeof status !== 'number') {
		const message = valueAt(error, 'cause.code') ?? valueAt(error, 'message');
		return { status: 'Error', message: String(message) };
	}
	for (const rule of rules) {
		if (rule.type !== 'responseCode' || rule.properties.value !== status) continue;
		return { status: 'Error', message: rule.properties.message };
	}
	const statusText = valueAt(error, 'cause.response.statusText');
	return { status: 'Error', message: String(statusText || `Received HTTP status code: ${status}`) };
}

function valueAt(value: unknown, path: string): unknown {
	return path.split('.').reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);
}
