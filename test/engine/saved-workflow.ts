import './environment';

import {
	deepCopy,
	jsonParse,
	NodeHelpers,
	UnexpectedError,
	Workflow,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeParameters,
	type INodeType,
	type IWebhookData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { additionalDataFor } from './additional-data';
import { MemoryCredentialsHelper } from './credentials-helper';
import { createNode, InstalledNodeTypes } from './node-types';
import type { StoredCredential } from './stored-credential';

/** A node as a user has set it up. */
export interface NodeSetUp {
	nodeType: INodeType;
	parameters?: INodeParameters;
	credential?: StoredCredential;
	/** The workflow's time zone; n8n's own default is America/New_York. */
	timezone?: string;
}

export interface WorkflowContent {
	/** The node that the test is about. */
	node: INode;
	otherNodes?: INode[];
	connections?: IConnections;
	nodeTypes: INodeType[];
	credential?: StoredCredential;
	timezone?: string;
	staticData?: IDataObject;
}

let workflows = 0;

/** A workflow as n8n keeps it in its database: one row, loaded anew for each use. */
export class SavedWorkflow {
	/** Its own for each workflow, so that nothing a node remembers by it reaches another test. */
	readonly id = `workflow-${++workflows}`;

	readonly node: INode;

	readonly nodeType: INodeType;

	/** Of all nodes: `{ 'node:Siro Trigger': {…}, global: {…} }`; none until n8n first saves it. */
	staticData?: IDataObject;

	private readonly nodeTypes: InstalledNodeTypes;

	constructor(private readonly content: WorkflowContent) {
		this.node = content.node;
		this.staticData = content.staticData;
		this.nodeTypes = new InstalledNodeTypes(content.nodeTypes);
		this.nodeType = this.nodeTypes.getByName(content.node.type);
	}

	/** The static data of the node under test. */
	get nodeStaticData(): IDataObject {
		const all = this.staticData ?? {};
		return jsonParse<IDataObject>(JSON.stringify(all[`node:${this.node.name}`] ?? {}));
	}

	/** The row, freshly read: whoever changes its static data changes a copy. */
	row(): IWorkflowBase {
		const { node, otherNodes = [], connections = {}, timezone } = this.content;
		return {
			id: this.id,
			name: 'Workflow under test',
			active: true,
			activeVersionId: 'version-1',
			isArchived: false,
			createdAt: new Date(0),
			updatedAt: new Date(0),
			nodes: deepCopy([node, ...otherNodes]),
			connections: deepCopy(connections),
			settings: { executionOrder: 'v1', timezone },
			staticData: this.staticData && deepCopy(this.staticData),
		};
	}

	/** Makes n8n's `Workflow` from a row, by default from a freshly read one. */
	load(row = this.row()): Workflow {
		return new Workflow({ ...row, nodeTypes: this.nodeTypes });
	}

	/** As n8n loads it for a test event: inactive, and without what is stored in the row. */
	loadForTest(): Workflow {
		return this.load({ ...this.row(), active: false, staticData: {} });
	}

	/** Writes static data back if n8n's mark says that it has changed. */
	saveStaticData(workflow: Workflow): void {
		if (workflow.staticData.__dataChanged !== true) return;
		this.staticData = jsonParse<IDataObject>(JSON.stringify(workflow.staticData));
		workflow.staticData.__dataChanged = false;
	}

	/** The node under test in a workflow that was loaded. */
	nodeIn(workflow: Workflow): INode {
		const node = workflow.getNode(this.node.name);
		if (node === null) throw new UnexpectedError(`No node "${this.node.name}"`);
		return node;
	}

	additionalData(mode: WorkflowExecuteMode): IWorkflowExecuteAdditionalData {
		const credentialsHelper = new MemoryCredentialsHelper(this.content.credential);
		return additionalDataFor(this.row(), mode, credentialsHelper);
	}
}

/** Saves a workflow that holds one node: a trigger, or a node whose lists are searched. */
export function saveWorkflow({
	nodeType,
	parameters = {},
	credential,
	timezone,
	staticData,
}: NodeSetUp & { staticData?: IDataObject }): SavedWorkflow {
	return new SavedWorkflow({
		node: createNode(nodeType, { parameters, credentials: credential?.reference }),
		nodeTypes: [nodeType],
		credential,
		timezone,
		staticData,
	});
}

/** n8n gives each trigger two addresses: one for the active workflow, one for the editor. */
export type WebhookUrl = 'production' | 'test';

/** What n8n registers for a trigger's (first) webhook. */
export function webhookOf(
	{ id, node, nodeType }: SavedWorkflow,
	additionalData: IWorkflowExecuteAdditionalData,
	url: WebhookUrl,
): IWebhookData {
	const description = nodeType.description.webhooks?.[0];
	if (description?.httpMethod !== 'POST') throw new UnexpectedError(`${node.name} takes no POST`);
	return {
		httpMethod: description.httpMethod,
		node: node.name,
		path: NodeHelpers.getNodeWebhookPath(id, node, description.path, description.isFullPath),
		webhookDescription: description,
		workflowId: id,
		workflowExecuteAdditionalData: additionalData,
		...(url === 'test' ? { isTest: true } : {}),
	};
}
