import type {
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
	INodeTypeDescription,
} from 'n8n-workflow';

import type { Credential } from './credentials';
import type { Session } from './session';

export interface DynamicParameter {
	nodeType: string;
	nodeVersion?: number;
	/** The parameter whose values are asked for. */
	parameter: string;
	/** The node's method that finds them. */
	method: string;
	/** What the node's other parameters are set to. */
	parameters?: INodeParameters;
	credential?: Credential;
}

export interface ListSearch extends DynamicParameter {
	/** What the user has typed into the list. */
	filter?: string;
	/** What the page before gave, to get the next one. */
	paginationToken?: string;
}

/** The nodes that n8n has loaded, and the values that their parameters offer. */
export class NodeTypes {
	private readonly known = new Map<string, INodeTypeDescription>();

	constructor(private readonly session: Session) {}

	/** The description of a node as the editor gets it. */
	async read(name: string, version = 1): Promise<INodeTypeDescription> {
		const key = `${name}@${version}`;
		const known = this.known.get(key);
		if (known) return known;
		const [description] = await this.session.post<INodeTypeDescription[]>('node-types', {
			nodeInfos: [{ name, version }],
		});
		this.known.set(key, description);
		return description;
	}

	/** The entries of a resource locator's list. */
	async searchList({
		filter,
		paginationToken,
		...parameter
	}: ListSearch): Promise<INodeListSearchResult> {
		return await this.session.post('dynamic-node-parameters/resource-locator-results', {
			...dynamicParameterRequest(parameter),
			filter,
			paginationToken,
		});
	}

	/** The entries of an options parameter that are loaded by a method. */
	async loadOptions(parameter: DynamicParameter): Promise<INodePropertyOptions[]> {
		return await this.session.post(
			'dynamic-node-parameters/options',
			dynamicParameterRequest(parameter),
		);
	}
}

function dynamicParameterRequest({
	nodeType,
	nodeVersion = 1,
	parameter,
	method,
	parameters = {},
	credential,
}: DynamicParameter): object {
	return {
		path: `parameters.${parameter}`,
		methodName: method,
		nodeTypeAndVersion: { name: nodeType, version: nodeVersion },
		currentNodeParameters: parameters,
		credentials: credential && {
			[credential.type]: { id: credential.id, name: credential.name },
		},
	};
}
