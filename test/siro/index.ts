/**
 * A stand-in for Siro that lives in memory: both of its APIs, its storage and its webhooks.
 *
 *     const simulator = await startSimulator();
 *     simulator.addEndpoint({ url, secret: 'whsec_…' });
 *     const { id } = simulator.addRecording({ title: 'Kitchen' });
 *     simulator.processRecording(id);
 *     simulator.linkRecording(id, { engagementExternalId: 'appt-456' });
 *     await simulator.deliveriesSettled();
 *     await simulator.stop();
 */
export { Simulator, startSimulator, type ProcessOptions, type SimulatorOptions } from './simulator';
export type { Account, Contact, CrmUser, Engagement, Lead, Opportunity } from './crm';
export type { Followup, NewFollowup } from './followups';
export type { ActiveMisbehaviour, Misbehaviour } from './misbehaviour';
export type { MobileEvent } from './mobile-events';
export type { OAuthApp } from './oauth';
export type { LinkTarget, NewExtraction, NewRecording, Recording } from './recordings';
export type { RateLimit } from './rate-limit';
export type { RecordedRequest, SurfaceName } from './requests';
export type { AnswerShapes } from './shapes';
export type { WebhookEvent } from './state';
export type { EngagementSync, OpportunitySync } from './sync';
export type { User } from './users';
export {
	svixSchedule,
	type DeliveryAttempt,
	type Endpoint,
	type ManualDelivery,
	type WebhookMessage,
} from './webhooks';
