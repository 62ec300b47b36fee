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
			'Add this trigger’s URL as a webhook endpoint in Siro, and copy the endpoint’s signing secret into the credential. Click "More info" on the left for the steps. Until then, nothing starts this workflow.',
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
				description: 'Siro finished the transcript, the summary and the extracted values',
			},
		],
		default: [EVENTS.linked, EVENTS.processed],
		description:
			'The events that can start the workflow. Keep both: they come in either order, and only the later one means that the recording is ready.',
		builderHint: {
			propertyHint:
				'Keep both events. With only one, recordings that become ready with the other event are missed.',
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
			'What to add to each item. If something is not ready in Siro yet, the workflow waits for up to about 5 minutes, then starts without it; “notReady” lists what is missing. If Siro’s API does not answer within 10 seconds, the delivery is refused, and Siro sends it again later.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
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
						description:
							'Start the workflow every time Siro reports the recording as ready, so it may start more than once',
					},
					{
						name: 'Once per Recording',
						value: 'recording',
						description:
							'Start the workflow once, even if Siro reports the recording several times',
					},
					{
						name: 'Once per Recording and CRM Links',
						value: 'recordingAndCrm',
						description: 'Start again when the recording is later linked to different CRM records',
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
					'Whether n8n receives webhooks in more than one process, as it may in queue mode. Otherwise the trigger notices that only after a while, and until then a recording can start the workflow twice.',
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
