import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { Session } from './session';

export interface NewCredential {
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

export interface Credential {
	id: string;
	name: string;
	type: string;
}

export interface CredentialTestResult {
	status: 'OK' | 'Error';
	message: string;
}

/** Credentials, as the editor's credential dialog handles them. */
export class Credentials {
	constructor(private readonly session: Session) {}

	async create(credential: NewCredential): Promise<Credential> {
		const { id, name, type } = await this.session.post<Credential>('credentials', credential);
		return { id, name, type };
	}

	/** Replaces the data of a credential. */
	async update(credential: Credential, data: ICredentialDataDecryptedObject): Promise<void> {
		const { id, name, type } = credential;
		await this.session.patch(`credentials/${id}`, { name, type, data });
	}

	/** The data of a credential; n8n puts a placeholder where a secret is. */
	async read(credential: Credential): Promise<ICredentialDataDecryptedObject> {
		const { data } = await this.session.get<{ data: ICredentialDataDecryptedObject }>(
			`credentials/${credential.id}`,
			{ includeData: 'true' },
		);
		return data;
	}

	/** What the dialog shows below the fields after "Save". */
	async test(credential: Credential): Promise<CredentialTestResult> {
		const { id, name, type } = credential;
		const data = await this.read(credential);
		return await this.session.post('credentials/test', { credentials: { id, name, type, data } });
	}
}
