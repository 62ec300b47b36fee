import type { OperationCase } from './operation-case';

const LINK_REQUEST = {
	surface: 'platform',
	path: '/v1/core/recordings/rec-1/link',
	documentedPath: '/v1/core/recordings/{id}/link',
} as const;

const LINKED = {
	id: 'opp-uuid',
	externalId: 'opp-101',
	dataType: 'OPPORTUNITY',
	name: 'Kitchen',
	lastActivityAt: '2026-06-23T15:42:30.992Z',
};

const CONVERSATION_TYPE = '3f2b8c1e-5d1f-4c8e-9f0a-7b6d2e4a1c35';

export const RECORDING_LINK_CASES: OperationCase[] = [
	{
		title: 'by Siro’s own ID',
		resource: 'recording',
		operation: 'link',
		credential: 'writingUser',
		parameters: {
			recordingId: 'rec-1',
			dataType: 'OPPORTUNITY',
			crmRecordId: { __rl: true, mode: 'list', value: 'opp-uuid' },
		},
		exchanges: [
			{
				...LINK_REQUEST,
				method: 'PUT',
				body: { dataType: 'OPPORTUNITY', id: 'opp-uuid' },
				answer: { data: LINKED },
			},
		],
		output: [{ recordingId: 'rec-1', ...LINKED }],
		// So the document has it: a refusal with status 200.
		failure: {
			status: 200,
			answer: { error: 'Opportunity not found', details: { id: 'unknown' } },
			message: /^Could not link a recording: Siro rejected the data: Opportunity not found/,
		},
	},
	{
		title: 'by the ID in the CRM',
		resource: 'recording',
		operation: 'link',
		credential: 'writingUser',
		parameters: {
			recordingId: 'rec-1',
			dataType: 'ENGAGEMENT',
			crmRecordId: { __rl: true, mode: 'externalId', value: 'appt-456' },
			connectionId: { __rl: true, mode: 'list', value: 'conn-1' },
		},
		exchanges: [
			{
				...LINK_REQUEST,
				method: 'PUT',
				body: {
					dataType: 'ENGAGEMENT',
					externalId: 'appt-456',
					integrationConnectionId: 'conn-1',
				},
				answer: { data: { ...LINKED, dataType: 'ENGAGEMENT' } },
			},
		],
		output: [{ recordingId: 'rec-1', ...LINKED, dataType: 'ENGAGEMENT' }],
		failure: {
			parameters: { connectionId: { __rl: true, mode: 'list', value: '' } },
			message: /^Could not link a recording: connection is empty$/,
		},
	},
	{
		resource: 'recording',
		operation: 'unlink',
		credential: 'writingUser',
		parameters: {
			recordingId: 'rec-1',
			dataType: 'CONTACT',
			crmRecordId: { __rl: true, mode: 'externalId', value: 'contact-1' },
			connectionId: { __rl: true, mode: 'id', value: 'conn-1' },
		},
		exchanges: [
			{
				...LINK_REQUEST,
				method: 'DELETE',
				body: {
					dataType: 'CONTACT',
					externalId: 'contact-1',
					integrationConnectionId: 'conn-1',
				},
				answer: { data: true },
			},
		],
		output: [
			{
				recordingId: 'rec-1',
				dataType: 'CONTACT',
				externalId: 'contact-1',
				integrationConnectionId: 'conn-1',
				unlinked: true,
			},
		],
		failure: {
			status: 200,
			answer: { data: false },
			message: /^Could not unlink a recording: Siro answered that it did not do this$/,
		},
	},
	{
		title: 'that starts a recording, with everything it can carry',
		resource: 'recording',
		operation: 'createDeepLink',
		parameters: {
			title: 'Smith & Sons: kitchen',
			conversationType: { __rl: true, mode: 'list', value: CONVERSATION_TYPE },
			redirectUrl: 'https://crm.example.com/a?id=1&tab=2',
			crmObjects: { crmObject: [{ objectType: 'Opportunity', objectId: 'opp 101' }] },
			connectionId: { __rl: true, mode: 'id', value: 'conn-1' },
		},
		exchanges: [],
		output: [
			{
				url: [
					'https://app.siro.ai/record?action=start',
					'title=Smith%20%26%20Sons%3A%20kitchen',
					`conversationType=${CONVERSATION_TYPE}`,
					'integrationConnectionId=conn-1',
					'crmObjects=%5B%7B%22objectType%22%3A%22Opportunity%22%2C%22objectId%22%3A%22opp%20101%22%7D%5D',
					'redirectUrl=https%3A%2F%2Fcrm.example.com%2Fa%3Fid%3D1%26tab%3D2',
				].join('&'),
			},
		],
		failure: {
			parameters: { conversationType: { __rl: true, mode: 'id', value: 'First visit' } },
			message: /^Could not create a deep link: Conversation Type: "First visit" is not an ID$/,
		},
	},
	{
		title: 'that stops a recording and carries nothing else',
		resource: 'recording',
		operation: 'createDeepLink',
		parameters: {
			linkAction: 'stop',
			title: 'Left over',
			conversationType: { __rl: true, mode: 'id', value: 'left over' },
			redirectUrl: 'yourapp://done',
		},
		exchanges: [],
		output: [{ url: 'https://app.siro.ai/record?action=stop&redirectUrl=yourapp%3A%2F%2Fdone' }],
		failure: {
			parameters: { redirectUrl: 'crm.example.com' },
			message: /^Could not create a deep link: Redirect URL: "crm.example.com" is not a complete/,
		},
	},
	{
		title: 'of the guide',
		resource: 'recording',
		operation: 'createDeepLink',
		parameters: {
			linkFormat: 'app',
			title: 'Smith Kitchen Remodel',
			appointmentExternalId: 'appt-456',
			opportunityExternalId: 'opp-101',
		},
		exchanges: [],
		output: [
			{
				url: 'siro://record?appointmentId=appt-456&title=Smith%20Kitchen%20Remodel&opportunityId=opp-101',
			},
		],
		failure: {
			parameters: {
				linkFormat: 'web',
				crmObjects: { crmObject: [{ objectType: 'Lead', objectId: 'lead-1' }] },
			},
			message: /^Could not create a deep link: connection is empty$/,
		},
	},
];
