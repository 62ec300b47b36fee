import type { INodeProperties } from 'n8n-workflow';

/** The collection of the filters of a list. */
export function filters(options: INodeProperties[]): INodeProperties {
	const hasTimes = options.some(({ type }) => type === 'dateTime');
	return {
		displayName: 'Filters',
		name: 'filters',
		type: 'collection',
		placeholder: 'Add Filter',
		default: {},
		...(hasTimes && { description: 'Times without a time zone are in the workflow’s time zone' }),
		options,
	};
}

/** The filters by time of creation. `records` say what was created, such as "recordings created". */
export function created(records: string): INodeProperties[] {
	return [
		{
			displayName: 'Created After',
			name: 'createdAfter',
			type: 'dateTime',
			default: '',
			description: `Only ${records} later than this`,
		},
		{
			displayName: 'Created Before',
			name: 'createdBefore',
			type: 'dateTime',
			default: '',
			description: `Only ${records} earlier than this`,
		},
	];
}
