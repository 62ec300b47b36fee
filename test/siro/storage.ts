import express, { type Request, type Response } from 'express';

import type { LinkTarget } from './crm';
import { checkOrganization } from './oauth';
import { link, linkable, type CrmDataType } from './platform-recordings';
import { addRecording } from './recordings';
import { Refusal } from './refusal';
import type { State } from './state';
import type { Call, Operations } from './surface';

type FileType = 'mp3' | 'aac' | 'wav';

const contentTypes: Record<FileType, string> = {
	mp3: 'audio/mpeg',
	aac: 'audio/aac',
	wav: 'audio/wav',
};

const results: Record<string, 'OPEN' | 'WON' | 'LOST'> = {
	closed: 'WON',
	'not closed': 'LOST',
	'in progress': 'OPEN',
};

/** The upload must send this exactly, because the signature covers it. */
const LENGTH_RANGE = 'x-goog-content-length-range';

const signedUrlLifetimeMs = 15 * 60 * 1000;
const usualAudioSize = 64 * 1024;

/** A file in the cloud storage, or the place for one of so many bytes. */
interface StoredFile {
	name: string;
	contentType: string;
	size: number;
	content: Buffer | null;
}

interface UploadRequest {
	fileUrl: string;
	title?: string;
	userId?: string;
	userEmail?: string;
	userPhone?: string;
	organizationId?: string;
	conversationType?: string;
	dateCreated?: string;
	crmObjects?: Array<{ objectType: string; objectId: string }>;
	result?: string;
}

/** The cloud storage that Siro hands out signed URLs for; it knows no token of Siro's. */
export class Storage {
	/** Known once the server listens. */
	url = '';

	private readonly files = new Map<string, StoredFile>();
	private readonly grants = new Map<string, { name: string; verb: string; expiresAt: number }>();

	constructor(private readonly state: State) {}

	/** Puts a file there, or makes a place for one to be uploaded to. */
	put(file: StoredFile): void {
		this.files.set(file.name, file);
	}

	/** An address that allows one verb on one file for a while. */
	sign(name: string, verb: 'GET' | 'PUT'): { url: string; expiresAt: number } {
		const signature = this.state.random.text(64);
		const expiresAt = this.state.clock().getTime() + signedUrlLifetimeMs;
		this.grants.set(signature, { name, verb, expiresAt });
		return { url: `${this.url}/siro-audio/${name}?X-Goog-Signature=${signature}`, expiresAt };
	}

	/** Makes every signed URL worthless. */
	expire(): void {
		for (const grant of this.grants.values()) grant.expiresAt = 0;
	}

	/** The file that an address names, if it was uploaded. */
	find(url: string): StoredFile | undefined {
		const { origin, pathname } = new URL(url);
		const file = this.files.get(pathname.split('/').pop() ?? '');
		return origin === this.url && file?.content ? file : undefined;
	}

	/** Serves the files, as Google Cloud Storage does. */
	handler() {
		const router = express.Router();
		router.put('/siro-audio/:name', (request, response) => this.receive(request, response));
		router.get('/siro-audio/:name', (request, response) => this.send(request, response));
		return router;
	}

	private receive(request: Request, response: Response): void {
		const file = this.granted(request);
		const content = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
		const signed =
			file &&
			request.get('content-type') === file.contentType &&
			request.get(LENGTH_RANGE) === `0,${file.size}`;
		if (!file || !signed) return refuse(response, 403, 'SignatureDoesNotMatch');
		if (content.length > file.size) return refuse(response, 400, 'EntityTooLarge');
		file.content = content;
		response.status(200).end();
	}

	private send(request: Request, response: Response): void {
		const file = this.granted(request);
		if (!file) return refuse(response, 403, 'SignatureDoesNotMatch');
		if (!file.content) return refuse(response, 404, 'NoSuchKey');
		const { content, contentType } = file;
		response.type(contentType);
		const ranges = request.range(content.length);
		if (ranges === -1) return refuse(response, 416, 'InvalidRange');
		if (ranges === undefined || ranges === -2) return void response.send(content);
		const [{ start, end }] = ranges;
		response.status(206).set('Content-Range', `bytes ${start}-${end}/${content.length}`);
		response.send(content.subarray(start, end + 1));
	}

	private granted(request: Request): StoredFile | undefined {
		const grant = this.grants.get(String(request.query['X-Goog-Signature']));
		if (!grant || grant.verb !== request.method || grant.name !== request.params.name) {
			return undefined;
		}
		return grant.expiresAt > this.state.clock().getTime() ? this.files.get(grant.name) : undefined;
	}
}

/** Uploading and downloading audio. */
export function audioOperations(state: State, storage: Storage): Operations {
	return {
		createAudioUrl: ({ path }) => {
			const recording = state.recordings.existing(path.id);
			const { audio, audioContentType: contentType } = recording;
			const content = audio ?? inventedAudio();
			const name = `${recording.id}.m4a`;
			storage.put({ name, contentType, size: content.length, content });
			const { url, expiresAt } = storage.sign(name, 'GET');
			return { data: { error: false, url, expiration: expiresAt } };
		},
		createUploadUrls: ({ body }: Call<{ fileType: FileType; fileSize: number }>) => {
			const { fileType, fileSize: size } = body;
			const contentType = contentTypes[fileType];
			const name = `${state.random.uuid()}.${fileType}`;
			storage.put({ name, contentType, size, content: null });
			const { url, expiresAt } = storage.sign(name, 'PUT');
			return {
				data: {
					uploadUrl: url,
					uploadHeaders: { 'Content-Type': contentType, [LENGTH_RANGE]: `0,${size}` },
					downloadUrl: storage.sign(name, 'GET').url,
					expiresAt: new Date(expiresAt).toISOString(),
				},
			};
		},
		uploadRecording: ({ body, caller }: Call<UploadRequest>) => {
			if (body.organizationId !== undefined) checkOrganization(state, body.organizationId);
			const file = storage.find(body.fileUrl);
			if (!file) throw new Refusal(400, 'No file was uploaded to this fileUrl');
			const recording = addRecording(state, {
				userId: ownerOf(state, body) ?? (caller.kind === 'user' ? caller.userId : undefined),
				title: body.title ?? 'Phone call',
				conversationType: body.conversationType,
				createdAt: body.dateCreated && new Date(body.dateCreated).toISOString(),
				updatedAt: state.now(),
				result: results[body.result ?? 'in progress'],
				audio: file.content,
				audioContentType: file.contentType,
			});
			const target = crmTarget(state, body);
			if (target) link(state, recording, target);
			return { data: { recordingId: recording.id } };
		},
	};
}

/** The user that an upload names. */
function ownerOf(state: State, { userId, userEmail, userPhone }: UploadRequest) {
	if ([userId, userEmail, userPhone].every((given) => given === undefined)) return undefined;
	const users = state.users.all();
	const owner =
		users.find(({ id }) => id === userId) ??
		users.find(({ email }) => email === userEmail) ??
		users.find(({ phoneNumber }) => phoneNumber === userPhone);
	return state.users.existing(owner).id;
}

/** Names of kinds that Siro takes beside its own. */
const dataTypes: Record<string, CrmDataType> = {
	Opportunity: 'OPPORTUNITY',
	Account: 'ACCOUNT',
	Contact: 'CONTACT',
	Lead: 'LEAD',
	Engagement: 'ENGAGEMENT',
	Event: 'ENGAGEMENT',
	ServiceAppointment: 'ENGAGEMENT',
};

/** What the CRM objects of an upload link it to; objects that Siro does not know link nothing. */
function crmTarget(state: State, { crmObjects = [] }: UploadRequest): LinkTarget | undefined {
	const targets = crmObjects.flatMap(({ objectType, objectId }) => {
		const kind = dataTypes[objectType];
		return linkable(state, kind, objectId, true) ?? linkable(state, kind, objectId, false) ?? [];
	});
	return targets.length > 0 ? Object.assign({}, ...targets.map(({ target }) => target)) : undefined;
}

function inventedAudio(): Buffer {
	// The bytes tell their own position, so that a wrong range shows.
	return Buffer.from(Uint8Array.from({ length: usualAudioSize }, (_, index) => index % 251));
}

function refuse(response: Response, status: number, code: string): void {
	response
		.status(status)
		.type('application/xml')
		.send(`<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code></Error>`);
}
