import type { INodeListSearchResult, INodeParameters, INodeTypeDescription } from 'n8n-workflow';

import type { Credential } from './credentials';
import type { Session } from './session';

export interface ListSearch {
	nodeType: string;
	/** The resource locator, and the node's method that searches for it. */
	parameter: string;
	method: string;
	/** What the node's parameters are set to. */
	parameters: INodeParameters;
	credential: Credential;
	/** What the user has typed into the list. */
	filter?: string;
}

/** The nodes that n8n has loaded, and the values that their parameters offer. */
export class NodeTypes {
	constructor(private readonly session: Session) {}

	/** The description of a node as the editor gets it. */
	async read(name: string, version = 1): Promise<INodeTypeDescription> {
		const nodeInfos = [{ name, version }];
		const [description] = await this.session.post<INodeTypeDescription[]>('node-types', {
			nodeInfos,
		});
		return description;
	}

	/** The entries of a resource locator's list. */
	async searchList(search: ListSearch): Promise<INodeListSearchResult> {
		const { nodeType, parameter, method, parameters, credential, filter } = search;
		return await this.session.post('dynamic-node-parameters/resource-locator-results', {
			path: `parameters.${parameter}`,
			methodName: method,
			nodeTypeAndVersion: { name: nodeType, version: 1 },
			currentNodeParameters: parameters,
			credentials: { [credential.type]: { id: credential.id, name: credential.name } },
			filter,
		});
	}
}
