import { UserError, type INodeProperties } from 'n8n-workflow';

import { CONVERSATION_TYPE } from '../../parameters/locators';
import type { ItemOperation, OperationItem } from '../../runner/operation';
import { isBlank } from '../../values/values';
import { CRM_OBJECTS, readCrmObjects } from './crmObjects';

const WEB_LINK = 'https://app.siro.ai/record';
const APP_LINK = 'siro://record';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

const TITLE: INodeProperties = {
	displayName: 'Title',
	name: 'title',
	type: 'string',
	placeholder: 'e.g. Smith Kitchen Remodel',
	default: '',
	description: 'The title of the recording. Used only if the link starts a recording.',
};

const FOR_WEB_LINK = { show: { linkFormat: ['web'] } };
const FOR_NEW_RECORDING = { show: { linkFormat: ['web'], linkAction: ['start', 'restart'] } };
const FOR_APP_LINK = { show: { linkFormat: ['app'] } };

const PARAMETERS: INodeProperties[] = [
	{
		displayName: 'Link Format',
		name: 'linkFormat',
		type: 'options',
		options: [
			{
				name: 'App Link (siro://)',
				value: 'app',
				description: 'Starts a recording for an appointment and an opportunity',
			},
			{
				name: 'Web Link (https://app.siro.ai)',
				value: 'web',
				description:
					'Starts, stops or restarts a recording, and can return to another app afterwards',
			},
		],
		default: 'web',
		description: 'The kind of link to create',
	},
	{
		displayName: 'Action',
		name: 'linkAction',
		type: 'options',
		displayOptions: FOR_WEB_LINK,
		options: [
			{
				name: 'Restart',
				value: 'restart',
				description: 'End the recording that is running and begin a new one',
			},
			{
				name: 'Start',
				value: 'start',
				description: 'Begin a recording, or continue the one that is running',
			},
			{ name: 'Stop', value: 'stop', description: 'End the recording that is running' },
		],
		default: 'start',
		description: 'What Siro’s app does when the rep opens the link',
	},
	{ ...TITLE, displayOptions: FOR_APP_LINK },
	{ ...TITLE, displayOptions: { show: { linkFormat: ['web'], linkAction: ['start'] } } },
	{
		displayName: 'Appointment External ID',
		name: 'appointmentExternalId',
		type: 'string',
		displayOptions: FOR_APP_LINK,
		placeholder: 'e.g. 00U5e00000AbCdE',
		default: '',
		description: 'The ID that the appointment has in your CRM. The recording is linked to it.',
	},
	{
		displayName: 'Opportunity External ID',
		name: 'opportunityExternalId',
		type: 'string',
		displayOptions: FOR_APP_LINK,
		placeholder: 'e.g. 0065e00000AbCdE',
		default: '',
		description: 'The ID that the deal has in your CRM. The recording is linked to it.',
	},
	{
		displayName: 'Redirect URL',
		name: 'redirectUrl',
		type: 'string',
		displayOptions: FOR_WEB_LINK,
		placeholder: 'e.g. https://crm.example.com/appointments/456',
		default: '',
		description: 'The page or app to open afterwards',
	},
	{
		...CONVERSATION_TYPE,
		name: 'conversationType',
		required: false,
		displayOptions: FOR_NEW_RECORDING,
		description:
			'The kind of conversation. Leave empty for the rep’s default. The list needs an OAuth app or a client app in the credential.',
	},
	...CRM_OBJECTS.map((parameter) => ({ ...parameter, displayOptions: FOR_NEW_RECORDING })),
];

export const createDeepLink: ItemOperation = {
	value: 'createDeepLink',
	name: 'Create Deep Link',
	action: 'Create a deep link',
	description:
		'Create a link that starts or stops a recording on a rep’s phone, for calendar entries, messages or your CRM. Sends nothing to Siro.',
	parameters: PARAMETERS,
	isReading: true,

	async execute(item) {
		return {
			url: item.parameter<string>('linkFormat') === 'app' ? toAppLink(item) : toWebLink(item),
		};
	},
};

/** Source: the CRM guide, "Auto Start/Stop via Deep Linking". */
function toAppLink(item: OperationItem): string {
	return toLink(APP_LINK, {
		appointmentId: item.parameter('appointmentExternalId', ''),
		title: item.parameter('title', ''),
		opportunityId: item.parameter('opportunityExternalId', ''),
	});
}

/** Source: https://docs.siro.ai/triggering-recordings/deep-links, "Recording Action Links". */
function toWebLink(item: OperationItem): string {
	const action = item.parameter<string>('linkAction');
	return toLink(WEB_LINK, {
		action,
		title: action === 'start' ? item.parameter('title', '') : undefined,
		...(action === 'stop' ? {} : readNewRecording(item)),
		redirectUrl: readRedirectUrl(item),
	});
}

function readNewRecording(item: OperationItem): Record<string, unknown> {
	const { integrationConnectionId, crmObjects } = readCrmObjects(item);
	return {
		conversationType: readConversationType(item),
		integrationConnectionId,
		crmObjects: crmObjects === undefined ? undefined : JSON.stringify(crmObjects),
	};
}

/** What is empty is left out. Spaces become %20: not every app reads a "+" as one. */
function toLink(base: string, values: Record<string, unknown>): string {
	const query = Object.entries(values)
		.filter(([, value]) => !isBlank(value))
		.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
	return query.length === 0 ? base : `${base}?${query.join('&')}`;
}

/** Siro’s app silently ignores what is no such ID. */
function readConversationType(item: OperationItem): string {
	const conversationType = item.locator('conversationType').id;
	if (conversationType === '' || UUID.test(conversationType)) return conversationType;
	throw new UserError(`Conversation Type: "${conversationType}" is not an ID`, {
		description:
			'Enter the ID (UUID) of the conversation type, not its name, or choose it from the list.',
	});
}

function readRedirectUrl(item: OperationItem): string {
	const redirectUrl = item.parameter('redirectUrl', '');
	if (redirectUrl === '' || URL.canParse(redirectUrl)) return redirectUrl;
	throw new UserError(`Redirect URL: "${redirectUrl}" is not a complete address`, {
		description: 'Enter the complete address, such as https://example.com/page or yourapp://page.',
	});
}
