import express, { type Request, type Response } from 'express';

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

/** The upload must send this exactly, because the signature covers it. */
const LENGTH_RANGE = 'x-goog-content-length-range';

const signedUrlLifetimeMs = 15 * 60 * 1000;

/** A file in the cloud storage, or the place for one of so many bytes. */
interface StoredFile {
	name: string;
	contentType: string;
	size: number;
	content: Buffer | null;
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
		response.type(file.contentType).send(file.content);
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
		uploadRecording: ({ body }: Call<{ fileUrl: string; title?: string }>) => {
			const { fileUrl, title = 'Phone call' } = body;
			const file = storage.find(fileUrl);
			if (!file) throw new Refusal(400, 'No file was uploaded to this fileUrl');
			const { content: audio, contentType: audioContentType } = file;
			const recording = addRecording(state, { title, audio, audioContentType });
			return { data: { recordingId: recording.id } };
		},
	};
}

/** The sound of recordings that were not uploaded. */
function inventedAudio(): Buffer {
	return Buffer.alloc(64 * 1024, 'sound');
}

function refuse(response: Response, status: number, code: string): void {
	response
		.status(status)
		.type('application/xml')
		.send(`<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code></Error>`);
}
