import './environment';

import { Credentials, getAdditionalKeys } from 'n8n-core';
import {
	getCredentialOwnRequestAllowedDomains,
	ICredentialsHelper,
	isExpression,
	jsonParse,
	NodeHelpers,
	UnexpectedError,
	UserError,
	Workflow,
	type IAuthenticateGeneric,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialsExpressionResolveValues,
	type ICredentialType,
	type IExecuteData,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { createNode, InstalledNodeTypes } from './node-types';
import type { StoredCredential } from './stored-credential';
import { noOperation } from './surrounding-nodes';

/**
 * Holds credentials in memory and treats them as n8n treats the ones in its database.
 *
 * n8n-core asks for this class and does not have it: it belongs to the n8n CLI. The rules here are
 * those of its `CredentialsHelper` (n8n 2.41.1, `dist/credentials-helper.js`), in our words. Left out
 * is what community nodes do not meet: overwrites, external secrets, OAuth, resolvable credentials.
 */
export class MemoryCredentialsHelper extends ICredentialsHelper {
	constructor(
		private readonly stored: StoredCredential[],
		private readonly nodeTypes: InstalledNodeTypes,
	) {
		super();
	}

	getParentTypes(typeName: string): string[] {
		return this.typeNamed(typeName).extends ?? [];
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		return this.typeNamed(typeName).properties;
	}

	isCredentialUsableByNode(typeName: string, nodeTypeName: string): boolean {
		const type = this.stored.find((credential) => credential.type.name === typeName)?.type;
		if (!type?.restrictToSupportedNodes) return true;
		return this.nodeTypes.thatUseCredential(typeName).includes(nodeTypeName);
	}

	async getCredentials(details: INodeCredentialsDetails, typeName: string): Promise<ICredentials> {
		const { id, name, data } = this.find(details, typeName);
		const credentials = new Credentials({ id, name }, typeName);
		await credentials.setData(data);
		return credentials;
	}

	/** What is stored, completed with the defaults of displayed fields, expressions resolved. */
	async getDecrypted(
		additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		typeName: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		resolveValues?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const { data } = this.find(details, typeName);
		if (raw === true) return copyAs<ICredentialDataDecryptedObject>(data);

		const fields =
			NodeHelpers.getNodeParameters(
				this.getCredentialsProperties(typeName),
				copyAs<INodeParameters>(data),
				true,
				false,
				null,
				null,
			) ?? {};
		const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
		const resolved =
			resolveValues === undefined
				? workflowForCredentials().expression.getComplexParameterValue(
						nodeForCredentials,
						fields,
						mode,
						keys,
						undefined,
						undefined,
						fields,
					)
				: resolveValues.workflow.expression.getParameterValue(
						fields,
						resolveValues.runExecutionData,
						resolveValues.runIndex,
						resolveValues.itemIndex,
						resolveValues.node.name,
						resolveValues.connectionInputData,
						mode,
						keys,
						executeData,
						false,
						fields,
					);
		return copyAs<ICredentialDataDecryptedObject>(resolved);
	}

	/** Adds the secret to a request: the credential's own function, or its declared properties. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeNamed(typeName);
		if (authenticate === undefined) return requestOptions;
		if (typeof authenticate === 'function') return await authenticate(credentials, requestOptions);
		if (workflow === undefined || node === undefined) {
			throw new UnexpectedError('Declarative authentication needs a workflow and a node');
		}
		return applyDeclaredAuthentication(authenticate, credentials, requestOptions, workflow, node);
	}

	/**
	 * Asks the credential for a new token when its expirable field is empty or the last one was
	 * refused, and stores the answer, unless it lacks that field.
	 */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { properties, preAuthentication } = this.typeNamed(typeName);
		const expirable = properties.find(
			({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable === true,
		);
		if (expirable === undefined || preAuthentication === undefined) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;

		const output = await preAuthentication.call(
			restrictToAllowedDomains(helpers, credentials),
			credentials,
		);
		const details = node.credentials?.[typeName];
		if (output[expirable.name] === undefined || details === undefined) return undefined;

		const { data } = this.find(details, typeName);
		const renewed = Object.entries(output).filter(
			// A field that the user filled with an expression keeps it.
			([name]) => name === expirable.name || !isExpression(data[name]),
		);
		await this.updateCredentials(
			details,
			typeName,
			copyAs<ICredentialDataDecryptedObject>({ ...data, ...Object.fromEntries(renewed) }),
		);
		return Object.assign(credentials, copyAs<ICredentialDataDecryptedObject>(output));
	}

	async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.typeNamed(typeName);
		const restricted = restrictToAllowedDomains(helpers, credentials);
		const output = await preAuthentication?.call(restricted, credentials);
		return output && copyAs<ICredentialDataDecryptedObject>(output);
	}

	async updateCredentials(
		details: INodeCredentialsDetails,
		typeName: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.find(details, typeName).save(data);
	}

	async updateCredentialsOauthTokenData(): Promise<void> {
		throw new UnexpectedError('OAuth credentials are not part of these tests');
	}

	private find({ id }: INodeCredentialsDetails, typeName: string): StoredCredential {
		const found = this.stored.find(
			(credential) => credential.id === id && credential.type.name === typeName,
		);
		if (found === undefined) {
			throw new UserError(`Credential with ID "${id}" does not exist for type "${typeName}".`);
		}
		return found;
	}

	private typeNamed(typeName: string): ICredentialType {
		const found = this.stored.find((credential) => credential.type.name === typeName);
		if (found === undefined) throw new UnexpectedError(`Unknown credential type: ${typeName}`);
		return found.type;
	}
}

function applyDeclaredAuthentication(
	{ type, properties }: IAuthenticateGeneric,
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
	workflow: Workflow,
	node: INode,
): IHttpRequestOptions {
	if (type !== 'generic') return requestOptions;
	const resolve = (value: string) =>
		isExpression(value)
			? String(
					workflow.expression.getSimpleParameterValue(
						node,
						value,
						'internal',
						{ $credentials: credentials },
						undefined,
						'',
					) || '',
				)
			: value;
	requestOptions.headers ??= {};
	for (const [part, declared] of Object.entries(properties)) {
		const resolved = Object.entries(declared ?? {}).map(([name, value]) => [
			resolve(name),
			resolve(String(value)),
		]);
		Object.assign(requestOptions, {
			[part]: { ...Object(Reflect.get(requestOptions, part)), ...Object.fromEntries(resolved) },
		});
	}
	return requestOptions;
}

/** A credential may be limited to some domains; the requests that mint its token are limited too. */
function restrictToAllowedDomains(
	{ helpers }: IHttpRequestHelper,
	credentials: ICredentialDataDecryptedObject,
): IHttpRequestHelper {
	return {
		helpers: {
			httpRequest: async (requestOptions) => {
				const allowedDomains = getCredentialOwnRequestAllowedDomains(credentials);
				if (allowedDomains === undefined) return await helpers.httpRequest(requestOptions);
				if (requestOptions.allowedDomains !== undefined) {
					throw new UserError(
						'This credential restricts requests to specific domains, which cannot be combined with the domains its authentication step asks for.',
					);
				}
				return await helpers.httpRequest({ ...requestOptions, allowedDomains });
			},
		},
	};
}

const nodeForCredentials = createNode(noOperation);

// Outside of an execution n8n resolves the expressions of a credential in a workflow made up for it.
const workflowForCredentials = () =>
	new Workflow({
		nodes: [nodeForCredentials],
		connections: {},
		active: false,
		nodeTypes: new InstalledNodeTypes([noOperation]),
	});

// To n8n the fields of a credential are node parameters, with other TypeScript types.
const copyAs = <T>(value: unknown): T => jsonParse<T>(JSON.stringify(value));
