import { followupAnswer } from './followups';
import { followupsOf, recordingAt, shown, type Extraction, type Recording } from './recordings';
import type { State } from './state';
import type { Call, Operations } from './surface';

/** Recordings as the platform API shows them to one user. */
export function platformRecordingOperations(state: State): Operations {
	return {
		getPlatformRecording: ({ path, query }: Call) => ({
			data: recordingAnswer(state, recordingAt(state, path.id), query),
		}),
	};
}

function recordingAnswer(state: State, recording: Recording, show: Call['query']) {
	const { isProcessingDone } = recording;
	return {
		...recording,
		dateCreated: recording.createdAt,
		transcriptionStatus: isProcessingDone ? 'COMPLETE' : 'TRANSCRIBING',
		processingStatus: isProcessingDone ? 'complete' : 'in-progress',
		processingStage: isProcessingDone ? 'done' : 'processing',
		organizationId: state.organizationId,
		deleted: recording.deletedAt !== null,
		transcriptionLanguage: 'English',
		summary: shown(show.showSummary, () =>
			recording.summary.map(({ name, content }) => `${name}:\n${content}`).join('\n\n'),
		),
		entityExtractions: shown(show.showEntityExtractions, () =>
			recording.extractions.map((one) => extractionAnswer(recording, one)),
		),
		evaluationScore: shown(show.showEvaluationScore, () => recording.evaluationScore),
		followups: shown(show.showFollowups, () =>
			followupsOf(state, recording).map((one) => followupAnswer(state, one)),
		),
	};
}

const extractionAnswer = ({ id, createdAt, updatedAt }: Recording, extraction: Extraction) => ({
	id: extraction.id,
	recordingId: id,
	siroEntityDefinitionId: extraction.definitionId,
	siroEntityDefinitionName: extraction.definitionName,
	siroEntityDefinitionDeleted: false,
	status: extraction.status,
	extraction: extraction.values,
	createdAt,
	updatedAt,
	mappings: extraction.values?.flatMap(({ mappings }) => mappings ?? []) ?? null,
});
