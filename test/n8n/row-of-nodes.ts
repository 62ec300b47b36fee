import type { INode } from 'n8n-workflow';

import type { Credential } from './credentials';
import type { WorkflowDefinition } from './workflows';

/** A node without what a workflow of one row can do without. */
export type NodeSettings = Partial<INode> & Pick<INode, 'name' | 'type'>;

/** The trigger behind "Execute workflow". */
export const START: NodeSettings = { name: 'Start', type: 'n8n-nodes-base.manualTrigger' };

/** A Siro node with these parameters. */
export function siroNode(
	credential: Credential,
	parameters: INode['parameters'],
	settings: Partial<INode> = {},
): NodeSettings {
	const credentials = { siroApi: credential };
	return { name: 'Siro', type: 'n8n-nodes-siro.siro', parameters, credentials, ...settings };
}

/** A workflow whose nodes stand in one row, each connected to the next. */
export function rowOfNodes(name: string, ...nodes: NodeSettings[]): WorkflowDefinition {
	return {
		name,
		nodes: nodes.map((node, index) => ({
			id: `node-${index}`,
			typeVersion: 1,
			position: [index * 200, 0],
			parameters: {},
			...node,
		})),
		connections: Object.fromEntries(
			nodes
				.slice(1)
				.map((node, index) => [
					nodes[index].name,
					{ main: [[{ node: node.name, type: 'main', index: 0 }]] },
				]),
		),
		settings: { executionOrder: 'v1' },
	};
}

/** Two nodes that give one item per ID, `{id: …}`. */
export function itemsWithIds(ids: string[]): NodeSettings[] {
	return [
		{
			name: 'All IDs',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ id: ids }) },
		},
		{ name: 'One Each', type: 'n8n-nodes-base.splitOut', parameters: { fieldToSplitOut: 'id' } },
	];
}
