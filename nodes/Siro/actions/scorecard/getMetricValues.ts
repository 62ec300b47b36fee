import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { malformedAnswerError } from '../../api/errors';
import type { SiroRequest } from '../../api/request';
import { CONVERSATION_TYPE } from '../../parameters/locators';
import { ORGANIZATION, readOrganizationId } from '../../parameters/organization';
import type { ItemOperation } from '../../runner/operation';
import { byName } from '../../values/byName';
import { isRecordList } from '../../values/values';
import { EVALUATED } from './evaluated';

/** Source: platform-api.openapi.json, `filterBy` and `groupBy`. */
const ENTITIES = [
	{ name: 'Organization', value: 'ORGANIZATION' },
	{ name: 'Recording', value: 'RECORDING' },
	{ name: 'Team', value: 'TEAM' },
	{ name: 'User', value: 'USER' },
];

const PARAMETERS: INodeProperties[] = [
	{ ...CONVERSATION_TYPE, description: 'The type of conversation that the scorecard is for' },
	{
		displayName: 'Start',
		name: 'startAt',
		type: 'dateTime',
		default: '',
		required: true,
		description:
			'When the period begins. Times without a time zone are in the workflow’s time zone.',
	},
	{
		displayName: 'End',
		name: 'endAt',
		type: 'dateTime',
		default: '',
		required: true,
		description: 'When the period ends. Times without a time zone are in the workflow’s time zone.',
	},
	{
		displayName: 'Filter By',
		name: 'filterBy',
		type: 'multiOptions',
		options: ENTITIES,
		default: ['USER'],
		required: true,
		description: `The kinds of records that you choose under ${EVALUATED.displayName}`,
	},
	{ ...EVALUATED, required: true },
	{
		displayName: 'Group By',
		name: 'groupBy',
		type: 'multiOptions',
		options: ENTITIES,
		default: [],
		description: 'What to group the values by, if at all',
	},
	ORGANIZATION,
];

const OUTPUT: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	options: [
		{ name: 'One Item per Metric', value: 'metrics' },
		{
			name: 'One Item per Request',
			value: 'request',
			description: 'One item with all metrics, also listed by name',
		},
	],
	default: 'metrics',
	description: 'How to split the result into items',
};

export const getMetricValues: ItemOperation = {
	value: 'getMetricValues',
	name: 'Get Metric Values',
	action: 'Get scorecard metric values',
	description:
		'Get the metric values of reps, teams, recordings or the whole organization for a period. Needs an OAuth app or a client app in the credential.',
	parameters: [...PARAMETERS, OUTPUT],
	isReading: true,

	/** Source: platform-api.openapi.json, GET /v1/core/scorecards/scorecard-metrics/values. */
	async execute(item) {
		const request: SiroRequest = {
			surface: 'platform',
			path: '/v1/core/scorecards/scorecard-metrics/values',
			query: {
				requestedOrganizationId: await readOrganizationId(item),
				conversationTypeId: item.parameter<string>('conversationTypeId'),
				startAt: item.parameter<string>('startAt'),
				endAt: item.parameter<string>('endAt'),
				filterByIds: item.parameter<string[]>('filterByIds'),
				filterBy: item.parameter<string[]>('filterBy'),
				groupBy: item.parameter<string[]>('groupBy', []),
			},
		};
		const values = await item.siro.record(request);
		const { metricValues, recordingsEvaluatedCount, startAt, endAt } = values;
		if (!isRecordList(metricValues)) {
			const failure = item.siro.failure(request);
			throw malformedAnswerError(item.siro.node, failure, values, 'metric values');
		}
		return item.parameter<string>('output', 'metrics') === 'request'
			? {
					...values,
					byName: byName(metricValues.map(({ name, value }) => [String(name), value ?? null])),
				}
			: metricValues.map((metric) => ({
					...withoutAbbreviation(metric),
					recordingsEvaluatedCount,
					startAt,
					endAt,
				}));
	},
};

/** It says what `unit` says, and would be an eleventh field. */
function withoutAbbreviation(metric: IDataObject): IDataObject {
	const rest = { ...metric };
	delete rest.unitAbbreviated;
	return rest;
}
