import './environment';

import {
	ICredentialsHelper,
	isExpression,
	jsonParse,
	NodeHelpers,
	UnexpectedError,
	UserError,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeParameters,
	type INodeProperties,
	type IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import type { StoredCredential } from './stored-credential';

/**
 * Holds a credential in memory and treats it as n8n treats the ones in its database.
 *
 * n8n-core asks for this class and does not have it: it belongs to the n8n CLI. The rules here are
 * those of its `CredentialsHelper` (n8n 2.41.1, `dist/credentials-helper.js`), in our words, for what
 * our credential is made of; whatever it does not meet throws. `e2e/engine.test.ts` holds both
 * against each other.
 */
export class MemoryCredentialsHelper extends ICredentialsHelper {
	constructor(private readonly stored?: StoredCredential) {
		super();
	}

	getParentTypes(typeName: string): string[] {
		return this.typeNamed(typeName).extends ?? [];
	}

	getCredentialsProperties(typeName: string): INodeProperties[] {
		return this.typeNamed(typeName).properties;
	}

	isCredentialUsableByNode(typeName: string): boolean {
		if (this.typeNamed(typeName).restrictToSupportedNodes) throw notPartOfTheseTests();
		return true;
	}

	/** What is stored, completed with the defaults of the fields that are displayed. */
	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject> {
		const data = copyAs<INodeParameters>(this.find(details, typeName).data);
		if (Object.values(data).some(isExpression)) throw notPartOfTheseTests();
		const { properties } = this.typeNamed(typeName);
		return copyAs(NodeHelpers.getNodeParameters(properties, data, true, false, null, null));
	}

	/** Adds the secret to a request, by the credential's own function. */
	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeNamed(typeName);
		if (typeof authenticate !== 'function') throw notPartOfTheseTests();
		return await authenticate(credentials, requestOptions);
	}

	/**
	 * Asks the credential for a new token when its expirable field is empty or the last one was
	 * refused, and stores the answer, unless it lacks that field.
	 */
	async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		{ credentials: references }: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { properties, preAuthentication } = this.typeNamed(typeName);
		const expirable = properties.find(
			({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable === true,
		);
		if (expirable === undefined || preAuthentication === undefined) return undefined;
		if (credentials[expirable.name] !== '' && !credentialsExpired) return undefined;

		const output = await preAuthentication.call(helpers, credentials);
		const details = references?.[typeName];
		if (output[expirable.name] === undefined || details === undefined) return undefined;

		const stored = this.find(details, typeName);
		stored.save(copyAs({ ...stored.data, ...output }));
		return Object.assign(credentials, copyAs<ICredentialDataDecryptedObject>(output));
	}

	async getCredentials(): Promise<never> {
		throw notPartOfTheseTests();
	}

	async runPreAuthentication(): Promise<never> {
		throw notPartOfTheseTests();
	}

	async updateCredentials(): Promise<never> {
		throw notPartOfTheseTests();
	}

	async updateCredentialsOauthTokenData(): Promise<never> {
		throw notPartOfTheseTests();
	}

	private find({ id }: INodeCredentialsDetails, typeName: string): StoredCredential {
		const { stored } = this;
		if (stored?.id === id && stored?.type.name === typeName) return stored;
		throw new UserError(`Credential with ID "${id}" does not exist for type "${typeName}".`);
	}

	private typeNamed(typeName: string): ICredentialType {
		if (this.stored?.type.name === typeName) return this.stored.type;
		throw new UnexpectedError(`Unknown credential type: ${typeName}`);
	}
}

const notPartOfTheseTests = () => new UnexpectedError('Not part of these tests');

// To n8n the fields of a credential are node parameters, with other TypeScript types.
const copyAs = <T>(value: unknown): T => jsonParse<T>(JSON.stringify(value));
