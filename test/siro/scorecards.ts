import { bound } from './instant';
import { checkOrganization } from './oauth';
import type { State } from './state';
import { operation, type Operations } from './surface';

const metrics = [
	{
		id: 'metric-conversation-time',
		name: 'Conversation Time',
		description: 'Total duration of the conversation',
		unit: 'seconds',
		unitAbbreviated: 'sec',
		metricType: 'CONVERSATION_TIME',
	},
	{
		id: 'metric-rep-speaker-share',
		name: 'Rep Speaker Share',
		description: 'Share of the time in which the rep speaks',
		unit: 'percentage',
		unitAbbreviated: '%',
		metricType: 'REP_SPEAKER_SHARE',
	},
	{
		id: 'metric-rapport',
		name: 'Rapport',
		description: 'Whether the rep built rapport',
		unit: 'percentage',
		unitAbbreviated: '%',
		metricType: 'AI_METRIC',
	},
];

interface ValuesQuery {
	requestedOrganizationId: string;
	conversationTypeId: string;
	startAt: string;
	endAt: string;
	filterByIds: string | string[];
	filterBy: string | string[];
	groupBy?: string | string[];
}

export function scorecardOperations(state: State): Operations {
	return {
		listScorecardMetrics: operation(({ query }) => {
			if (query.requestedOrganizationId) checkOrganization(state, query.requestedOrganizationId);
			return { data: { scorecardMetrics: metrics } };
		}),
		getScorecardMetricValues: operation<undefined, ValuesQuery>(({ query }) => {
			checkOrganization(state, query.requestedOrganizationId);
			const from = bound('startAt', query.startAt) ?? '';
			const until = bound('endAt', query.endAt) ?? '';
			const ids = [query.filterByIds].flat();
			const evaluated = [...state.recordings.values()].filter(
				(recording) =>
					recording.evaluationScore !== null &&
					recording.createdAt >= from &&
					recording.createdAt <= until &&
					recording.conversationType === query.conversationTypeId &&
					[
						recording.id,
						recording.userId,
						state.users.get(recording.userId)?.memberTeamId,
						state.organizationId,
					].some((id) => typeof id === 'string' && ids.includes(id)),
			);
			const mean = (values: number[]) =>
				values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
			const seconds = mean(
				evaluated.map(({ durationInMilliseconds }) => durationInMilliseconds / 1000),
			);
			const score = mean(evaluated.map(({ evaluationScore }) => evaluationScore ?? 0));
			return {
				data: {
					recordingsEvaluatedCount: evaluated.length,
					metricValues: metrics.map((metric) => ({
						...metric,
						value: metric.metricType === 'CONVERSATION_TIME' ? seconds : score,
					})),
					startAt: query.startAt,
					endAt: query.endAt,
					filterByIds: query.filterByIds,
					filterBy: query.filterBy,
				},
			};
		}),
	};
}
