/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
/** Audio on its way between n8n and Siro's storage, over real connections and with all that can break. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer, json } from 'node:stream/consumers';

import type { INodeExecutionData, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { Siro } from '../../nodes/Siro/Siro.node';
import {
	readFile,
	runNode,
	storeCredential,
	storeFile,
	useBinaryDataMode,
	type NodeRun,
	type NodeRunOptions,
} from '../engine';
import { createCredential, SECRETS } from '../operations/run-case';

const AUDIO = randomBytes(3_000_000);
const SIGNATURE = `X-Goog-Signature=${SECRETS.signature}`;
const SIGNED_URL_PATH = '/v1/core/recordings/rec-1/signedUrl';
const UPLOAD_HEADERS = {
	'Content-Type': 'audio/mpeg',
	'x-goog-content-length-range': `0,${AUDIO.length}`,
};

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let address: string;
/** What the storage does with each request; the last one serves all that come later. */
let storage: Handler[];
let storageRequests: IncomingMessage[];
let createdRecordings: unknown[];

// Its stand-ins for sockets lose what is still on its way when a connection closes.
beforeAll(() => nock.restore());

beforeEach(async () => {
	storage = [];
	storageRequests = [];
	createdRecordings = [];
	server = createServer((request, response) => void serve(request, response));
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
	await useBinaryDataMode('default');
	server.closeAllConnections();
	await new Promise((closed) => server.close(closed));
});

/** One address for the platform API and for the storage. */
async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
	const answer = (data: unknown) =>
		response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
	const url = `${address}/siro-audio/a-1?${SIGNATURE}`;
	if (request.url === SIGNED_URL_PATH) {
		answer({ error: false, url, expiration: 1 });
	} else if (request.url === '/v1/core/recordings/signed-urls') {
		answer({ uploadUrl: url, uploadHeaders: UPLOAD_HEADERS, downloadUrl: url, expiresAt: '' });
	} else if (request.url === '/v1/core/recordings/upload') {
		createdRecordings.push(await json(request));
		answer({ recordingId: 'rec-9' });
	} else {
		storageRequests.push(request);
		const [handler] = storage.length > 1 ? storage.splice(0, 1) : storage;
		handler(request, response);
	}
}

async function run(
	operation: string,
	parameters: INodeParameters,
	settings: Partial<NodeRunOptions> = {},
): Promise<NodeRun> {
	const credential = storeCredential(new SiroApi(), {
		...createCredential('writingUser').data,
		platformApiUrl: address,
	});
	const result = await runNode({
		nodeType: new Siro(),
		parameters: { resource: 'recording', operation, ...parameters },
		credential,
		...settings,
	});
	for (const secret of Object.values(SECRETS)) expect(result.stored).not.toContain(secret);
	return result;
}

const download = async (options: INodeParameters = {}, settings: Partial<NodeRunOptions> = {}) =>
	await run('download', { recordingId: 'rec-1', options }, settings);

const upload = async (item: INodeExecutionData, parameters: INodeParameters = {}) =>
	await run(
		'upload',
		{ userId: { __rl: true, mode: 'id', value: 'user-1' }, ...parameters },
		{ input: [item] },
	);

const callFile = async (content: Buffer | string = AUDIO, fileName = 'call.mp3') => ({
	json: {},
	binary: { data: await storeFile(content, { fileName, mimeType: 'audio/mpeg' }) },
});

const sendAudio: Handler = (_request, response) => {
	response.setHeader('content-type', 'audio/mp4').end(AUDIO);
};

const fail =
	(status: number, code: string): Handler =>
	(_request, response) => {
		response.writeHead(status, {
			'content-type': 'application/xml',
			location: `${address}/siro-audio/b`,
		});
		response.end(`<?xml version='1.0'?><Error><Code>${code}</Code></Error>`);
	};

/** Promises the whole file and sends half of it. */
const sendHalf = (end: (response: ServerResponse) => void): Handler => {
	return (_request, response) => {
		response.writeHead(200, { 'content-type': 'audio/mp4', 'content-length': AUDIO.length });
		response.write(AUDIO.subarray(0, AUDIO.length / 2), () => end(response));
	};
};

const breakOff: Handler = sendHalf((response) => response.destroy());
const fallSilent: Handler = sendHalf(() => {});

describe('a download', () => {
	test.each(['default', 'filesystem'] as const)(
		'arrives byte for byte, without a token on its way (%s)',
		async (mode) => {
			await useBinaryDataMode(mode);
			storage = [sendAudio];

			const { output } = await download();

			const file = output[0][0].binary?.data;
			expect(file).toMatchObject({ fileName: 'rec-1.m4a', mimeType: 'audio/mp4' });
			expect(file).not.toHaveProperty('directory');
			expect(file?.id?.startsWith('filesystem')).toBe(mode === 'filesystem' ? true : undefined);
			expect(file && AUDIO.equals(await readFile(file))).toBe(true);
			expect(output[0][0].json.bytes).toBe(AUDIO.length);
			expect(storageRequests[0].headers).not.toHaveProperty('x-siro-auth-token');
			expect(storageRequests[0].headers).not.toHaveProperty('authorization');
		},
	);

	test.each(['default', 'filesystem'] as const)(
		'begins again when the storage is busy or the connection breaks (%s)',
		async (mode) => {
			await useBinaryDataMode(mode);
			storage = [fail(503, 'ServiceUnavailable'), breakOff, sendAudio];

			const { output, error } = await download();

			expect(error).toBeUndefined();
			const file = output[0][0].binary?.data;
			expect(file && AUDIO.equals(await readFile(file))).toBe(true);
			expect(storageRequests).toHaveLength(3);
		},
	);

	test.each(['default', 'filesystem'] as const)(
		'that falls silent in the middle is given up in time (%s)',
		async (mode) => {
			await useBinaryDataMode(mode);
			storage = [fallSilent];

			const { error } = await download({ totalTime: 0.5 });

			expect(error?.message).toBe('Could not download a recording: Siro did not answer in time');
			expect(error?.description).toContain('Total Time');
		},
	);

	test('ends when the execution is cancelled', async () => {
		const execution = new AbortController();
		storage = [sendHalf(() => execution.abort())];

		const { error } = await download({}, { signal: execution.signal });

		expect(error?.message).toBe('Could not download a recording: the execution was canceled');
		expect(storageRequests).toHaveLength(1);
	});

	test.each([
		[403, 'ExpiredToken', 'did not accept the temporary address from Siro'],
		[404, 'NoSuchKey', 'does not have the file'],
		[302, '', 'refused the file (status 302)'],
	])('that the storage refuses (%i) says so, without the address', async (status, code, reason) => {
		storage = [fail(status, code)];

		const { error } = await download();

		expect(error?.message).toBe(`Could not download a recording: Siro’s file storage ${reason}`);
		expect(storageRequests).toHaveLength(1);
	});

	test('that is a web page is no recording', async () => {
		storage = [
			(_request, response) => {
				response.setHeader('content-type', 'text/html; charset=utf-8').end('<html>Log in</html>');
			},
		];

		const { error } = await download();

		expect(error?.message).toContain('expected an audio file, got a file of the type "text/html');
	});
});

describe('an upload', () => {
	test.each(['default', 'filesystem'] as const)(
		'arrives byte for byte, with the headers that Siro gave (%s)',
		async (mode) => {
			await useBinaryDataMode(mode);
			const received: Buffer[] = [];
			storage = [
				(request, response) => {
					void buffer(request).then((content) => {
						received.push(content);
						response.end();
					});
				},
			];

			const { output, error } = await upload(await callFile());

			expect(error).toBeUndefined();
			expect(output[0][0].json).toEqual({ recordingId: 'rec-9' });
			expect(AUDIO.equals(received[0])).toBe(true);
			const [{ method, headers }] = storageRequests;
			expect(method).toBe('PUT');
			expect(headers).toMatchObject({
				'content-type': 'audio/mpeg',
				'x-goog-content-length-range': `0,${AUDIO.length}`,
				'content-length': String(AUDIO.length),
			});
			expect(headers).not.toHaveProperty('transfer-encoding');
			expect(headers).not.toHaveProperty('x-siro-auth-token');
			expect(headers).not.toHaveProperty('authorization');
		},
	);

	test('is sent again from the beginning when the storage is busy', async () => {
		await useBinaryDataMode('filesystem');
		const received: Buffer[] = [];
		const receive =
			(end: Handler): Handler =>
			(request, response) => {
				void buffer(request).then((content) => {
					received.push(content);
					end(request, response);
				});
			};
		storage = [
			receive(fail(503, 'ServiceUnavailable')),
			receive((_request, response) => response.end()),
		];

		const { error } = await upload(await callFile());

		expect(error).toBeUndefined();
		expect(received.map((content) => AUDIO.equals(content))).toEqual([true, true]);
		expect(createdRecordings).toHaveLength(1);
	});

	test('that the storage refuses makes no recording', async () => {
		storage = [fail(400, 'EntityTooLarge')];

		const { error } = await upload(await callFile('sound'));

		expect(error?.message).toBe(
			'Could not upload a recording: Siro’s file storage refused the file (status 400)',
		);
		expect(error?.description).toContain('The storage said: EntityTooLarge.');
		expect(createdRecordings).toEqual([]);
	});

	const REP = { __rl: true, mode: 'email', value: '={{ $json.nobody }}' };
	const ONE_OBJECT = { crmObject: [{ objectType: 'Lead', objectId: 'lead-1' }] };
	test.each([
		['another kind of file', 'sound', 'call.m4a', {}, /Siro accepts only MP3, AAC and WAV files/],
		['an empty file', '', 'call.mp3', {}, /the file in "data" is empty/],
		['no rep', 'sound', 'call.mp3', { userId: REP }, /rep is empty/i],
		['no connection', 'sound', 'call.mp3', { crmObjects: ONE_OBJECT }, /connection is empty/],
		['no such field', 'sound', 'call.mp3', { binaryPropertyName: 'file' }, /'file'/],
	])('with %s sends nothing', async (_what, content, fileName, parameters, message) => {
		const mimeType = fileName.endsWith('m4a') ? 'audio/mp4' : 'audio/mpeg';
		const data = await storeFile(content, { fileName, mimeType });

		const { error } = await upload({ json: {}, binary: { data } }, parameters);

		expect(error?.message).toMatch(message);
		expect(error?.description).toBeTruthy();
		expect(storageRequests).toEqual([]);
	});
});
