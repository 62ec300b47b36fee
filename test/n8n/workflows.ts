/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { readFile } from 'node:fs/promises';

import {
	type IConnections,
	type IDataObject,
	type INode,
	type IPinData,
	type IWorkflowSettings,
	NodeHelpers,
} from 'n8n-workflow';

import type { Credential } from './credentials';
import type { Execution, Executions } from './executions';
import type { NodeTypes } from './node-types';
import type { Session } from './session';
import { waitUntil } from './wait-until';

const PATIENCE_MS = 60_000;

/** A workflow as the editor exports it. */
export interface WorkflowDefinition {
	name: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

export interface Workflow extends WorkflowDefinition {
	id: string;
	versionId: string;
	active: boolean;
	staticData: IDataObject | null;
}

interface PublicationStatus {
	status: 'in_progress' | 'not_published' | 'published' | 'partial' | 'failed';
	triggers: Array<{ nodeId: string; status: string; errorMessage: string | null }>;
}

export interface ImportOptions {
	/** The credential that is to stand wherever the workflow has one of its type. */
	credentials?: Credential[];
	/** Changes what a person would change in the editor after the import. */
	edit?: (workflow: WorkflowDefinition) => void;
}

/** Workflows, as the editor handles them. */
export class Workflows {
	constructor(
		protected readonly session: Session,
		private readonly executions: Executions,
		private readonly nodeTypes: NodeTypes,
	) {}

	async create(workflow: WorkflowDefinition): Promise<Workflow> {
		return await this.session.post('workflows', { active: false, ...workflow });
	}

	/** Imports an exported workflow from its file. */
	async importFile(file: string, options: ImportOptions = {}): Promise<Workflow> {
		const workflow = JSON.parse(await readFile(file, 'utf8')) as WorkflowDefinition;
		for (const node of workflow.nodes) useCredentials(node, options.credentials ?? []);
		options.edit?.(workflow);
		const { name, nodes, connections, settings, pinData } = workflow;
		return await this.create({ name, nodes, connections, settings, pinData });
	}

	async read(id: string): Promise<Workflow> {
		return await this.session.get(`workflows/${id}`);
	}

	/** Saves a changed workflow; what is active stays as it was until it is activated again. */
	async update({ id, name, nodes, connections, settings }: Workflow): Promise<Workflow> {
		return await this.session.patch(`workflows/${id}`, { name, nodes, connections, settings });
	}

	/** Gives the trigger another name, as a person would in the editor, and saves the workflow. */
	async rename({ id }: Pick<Workflow, 'id'>, name: string): Promise<Workflow> {
		const workflow = await this.read(id);
		const trigger = await this.triggerOf(workflow);
		trigger.name = name;
		return await this.update(workflow);
	}

	/**
	 * Activates a workflow and waits until its triggers are at work. n8n answers success before
	 * that, so a trigger that cannot start shows only later; here it is an error with its text.
	 */
	async activate({ id, versionId }: Workflow): Promise<void> {
		await this.session.post(`workflows/${id}/activate`, { versionId });
		await this.waitUntilActive({ id });
	}

	/** Waits until the triggers of an activated workflow are at work, as after a restart. */
	async waitUntilActive({ id }: Pick<Workflow, 'id'>): Promise<void> {
		// n8n reads in two places at once what it tells here, so it may find it in neither of them.
		const { status, triggers } = await this.publicationStatus(id, ['in_progress', 'not_published']);
		if (status === 'published') return;
		const reasons = triggers.map(({ errorMessage }) => errorMessage).filter(Boolean);
		throw new Error(`The workflow was not activated (${status}): ${reasons.join('; ')}`);
	}

	async deactivate({ id }: Workflow): Promise<void> {
		await this.session.post(`workflows/${id}/deactivate`);
		await this.publicationStatus(id);
	}

	/** The address under which an active workflow's webhook answers. */
	async webhookUrl(workflow: Workflow, nodeName?: string): Promise<string> {
		return await this.urlUnder('webhook', workflow, nodeName);
	}

	/** Runs a workflow as "Execute workflow" does and waits until it has ended. */
	async run(workflow: Workflow, patienceMs?: number): Promise<Execution> {
		const executionId = await this.startManually(workflow);
		if (executionId === undefined) {
			throw new Error('The trigger waits for a request: use `listen` instead of `run`');
		}
		return await this.executions.waitFor(executionId, patienceMs);
	}

	/**
	 * Makes a webhook trigger listen on its test URL, as a click on "Listen for test event" does.
	 * `execution` waits until a request has come and the execution that it started has ended.
	 */
	async listen(workflow: Workflow) {
		const url = await this.urlUnder('webhook-test', workflow);
		const filter = { workflowId: workflow.id, mode: 'manual' as const };
		const before = await this.executions.count(filter);
		await this.startManually(workflow);
		const execution = async () => (await this.executions.waitForCount(before + 1, filter))[before];
		return { url, execution };
	}

	/** Gives the ID of the execution, unless n8n waits for the request that the trigger needs. */
	protected async startManually(workflow: Workflow, change = {}): Promise<string | undefined> {
		const { name } = await this.triggerOf(workflow);
		const { executionId } = await this.session.post<{ executionId?: string }>(
			`workflows/${workflow.id}/run`,
			{ triggerToStartFrom: { name }, ...change },
		);
		return executionId;
	}

	/** The trigger that a person would choose: the manual one, or the only one there is. */
	private async triggerOf(workflow: Workflow): Promise<INode> {
		const manual = workflow.nodes.find(({ type }) => type === 'n8n-nodes-base.manualTrigger');
		if (manual) return manual;
		const triggers: INode[] = [];
		for (const node of workflow.nodes) {
			const { group } = await this.nodeTypes.read(node.type, node.typeVersion);
			if (group.includes('trigger') && !node.disabled) triggers.push(node);
		}
		if (triggers.length === 1) return triggers[0];
		throw new Error(`"${workflow.name}" has ${triggers.length} triggers: name the one to start`);
	}

	private async urlUnder(root: string, workflow: Workflow, nodeName?: string): Promise<string> {
		const node =
			nodeName === undefined
				? await this.triggerOf(workflow)
				: workflow.nodes.find(({ name }) => name === nodeName);
		if (!node) throw new Error(`"${workflow.name}" has no node "${nodeName}"`);
		const { webhooks } = await this.nodeTypes.read(node.type, node.typeVersion);
		if (!webhooks?.length) throw new Error(`"${node.name}" has no webhook`);
		return NodeHelpers.getNodeWebhookUrl(
			`${this.session.url}/${root}`,
			workflow.id,
			node,
			webhooks[0].path,
			webhooks[0].isFullPath === true,
		);
	}

	/** The status as soon as it is none of these passing ones. */
	private async publicationStatus(
		id: string,
		passing: Array<PublicationStatus['status']> = ['in_progress'],
	): Promise<PublicationStatus> {
		return await waitUntil('the workflow to be (un)published', PATIENCE_MS, async () => {
			const publication = await this.session.get<PublicationStatus>(
				`workflows/${id}/publication-status`,
			);
			return !passing.includes(publication.status) && publication;
		});
	}
}

function useCredentials(node: INode, credentials: Credential[]): void {
	for (const { id, name, type } of credentials) {
		if (node.credentials?.[type]) node.credentials[type] = { id, name };
	}
}
