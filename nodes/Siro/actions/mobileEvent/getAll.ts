import { collect } from '../../api/pagination';
import { created, filters } from '../../parameters/filters';
import { RECORDING, USER } from '../../parameters/locators';
import { LISTING, readLimit } from '../../parameters/listing';
import type { ItemOperation, OperationItem } from '../../runner/operation';

/** Source: external-api.openapi.json, GET /v1/core/mobile-events, `pageSize`. */
const LARGEST_PAGE = 1000;

interface EventFilters {
	createdAfter?: string;
	createdBefore?: string;
	eventCodes?: string[];
	recordingId?: string;
	userId?: string;
}

const FILTERS = filters([
	...created('events that happened'),
	{
		displayName: 'Events',
		name: 'eventCodes',
		type: 'multiOptions',
		options: [
			{
				name: 'App State Changed',
				value: 'appStateChange',
				description: 'The app came to the front, or left it',
			},
			{
				name: 'Consent Status Changed',
				value: 'consentStatusChanged',
				description: 'The customer’s consent was requested, granted or declined',
			},
			{
				name: 'Deep Link Consumed',
				value: 'deeplinkConsumed',
				description: 'The app did what a deep link asked for',
			},
			{
				name: 'Deep Link Received',
				value: 'deeplinkReceived',
				description: 'The app was opened by a deep link',
			},
			{
				name: 'Network Status Changed',
				value: 'networkStatusChange',
				description: 'The phone went online or offline',
			},
			{
				name: 'Recorder State Changed',
				value: 'recorderStateChange',
				description: 'A recording was started, paused, resumed, stopped or cancelled',
			},
			{
				name: 'Recording Metadata Changed',
				value: 'recordingMetadataChanged',
				description: 'The title of a recording was changed',
			},
			{
				name: 'User Auth Status Changed',
				value: 'userAuthStatusChanged',
				description: 'The rep signed in or out',
			},
		],
		default: [],
		description: 'Only these kinds of events. Default: all.',
	},
	{ ...RECORDING, required: false, description: 'Only events of this recording' },
	{ ...USER, required: false, description: 'Only events of this Siro user' },
]);

export const getAll: ItemOperation = {
	value: 'getAll',
	name: 'Get Many',
	action: 'Get many mobile events',
	description:
		'Get a list of what happened in Siro’s mobile app, such as recordings started and deep links opened',
	parameters: [...LISTING, FILTERS],
	isReading: true,

	/** Source: external-api.openapi.json, GET /v1/core/mobile-events. */
	async execute(item) {
		const limit = readLimit(item);
		const query = { ...readFilters(item), pageSize: Math.min(limit, LARGEST_PAGE) };
		return await collect(item.siro, { path: '/v1/core/mobile-events', query }, limit);
	},
};

function readFilters(item: OperationItem) {
	const { createdAfter, createdBefore, eventCodes, recordingId, userId } =
		item.parameter<EventFilters>('filters', {});
	return {
		createdAtGt: createdAfter,
		createdAtLt: createdBefore,
		eventCodeIn: eventCodes?.join(),
		recordingId,
		userId,
	};
}
