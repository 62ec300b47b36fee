import type { OperationCase } from './operation-case';

const MOBILE_EVENT = {
	id: 'event-1',
	recordingId: 'rec-1',
	externalOpportunityIds: ['opp-101'],
	userId: 'user-1',
	organizationId: 'org-1',
	eventCode: 'recorderStateChange',
	event: { value: 'start', trigger: 'buttonPress' },
	createdAt: '2026-02-15T14:00:00.000Z',
};

export const MOBILE_EVENT_CASES: OperationCase[] = [
	{
		resource: 'mobileEvent',
		operation: 'get',
		parameters: { mobileEventId: { __rl: true, mode: 'id', value: 'event-1' } },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/mobile-events/event-1',
				documentedPath: '/v1/core/mobile-events/{id}',
				answer: MOBILE_EVENT,
			},
		],
		output: [MOBILE_EVENT],
		failure: {
			status: 404,
			answer: { error: 'Not found' },
			message: /^Could not get a mobile event: Siro has no mobile event with the ID "event-1"$/,
		},
	},
	{
		title: 'with every filter, from a list of lists',
		resource: 'mobileEvent',
		operation: 'getAll',
		parameters: {
			limit: 2,
			filters: {
				createdAfter: '2026-02-15',
				createdBefore: '2026-02-16T00:00:00Z',
				eventCodes: ['recorderStateChange', 'deeplinkReceived'],
				recordingId: 'rec-1',
				userId: 'user-1',
			},
		},
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/mobile-events',
				query: {
					createdAtGt: '2026-02-14T15:00:00.000Z',
					createdAtLt: '2026-02-16T00:00:00.000Z',
					eventCodeIn: 'recorderStateChange,deeplinkReceived',
					recordingId: 'rec-1',
					userId: 'user-1',
					pageSize: '2',
				},
				answer: { data: [[MOBILE_EVENT], [{ ...MOBILE_EVENT, id: 'event-2' }]], cursor: 'next' },
			},
		],
		output: [MOBILE_EVENT, { ...MOBILE_EVENT, id: 'event-2' }],
		failure: {
			status: 400,
			answer: { error: 'Unknown event code' },
			message: /^Could not get many mobile events: Siro rejected the data: Unknown event code$/,
		},
	},
	{
		title: 'all, page by page, from a plain list',
		resource: 'mobileEvent',
		operation: 'getAll',
		parameters: { returnAll: true },
		exchanges: [
			{
				method: 'GET',
				path: '/v1/core/mobile-events',
				query: { pageSize: '1000' },
				answer: { data: [MOBILE_EVENT], cursor: 'next' },
			},
			{
				method: 'GET',
				path: '/v1/core/mobile-events',
				query: { pageSize: '1000', cursor: 'next' },
				answer: { data: [{ ...MOBILE_EVENT, id: 'event-2' }], cursor: null },
			},
		],
		output: [MOBILE_EVENT, { ...MOBILE_EVENT, id: 'event-2' }],
		failure: {
			status: 200,
			answer: { data: [[MOBILE_EVENT, 'event-2']] },
			message: /^Could not get many mobile events: Siro’s answer is not in the documented format/,
		},
	},
];
