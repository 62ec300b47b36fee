/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import express, {
	type NextFunction,
	type Request,
	type RequestHandler,
	type Response,
} from 'express';

import {
	crmOperations,
	findLink,
	sync,
	type CrmPayload,
	type CrmRecord,
	type LinkTarget,
} from './crm';
import {
	addFollowup,
	changeFollowup,
	followupOperations,
	type Followup,
	type NewFollowup,
} from './followups';
import type { ListOrder } from './lists';
import {
	Misbehaviours,
	sendAnswer,
	type ActiveMisbehaviour,
	type Misbehaviour,
} from './misbehaviour';
import {
	ClientApp,
	authorizeOrganization,
	authorizeUser,
	mintAccessToken,
	oauthOperations,
	type OAuthApp,
} from './oauth';
import { peopleOperations, type User } from './people';
import { platformRecordingOperations } from './platform-recordings';
import { Random } from './random';
import { limitRate, type RateLimit } from './rate-limit';
import {
	addRecording,
	analyse,
	crmLinks,
	recordingOperations,
	type Analysis,
	type NewRecording,
	type Recording,
} from './recordings';
import { Refusal } from './refusal';
import { recordBody, RequestLog, type RecordedRequest, type SurfaceName } from './requests';
import { seedBusiness, seedOrganization } from './seed';
import { State, type WebhookEvent } from './state';
import { audioOperations, Storage } from './storage';
import { refusalAnswer, surface } from './surface';
import { Webhooks, type WebhookMessage } from './webhooks';

export interface SimulatorOptions {
	/** Starts with an appointment, a deal and four recordings; `true` unless given. */
	seeded?: boolean;
	/** The seed of all ids, secrets and chances. */
	randomSeed?: number;
	/** The time that Siro goes by. */
	clock?: () => Date;
	/** What order lists come in; the newest first unless given. */
	listOrder?: ListOrder;
	/** How long every request takes at least. */
	latencyMs?: number;
	/** How many requests a token has within 60 s, or a limit in full. */
	rateLimit?: number | RateLimit;
	/** What the waits between redeliveries are multiplied by; 1 unless given. */
	timeScale?: number;
	/** How long an endpoint may take to answer; 15 s unless given. */
	deliveryTimeoutMs?: number;
	/** Holds every answer against our description, and answers 500 where it does not conform. */
	checkAnswers?: boolean;
	/** Fixed ports instead of free ones. */
	ports?: Partial<Record<SurfaceName, number>>;
}

/** Starts a Siro that lives in memory, on free ports of this machine. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const simulator = new Simulator(options);
	await simulator.listen();
	return simulator;
}

/** A small stand-in for Siro. Make one with `startSimulator`. */
export class Simulator {
	/** The bases of the two APIs and of the cloud storage, known once it listens. */
	externalApiUrl = '';
	platformApiUrl = '';
	storageUrl = '';
	/** Where a client app gets its tokens, known then, too. */
	tokenUrl = '';

	readonly organizationId: string;
	readonly organizationToken: string;
	/** An OAuth app that exists from the start. */
	readonly oauthApp: OAuthApp;
	readonly clientApp: ClientApp;
	readonly admin: User;
	/** The Siro user who owns recordings unless told otherwise. */
	readonly rep: User;

	/** How long every request takes at least; may be changed at any time. */
	latencyMs: number;
	/** What answers were wrong by our own description, with `checkAnswers`. */
	readonly wrongAnswers: string[] = [];

	/** All that is in Siro, to be looked at and changed. */
	readonly state: State;
	private readonly storage: Storage;
	/** The endpoints, and all that was sent to them. */
	readonly webhooks: Webhooks;
	private readonly misbehaviours: Misbehaviours;
	private readonly log = new RequestLog();
	private readonly servers: Server[] = [];
	private readonly wrongAnswer?: (problem: string) => void;

	constructor(private readonly options: SimulatorOptions) {
		const random = new Random(options.randomSeed ?? 1);
		const clock = options.clock ?? (() => new Date());
		this.organizationId = random.text(20);
		this.organizationToken = `siro_org_${random.text(40)}`;
		this.latencyMs = options.latencyMs ?? 0;
		this.clientApp = new ClientApp(new Random(2), clock);
		this.misbehaviours = new Misbehaviours(random);
		this.webhooks = new Webhooks({
			random,
			timeScale: options.timeScale ?? 1,
			timeoutMs: options.deliveryTimeoutMs ?? 15_000,
		});

		this.state = new State(this.organizationId, random, clock, options.listOrder ?? 'newestFirst');
		this.storage = new Storage(this.state);
		if (options.checkAnswers) this.wrongAnswer = (problem) => void this.wrongAnswers.push(problem);
		({ admin: this.admin, rep: this.rep, oauthApp: this.oauthApp } = seedOrganization(this.state));
		if (options.seeded ?? true) seedBusiness(this.state);
	}

	// ---- Life ----------------------------------------------------------------------------------

	/** Opens the servers. */
	async listen(): Promise<void> {
		const json = express.json({ limit: '100mb' });
		const bytes = express.raw({ type: () => true, limit: '500mb' });
		const base = '/api-externalApi';
		this.externalApiUrl = (await this.serve('external', base, json, this.externalApi())) + base;
		this.platformApiUrl = await this.serve('platform', '/', json, this.platformApi());
		this.storageUrl = await this.serve('storage', '/', bytes, this.storage.handler());
		this.storage.url = this.storageUrl;
		const form = express.urlencoded();
		this.tokenUrl = `${await this.serve('auth', '/', form, this.clientApp.handler)}/oauth2/token`;
	}

	/** Closes everything: servers, open connections, planned redeliveries. */
	async stop(): Promise<void> {
		await this.webhooks.stop();
		for (const server of this.servers.splice(0)) {
			server.close().closeAllConnections();
			await once(server, 'close');
		}
	}

	// ---- What is in Siro -----------------------------------------------------------------------

	/** Adds a recording without announcing it. */
	addRecording = (recording: NewRecording = {}): Recording => addRecording(this.state, recording);

	/** Adds many recordings, a second apart and the last one now, each as `make` says. */
	addRecordings(count: number, make: (index: number) => NewRecording = () => ({})): Recording[] {
		const now = this.state.clock().getTime();
		return Array.from({ length: count }, (_, index) => {
			const createdAt = new Date(now - (count - 1 - index) * 1_000).toISOString();
			return this.addRecording({ title: `Recording ${index + 1}`, createdAt, ...make(index) });
		});
	}

	/** Changes a recording in place, and when it was updated. */
	updateRecording(id: string, change: Partial<Omit<Recording, 'id' | 'sequence'>>): Recording {
		return this.state.recordings.update(this.existing(id), change);
	}

	/** Deletes a recording; it stays listed with `deleted: true`. */
	deleteRecording(id: string): void {
		this.updateRecording(id, { deletedAt: this.state.now() });
	}

	/** Marks a recording as processed, with what the AI found, and announces it. */
	processRecording(id: string, analysis: Analysis = {}): WebhookMessage {
		const recording = this.existing(id);
		recording.updatedAt = this.state.now();
		analyse(this.state, recording, analysis);
		return this.announce(recording, 'integrations.recordingProcessed');
	}

	/** Links a recording to CRM records, by their external ids, and announces it. */
	linkRecording(id: string, target: LinkTarget): WebhookMessage {
		const recording = this.existing(id);
		this.updateRecording(id, { link: findLink(this.state, target, recording) });
		return this.announce(recording, 'integrations.recordingLinked');
	}

	/** Takes the CRM link off a recording, which Siro does not announce. */
	unlinkRecording(id: string): void {
		const { link } = this.existing(id);
		for (const record of [link?.engagement, link?.opportunity]) {
			if (record?.recordingId === id) record.recordingId = null;
		}
		this.updateRecording(id, { link: null });
	}

	/** Syncs an appointment as the CRM would. */
	addEngagement = (payload: CrmPayload): CrmRecord => sync(this.state, 'engagements', [payload])[0];

	/** Syncs a deal as the CRM would. */
	addOpportunity = (payload: CrmPayload): CrmRecord =>
		sync(this.state, 'opportunities', [payload])[0];

	/** Adds something to do about a recording. */
	addFollowup(recordingId: string, followup: NewFollowup = {}): Followup {
		return addFollowup(this.state, this.existing(recordingId), followup);
	}

	/** Changes a follow-up as its rep would. */
	changeFollowup(id: string, change: NewFollowup): Followup {
		return changeFollowup(this.state, this.state.followups.existing(id), change);
	}

	/** From now on a sync that holds one of these external ids is refused as a whole. */
	rejectExternalIds(...externalIds: string[]): void {
		for (const externalId of externalIds) this.state.rejectedExternalIds.add(externalId);
	}

	// ---- Who may do what -----------------------------------------------------------------------

	/** Mints an access token without a request. */
	mintAccessToken(scope: 'read' | 'write' = 'write', userId: string = this.rep.id): string {
		const { clientId } = this.oauthApp;
		return mintAccessToken(this.state, { clientId, userId, scope }).accessToken;
	}

	/** Lets every access token expire. */
	expireTokens(): void {
		for (const token of this.state.accessTokens.values()) token.expiresAt = 0;
	}

	// ---- Webhooks ------------------------------------------------------------------------------

	/** Announces a recording as it is, without changing it. */
	announce(recording: Recording, event: WebhookEvent): WebhookMessage {
		return this.webhooks.emit(event, this.webhookPayload(recording, event));
	}

	/** The payload that Siro would send about a recording now. */
	webhookPayload(recording: Recording, eventType: WebhookEvent) {
		const crm = crmLinks(this.state, recording);
		return {
			recordingId: recording.id,
			siroUserId: recording.userId,
			recordingProcessed: recording.isProcessingDone,
			recordingLinked: recording.link !== null,
			eventType,
			...(crm && { crm: withoutNothing(crm) }),
		};
	}

	// ---- Trouble -------------------------------------------------------------------------------

	/** Makes requests go wrong until it is stopped, or used up. */
	misbehave = (rule: Misbehaviour): ActiveMisbehaviour => this.misbehaviours.add(rule);

	/** Takes back every misbehaviour. */
	behave = (): void => this.misbehaviours.clear();

	// ---- What was asked ------------------------------------------------------------------------

	/** Every request to the two APIs, to the storage and for a client app's tokens, in order. */
	get requests(): readonly RecordedRequest[] {
		return this.log.entries;
	}

	/** The requests with a method and a path, which leaves out the base of the API. */
	requestsTo: RequestLog['to'] = (method, path) => this.log.to(method, path);

	/** Forgets the requests so far. */
	clearRequests(): void {
		this.log.entries.length = 0;
	}

	// --------------------------------------------------------------------------------------------

	private existing(id: string): Recording {
		const recording = this.state.recordings.get(id);
		if (!recording) throw new Error(`There is no recording "${id}"`);
		return recording;
	}

	private externalApi() {
		const { state } = this;
		return surface({
			name: 'external',
			operations: {
				...crmOperations(state),
				...recordingOperations(state),
				...peopleOperations(state),
				...oauthOperations(state, this.admin),
			},
			authorize: (headers) =>
				authorizeOrganization(headers, this.organizationToken, this.clientApp),
			nothingHere: { error: 'Not found' },
			wrongAnswer: this.wrongAnswer,
		});
	}

	private platformApi() {
		const { state } = this;
		return surface({
			name: 'platform',
			operations: {
				...platformRecordingOperations(state),
				...followupOperations(state),
				...audioOperations(state, this.storage),
			},
			authorize: (headers, method) => authorizeUser(state, headers, method, this.clientApp),
			// The gateway answers this before Siro sees the request.
			nothingHere: { code: 404, message: 'The current request is not defined by this API.' },
			wrongAnswer: this.wrongAnswer,
		});
	}

	/** Whatever is sent to a surface is remembered, kept waiting, and may go wrong, before it is answered. */
	private app(name: SurfaceName, base: string, parseBody: RequestHandler, answer: RequestHandler) {
		const { rateLimit: limit } = this.options;
		const router = express.Router();
		router.use(this.log.recorder(name), parseBody, recordBody);
		router.use(this.slowly, this.misbehaviours.handler(name));
		if (limit !== undefined && (name === 'external' || name === 'platform')) {
			router.use(limitRate(typeof limit === 'number' ? { requests: limit } : limit));
		}
		router.use(answer);
		router.use((error: Error, _request: Request, response: Response, next: NextFunction) => {
			if (response.headersSent) return next(error);
			const malformed = 'status' in error && error.status === 400;
			sendAnswer(response, refusalAnswer(malformed ? new Refusal(400, error.message) : error));
		});
		const app = express().disable('x-powered-by').disable('etag').use(base, router);
		return app.use(this.log.recorder(name), (_request, response) => {
			response.status(404).json({ error: 'Not found' });
		});
	}

	private readonly slowly = async (_request: Request, _response: Response, next: NextFunction) => {
		if (this.latencyMs > 0) await wait(this.latencyMs, undefined, { ref: false });
		next();
	};

	private async serve(name: SurfaceName, ...app: [string, RequestHandler, RequestHandler]) {
		const server = createServer(this.app(name, ...app));
		this.servers.push(server);
		await once(server.listen(this.options.ports?.[name] ?? 0, '127.0.0.1'), 'listening');
		return `http://127.0.0.1:${Object(server.address()).port}`;
	}
}

/** Webhooks leave out what is not there. */
const withoutNothing = (crm: object) =>
	Object.fromEntries(
		Object.entries(crm).filter(
			([name, value]) => value !== null && !(name === 'contacts' && value.length === 0),
		),
	);
