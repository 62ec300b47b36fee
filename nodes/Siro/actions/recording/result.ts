import type { INodeProperties } from 'n8n-workflow';

/** Source: platform-api.openapi.json, `result` of PATCH /v1/core/recordings and POST …/upload. */
export const RESULT: INodeProperties = {
	displayName: 'Result',
	name: 'result',
	type: 'options',
	options: [
		{ name: 'Closed', value: 'closed' },
		{ name: 'In Progress', value: 'in progress' },
		{ name: 'Not Closed', value: 'not closed' },
	],
	default: 'in progress',
	description: 'The result of the sale',
};
