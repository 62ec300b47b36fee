import type { INodeProperties } from 'n8n-workflow';

import { LIST_FORMAT } from '../parameters/listFormat';
import { DETAILS, SPLIT_CRM_UPDATES } from '../recordings/details';
import { MILESTONES } from '../recordings/milestones';

export const DEFAULT_LOOK_BACK_DAYS = 30;
export const MOST_LOOK_BACK_DAYS = 90;

/** Starts with what becomes ready from now on. */
export const NOW = 'now';

/** The parameters of the polling trigger. */
export const PROPERTIES: INodeProperties[] = [
	{
		displayName:
			'If Siro can reach this n8n, use the Siro Trigger instead: it starts at once and asks Siro for nothing in vain.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
	},
	{
		displayName: 'Wait For',
		name: 'waitFor',
		type: 'multiOptions',
		options: MILESTONES.map(({ name, value, description }) => ({ name, value, description })),
		default: ['extractions', 'summary'],
		description:
			'What must be done, besides the recording being processed and linked, before it starts the workflow. Leave out what your organization does not use, or no recording will come. Siro often gives no score to a recording of less than 3 minutes: it then never starts the workflow while you wait for the Evaluation Score, unless you add the option "Wait No Longer Than".',
	},
	{
		displayName: 'Include',
		name: 'include',
		type: 'multiOptions',
		options: DETAILS,
		default: ['summary', 'crmUpdates'],
		description: 'What to fetch from Siro and put beside the IDs',
		builderHint: SPLIT_CRM_UPDATES,
	},
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		options: [
			{
				name: 'Now',
				value: 'now',
				description: 'Recordings that are ready before the workflow is activated do not count',
			},
			{
				name: 'Date',
				value: 'date',
				description: 'Recordings that were made since a date count, too',
			},
		],
		default: 'now',
		description:
			'Where to start when the workflow is activated for the first time, or after this was changed. Later, and when you deactivate and activate the workflow, it goes on where it left off.',
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		required: true,
		// An expression such as "a week ago" would be another date at each poll.
		noDataExpression: true,
		displayOptions: { show: { startFrom: ['date'] } },
		default: '',
		description:
			'Recordings that were made at this time or later start the workflow even if they are ready already',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			LIST_FORMAT,
			{
				displayName: 'Look Back (Days)',
				name: 'lookBack',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: MOST_LOOK_BACK_DAYS, numberPrecision: 0 },
				default: DEFAULT_LOOK_BACK_DAYS,
				description:
					'A recording that becomes ready more than this many days after it was made does not start the workflow any more',
			},
			{
				displayName: 'Wait No Longer Than (Hours)',
				name: 'waitNoLonger',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 24,
				description:
					'So many hours after a recording was made, and within an hour of that, it starts the workflow without what it still lacks of "Wait For". It must be processed and linked all the same. Siro does not tell when it processed a recording, so the time counts from when it was made.',
			},
		],
	},
];
