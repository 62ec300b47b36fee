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
				'Such as “Price;Timeline”: for multiple checkboxes in HubSpot and multi-select picklists in Salesforce',
		},
	] satisfies Array<{ name: string; value: ListFormat; description: string }>,
	default: 'list',
	description: 'How to write a value that is a list in CRM Updates',
};
