import { ACCOUNT_CASES } from './account-cases';
import { ASSISTANT_CASES } from './assistant-cases';
import { COMMENT_CASES } from './comment-cases';
import { CONNECTION_CASES } from './connection-cases';
import { CONVERSATION_TYPE_CASES } from './conversation-type-cases';
import { CRM_USER_CASES } from './crm-user-cases';
import { ENGAGEMENT_CASES } from './engagement-cases';
import { EXTRACTION_CASES } from './extraction-cases';
import { FOLLOWUP_CASES } from './followup-cases';
import { MOBILE_EVENT_CASES } from './mobile-event-cases';
import { MULTIMEDIA_EVENT_CASES } from './multimedia-event-cases';
import { OAUTH_APP_CASES } from './oauth-app-cases';
import type { OperationCase } from './operation-case';
import { OPPORTUNITY_CASES } from './opportunity-cases';
import { RECORDING_AUDIO_CASES } from './recording-audio-cases';
import { RECORDING_CASES } from './recording-cases';
import { RECORDING_CHANGE_CASES } from './recording-change-cases';
import { RECORDING_LINK_CASES } from './recording-link-cases';
import { RECORDING_SEARCH_CASES } from './recording-search-cases';
import { RECORDING_TRANSCRIPT_CASES } from './recording-transcript-cases';
import { SCORECARD_CASES } from './scorecard-cases';
import { SCORECARD_EVALUATION_CASES } from './scorecard-evaluation-cases';
import { SUMMARY_CASES } from './summary-cases';
import { TEAM_CASES } from './team-cases';
import { USER_CASES } from './user-cases';

export { nameOf, TIME_ZONE, type Exchange, type File, type OperationCase } from './operation-case';

/** Every operation, tried; the unit tests run them, the contract tests hold them against Siro's documents. */
export const OPERATION_CASES: OperationCase[] = [
	...ACCOUNT_CASES,
	...ASSISTANT_CASES,
	...COMMENT_CASES,
	...CONNECTION_CASES,
	...CONVERSATION_TYPE_CASES,
	...CRM_USER_CASES,
	...ENGAGEMENT_CASES,
	...EXTRACTION_CASES,
	...FOLLOWUP_CASES,
	...MOBILE_EVENT_CASES,
	...MULTIMEDIA_EVENT_CASES,
	...OAUTH_APP_CASES,
	...OPPORTUNITY_CASES,
	...RECORDING_AUDIO_CASES,
	...RECORDING_CASES,
	...RECORDING_CHANGE_CASES,
	...RECORDING_LINK_CASES,
	...RECORDING_SEARCH_CASES,
	...RECORDING_TRANSCRIPT_CASES,
	...SCORECARD_CASES,
	...SCORECARD_EVALUATION_CASES,
	...SUMMARY_CASES,
	...TEAM_CASES,
	...USER_CASES,
];
