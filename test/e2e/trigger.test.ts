import type { INode } from 'n8n-workflow';
import { Webhook } from 'svix';

import {
	activateTrigger,
	createTriggerWorkflow,
	LINKED,
	newPayload,
	post,
	PROCESSED,
	sign,
	TRIGGER,
} from '../n8n/deliveries';
import { packPackage } from '../support/package/pack';
import { newSigningSecret, startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import type { NewRecording, Recording } from '../siro';

jest.setTimeout(300_000);

let world: SiroAndN8n;

beforeAll(async () => {
	world = await startSiroAndN8n({ tarball: await packPackage() });
});

afterAll(async () => await world?.stop());

const activate = async (parameters: INode['parameters'], credential = world.credential) =>
	await activateTrigger(world, parameters, credential);

const signed = (body: string, secret = world.signingSecret, timestamp = new Date()) =>
	sign(body, secret, { timestamp });

/** Makes a genuine delivery. */
async function deliver(url: string, payload: object, secret = world.signingSecret) {
	const body = JSON.stringify(payload);
	return await post(url, body, signed(body, secret));
}

describe('a valid delivery of a recording that is ready', () => {
	test('is answered 200 after the execution is stored, and emits the payload as Siro sent it', async () => {
		const { workflow, url } = await activate({});
		const payload = newPayload({ somethingNew: [1, { deep: null }] });
		const body = JSON.stringify(payload, null, 2);

		const answer = await post(url, body, signed(body));

		expect(answer).toEqual({
			status: 200,
			body: { started: true, recordingId: payload.recordingId },
		});
		const [execution, ...others] = await world.client.executions.waitForCount(1, {
			workflowId: workflow.id,
		});
		expect(others).toEqual([]);
		expect(execution.status).toBe('success');
		expect(execution.json(TRIGGER)).toEqual([payload]);
	});

	test.each([
		['the other event', { eventType: LINKED }],
		['no CRM block', { crm: null }],
	])('starts the workflow with %s', async (_name, change) => {
		const { url, executions } = await activate({});
		expect((await deliver(url, newPayload(change))).status).toBe(200);
		expect(await executions()).toHaveLength(1);
	});

	test.each(['application/octet-stream', 'text/plain', 'application/json; charset=utf-8'])(
		'starts the workflow when it is declared to be %s',
		async (contentType) => {
			const { workflow, url } = await activate({});
			const payload = newPayload();
			const body = JSON.stringify(payload);
			const headers = { ...signed(body), 'content-type': contentType };
			expect((await post(url, body, headers)).status).toBe(200);
			const [execution] = await world.client.executions.waitForCount(1, {
				workflowId: workflow.id,
			});
			expect(execution.json(TRIGGER)).toEqual([payload]);
		},
	);

	test('is accepted while the signing secret is being rotated, with either of the secrets', async () => {
		const { url, executions } = await activate({});
		const body = JSON.stringify(newPayload());
		const headers = signed(body);
		const other = new Webhook(newSigningSecret()).sign(headers['svix-id'], new Date(), body);
		headers['svix-signature'] = `${other} ${headers['svix-signature']}`;
		expect((await post(url, body, headers)).status).toBe(200);
		expect((await deliver(url, newPayload(), world.testSigningSecret)).status).toBe(200);
		expect(await executions()).toHaveLength(2);
	});
});

test('a delivery that is not ready, or whose event is not selected, is answered 200 with the reason and starts nothing', async () => {
	const { url, executions } = await activate({ events: [PROCESSED] });
	const answerTo = async (change: object) => await deliver(url, newPayload(change));
	const ignored = (reason: string) => ({ status: 200, body: { ignored: true, reason } });

	expect(await answerTo({ recordingProcessed: false })).toEqual(
		ignored('The recording is not processed yet'),
	);
	expect(await answerTo({ recordingLinked: false })).toEqual(
		ignored('The recording is not linked yet'),
	);
	expect(await answerTo({ recordingProcessed: false, recordingLinked: false })).toEqual(
		ignored('The recording is neither processed nor linked yet'),
	);
	expect(await answerTo({ eventType: LINKED })).toEqual(
		ignored(`The event "${LINKED}" is not selected in this Siro Trigger`),
	);
	expect(await answerTo({ eventType: 'something.else' })).toEqual(
		ignored('The event "something.else" is not selected in this Siro Trigger'),
	);
	expect(await executions()).toEqual([]);
});

describe('what Siro did not sign', () => {
	const REFUSAL = { status: 401, body: { error: 'The signature is missing or not valid' } };

	const newBody = () => JSON.stringify(newPayload());
	const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
	const without = (name: string, { ...headers }: Record<string, string>) => {
		delete headers[name];
		return headers;
	};

	const FORGERIES: Record<string, (body: string) => [string, Record<string, string>]> = {
		'no Svix headers': (body) => [body, { 'content-type': 'application/json' }],
		'no svix-id': (body) => [body, without('svix-id', signed(body))],
		'no svix-timestamp': (body) => [body, without('svix-timestamp', signed(body))],
		'no svix-signature': (body) => [body, without('svix-signature', signed(body))],
		'a bad signature': (body) => [
			body,
			{ ...signed(body), 'svix-signature': `v1,${btoa('x'.repeat(32))}` },
		],
		'an unknown secret': (body) => [body, signed(body, newSigningSecret())],
		'an altered body': (body) => [
			body,
			signed(body.replace('"recordingLinked":true', '"recordingLinked":false')),
		],
		'a body that was serialized again': (body) => [
			body,
			signed(JSON.stringify(JSON.parse(body), null, 2)),
		],
		'a timestamp more than 5 minutes ago': (body) => [
			body,
			signed(body, world.signingSecret, inMinutes(-6)),
		],
		'a timestamp more than 5 minutes ahead': (body) => [
			body,
			signed(body, world.signingSecret, inMinutes(6)),
		],
	};

	test('is answered 401 without a hint and starts nothing', async () => {
		const { url, executions } = await activate({});
		for (const [name, forge] of Object.entries(FORGERIES)) {
			const [body, headers] = forge(newBody());
			expect([name, await post(url, body, headers)]).toEqual([name, REFUSAL]);
		}
		expect(await executions()).toEqual([]);
	});

	test('is everything, when the credential has no signing secret', async () => {
		const credential = await world.client.credentials.create({
			name: 'Siro without a secret',
			type: 'siroApi',
			data: { ...world.credentialData, webhookSigningSecret: '' },
		});
		const { url, executions } = await activate({}, credential);
		expect(await deliver(url, newPayload())).toEqual(REFUSAL);
		expect(await executions()).toEqual([]);
	});
});

test('a signed body that is no Siro event is answered 400 with the fault and starts nothing', async () => {
	const { url, executions } = await activate({});
	const answerTo = async (body: string, contentType = 'application/json') =>
		await post(url, body, { ...signed(body), 'content-type': contentType });
	const fault = (error: string) => ({ status: 400, body: { error } });

	expect(await answerTo('no JSON', 'text/plain')).toEqual(fault('The body is not a JSON object'));
	expect(await answerTo('[]')).toEqual(fault('The body is not a JSON object'));
	expect(await answerTo('{}')).toEqual(fault('"eventType" is not text'));
	expect(await answerTo(JSON.stringify(newPayload({ recordingId: 7 })))).toEqual(
		fault('"recordingId" is not text'),
	);
	expect(await answerTo(JSON.stringify(newPayload({ recordingProcessed: 'true' })))).toEqual(
		fault('"recordingProcessed" is not true or false'),
	);
	expect(await answerTo(JSON.stringify(newPayload({ recordingLinked: 1 })))).toEqual(
		fault('"recordingLinked" is not true or false'),
	);
	expect(await answerTo(JSON.stringify(newPayload({ crm: [] })))).toEqual(
		fault('"crm" is not an object'),
	);
	// n8n itself answers what is not JSON but says so.
	expect((await answerTo('no JSON')).status).toBe(422);
	expect(await executions()).toEqual([]);
});

describe('with everything included', () => {
	const include = [
		...['recording', 'summary', 'extractions', 'crmUpdates'],
		...['rep', 'evaluationScore', 'followups'],
	];

	function addReadyRecording(given: NewRecording = {}): Recording {
		return world.siro.addRecording({
			title: 'Smith kitchen',
			durationInMilliseconds: 90_000,
			processed: true,
			link: { engagementExternalId: 'appt-1', opportunityExternalId: 'opp-1', createMissing: true },
			summary: [{ id: 's1', name: 'Next Steps', content: 'Send a proposal.' }],
			extractions: [
				{
					name: 'Budget',
					value: '$40,000',
					mappings: [{ crmModelName: 'Opportunity', crmFieldName: 'Budget__c' }],
				},
			],
			followups: [{ score: 5, context: [{ header: 'SCOPE', value: 'Oak' }] }],
			...given,
		});
	}

	test('fetches the recording once and puts it beside the payload', async () => {
		const { workflow, url } = await activate({ include });
		const recording = addReadyRecording();
		const payload = world.siro.webhookPayload(recording, PROCESSED);
		const before = world.siro.requests.length;

		expect((await deliver(url, payload)).status).toBe(200);

		expect(world.siro.requests.slice(before)).toMatchObject([
			{
				method: 'GET',
				path: `/v1/core/recordings/${recording.id}`,
				query: {
					showCrmLinks: 'true',
					showSummary: 'true',
					showEntityExtractions: 'true',
					showEvaluationScore: 'true',
					showFollowups: 'true',
				},
			},
			{ method: 'GET', path: `/v1/core/users/${recording.userId}` },
		]);
		const [execution] = await world.client.executions.waitForCount(1, { workflowId: workflow.id });
		expect(execution.json(TRIGGER)).toMatchObject([
			{
				recordingId: recording.id,
				recording: {
					id: recording.id,
					durationInMinutes: 1.5,
					crm: { engagement: { externalId: 'appt-1' }, opportunity: { externalId: 'opp-1' } },
				},
				summary: {
					recordingId: recording.id,
					text: 'Next Steps:\nSend a proposal.',
					byName: { 'Next Steps': 'Send a proposal.' },
				},
				extractions: [{ recordingId: recording.id, name: 'Budget', value: '$40,000' }],
				crmUpdates: [
					{
						crmModelName: 'Opportunity',
						externalId: 'opp-1',
						fields: { Budget__c: '$40,000' },
					},
				],
				rep: {
					id: recording.userId,
					name: 'John Sales',
					email: 'rep-123@kitchenremodel.example',
					externalId: 'rep-123',
				},
				evaluationScore: 82,
				followups: [{ score: 5, status: 'TO_DO', context: [{ header: 'SCOPE', value: 'Oak' }] }],
			},
		]);
	});

	test('asks for a rep once for many recordings at once, and starts without one who is gone', async () => {
		const { workflow, url } = await activate({ include: ['rep'] });
		const { id: userId } = world.siro.state.users.add({ firstName: 'Ann', externalId: 'rep-9' });
		const users = [userId, userId, userId, userId, userId, 'gone'];
		const recordings = users.map((user) => addReadyRecording({ userId: user }));
		const before = world.siro.requests.length;

		const answers = await Promise.all(
			recordings.map(
				async (recording) => await deliver(url, world.siro.webhookPayload(recording, PROCESSED)),
			),
		);

		expect(answers.map(({ status }) => status)).toEqual(users.map(() => 200));
		const paths = world.siro.requests.slice(before).map(({ path }) => path);
		expect(paths.filter((path) => path.includes('/users/')).sort()).toEqual(
			[`/v1/core/users/${userId}`, '/v1/core/users/gone'].sort(),
		);
		const executions = await world.client.executions.waitForCount(6, { workflowId: workflow.id });
		const reps = executions.map((execution) => execution.json(TRIGGER)[0].rep);
		expect(reps.filter((rep) => rep === null)).toHaveLength(1);
		expect(reps.filter((rep) => rep !== null)).toEqual(
			Array.from({ length: 5 }, () => ({
				id: userId,
				name: 'Ann',
				email: null,
				externalId: 'rep-9',
			})),
		);
	});

	test('asks for the delivery again while Siro cannot be asked, and emits nothing half-filled', async () => {
		const { url, executions } = await activate({ include });
		const recording = addReadyRecording();
		const payload = world.siro.webhookPayload(recording, LINKED);
		const trouble = world.siro.misbehave({ path: /recordings/, status: 500 });

		const started = Date.now();
		const answer = await deliver(url, payload);

		expect(answer.status).toBe(503);
		expect(answer.body).toEqual({
			error: expect.stringMatching(/something went wrong inside Siro \(status 500\)/) as string,
		});
		expect(Date.now() - started).toBeLessThan(15_000);
		expect(await executions()).toEqual([]);
		expect(world.n8n.logs).toContain(`asked Siro to deliver recording ${recording.id} again`);

		trouble.stop();
		expect((await deliver(url, payload)).status).toBe(200);
		expect(await executions()).toHaveLength(1);
	});

	test('waits for what Siro has not finished until the third delivery of a message, over a restart', async () => {
		const { workflow, url } = await activate({ include });
		const recording = addReadyRecording();
		world.siro.updateRecording(recording.id, { isSummaryDone: false, summary: [] });
		const body = JSON.stringify(world.siro.webhookPayload(recording, PROCESSED));
		const deliver = async (messageId: string) =>
			await post(url, body, sign(body, world.signingSecret, { messageId }));

		for (const messageId of ['msg_1', 'msg_2', 'msg_1']) {
			expect((await deliver(messageId)).status).toBe(503);
		}
		await world.n8n.restart();
		expect((await deliver('msg_1')).body).toMatchObject({ started: true });
		expect((await deliver('msg_2')).body).toMatchObject({ ignored: true });

		const [execution] = await world.client.executions.waitForCount(1, { workflowId: workflow.id });
		expect(execution.json(TRIGGER)).toMatchObject([
			{ notReady: ['summary'], summary: { sections: [] }, recording: { id: recording.id } },
		]);
	});

	test('does not start with a recording that Siro does not have, but shows it in the editor', async () => {
		const { workflow, url, executions } = await activate({ include });
		const payload = newPayload();
		const body = JSON.stringify(payload);
		expect(await post(url, body, signed(body))).toEqual({
			status: 200,
			body: { ignored: true, reason: expect.stringContaining('Siro has no recording') as string },
		});
		expect(await executions()).toEqual([]);

		const listener = await world.client.workflows.listen(workflow);
		await post(listener.url, body, signed(body, world.testSigningSecret));
		const shown = await listener.execution();
		expect(shown.json(TRIGGER)).toEqual([{ ...payload, notReady: include }]);
	});

	test('gives up on a silent Siro within 10 seconds', async () => {
		const { url, executions } = await activate({ include: ['summary'] });
		const recording = addReadyRecording();
		const payload = world.siro.webhookPayload(recording, LINKED);
		const trouble = world.siro.misbehave({ path: /recordings/, delayMs: 20_000 });

		const started = Date.now();
		const answer = await deliver(url, payload);
		trouble.stop();

		expect(answer.status).toBe(503);
		// Svix gives up after 15 seconds.
		expect(Date.now() - started).toBeLessThan(14_000);
		expect(await executions()).toEqual([]);
	});
});

describe('a malformed signing secret', () => {
	const MESSAGE = /webhook signing secret .*in the Siro credential is not valid/;

	async function createMalformedCredential() {
		return await world.client.credentials.create({
			name: 'Siro with a malformed secret',
			type: 'siroApi',
			data: { ...world.credentialData, webhookSigningSecret: 'whsec_not base64!' },
		});
	}

	test('is reported when the workflow is activated', async () => {
		const workflow = await createTriggerWorkflow(world, {}, await createMalformedCredential());
		await expect(world.client.workflows.activate(workflow)).rejects.toThrow(MESSAGE);
	});

	test('is reported when the trigger is told to listen', async () => {
		const workflow = await createTriggerWorkflow(world, {}, await createMalformedCredential());
		await expect(world.client.workflows.listen(workflow)).rejects.toThrow(MESSAGE);
	});
});

test('the test URL shows a signed delivery in the editor', async () => {
	const workflow = await createTriggerWorkflow(world, {});
	const { url, execution } = await world.client.workflows.listen(workflow);
	const payload = newPayload();
	expect((await deliver(url, payload, world.testSigningSecret)).status).toBe(200);
	expect((await execution()).json(TRIGGER)).toEqual([payload]);
});

test('a wrong organization token shows as a clear failure in the credential dialog, a right one passes', async () => {
	expect(await world.client.credentials.test(world.credential)).toMatchObject({ status: 'OK' });
	const wrong = await world.client.credentials.create({
		name: 'Siro with a wrong token',
		type: 'siroApi',
		data: { ...world.credentialData, organizationToken: 'wrong', useOAuthApp: false },
	});
	expect(await world.client.credentials.test(wrong)).toMatchObject({
		status: 'Error',
		message:
			'Siro did not accept the token. Check the organization token, or the client app’s ID and secret.',
	});
});

test('no secret is in any log line', () => {
	for (const secret of [
		world.signingSecret,
		world.testSigningSecret,
		world.siro.organizationToken,
		world.siro.oauthApp.clientSecret,
	]) {
		expect(world.n8n.logs).not.toContain(secret);
	}
});
