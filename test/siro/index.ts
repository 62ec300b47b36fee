/**
 * A stand-in for Siro that lives in memory: both of its APIs, its storage and its webhooks.
 *
 *     const simulator = await startSimulator();
 *     simulator.webhooks.addEndpoint({ url, secret: 'whsec_…' });
 *     const { id } = simulator.addRecording({ title: 'Kitchen' });
 *     simulator.processRecording(id);
 *     simulator.linkRecording(id, { engagementExternalId: 'appt-456' });
 *     await simulator.webhooks.idle();
 *     await simulator.stop();
 */
export { Simulator, startSimulator, type SimulatorOptions } from './simulator';
export type { CrmPayload, CrmRecord, LinkTarget } from './crm';
export type { Followup, NewFollowup } from './followups';
export type { ActiveMisbehaviour, Misbehaviour } from './misbehaviour';
export type { OAuthApp } from './oauth';
export type { User } from './people';
export type { RateLimit } from './rate-limit';
export type { NewExtraction, NewRecording, Recording } from './recordings';
export type { RecordedRequest, SurfaceName } from './requests';
export type { WebhookEvent } from './state';
export {
	svixSchedule,
	type DeliveryAttempt,
	type Endpoint,
	type ManualDelivery,
	type WebhookMessage,
} from './webhooks';
