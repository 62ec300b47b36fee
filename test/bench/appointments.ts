import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Credential } from '../n8n/credentials';
import type { Execution } from '../n8n/executions';
import { rowOfNodes, START, type NodeSettings } from '../n8n/row-of-nodes';
import type { WorkflowDefinition } from '../n8n/workflows';
import type { Simulator } from '../siro';

/** The node that does the job in each of the workflows. */
export const SYNC = 'Sync';

/** The CRM's appointments. */
export function crmAppointments(count: number): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({
		id: `appt-${index}`,
		title: `Kitchen of family ${index}`,
		start: '2026-02-15T14:00:00Z',
		end: '2026-02-15T15:00:00Z',
		customerId: `customer-${index % 100}`,
		customer: `Family ${index % 100}`,
		repId: `rep-${index % 10}`,
		repEmail: `rep-${index % 10}@kitchen.example`,
	}));
}

/** Two nodes that give the same in n8n, one item each; as an expression, it keeps workflows small. */
function appointments(count: number): NodeSettings[] {
	return [
		{
			name: 'CRM',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				mode: 'raw',
				jsonOutput: `={{ { appointment: Array.from({ length: ${count} }, (_, index) => ({
					id: 'appt-' + index,
					title: 'Kitchen of family ' + index,
					start: '2026-02-15T14:00:00Z',
					end: '2026-02-15T15:00:00Z',
					customerId: 'customer-' + index % 100,
					customer: 'Family ' + index % 100,
					repId: 'rep-' + index % 10,
					repEmail: 'rep-' + index % 10 + '@kitchen.example',
				})) } }}`,
			},
		},
		{
			name: 'Appointments',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'appointment' },
		},
	];
}

/** Our node's fields, filled in from the CRM's. */
export const SYNC_FIELDS: INodeParameters = {
	resource: 'engagement',
	operation: 'sync',
	externalId: '={{ $json.id }}',
	subject: '={{ $json.title }}',
	startTime: '={{ $json.start }}',
	endTime: '={{ $json.end }}',
	activityType: 'MEETING',
	reps: { rep: [{ externalId: '={{ $json.repId }}', email: '={{ $json.repEmail }}' }] },
	account: { externalId: '={{ $json.customerId }}', name: '={{ $json.customer }}' },
};

/** Our node, all appointments. */
export function syncWorkflow(
	count: number,
	credential: Credential,
	settings: Partial<NodeSettings> = {},
): WorkflowDefinition {
	return rowOfNodes(`Siro, ${count} appointments`, START, ...appointments(count), {
		name: SYNC,
		type: 'n8n-nodes-siro.siro',
		parameters: SYNC_FIELDS,
		credentials: { siroApi: credential },
		...settings,
	});
}

/** The HTTP Request node with the same fields: one PUT for each appointment. */
export function putWorkflow(
	count: number,
	url: string,
	credential: Credential,
	{ options = {}, ...settings }: Partial<NodeSettings> & { options?: INodeParameters } = {},
): WorkflowDefinition {
	return rowOfNodes(`HTTP Request, ${count} appointments`, START, ...appointments(count), {
		name: SYNC,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			method: 'PUT',
			url: `${url}/v1/integrations/sync/engagements`,
			authentication: 'genericCredentialType',
			genericAuthType: 'httpHeaderAuth',
			sendBody: true,
			specifyBody: 'json',
			jsonBody: `={{ {
				externalId: $json.id,
				subject: $json.title,
				startTime: $json.start,
				endTime: $json.end,
				engagementType: { activityType: 'MEETING', name: 'meeting' },
				engagementUsers: [{ externalId: $json.repId, email: $json.repEmail }],
				account: { externalId: $json.customerId, name: $json.customer },
			} }}`,
			options,
		},
		credentials: { httpHeaderAuth: credential },
		...settings,
	});
}

/** How many of the CRM's appointments are in Siro, whole. */
export function arrived(siro: Simulator, count: number): number {
	return crmAppointments(count).filter(({ id, title, customer, repId }) => {
		const engagement = siro.state.engagements.find(String(id));
		return (
			engagement?.subject === title &&
			engagement?.account?.name === customer &&
			engagement?.users[0]?.externalId === repId
		);
	}).length;
}

/** Throws unless all appointments are in Siro and came out of the node. */
export function requireAllSynced(siro: Simulator, execution: Execution, count: number): void {
	const inSiro = arrived(siro, count);
	const cameOut = execution.items(SYNC).length;
	if (execution.status === 'success' && inSiro === count && cameOut === count) return;
	throw new Error(
		`${inSiro} of ${count} appointments are in Siro, ${cameOut} came out (${execution.status}): ${execution.error}`,
	);
}
