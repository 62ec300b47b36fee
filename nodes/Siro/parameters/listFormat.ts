import type { INodeProperties } from 'n8n-workflow';

import type { ListFormat } from '../recordings/crmUpdates';

/** An entry of "Options", wherever CRM updates are made. */
export const LIST_FORMAT: INodeProperties = {
	displayName: 'Lists in CRM Updates',
	name: 'listFormat',
	type: 'options',
	options: [
		{
			name: 'As a List',
			value: 'list',
			description: 'For Airtable, HighLevel, Zoho and most databases',
		},
		{
			name: 'Text With Commas',
			value: 'commas',
			description: 'Such as “Price, Timeline”: for text fields and spreadsheets',
		},
		{
			name: 'Text With Semicolons',
			value: 'semicolons',
			description:
				'Such as “Price;Timeline”: for fields of HubSpot and Salesforce with several choices',
		},
	] satisfies Array<{ name: string; value: ListFormat; description: string }>,
	default: 'list',
	description: 'How an extracted value that is a list stands in the fields of CRM updates',
};
