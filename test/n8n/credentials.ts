import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Session } from './session';

export interface Credential {
	id: string;
	name: string;
	type: string;
}

/** Credentials, as the editor's credential dialog handles them. */
export class Credentials {
	constructor(private readonly session: Session) {}

	async create(credential: {
		name: string;
		type: string;
		data: ICredentialDataDecryptedObject;
	}): Promise<Credential> {
		const { id, name, type } = await this.session.post<Credential>('credentials', credential);
		return { id, name, type };
	}

	/** Replaces the data of a credential. */
	async update(
		{ id, name, type }: Credential,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		await this.session.patch(`credentials/${id}`, { name, type, data });
	}

	/** The data of a credential; n8n puts a placeholder where a secret is. */
	async read({ id }: Credential): Promise<ICredentialDataDecryptedObject> {
		const path = `credentials/${id}?includeData=true`;
		return (await this.session.get<{ data: ICredentialDataDecryptedObject }>(path)).data;
	}

	/** What the dialog shows below the fields after "Save". */
	async test(credential: Credential): Promise<{ status: 'OK' | 'Error'; message: string }> {
		const credentials = { ...credential, data: await this.read(credential) };
		return await this.session.post('credentials/test', { credentials });
	}
}
