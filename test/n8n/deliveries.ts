import type { INode } from 'n8n-workflow';
import { Webhook } from 'svix';

import type { Credential } from './credentials';
import { rowOfNodes } from './row-of-nodes';
import type { SiroAndN8n } from './siro-and-n8n';
import type { Workflow } from './workflows';

export const TRIGGER = 'Siro Trigger';
export const PROCESSED = 'integrations.recordingProcessed';
export const LINKED = 'integrations.recordingLinked';

/** A node with these parameters, to be put into a workflow; both events and nothing included by default. */
export function triggerNode(
	parameters: INode['parameters'],
	credential: Credential,
	name = TRIGGER,
): INode {
	return {
		id: crypto.randomUUID(),
		name,
		type: 'n8n-nodes-siro.siroTrigger',
		typeVersion: 1.1,
		position: [0, 0],
		parameters: { events: [PROCESSED, LINKED], include: [], ...parameters },
		webhookId: crypto.randomUUID(),
		credentials: { siroApi: credential },
	};
}

type ClientAndCredential = Pick<SiroAndN8n, 'client' | 'credential'>;

/** A workflow that is a trigger and nothing else. */
export async function createTriggerWorkflow(
	{ client, credential }: ClientAndCredential,
	parameters: INode['parameters'],
	otherCredential = credential,
): Promise<Workflow> {
	const trigger = triggerNode(parameters, otherCredential);
	return await client.workflows.create(rowOfNodes('Trigger under test', trigger));
}

/** The same, activated. */
export async function activateTrigger(
	world: ClientAndCredential,
	parameters: INode['parameters'],
	credential = world.credential,
) {
	const { workflows, executions } = world.client;
	const workflow = await createTriggerWorkflow(world, parameters, credential);
	await workflows.activate(workflow);
	return {
		workflow,
		url: await workflows.webhookUrl(workflow),
		executions: async () => await executions.list({ workflowId: workflow.id }),
	};
}

/** What Siro sends about a recording that is ready. */
export function newPayload(change: object = {}) {
	return {
		recordingId: crypto.randomUUID(),
		siroUserId: 'siro-user-1',
		recordingProcessed: true,
		recordingLinked: true,
		eventType: PROCESSED,
		crm: { integrationConnectionId: 'connection-1', users: [] },
		...change,
	};
}

/** The headers of a delivery that Svix signed. */
export function sign(
	body: string | Buffer,
	secret: string,
	{ timestamp = new Date(), messageId = `msg_${crypto.randomUUID()}` } = {},
) {
	return {
		'content-type': 'application/json',
		'svix-id': messageId,
		'svix-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
		'svix-signature': new Webhook(secret).sign(messageId, timestamp, body.toString()),
	};
}

/** Makes one delivery; the answer's body is parsed if it is JSON. */
export async function post(url: string, body: string | Buffer, headers: Record<string, string>) {
	const response = await fetch(url, { method: 'POST', body, headers });
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json');
	return { status: response.status, body: isJson ? (JSON.parse(text) as unknown) : text };
}
