import type { INodeProperties } from 'n8n-workflow';

export const NAME: INodeProperties = {
	displayName: 'Name',
	name: 'name',
	type: 'string',
	default: '',
	placeholder: 'e.g. Our CRM',
	description: 'What the connection is called',
};

export const IS_ACTIVE: INodeProperties = {
	displayName: 'Active',
	name: 'isActive',
	type: 'boolean',
	default: true,
	description: 'Whether data is synchronized over the connection',
};
