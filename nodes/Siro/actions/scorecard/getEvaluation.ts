import { UserError, type IDataObject, type INodeProperties } from 'n8n-workflow';

import { malformedAnswerError } from '../../api/errors';
import { path } from '../../api/path';
import type { SiroRequest } from '../../api/request';
import { SCORECARD } from '../../parameters/locators';
import { ORGANIZATION, readOrganizationId } from '../../parameters/organization';
import { toFlatEvaluation } from '../../recordings/evaluation';
import type { ItemOperation, OperationItem } from '../../runner/operation';
import { mapConcurrently } from '../../values/mapConcurrently';
import { monthAround } from '../../values/time';
import { EVALUATED } from './evaluated';

const REQUESTS_SIDE_BY_SIDE = 5;

const FOR_DATES = { show: { period: ['dates'] } };

const PARAMETERS: INodeProperties[] = [
	{
		displayName: 'Filter By',
		name: 'filterBy',
		type: 'options',
		options: [
			{ name: 'Organization', value: 'ORGANIZATION' },
			{ name: 'Recording', value: 'RECORDING' },
			{ name: 'Team', value: 'TEAM' },
			{ name: 'User', value: 'USER' },
		],
		default: 'USER',
		required: true,
		description: 'Whether to evaluate users, teams, recordings or the whole organization',
	},
	{
		...EVALUATED,
		displayOptions: { show: { filterBy: ['RECORDING', 'TEAM', 'USER'] } },
	},
	{
		displayName: 'Period',
		name: 'period',
		type: 'options',
		options: [
			{ name: 'Between Dates', value: 'dates' },
			{ name: 'Last Month', value: 'lastMonth' },
			{ name: 'This Month', value: 'thisMonth' },
		],
		default: 'thisMonth',
		description: 'The period to evaluate. Months are in the workflow’s time zone.',
	},
	{
		displayName: 'Start',
		name: 'startAt',
		type: 'dateTime',
		displayOptions: FOR_DATES,
		default: '',
		description:
			'When the period begins. Times without a time zone are in the workflow’s time zone.',
	},
	{
		displayName: 'End',
		name: 'endAt',
		type: 'dateTime',
		displayOptions: FOR_DATES,
		default: '',
		description: 'When the period ends. Times without a time zone are in the workflow’s time zone.',
	},
	ORGANIZATION,
];

export const getEvaluation: ItemOperation = {
	value: 'getEvaluation',
	name: 'Get Evaluation',
	action: 'Get scorecard evaluations',
	description:
		'Get the scorecard results of reps, teams, recordings or the whole organization, by section and metric. Needs an OAuth app or a client app in the credential.',
	parameters: [SCORECARD, ...PARAMETERS],
	isReading: true,

	/**
	 * Several users or teams are asked for in one request, recordings in one each.
	 * Source: platform-api.openapi.json, GET /v1/core/scorecards/evaluated-instances/{id} and
	 * …/{id}/populations.
	 */
	async execute(item) {
		const { id } = item.locator('scorecardId');
		const filterBy = item.parameter<string>('filterBy');
		const evaluations: SiroRequest = {
			surface: 'platform',
			path: path`/v1/core/scorecards/evaluated-instances/${id}`,
			subject: { kind: 'scorecard', id },
			query: { ...readPeriod(item), filterBy },
		};
		if (filterBy === 'ORGANIZATION') {
			return [await getOne(item, evaluations, await readOrganizationId(item))];
		}
		const filterByIds = need<string[]>(item, 'filterByIds', EVALUATED.displayName);
		return filterBy === 'RECORDING'
			? await mapConcurrently(
					filterByIds,
					REQUESTS_SIDE_BY_SIDE,
					async (one) => await getOne(item, evaluations, one),
				)
			: await getSeveral(item, evaluations, filterByIds);
	},
};

function readPeriod(item: OperationItem): { startAt: string; endAt: string } {
	const period = item.parameter<string>('period', 'thisMonth');
	if (period === 'dates') {
		return { startAt: need(item, 'startAt', 'Start'), endAt: need(item, 'endAt', 'End') };
	}
	return monthAround(new Date(), period === 'lastMonth' ? -1 : 0, item.reading.timeZone);
}

/**
 * What is needed only beside another choice. The menu does not require it, because n8n would do so
 * whatever an expression chooses.
 */
function need<T = string>(item: OperationItem, name: string, label: string): T {
	const value = item.parameter<T | undefined>(name);
	if (value !== undefined) return value;
	throw new UserError(`${label} is empty`, {
		description: `Fill in ${label}, or check what it gets from the nodes before this one.`,
	});
}

async function getOne(
	item: OperationItem,
	evaluations: SiroRequest,
	filterById: string,
): Promise<IDataObject> {
	const query = { ...evaluations.query, filterByIds: filterById };
	const request = { ...evaluations, query };
	return flatten(item, request, await item.siro.record(request));
}

async function getSeveral(
	item: OperationItem,
	evaluations: SiroRequest,
	filterByIds: string[],
): Promise<IDataObject[]> {
	const request = {
		...evaluations,
		path: `${evaluations.path}/populations`,
		query: { ...evaluations.query, filterByIds },
	};
	const answer = await item.siro.record(request);
	const { evaluatedInstances } = answer;
	if (!Array.isArray(evaluatedInstances)) {
		const failure = item.siro.failure(request);
		throw malformedAnswerError(item.siro.node, failure, answer, 'evaluations');
	}
	return evaluatedInstances.map((evaluation) => flatten(item, request, evaluation));
}

function flatten({ siro }: OperationItem, request: SiroRequest, evaluation: unknown): IDataObject {
	const flat = toFlatEvaluation(evaluation);
	if (flat !== undefined) return flat;
	throw malformedAnswerError(siro.node, siro.failure(request), evaluation, 'an evaluation');
}
