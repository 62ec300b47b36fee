import type { INodePropertyOptions } from 'n8n-workflow';

/**
 * The systems that Siro connects to.
 * Source: external-api.openapi.json, GET /v1/core/integrations/connections, `integrationPlatform`.
 */
export const INTEGRATION_PLATFORMS: INodePropertyOptions[] = [
	{ name: 'Authenticom', value: 'AUTHENTICOM' },
	{ name: 'Calendar Only', value: 'CALENDAR_ONLY' },
	{ name: 'CompanyCam', value: 'COMPANY_CAM' },
	{ name: 'Fortellis', value: 'FORTELLIS' },
	{ name: 'Funnel', value: 'FUNNEL' },
	{ name: 'Ingage', value: 'INGAGE' },
	{ name: 'Knock', value: 'KNOCK' },
	{ name: 'LeadPerfection', value: 'LEAD_PERFECTION' },
	{ name: 'Merge', value: 'MERGE' },
	{ name: 'Salesforce', value: 'SALESFORCE' },
	{ name: 'ServiceTitan', value: 'SERVICE_TITAN' },
	{ name: 'Siro Custom Input', value: 'SIRO_CUSTOM_INPUT' },
	{ name: 'SolutionView', value: 'SOLUTION_VIEW' },
	{ name: 'SPOTIO', value: 'SPOTIO' },
	{ name: 'Yardi Senior Housing', value: 'YARDI_SENIOR_HOUSING' },
];
