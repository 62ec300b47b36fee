import type { IDataObject } from 'n8n-workflow';

import { byName } from '../values/byName';
import { isRecord, isRecordList } from '../values/values';

/**
 * An evaluated scorecard as Siro gives it, a tree in a list, made flat: its sections with their
 * metrics, in Siro's order, and `byName` with the points of each metric. Metrics that are in no section
 * come last, in one without a name. Gives `undefined` for what is no evaluation.
 *
 * Source: platform-api.openapi.json, GET /v1/core/scorecards/evaluated-instances/{id}.
 */
export function toFlatEvaluation(evaluation: unknown): IDataObject | undefined {
	if (!isRecord(evaluation) || !isRecordList(evaluation.evaluatedNodes)) return undefined;
	const nodes = [...evaluation.evaluatedNodes].sort(
		(one, other) => Number(one.indexNumber) - Number(other.indexNumber),
	);
	const ofType = (type: string) => nodes.filter(({ nodeType }) => nodeType === type);
	const metrics = ofType('METRIC');
	const sections = ofType('SECTION');
	const sectionIds = new Set(sections.map(({ id }) => id));
	const loose = metrics.filter(({ parentId }) => !sectionIds.has(parentId));
	return {
		scorecardId: evaluation.id,
		name: evaluation.name,
		filterBy: first(evaluation.filterBy),
		id: first(evaluation.filterByIds),
		points: evaluation.pointsEarned,
		color: ofType('ROOT')[0]?.color ?? null,
		recordingsEvaluatedCount: evaluation.recordingsEvaluatedCount,
		recordingsWonCount: evaluation.recordingsWonCount,
		sections: [
			...sections.map((section) => ({
				name: section.name,
				weight: weightOf(section, evaluation.sectionWeights),
				points: section.pointsEarned,
				color: section.color,
				metrics: metrics.filter(({ parentId }) => parentId === section.id).map(toMetric),
			})),
			...(loose.length > 0
				? [{ name: null, weight: null, points: null, color: null, metrics: loose.map(toMetric) }]
				: []),
		],
		byName: byName(metrics.map(({ name, pointsEarned }) => [String(name), pointsEarned ?? null])),
	};
}

function toMetric({ name, pointsEarned, color }: IDataObject): IDataObject {
	return { name, points: pointsEarned, color };
}

/** It stands beside the tree, and in the section itself. */
function weightOf({ id, metadata }: IDataObject, weights: unknown): IDataObject[string] {
	const stated = isRecordList(weights)
		? weights.find(({ scorecardNodeId }) => scorecardNodeId === id)?.weight
		: undefined;
	return stated ?? (isRecord(metadata) ? metadata.sectionWeight : undefined) ?? null;
}

/** Siro gives one value alone or in a list. */
function first(value: IDataObject[string]): IDataObject[string] {
	return Array.isArray(value) ? (value[0] as IDataObject[string]) : value;
}
