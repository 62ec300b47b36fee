import type { INodeProperties } from 'n8n-workflow';

import { filters } from '../parameters/filters';
import { STATUSES } from '../parameters/followupStatuses';
import { LIST_FORMAT } from '../parameters/listFormat';
import { DETAILS, SPLIT_CRM_UPDATES } from '../recordings/details';
import { MILESTONES } from '../recordings/milestones';

/** What the trigger can start on. */
export const TRIGGER_ON = ['followup', 'recordingReady', 'recordingUnlinked'] as const;
export type TriggerOn = (typeof TRIGGER_ON)[number];
export const READY: TriggerOn = 'recordingReady';

export const DEFAULT_HOURS = 24;
export const DEFAULT_LOOK_BACK_DAYS = 30;
export const MOST_LOOK_BACK_DAYS = 90;

/** Starts with what becomes ready from now on. */
export const NOW = 'now';

const shownFor = (...triggerOn: TriggerOn[]) => ({ displayOptions: { show: { triggerOn } } });

/** The parameters of the polling trigger. */
export const PROPERTIES: INodeProperties[] = [
	{
		displayName: 'Trigger On',
		name: 'triggerOn',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Follow-Up Is New or Changes Status',
				value: 'followup',
				description:
					'Once when Siro suggests a follow-up, and once for each change of its status. Needs an OAuth app or a client app in the credential.',
			},
			{
				name: 'Recording Is Ready',
				value: 'recordingReady',
				description: 'Once for each recording that is processed and linked to your CRM',
			},
			{
				name: 'Recording Stays Unlinked',
				value: 'recordingUnlinked',
				description:
					'Once for each recording that is processed, but still not linked to your CRM some hours after it was made',
			},
		],
		default: READY,
		description:
			'What starts the workflow. When you change this, the trigger begins with what happens from then on; when you change it back, it goes on where it left off.',
	},
	{
		displayName:
			'If Siro can reach this n8n, use the Siro Trigger instead: it starts at once and asks Siro for nothing in vain.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
		...shownFor('recordingReady'),
	},
	{
		displayName: 'Hours',
		name: 'hours',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: DEFAULT_HOURS,
		description:
			'How many hours after it was made a recording starts the workflow, if it is processed and not linked. One that is processed later, or whose link is taken off later, starts it then.',
		...shownFor('recordingUnlinked'),
	},
	{
		...filters([
			{
				displayName: 'Minimum Score',
				name: 'minimumScore',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: 5, numberPrecision: 0 },
				default: 3,
				description:
					'Only follow-ups with this score or a higher one, 1 to 5. One whose score rises to it is new then.',
			},
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'multiOptions',
				options: STATUSES,
				default: [],
				description:
					'Only changes to one of these statuses. A follow-up that is new counts as To Do, even if it is done by the time of the poll.',
			},
		]),
		description:
			'Which follow-ups start the workflow. A change of these filters counts for what happens after it.',
		...shownFor('followup'),
	},
	{
		displayName: 'Wait For',
		name: 'waitFor',
		type: 'multiOptions',
		options: MILESTONES.map(({ name, value, description }) => ({ name, value, description })),
		default: ['extractions', 'summary'],
		description:
			'What must be done, besides the recording being processed and linked, before it starts the workflow. Leave out what your organization does not use, or no recording will come. Siro often gives no score to a recording of less than 3 minutes: it then never starts the workflow while you wait for the Evaluation Score, unless you add the option "Wait No Longer Than".',
		...shownFor('recordingReady'),
	},
	{
		displayName: 'Include',
		name: 'include',
		type: 'multiOptions',
		options: DETAILS,
		default: ['summary', 'crmUpdates'],
		description: 'What to fetch from Siro and put beside the IDs',
		builderHint: SPLIT_CRM_UPDATES,
		...shownFor('recordingReady'),
	},
	{
		displayName: 'Include',
		name: 'include',
		type: 'multiOptions',
		options: DETAILS,
		default: ['rep'],
		description:
			'What to fetch from Siro of the recording and its rep, and put beside the fields that always come. Beside a follow-up, which has a note of its own, the Note is recordingNote.',
		...shownFor('followup', 'recordingUnlinked'),
	},
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		options: [
			{
				name: 'Now',
				value: 'now',
				description: 'What is there before the workflow is activated does not count',
			},
			{
				name: 'Date',
				value: 'date',
				description: 'Recordings, or follow-ups, that were made since a date count, too',
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
			'Recordings, or follow-ups, that were made at this time or later start the workflow even if they are there already',
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
					'A recording, or follow-up, that was made more than this many days ago is not looked at any more',
			},
			{
				displayName: 'Wait No Longer Than (Hours)',
				name: 'waitNoLonger',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 24,
				displayOptions: { show: { '/triggerOn': ['recordingReady'] } },
				description:
					'So many hours after a recording was made, and within an hour of that, it starts the workflow without what it still lacks of "Wait For". It must be processed and linked all the same. Siro does not tell when it processed a recording, so the time counts from when it was made.',
			},
		],
	},
];
