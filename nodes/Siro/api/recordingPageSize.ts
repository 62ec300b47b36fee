/** Siro gives no evaluation score on pages with more than about 40 recordings (FACTS, "Requests"). */
const PAGE_SIZE_WITH_SCORE = 25;
const PAGE_SIZE = 100;

/** How many recordings to ask for on a page of a list. */
export function recordingPageSize(isScoreWanted: boolean): number {
	return isScoreWanted ? PAGE_SIZE_WITH_SCORE : PAGE_SIZE;
}
