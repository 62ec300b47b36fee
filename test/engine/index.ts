/**
 * Drives our nodes on n8n's own engine: n8n-core executes, we hold what the n8n CLI would hold
 * (workflows, credentials) and play the internet (nock). Importing this is enough to switch the real
 * network off and to fail a test that leaves an interceptor unused or sends an unexpected request.
 */
export { activateTrigger } from './activate-trigger';
export { readFile, storeFile, useBinaryDataMode } from './binary-data';
export { deliverWebhook, type Delivery, type DeliveryOutcome } from './deliver-webhook';
export { inFastTime, type Waited } from './fast-time';
export { recordedLogs, type LogLine } from './logs';
export {
	platformApi,
	recordedRequests,
	recordedScope,
	siroApi,
	strayRequests,
	type RecordedRequest,
} from './nock';
export { activatePolling, pollNode, restart } from './poll-node';
export { runNode, type NodeRun, type NodeRunOptions } from './run-node';
export {
	saveWorkflow,
	type NodeSetUp,
	type SavedWorkflow,
	type WebhookUrl,
} from './saved-workflow';
export { loadOptionsContext, searchList, type ListSearch } from './search-list';
export { storeCredential, type StoredCredential } from './stored-credential';
export { testCredential } from './test-credential';
