import type { INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import { LIST_FORMAT } from '../parameters/listFormat';
import type { ListFormat } from '../recordings/crmUpdates';
import { DETAILS, SPLIT_CRM_UPDATES, type Detail } from '../recordings/details';
import { readParameter } from '../runner/readParameter';
import { EVENTS } from './delivery';

/** The parameters of the trigger. */
export const PROPERTIES: INodeProperties[] = [
	{
		displayName:
			'Siro needs an endpoint with this trigger’s URL, and the credential needs the endpoint’s signing secret: the steps are on the left, under "More info". Deliveries without a valid signature are refused.',
		name: 'setupNotice',
		type: 'notice',
		default: '',
		builderHint: {
			propertyHint:
				'The test URL and the production URL are two endpoints in Siro, each with a signing secret of its own: the credential takes both, separated by a space.',
		},
	},
	{
		// Not "Events": n8n's nodes panel would then offer a trigger per event, with the other one off.
		displayName: 'Siro Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{
				name: 'Recording Linked',
				value: EVENTS.linked,
				description: 'Siro linked the recording to a CRM record',
			},
			{
				name: 'Recording Processed',
				value: EVENTS.processed,
				description: 'Siro finished transcript, summary and extraction',
			},
		],
		default: [EVENTS.linked, EVENTS.processed],
		description:
			'Which events count. Keep both: they come in either order, and the later one finds the recording ready.',
		builderHint: {
			propertyHint:
				'Keep both events. With one of them only, recordings that become ready by the other one are missed.',
		},
	},
	{
		displayName: 'Include',
		name: 'include',
		type: 'multiOptions',
		options: DETAILS,
		default: ['summary', 'crmUpdates'],
		builderHint: SPLIT_CRM_UPDATES,
		description:
			'What to fetch from Siro and put beside the payload. If Siro does not deliver it within 10 seconds, the delivery is refused and comes again. If Siro is still working on it, the workflow waits: until it is done, or for some 5 minutes; then it starts without, and “notReady” lists what is missing.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Deduplicate',
				name: 'deduplicate',
				type: 'options',
				options: [
					{
						name: 'Off',
						value: 'off',
						description: 'Start the workflow at each delivery that says ready',
					},
					{
						name: 'Once per Recording',
						value: 'recording',
						description: 'Siro sends several events per recording and repeats deliveries',
					},
					{
						name: 'Once per Recording and CRM Links',
						value: 'recordingAndCrm',
						description: 'Start again when the recording is linked to other CRM records',
					},
				],
				default: 'recording',
				description: 'How often a recording may start the workflow',
			},
			LIST_FORMAT,
			{
				displayName: 'Several Webhook Processes',
				name: 'severalProcesses',
				type: 'boolean',
				default: true,
				description:
					'Whether n8n receives webhooks in more than one process, as it may in queue mode. The trigger finds out by itself; add this to tell it beforehand. It then has Siro deliver one of the two events of a recording again after 5 seconds, so that each recording starts the workflow only once.',
			},
		],
	},
];

/** How often a recording may start the workflow. */
type Deduplication = 'off' | 'recording' | 'recordingAndCrm';

/**
 * The events that count; all if none is named, so that no recording is missed. Throws, as the others
 * here, a `UserError` for what cannot be meant.
 */
export function readEvents(context: IWebhookFunctions): string[] {
	return readParameter<string[]>(context, PROPERTIES, 'events', Object.values(EVENTS));
}

/** What to fetch from Siro and put beside the payload. */
export function readInclude(context: IWebhookFunctions): Detail[] {
	return readParameter<Detail[]>(context, PROPERTIES, 'include', []);
}

/** How values that are lists stand in the CRM updates. */
export function readListFormat(context: IWebhookFunctions): ListFormat {
	return readParameter<ListFormat>(context, PROPERTIES, 'options.listFormat', 'list');
}

export function readDeduplication(context: IWebhookFunctions): Deduplication {
	return readParameter<Deduplication>(context, PROPERTIES, 'options.deduplicate', 'recording');
}

/** Whether several processes receive the webhooks, if the user says so. */
export function readSeveralProcesses(context: IWebhookFunctions): boolean | undefined {
	return readParameter<boolean | undefined>(
		context,
		PROPERTIES,
		'options.severalProcesses',
		undefined,
	);
}
