import { UnexpectedError, type INode, type INodeType, type INodeTypes } from 'n8n-workflow';

const PACKAGE_NAME = 'n8n-nodes-siro';

/** The name under which n8n knows a node type: the package's name, a dot, the node's own name. */
export const fullNodeTypeName = ({ description }: INodeType): string =>
	`${PACKAGE_NAME}.${description.name}`;

/** The version that n8n gives to a node that is newly added to a workflow. */
export function newestVersion({ description }: INodeType): number {
	const { version, defaultVersion } = description;
	return defaultVersion ?? (Array.isArray(version) ? Math.max(...version) : version);
}

/** The node types that one workflow uses, looked up as n8n looks them up. */
export class InstalledNodeTypes implements INodeTypes {
	private readonly byFullName: Map<string, INodeType>;

	constructor(nodeTypes: INodeType[]) {
		this.byFullName = new Map(nodeTypes.map((nodeType) => [fullNodeTypeName(nodeType), nodeType]));
	}

	getByName(fullName: string): INodeType {
		const nodeType = this.byFullName.get(fullName);
		if (nodeType === undefined) throw new UnexpectedError(`Unknown node type: ${fullName}`);
		return nodeType;
	}

	getByNameAndVersion(fullName: string): INodeType {
		return this.getByName(fullName);
	}

	getKnownTypes() {
		return {};
	}
}

/** A node of the given type, as the editor adds it to a workflow. */
export function createNode(nodeType: INodeType, { name, ...rest }: Partial<INode> = {}): INode {
	const { description } = nodeType;
	const nodeName = name ?? description.defaults.name ?? description.displayName;
	return {
		id: `id of ${nodeName}`,
		name: nodeName,
		type: fullNodeTypeName(nodeType),
		typeVersion: newestVersion(nodeType),
		position: [0, 0],
		parameters: {},
		...(description.webhooks?.length ? { webhookId: `webhook-of-${description.name}` } : {}),
		...rest,
	};
}
