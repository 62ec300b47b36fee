import type { INodeParameters } from 'n8n-workflow';

import type { Credential } from '../n8n/credentials';
import { itemsWithIds, rowOfNodes, START } from '../n8n/row-of-nodes';
import type { WorkflowDefinition } from '../n8n/workflows';
import type { Recording, Simulator } from '../siro';

export const FETCH = 'Fetch';
export const SPLIT = 'One Each';

/** Half a minute apart, so that 5,000 of them are two days of a sales organization. */
const APART_MS = 30_000;
const FIRST = Date.parse('2026-03-01T00:00:00Z');

/** What Siro is asked to show with each recording: summary, extractions and CRM links. */
const SHOWN = ['showCrmLinks', 'showSummary', 'showEntityExtractions'];

/** Fills Siro with recordings that are processed and linked. */
export function addLinkedRecordings(
	siro: Simulator,
	count: number,
	ids: string[] = [],
): Recording[] {
	siro.addEngagement({ externalId: 'appt-1', subject: 'Kitchen', account: { externalId: 'a-1' } });
	return siro.addRecordings(count, (index) => ({
		id: ids[index],
		createdAt: new Date(FIRST + index * APART_MS).toISOString(),
		processed: true,
		link: { engagementExternalId: 'appt-1' },
	}));
}

/** A window of time that all of so many recordings lie in. */
function windowOf(count: number) {
	return {
		from: new Date(FIRST - 1_000).toISOString(),
		to: new Date(FIRST + count * APART_MS).toISOString(),
	};
}

/** Our node's parameters for all recordings of so many, as Siro gives them. */
export function fetchParameters(count: number): INodeParameters {
	const { from, to } = windowOf(count);
	return {
		resource: 'recording',
		operation: 'getAll',
		returnAll: true,
		filters: { createdAfter: from, createdBefore: to },
		include: ['crm', 'summary', 'extractions'],
		simplify: false,
	};
}

/** Our node: all recordings of a window of time, as Siro gives them. */
export function fetchWorkflow(count: number, credential: Credential): WorkflowDefinition {
	return rowOfNodes('Siro, recordings', START, {
		name: FETCH,
		type: 'n8n-nodes-siro.siro',
		parameters: fetchParameters(count),
		credentials: { siroApi: credential },
	});
}

/** The HTTP Request node with the same query, following the cursor, and Split Out. */
export function paginationWorkflow(
	count: number,
	url: string,
	credential: Credential,
): WorkflowDefinition {
	const { from, to } = windowOf(count);
	return rowOfNodes(
		'HTTP Request, recordings',
		START,
		{
			name: FETCH,
			type: 'n8n-nodes-base.httpRequest',
			typeVersion: 4.2,
			parameters: {
				url: `${url}/v1/core/recordings`,
				...withQuery({ pageSize: '100', 'createdAt:gt': from, 'createdAt:lt': to }),
				options: {
					pagination: {
						pagination: {
							paginationMode: 'updateAParameterInEachRequest',
							parameters: {
								parameters: [{ type: 'qs', name: 'cursor', value: '={{ $response.body.cursor }}' }],
							},
							paginationCompleteWhen: 'other',
							completeExpression: '={{ !$response.body.cursor }}',
						},
					},
				},
			},
			credentials: { httpHeaderAuth: credential },
		},
		{
			name: SPLIT,
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'data' },
		},
	);
}

/** Our node: one recording for each ID. */
export function detailsWorkflow(ids: string[], credential: Credential): WorkflowDefinition {
	return rowOfNodes('Siro, details', START, ...itemsWithIds(ids), {
		name: FETCH,
		type: 'n8n-nodes-siro.siro',
		parameters: {
			resource: 'recording',
			operation: 'get',
			recordingId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			include: ['crm', 'summary', 'extractions'],
			simplify: false,
		},
		credentials: { siroApi: credential },
	});
}

/** The HTTP Request node, one GET for each ID. */
export function getWorkflow(
	ids: string[],
	url: string,
	credential: Credential,
): WorkflowDefinition {
	return rowOfNodes('HTTP Request, details', START, ...itemsWithIds(ids), {
		name: FETCH,
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: { url: `=${url}/v1/core/recordings/{{ $json.id }}`, ...withQuery() },
		credentials: { httpHeaderAuth: credential },
	});
}

/** The parameters of an HTTP Request node that asks with the token for all that is shown. */
export function withQuery(query: Record<string, string> = {}) {
	const shown = Object.fromEntries(SHOWN.map((flag) => [flag, 'true']));
	return {
		authentication: 'genericCredentialType',
		genericAuthType: 'httpHeaderAuth',
		sendQuery: true,
		queryParameters: {
			parameters: Object.entries({ ...shown, ...query }).map(([name, value]) => ({ name, value })),
		},
	};
}
