import {
	deepCopy,
	injectDomainRestrictionFields,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type INodeCredentialsDetails,
} from 'n8n-workflow';

/** Each has an ID of its own, as in n8n's database. */
let stored = 0;

/** A credential as a user saved it. n8n may write to it later, when it renews an access token. */
export class StoredCredential {
	readonly id: string;

	readonly name: string;

	/** Each version that n8n has saved since, oldest first. */
	readonly updates: ICredentialDataDecryptedObject[] = [];

	/** What is stored now. Fields that were never set are absent, as in n8n's database. */
	data: ICredentialDataDecryptedObject;

	constructor(
		readonly type: ICredentialType,
		data: ICredentialDataDecryptedObject,
	) {
		stored += 1;
		this.id = `id ${stored} of ${type.name}`;
		this.name = `My ${type.displayName}`;
		this.data = deepCopy(data);
		// n8n adds its "Allowed HTTP Request Domains" fields to every credential type that it loads.
		type.properties = injectDomainRestrictionFields(type);
	}

	save(data: ICredentialDataDecryptedObject) {
		this.data = deepCopy(data);
		this.updates.push(deepCopy(data));
	}

	/** How a node refers to this credential. */
	get reference(): Record<string, INodeCredentialsDetails> {
		return { [this.type.name]: { id: this.id, name: this.name } };
	}
}

/** Stores a credential: `storeCredential(new SiroApi(), { organizationToken: '…' })`. */
export const storeCredential = (
	type: ICredentialType,
	data: ICredentialDataDecryptedObject,
): StoredCredential => new StoredCredential(type, data);
