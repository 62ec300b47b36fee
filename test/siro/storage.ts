import express, { type Request, type Response } from 'express';

import type { CrmRecord, CrmRecords } from './crm';
import { link, linkTarget } from './platform-recordings';
import { checkOrganization } from './oauth';
import { notFound, Refusal } from './refusal';
import { addRecording, existingRecording, type LinkTarget } from './recordings';
import type { State } from './state';
import { operation, type Operations } from './surface';

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

const signedUrlLifetimeMs = 15 * 60 * 1000;
const usualAudioSize = 64 * 1024;

/** A file in the cloud storage, or the place for one. */
interface StoredFile {
	contentType: string;
	/** What the upload must send exactly, because the signature covers it. */
	lengthRange: string | null;
	largestSize: number;
	content: Buffer | null;
}

interface UploadRequest {
	fileUrl: string;
	fileType: FileType;
	title?: string;
	userId?: string;
	userEmail?: string;
	userPhone?: string;
	organizationId?: string;
	conversationType?: string;
	dateCreated?: string;
	integrationConnectionId?: string;
	crmObjects?: Array<{ objectType: keyof typeof crmKinds; objectId: string }>;
	result?: string;
}

/** The cloud storage that Siro hands out signed URLs for; it knows no token of Siro's. */
export class Storage {
	/** Known once the server listens. */
	url = '';

	private readonly files = new Map<string, StoredFile>();
	private readonly grants = new Map<string, { name: string; verb: string; expiresAt: number }>();

	constructor(private readonly state: State) {}

	/** Makes a place for a file to be uploaded to. */
	reserve(fileType: FileType, size: number): { name: string; file: StoredFile } {
		const name = `${this.state.random.uuid()}.${fileType}`;
		const file: StoredFile = {
			contentType: contentTypes[fileType],
			lengthRange: `0,${size}`,
			largestSize: size,
			content: null,
		};
		this.files.set(name, file);
		return { name, file };
	}

	/** Puts a file there directly. */
	put(name: string, contentType: string, content: Buffer): void {
		this.files.set(name, { contentType, content, lengthRange: null, largestSize: content.length });
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

	/** The uploaded file that an address names. */
	uploaded(url: string): StoredFile & { content: Buffer } {
		const { origin, pathname } = new URL(url);
		const file = this.files.get(pathname.split('/').pop() ?? '');
		if (origin !== this.url || !file?.content) {
			throw new Refusal(400, 'No file was uploaded to this fileUrl');
		}
		return { ...file, content: file.content };
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
			request.get('x-goog-content-length-range') === file.lengthRange;
		if (!file || !signed) return refuse(response, 403, 'SignatureDoesNotMatch');
		if (content.length > file.largestSize) return refuse(response, 400, 'EntityTooLarge');
		file.content = content;
		response.status(200).end();
	}

	private send(request: Request, response: Response): void {
		const file = this.granted(request);
		if (!file) return refuse(response, 403, 'SignatureDoesNotMatch');
		if (!file.content) return refuse(response, 404, 'NoSuchKey');
		const { content, contentType } = file;
		response.set('Accept-Ranges', 'bytes').type(contentType);
		const ranges = request.range(content.length);
		if (ranges === -1) {
			response.set('Content-Range', `bytes */${content.length}`);
			return refuse(response, 416, 'InvalidRange');
		}
		if (ranges === undefined || ranges === -2 || ranges.length !== 1) {
			response.send(content);
			return;
		}
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
		createAudioUrl: operation(({ path }) => {
			const recording = existingRecording(state, path.id);
			if (recording.deletedAt !== null) throw notFound('Recording');
			const name = `${recording.id}.m4a`;
			storage.put(name, recording.audioContentType, recording.audio ?? inventedAudio());
			const { url, expiresAt } = storage.sign(name, 'GET');
			return { data: { error: false, url, expiration: expiresAt } };
		}),
		createUploadUrls: operation<{ fileType: FileType; fileSize: number }>(({ body }) => {
			const { name, file } = storage.reserve(body.fileType, body.fileSize);
			const { url, expiresAt } = storage.sign(name, 'PUT');
			return {
				data: {
					uploadUrl: url,
					uploadHeaders: {
						'Content-Type': file.contentType,
						'x-goog-content-length-range': file.lengthRange,
					},
					downloadUrl: storage.sign(name, 'GET').url,
					expiresAt: new Date(expiresAt).toISOString(),
				},
			};
		}),
		uploadRecording: operation<UploadRequest>(({ body, caller }) => {
			if (body.organizationId !== undefined) checkOrganization(state, body.organizationId);
			const { content, contentType } = storage.uploaded(body.fileUrl);
			const recording = addRecording(state, {
				userId: ownerOf(state, body, caller.kind === 'user' ? caller.userId : undefined),
				title: body.title ?? 'Phone call',
				conversationType: body.conversationType,
				createdAt: body.dateCreated && new Date(body.dateCreated).toISOString(),
				updatedAt: state.now(),
				result: results[body.result ?? 'in progress'],
				audio: content,
				audioContentType: contentType,
			});
			const target = crmTarget(state, body);
			if (target) link(state, recording, target);
			return { data: { recordingId: recording.id } };
		}, 201),
	};
}

function ownerOf(state: State, body: UploadRequest, caller: string | undefined) {
	const users = [...state.users.values()];
	const named = [body.userId, body.userEmail, body.userPhone].some((given) => given !== undefined);
	if (!named) return caller;
	const user =
		users.find(({ id }) => id === body.userId) ??
		users.find(({ email }) => email !== null && email === body.userEmail) ??
		users.find(({ phoneNumber }) => phoneNumber !== null && phoneNumber === body.userPhone);
	if (!user) throw notFound('User');
	return user.id;
}

/** What the CRM objects of an upload link it to; objects that Siro does not know link nothing. */
function crmTarget(state: State, { crmObjects }: UploadRequest): LinkTarget | undefined {
	const target: LinkTarget = {};
	for (const { objectType, objectId } of crmObjects ?? []) {
		const kind = crmKinds[objectType];
		const records: Pick<CrmRecords<CrmRecord>, 'get' | 'find'> = state[kind.records];
		const record = records.find(objectId) ?? records.get(objectId);
		if (record) Object.assign(target, linkTarget(kind.dataType, record.externalId));
	}
	return Object.keys(target).length > 0 ? target : undefined;
}

const engagementKind = { dataType: 'ENGAGEMENT', records: 'engagements' } as const;
const crmKinds = {
	Opportunity: { dataType: 'OPPORTUNITY', records: 'opportunities' },
	Account: { dataType: 'ACCOUNT', records: 'accounts' },
	Contact: { dataType: 'CONTACT', records: 'contacts' },
	Lead: { dataType: 'LEAD', records: 'leads' },
	Engagement: engagementKind,
	Event: engagementKind,
	ServiceAppointment: engagementKind,
} as const;

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
