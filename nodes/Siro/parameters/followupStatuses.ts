import type { INodePropertyOptions } from 'n8n-workflow';

/** Source: platform-api.openapi.json, PATCH /v1/core/followups/{id}. */
export const STATUSES: INodePropertyOptions[] = [
	{ name: 'Complete', value: 'COMPLETE' },
	{ name: 'In Progress', value: 'IN_PROGRESS' },
	{ name: 'To Do', value: 'TO_DO' },
];
