/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-hardcoded-secrets -- test code runs in Node, never inside n8n */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';
import { Webhook } from 'svix';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { Siro } from '../../nodes/Siro/Siro.node';
import { SiroTrigger } from '../../nodes/Siro/SiroTrigger.node';
import {
	deliverWebhook,
	recordedLogs,
	recordedScope,
	saveWorkflow,
	searchList,
	storeCredential,
	testCredential,
	type StoredCredential,
} from '../engine';
import { FAILURES, LEAKY_ANSWERS } from './injection/leaky-answers';
import { nameOf, OPERATION_CASES, type OperationCase } from '../operations';
import { createCredential, expectRequest, runCase, SECRETS, STORAGE } from '../operations/run-case';

jest.setTimeout(120_000);

const SIGNING_SECRETS = [
	'whsec_c2lnbmluZy1zZWNyZXQtMDEyMzQ1Njc4OQ==',
	'whsec_b3RoZXItc2VjcmV0LTAxMjM0NTY3ODkwMTI=',
];
const RENEWED_TOKEN = 'renewed-user-token-0123456789';

/** What must be in no execution, error, log line, hint or answer. */
const ALL_SECRETS = [
	...Object.values(SECRETS),
	RENEWED_TOKEN,
	...SIGNING_SECRETS,
	// Without its beginning, which people may well cut off.
	...SIGNING_SECRETS.map((secret) => secret.slice('whsec_'.length)),
];

const MINT = '/api-externalApi/v1/core/oauth/apps/client-1/access-token';

let credentials = 0;

/** Of a token and a user of its own, so that the limit of requests does not slow the tests down. */
function newCredential(
	kind: OperationCase['credential'],
	change: Record<string, string> = {},
): StoredCredential {
	const { data } = createCredential(kind);
	credentials += 1;
	return storeCredential(new SiroApi(), {
		...data,
		organizationToken: `${SECRETS.organization}-${credentials}`,
		userId: `user-${credentials}`,
		webhookSigningSecret: SIGNING_SECRETS.join(', '),
		...change,
	});
}

function secretsIn({ data }: StoredCredential): string {
	return ['organizationToken', 'clientSecret', 'accessToken', 'webhookSigningSecret']
		.map((name) => String(data[name] ?? ''))
		.join(' ');
}

function leaksIn(...places: unknown[]): string[] {
	const text = places
		.map((place) =>
			typeof place === 'string' ? place : JSON.stringify(place, withHiddenProperties),
		)
		.join('\n');
	return ALL_SECRETS.filter((secret) => text.includes(secret));
}

/** An error keeps its message, stack and cause where JSON does not see them. */
function withHiddenProperties(_key: string, value: unknown): unknown {
	if (!(value instanceof Error)) return value;
	return Object.fromEntries(
		Object.getOwnPropertyNames(value).map((name) => [name, Reflect.get(value, name)]),
	);
}

/** A renewed token, for as long as somebody asks for one. */
function mintTokens(): void {
	recordedScope('https://functions.siro.ai')
		.post(MINT)
		.optionally()
		.reply(201, { accessTokenId: 'token-2', accessToken: RENEWED_TOKEN })
		.persist();
}

function withOneAttempt(parameters: INodeParameters): INodeParameters {
	return {
		...parameters,
		options: { ...Object(parameters.options), maxAttempts: 1 } as INodeParameters,
	};
}

const attempts = OPERATION_CASES.flatMap((operationCase) =>
	operationCase.exchanges.map(
		(_, index) => [nameOf(operationCase), index + 1, operationCase] as const,
	),
);

test.each(attempts)(
	'no failed answer makes %s, request %d, tell a secret',
	async (_name, failing, operationCase) => {
		const { exchanges, parameters } = operationCase;
		const tell: Array<[string, string[]]> = [];
		for (const [kind, answerLeaking] of Object.entries(LEAKY_ANSWERS)) {
			nock.cleanAll();
			const credential = newCredential(operationCase.credential);
			mintTokens();
			for (const exchange of exchanges.filter((_, index) => index !== failing - 1)) {
				const { status = 200, answer, answerHeaders } = exchange;
				expectRequest(exchange)
					.optionally()
					.reply(status, answer as object, answerHeaders);
			}
			const interceptor = expectRequest(exchanges[failing - 1]).optionally();
			answerLeaking(interceptor, secretsIn(credential)).persist();

			const run = await runCase(
				{ ...operationCase, parameters: withOneAttempt(parameters) },
				{ credential, continueOnFail: tell.length % 2 === 0 ? 'stop' : 'continueErrorOutput' },
			);
			tell.push([kind, leaksIn(run.stored, run.error, run.hints, run.output)]);
		}
		expect(tell.filter(([, leaks]) => leaks.length > 0)).toEqual([]);
		expect(leaksIn(recordedLogs())).toEqual([]);
	},
);

const platformCase = OPERATION_CASES.find(
	({ resource, operation }) => resource === 'recording' && operation === 'ask',
);
const getUser = OPERATION_CASES.find(
	({ resource, operation }) => resource === 'user' && operation === 'get',
);
const download = OPERATION_CASES.find(({ operation }) => operation === 'download');

test('what Siro says about missing audio tells no secret', async () => {
	if (!download) throw new Error('There is no case');
	const credential = newCredential(download.credential);
	const errorMessage = `${secretsIn(credential)} ${STORAGE}/a?X-Goog-Signature=${SECRETS.signature}`;
	expectRequest(download.exchanges[0]).reply(200, { data: { error: true, errorMessage } });

	const run = await runCase(download, { credential });

	expect(run.error?.message).toMatch(
		/^Could not download a recording: Siro has no audio for this recording: /,
	);
	expect(leaksIn(run.stored, run.error, recordedLogs())).toEqual([]);
});

describe.each(Object.entries(LEAKY_ANSWERS))('an answer with %s', (kind, answerLeaking) => {
	test('tells no secret when a user token is minted', async () => {
		if (!platformCase) throw new Error('There is no case');
		const credential = newCredential('writingUser', { accessToken: '' });
		const siro = recordedScope('https://functions.siro.ai');
		answerLeaking(siro.post(MINT).optionally(), secretsIn(credential)).persist();
		// What Siro is asked to find out the reason fails the same way.
		answerLeaking(siro.get(/./).optionally(), secretsIn(credential)).persist();

		const run = await runCase(
			{ ...platformCase, parameters: withOneAttempt(platformCase.parameters) },
			{ credential },
		);

		expect(run.error?.message).toMatch(/^Could not ask about a recording: /);
		expect(leaksIn(run.stored, run.error, recordedLogs())).toEqual([]);
	});

	test('tells no secret when a client app gets a token', async () => {
		if (!platformCase) throw new Error('There is no case');
		const credential = newCredential('clientApp', { accessToken: '', organizationToken: '' });
		const service = recordedScope('https://auth.siro.ai').post(/./).optionally();
		answerLeaking(service, secretsIn(credential)).persist();

		const run = await runCase(
			{ ...platformCase, parameters: withOneAttempt(platformCase.parameters) },
			{ credential },
		);

		expect(run.error?.message).toMatch(/^Could not ask about a recording: /);
		expect(leaksIn(run.stored, run.error, recordedLogs())).toEqual([]);
		// What the network says about a failed connection is shown by n8n itself.
		if (!(kind in FAILURES)) {
			expect(leaksIn(await testCredential(credential), recordedLogs())).toEqual([]);
		}
	});

	test.each(['external', 'platform'] as const)(
		'tells no secret when it comes right after a client app got a token: %s',
		async (surface) => {
			const failing = surface === 'platform' ? platformCase : getUser;
			if (!failing) throw new Error('There is no case');
			const credential = newCredential('clientApp', { accessToken: '', organizationToken: '' });
			recordedScope('https://auth.siro.ai')
				.post(/./)
				.reply(200, { access_token: RENEWED_TOKEN, expires_in: 60 })
				.persist();
			answerLeaking(expectRequest(failing.exchanges[0]).optionally(), RENEWED_TOKEN).persist();

			const run = await runCase(
				{ ...failing, parameters: withOneAttempt(failing.parameters) },
				{ credential },
			);

			expect(run.error?.message).toMatch(/^Could not /);
			expect(leaksIn(run.stored, run.error, recordedLogs())).toEqual([]);
		},
	);

	test('tells no secret when the credential is tested', async () => {
		// What the network says about a failed connection is shown by n8n itself.
		if (kind in FAILURES) return;
		const credential = newCredential('writingUser');
		const siro = recordedScope('https://functions.siro.ai');
		answerLeaking(siro.get(/./).optionally(), secretsIn(credential)).persist();
		answerLeaking(siro.post(/./).optionally(), secretsIn(credential)).persist();

		expect(leaksIn(await testCredential(credential), recordedLogs())).toEqual([]);
	});

	test.each(Object.keys(new Siro().methods.listSearch))(
		'tells no secret when a list is searched: %s',
		async (method) => {
			const credential = newCredential('writingUser');
			mintTokens();
			for (const host of ['https://functions.siro.ai', 'https://api.siro.ai']) {
				const interceptor = recordedScope(host).get(/./).query(true).optionally();
				answerLeaking(interceptor, secretsIn(credential)).persist();
			}
			const search = searchList({ nodeType: new Siro(), credential, method });
			const outcome: unknown = await search.catch((error: unknown) => error);
			expect(leaksIn(outcome, recordedLogs())).toEqual([]);
		},
	);
});

test('the answer to a delivery, and the log of it, tell no secret when Siro cannot be asked', async () => {
	const credential = newCredential('organization');
	const saved = saveWorkflow({
		nodeType: new SiroTrigger(),
		parameters: { events: ['integrations.recordingLinked'], include: ['summary'] },
		credential,
	});
	const deliveries = Object.entries(LEAKY_ANSWERS).map(async ([kind, answerLeaking], index) => {
		const recordingId = `recording-${index}`;
		const siro = recordedScope('https://functions.siro.ai');
		const interceptor = siro.get(`/api-externalApi/v1/core/recordings/${recordingId}`).query(true);
		answerLeaking(interceptor, secretsIn(credential)).persist();
		const body = JSON.stringify({
			recordingId,
			recordingProcessed: true,
			recordingLinked: true,
			eventType: 'integrations.recordingLinked',
		});
		const outcome = await deliverWebhook(saved, {
			...{ body, headers: signed(body) },
			senderWaits: 60_000,
		});
		return { kind, ...outcome };
	});

	for (const { kind, status, body, error } of await Promise.all(deliveries)) {
		// What Siro does not have is not worth another delivery.
		const expected = kind === 'status 404' ? 200 : 503;
		expect({ kind, status, error }).toEqual({ kind, status: expected, error: undefined });
		expect(leaksIn(body)).toEqual([]);
	}
	expect(leaksIn(recordedLogs())).toEqual([]);
});

function signed(body: string): Record<string, string> {
	const id = `msg_${crypto.randomUUID()}`;
	const now = new Date();
	return {
		'svix-id': id,
		'svix-timestamp': String(Math.floor(now.getTime() / 1000)),
		'svix-signature': new Webhook(SIGNING_SECRETS[0]).sign(id, now, body),
	};
}

describe('what is published', () => {
	const root = path.join(__dirname, '../..');
	const files = ['nodes', 'credentials', 'examples'].flatMap((folder) =>
		readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => /\.(ts|json|svg)$/.test(file))
			.map((file) => path.join(folder, file)),
	);

	test.each(files)('holds no secret: %s', (file) => {
		const text = readFileSync(path.join(root, file), 'utf8');
		expect(leaksIn(text)).toEqual([]);
		expect(text).not.toMatch(/whsec_[\w+/]{16}|Bearer [\w.-]{16}|eyJ[\w-]{10}|Signature=\w/);
	});
});
