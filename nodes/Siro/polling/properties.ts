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
					'Once when Siro suggests a follow-up, and again whenever its status changes. Needs an OAuth app or a client app in the credential.',
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
					'Once for each processed recording that is still not linked to your CRM some hours after it was recorded',
			},
		],
		default: READY,
		description:
			'What starts the workflow. If you change it, the trigger ignores what happened before; if you change it back, it continues where it left off.',
	},
	{
		displayName:
			'If your n8n can be reached from the internet, use the Siro Trigger instead: it starts right away, without checking Siro again and again.',
		name: 'webhookNotice',
		type: 'notice',
		default: '',
		...shownFor('recordingReady'),
	},
	{
		displayName: 'Unlinked For (Hours)',
		name: 'hours',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: DEFAULT_HOURS,
		description:
			'A processed recording starts the workflow if it is still not linked this many hours after it was recorded. If it is processed or unlinked even later, it starts the workflow then.',
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
					'Only follow-ups with this score or higher (1 to 5). If a score rises to this value later, the follow-up counts as new at that time.',
			},
			{
				displayName: 'Statuses',
				name: 'statuses',
				type: 'multiOptions',
				options: STATUSES,
				default: [],
				description:
					'Only changes to one of these statuses. A new follow-up counts as To Do, even if it is already done when the trigger finds it.',
			},
		]),
		description:
			'Which follow-ups start the workflow. If you change the filters, they apply from then on.',
		...shownFor('followup'),
	},
	{
		displayName: 'Wait For',
		name: 'waitFor',
		type: 'multiOptions',
		options: MILESTONES.map(({ name, value, description }) => ({ name, value, description })),
		default: ['extractions', 'summary'],
		description:
			'What Siro must also have finished before a processed and linked recording starts the workflow. Choose only what your organization uses, or nothing will start. Recordings under 3 minutes often get no score: if you wait for it, also add the option "Wait No Longer Than".',
		...shownFor('recordingReady'),
	},
	{
		displayName: 'Include',
		name: 'include',
		type: 'multiOptions',
		options: DETAILS,
		default: ['summary', 'crmUpdates'],
		description: 'What to add to each item',
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
			'What to add to each item about the recording and its rep. With follow-ups, the Note is called recordingNote, because a follow-up has its own note.',
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
				description: 'Start with what happens after the workflow is activated',
			},
			{
				name: 'Date',
				value: 'date',
				description: 'Also include recordings or follow-ups created since a date',
			},
		],
		default: 'now',
		description:
			'Where to start when you first activate the workflow, or after you change this setting. After that, the trigger continues where it left off, even if you deactivate the workflow for a while.',
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
			'Existing recordings or follow-ups created at this time or later also start the workflow',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options: [
			LIST_FORMAT,
			{
				displayName: 'Look Back (Days)',
				name: 'lookBack',
				type: 'number',
				typeOptions: { minValue: 1, maxValue: MOST_LOOK_BACK_DAYS, numberPrecision: 0 },
				default: DEFAULT_LOOK_BACK_DAYS,
				description: 'The trigger ignores recordings and follow-ups older than this many days',
			},
			{
				displayName: 'Wait No Longer Than (Hours)',
				name: 'waitNoLonger',
				type: 'number',
				typeOptions: { minValue: 1, numberPrecision: 0 },
				default: 24,
				displayOptions: { show: { '/triggerOn': ['recordingReady'] } },
				description:
					'This many hours after it was recorded, a recording starts the workflow even if something under Wait For is missing (it can take up to one hour more). It must still be processed and linked.',
			},
		],
	},
];
