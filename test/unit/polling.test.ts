/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- test code runs in Node, never inside n8n */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { Webhook } from 'svix';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import { SiroTrigger } from '../../nodes/Siro/SiroTrigger.node';
import { USER_AGENT } from '../../nodes/Siro/api/surfaces';
import { deliverWebhook, recordedLogs, saveWorkflow, storeCredential } from '../engine';
import { DAY, HOUR, MINUTE, PolledSiro } from './polling/polled-siro';
import type { Simulator, SimulatorOptions } from '../siro';

jest.setTimeout(300_000);

const LISTED = ['GET', '/v1/core/recordings'] as const;
const LINK = { engagementExternalId: 'appt-1', createMissing: true };

let world: PolledSiro;

afterEach(async () => await world?.stop());

let seed = 0;

/** A Siro that is polled, with a token of its own; the workflow is active unless told otherwise. */
async function startPolling(
	parameters: INodeParameters = {},
	{ isActive = true, ...options }: SimulatorOptions & { isActive?: boolean } = {},
): Promise<PolledSiro> {
	seed += 1;
	world = await PolledSiro.start({ include: [], ...parameters }, { randomSeed: seed, ...options });
	if (isActive) expect(await world.poll()).toEqual([]);
	return world;
}

describe('the first poll', () => {
	test('emits nothing that was ready before, not even when it is changed later', async () => {
		const { siro } = await startPolling({}, { isActive: false });
		const { id } = world.addReady();

		expect(await world.poll()).toEqual([]);
		world.pass(MINUTE);
		siro.updateRecording(id, { title: 'Changed' });
		expect(await world.poll()).toEqual([]);
	});

	test('leaves alone what becomes ready afterwards, however old it is within the time to look back', async () => {
		const { siro } = await startPolling({}, { isActive: false });
		const created = (days: number) =>
			siro.addRecording({ createdAt: world.ago(days * DAY), processed: true }).id;
		const [younger, older] = [created(29), created(31)];
		await world.poll();

		world.pass(MINUTE);
		for (const id of [younger, older]) siro.linkRecording(id, LINK);
		expect(await world.pollIds()).toEqual([younger]);
	});

	test('emits what was made since the start date, once, and nothing older', async () => {
		await startPolling(
			{ startFrom: 'date', startDate: '2026-02-25T03:00:00', include: ['summary'] },
			{ isActive: false },
		);
		// n8n's time zone is New York, five hours behind UTC.
		const before = world.addReady({ createdAt: '2026-02-25T07:59:59.999Z' });
		const since = world.addReady({ createdAt: '2026-02-25T08:00:00.000Z' });

		expect(await world.pollIds()).toEqual([since.id]);
		world.pass(MINUTE);
		world.siro.updateRecording(before.id, { title: 'Changed' });
		world.siro.updateRecording(since.id, { title: 'Changed' });
		expect(await world.poll()).toEqual([]);
	});

	test('begins anew when the start is changed, without emitting anything twice', async () => {
		await startPolling({}, { isActive: false });
		const old = world.addReady();
		expect(await world.poll()).toEqual([]);
		world.pass(DAY);
		const emitted = world.addReady();
		expect(await world.pollIds()).toEqual([emitted.id]);

		world.reconfigure({ startFrom: 'date', startDate: world.ago(2 * DAY) });
		expect(await world.pollIds()).toEqual([old.id]);

		world.addReady();
		world.reconfigure({ startFrom: 'now' });
		expect(await world.poll()).toEqual([]);
		world.pass(MINUTE);
		const next = world.addReady();
		expect(await world.pollIds()).toEqual([next.id]);
	});

	test.each([
		['2026-01-01T00:00', 'The Start Date is too long ago'],
		['02/03/2026', 'Start Date: "02/03/2026" is not a clear date and time'],
	])('says what is wrong with the start date %s', async (startDate, message) => {
		await startPolling({ startFrom: 'date', startDate }, { isActive: false });

		await expect(world.poll()).rejects.toMatchObject({
			name: 'NodeOperationError',
			message,
			description: expect.stringMatching(/\w/),
		});
	});
});

describe('parameters from expressions', () => {
	test('say nothing when they are blank, and are read whatever their case', async () => {
		const { siro } = await startPolling(
			{
				waitFor: '={{ null }}',
				include: '={{ ["Summary", null, "CRM Updates"] }}',
				startFrom: '={{ "" }}',
				options: { lookBack: '={{ null }}', waitNoLonger: '={{ undefined }}' },
			} as INodeParameters,
			{ isActive: false },
		);
		const { id } = siro.addRecording({ createdAt: world.ago(29 * DAY), processed: true });
		await world.poll();

		world.pass(MINUTE);
		siro.linkRecording(id, LINK);
		expect(await world.poll()).toMatchObject([{ summary: {}, crmUpdates: expect.any(Array) }]);
	});

	test.each([
		[{ waitFor: '={{ ["scorecard"] }}' }, /^Wait For: "scorecard" is not one of/],
		[{ options: { lookBack: '={{ "a month" }}' } }, /^Look Back .*"a month" is not a number$/],
	])('are refused by name when they cannot be meant: %j', async (parameters, message) => {
		await startPolling(parameters, { isActive: false });

		await expect(world.poll()).rejects.toMatchObject({
			name: 'NodeOperationError',
			message: expect.stringMatching(message),
		});
	});
});

describe('a recording', () => {
	test('has the fields and values that the webhook trigger gives', async () => {
		const include = ['crmUpdates', 'extractions', 'recording', 'summary'];
		const { siro } = await startPolling({ include });
		const recording = world.addReady({
			title: 'Kitchen',
			link: { ...LINK, contactExternalIds: ['contact-1'] },
		});
		jest.setSystemTime(world.now);
		const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
		const body = JSON.stringify(siro.webhookPayload(recording, 'integrations.recordingLinked'));
		const { workflowData } = await deliverWebhook(
			saveWorkflow({
				nodeType: new SiroTrigger(),
				parameters: { events: ['integrations.recordingLinked'], include },
				credential: storeCredential(new SiroApi(), {
					organizationToken: siro.organizationToken,
					externalApiUrl: siro.externalApiUrl,
					webhookSigningSecret: secret,
				}),
			}),
			{
				body,
				headers: {
					'svix-id': 'msg_1',
					'svix-timestamp': String(Math.floor(world.now / 1000)),
					'svix-signature': new Webhook(secret).sign('msg_1', new Date(world.now), body),
				},
			},
		);
		const delivered = workflowData?.[0][0].json ?? {};

		const [polled] = await world.poll();

		expect(delivered.recordingId).toBe(recording.id);
		expect({ ...polled, eventType: delivered.eventType }).toEqual(delivered);
		expect(polled.eventType).toBe('polling');
		expect(Object.keys(polled)).toEqual(expect.arrayContaining(include));
	});

	test('comes without any further request when nothing is included', async () => {
		const { siro } = await startPolling();
		const { id, userId } = world.addReady();
		siro.clearRequests();

		expect(await world.poll()).toMatchObject([
			{
				recordingId: id,
				siroUserId: userId,
				recordingProcessed: true,
				recordingLinked: true,
				crm: { engagement: { externalId: 'appt-1' } },
			},
		]);
		expect(siro.requests.every(({ path }) => path === LISTED[1])).toBe(true);
	});

	test('is waited for until it is processed, linked, and all that was chosen is done', async () => {
		const { siro } = await startPolling({
			waitFor: ['summary', 'extractions', 'evaluationScore'],
		});
		const { id } = siro.addRecording();
		const steps = [
			{ isProcessingDone: true },
			{ isSummaryDone: true },
			{ isEntityExtractionDone: true },
			{ evaluationScore: 80 },
		];
		for (const step of steps) {
			world.pass(MINUTE);
			siro.updateRecording(id, step);
			expect(await world.poll()).toEqual([]);
		}
		world.pass(MINUTE);
		siro.linkRecording(id, LINK);
		expect(await world.pollIds()).toEqual([id]);
		world.pass(MINUTE);
		expect(await world.poll()).toEqual([]);
	});

	test.each([
		['the score', ['evaluationScore'], { evaluationScore: null }],
		[
			'the summary and the extractions',
			['summary', 'extractions'],
			{ isSummaryDone: false, isEntityExtractionDone: false },
		],
	])(
		'that never has %s comes without after the hours of "Wait No Longer", once',
		async (_what, waitFor, missing) => {
			const include = ['recording', 'summary'];
			await startPolling({ waitFor, include, options: { waitNoLonger: 24 } });
			const { siro } = world;
			const { id, updatedAt } = world.addReady();
			siro.updateRecording(id, { ...missing, updatedAt });
			world.pass(23 * HOUR);
			expect(await world.poll()).toEqual([]);

			const came: IDataObject[] = [];
			for (let minute = 0; minute <= 120; minute += 10) {
				world.pass(10 * MINUTE);
				came.push(...(await world.poll()));
			}
			expect(came).toMatchObject([{ recordingId: id, recording: { id } }]);
			expect(came[0].notReady).toEqual('isSummaryDone' in missing ? ['summary'] : undefined);

			siro.updateRecording(id, {
				evaluationScore: 70,
				isSummaryDone: true,
				isEntityExtractionDone: true,
			});
			expect(await world.poll()).toEqual([]);
		},
	);

	test('that is not processed, or not linked, is waited for all the same', async () => {
		await startPolling({ waitFor: ['summary'], options: { waitNoLonger: 1 } });
		const { siro } = world;
		siro.addRecording({ processed: true });
		siro.addRecording({ link: LINK });
		for (let minute = 0; minute <= 180; minute += 10) {
			world.pass(10 * MINUTE);
			expect(await world.poll()).toEqual([]);
		}
	});

	test('that was given up before the trigger began does not come', async () => {
		await startPolling({ waitFor: ['summary'], options: { waitNoLonger: 1 } }, { isActive: false });
		const { id, updatedAt } = world.addReady({ createdAt: world.ago(2 * HOUR) });
		world.siro.updateRecording(id, { isSummaryDone: false, updatedAt });
		for (let minute = 0; minute <= 90; minute += 10) {
			expect(await world.poll()).toEqual([]);
			world.pass(10 * MINUTE);
		}
	});

	test('need not have what was not chosen', async () => {
		const { siro } = await startPolling({ waitFor: [] });
		const { id } = world.addReady();
		siro.updateRecording(id, { isSummaryDone: false, isEntityExtractionDone: false });

		expect(await world.pollIds()).toEqual([id]);
	});

	test('is found when the score arrives late, although large pages would hide it', async () => {
		const { siro } = await startPolling({ waitFor: ['evaluationScore'] });
		const ids = Array.from({ length: 60 }, () => world.addReady({ evaluationScore: null }).id);
		expect(await world.poll()).toEqual([]);

		world.pass(30 * MINUTE);
		const { updatedAt } = siro.state.recordings.all()[0];
		for (const id of ids) siro.updateRecording(id, { evaluationScore: 75, updatedAt });
		expect((await world.pollIds()).sort()).toEqual(ids.sort());
	});

	test.each([[1], [3 * 24], [20 * 24]])(
		'is found within an hour when its summary leaves no trace, %i hours after its last update',
		async (hours) => {
			const { siro } = await startPolling();
			const { id, updatedAt } = world.addReady();
			siro.updateRecording(id, { isSummaryDone: false, updatedAt });
			world.pass(hours * HOUR);
			expect(await world.poll()).toEqual([]);
			world.addReady();
			expect(await world.poll()).toHaveLength(1);

			siro.updateRecording(id, { isSummaryDone: true, updatedAt });
			const emitted: unknown[] = [];
			for (let minute = 0; minute <= 60; minute++) {
				world.pass(MINUTE);
				emitted.push(...(await world.pollIds()));
			}
			expect(emitted).toEqual([id]);
		},
	);

	test('that Siro shows late, with an earlier time than one before it, is found', async () => {
		await startPolling();
		world.addReady();
		expect(await world.poll()).toHaveLength(1);

		world.pass(MINUTE);
		const late = world.addReady({ createdAt: world.ago(90 * MINUTE) });
		expect(await world.pollIds()).toEqual([late.id]);
	});

	test.each([[-10], [10]])(
		'comes at the next poll when n8n’s clock is %i hours ahead',
		async (hours) => {
			await startPolling({}, { isActive: false });
			world.skew = hours * HOUR;
			await world.poll();
			for (let polls = 0; polls < 3; polls++) {
				world.pass(MINUTE);
				const { id } = world.addReady();
				expect(await world.pollIds()).toEqual([id]);
			}
		},
	);

	test('is told from another one that was updated at the very same moment', async () => {
		await startPolling();
		const first = world.addReady();
		expect(await world.pollIds()).toEqual([first.id]);

		const second = world.addReady({ createdAt: first.createdAt, updatedAt: first.updatedAt });
		expect(await world.pollIds()).toEqual([second.id]);
	});

	test('that is deleted never comes, and one whose link is taken off comes when it is linked again', async () => {
		const { siro } = await startPolling();
		siro.deleteRecording(world.addReady().id);
		const { id } = world.addReady();
		siro.unlinkRecording(id);
		expect(await world.poll()).toEqual([]);

		siro.linkRecording(id, LINK);
		expect(await world.pollIds()).toEqual([id]);
	});

	test.each([
		['gone', { status: 404 }],
		['deleted', { status: 200, body: { deleted: true, crm: {} } }],
		['no longer linked', { status: 200, body: { deleted: false, crm: null } }],
	])(
		'that is %s by the time it is fetched does not keep others from coming',
		async (_how, answer) => {
			const { siro } = await startPolling({ include: ['summary'] });
			const [gone, there] = [world.addReady(), world.addReady()];
			siro.misbehave({ path: new RegExp(gone.id), ...answer });

			expect(await world.pollIds()).toEqual([there.id]);
			siro.behave();
			expect(await world.pollIds()).toEqual([gone.id]);
		},
	);
});

test('several pages of recordings updated at the same moment all come, once', async () => {
	const { siro } = await startPolling();
	const ids = Array.from({ length: 230 }, () => world.addReady().id);
	siro.clearRequests();

	expect((await world.pollIds()).sort()).toEqual(ids.sort());
	expect(siro.requestsTo(...LISTED).length).toBeGreaterThanOrEqual(3);
	expect(await world.poll()).toEqual([]);
});

test('a poll asks for what was updated since, two hours earlier, and may be ready', async () => {
	const { siro } = await startPolling({ waitFor: ['summary', 'extractions'] });
	world.pass(10 * DAY);
	world.addReady();
	await world.poll();
	siro.clearRequests();
	await world.poll();

	const [{ query, headers }, ...others] = siro.requestsTo(...LISTED);
	expect(others).toEqual([]);
	expect(query).toEqual({
		'updatedAt:gte': world.ago(2 * HOUR),
		isProcessingDone: 'true',
		isSummaryDone: 'true',
		isEntityExtractionDone: 'true',
		showCrmLinks: 'true',
		pageSize: '100',
	});
	expect(headers).toMatchObject({ 'user-agent': USER_AGENT });
});

describe('a recording whose details Siro cannot give', () => {
	const breakDown = (ids: string[], status = 400) =>
		world.siro.misbehave({ path: new RegExp(ids.join('|')), status });

	// Not 500, after which each request is repeated for seconds.
	test.each([[400], [403]])(
		'with %i: is left out for days, while the others come, and comes once when it is mended',
		async (status) => {
			await startPolling({ include: ['summary'] });
			const broken = [world.addReady().id, world.addReady().id];
			const trouble = breakDown(broken, status);
			for (let day = 0; day < 4; day++) {
				const { id } = world.addReady();
				expect(await world.pollIds()).toEqual([id]);
				world.pass(12 * HOUR);
				world.siro.clearRequests();
				await expect(world.poll()).rejects.toThrow('Could not get a recording that is ready');
				for (const each of broken) {
					expect(world.siro.requests.some(({ path }) => path.includes(each))).toBe(true);
				}
				world.pass(12 * HOUR);
				world.restartN8n();
			}
			for (const each of broken) {
				expect(recordedLogs()).toContainEqual(
					expect.objectContaining({
						level: 'warn',
						message: expect.stringMatching(
							new RegExp(`${each}.*next poll.*Could not get`),
						) as string,
					}),
				);
			}

			trouble.stop();
			expect((await world.pollIds()).sort()).toEqual([...broken].sort());
			world.restartN8n();
			world.pass(HOUR);
			expect(await world.poll()).toEqual([]);
		},
	);

	test('does not keep later polls from beginning where the last one ended', async () => {
		const { siro } = await startPolling({ include: ['summary'] });
		breakDown([world.addReady().id]);
		world.pass(10 * DAY);
		world.addReady();
		await world.poll();
		world.addReady();
		siro.clearRequests();
		await world.poll();
		const [{ query }] = siro.requestsTo(...LISTED);
		expect(query['updatedAt:gte']).toBe(world.ago(2 * HOUR));
	});

	test('is forgotten when it is deleted, or is older than the trigger looks back', async () => {
		const { siro } = await startPolling({ include: ['summary'] });
		const [deleted, old] = [world.addReady().id, world.addReady().id];
		const trouble = breakDown([deleted, old]);
		world.addReady();
		expect(await world.poll()).toHaveLength(1);

		trouble.stop();
		siro.deleteRecording(deleted);
		breakDown([old]);
		for (const days of [0, 31]) {
			world.pass(days * DAY);
			world.addReady();
			expect(await world.poll()).toHaveLength(1);
		}
		siro.clearRequests();
		expect(await world.poll()).toEqual([]);
		expect(siro.requests.some(({ path }) => path.includes(old))).toBe(false);
	});
});

describe('a poll that fails', () => {
	/** Since when it looks for what is new; its looks at the past have an end. */
	const beginOfPoll = (siro: Simulator) =>
		siro.requestsTo(...LISTED).find(({ query }) => query['updatedAt:lt'] === undefined)?.query[
			'updatedAt:gte'
		];

	test.each([
		['in the middle of the list', /recordings$/, 'Could not look for recordings that are ready'],
		['for each that it fetches', /recordings\/.+/, 'Could not get a recording that is ready'],
	])('%s changes nothing, and the next one emits all', async (_where, path, message) => {
		const { siro } = await startPolling({ include: ['summary'] }, { isActive: false });
		world.addReady();
		await world.poll();
		const ids = Array.from({ length: 230 }, () => world.addReady().id);
		world.pass(3 * HOUR);
		const before = JSON.stringify(world.saved.nodeStaticData);
		let requests = 0;
		const later = path.test('/v1/core/recordings') ? 2 : 1;
		const fails = { test: (tested: string) => path.test(tested) && ++requests >= later };
		siro.misbehave({ path: Object.assign(new RegExp(''), fails), status: 403 });
		siro.clearRequests();

		const failure: unknown = await world.poll().catch((error: unknown) => error);

		expect(failure).toMatchObject({ name: 'NodeApiError', httpCode: '403' });
		expect(String(failure)).toContain(message);
		expect(JSON.stringify(failure)).not.toContain(siro.organizationToken);
		expect(JSON.stringify(world.saved.nodeStaticData)).toBe(before);
		siro.behave();
		const begin = beginOfPoll(siro);
		siro.clearRequests();
		world.pass(HOUR);
		expect((await world.pollIds()).sort()).toEqual(ids.sort());
		expect(beginOfPoll(siro)).toBe(begin);
		expect(await world.poll()).toEqual([]);
	});

	test('does not switch the trigger off while n8n starts, if Siro just could not be reached', async () => {
		const { siro } = await startPolling();
		const { id } = world.addReady();
		world.restartN8n();
		siro.misbehave({ html: true, status: 200 });

		expect(await world.poll()).toEqual([]);
		expect(recordedLogs()).toContainEqual(
			expect.objectContaining({
				level: 'warn',
				message: expect.stringContaining('will try again at its next poll'),
			}),
		);
		await expect(world.poll()).rejects.toThrow('Could not look for recordings');
		siro.behave();
		expect(await world.pollIds()).toEqual([id]);
	});

	test('does not because of one recording that Siro does not give', async () => {
		const { siro } = await startPolling({ include: ['summary'] });
		const { id } = world.addReady();
		world.restartN8n();
		siro.misbehave({ path: new RegExp(`recordings/${id}`), status: 403 });

		expect(await world.poll()).toEqual([]);
		expect(recordedLogs()).toContainEqual(
			expect.objectContaining({ message: expect.stringContaining(`skipped recording ${id}`) }),
		);
		await expect(world.poll()).rejects.toThrow('Siro does not allow this');
		const other = world.addReady();
		expect(await world.pollIds()).toEqual([other.id]);
		siro.behave();
		expect(await world.pollIds()).toEqual([id]);
	});

	test('does so for a wrong token, and when the workflow is activated for the first time', async () => {
		const { siro } = await startPolling();
		world.restartN8n();
		siro.misbehave({ status: 401 });
		await expect(world.poll()).rejects.toThrow('did not accept the organization token');

		siro.behave();
		world.reconfigure({});
		siro.misbehave({ html: true, status: 200 });
		await expect(world.poll()).rejects.toThrow('Could not look for recordings');
	});

	test.each([
		['wrong client secret', { clientSecret: 'another-secret' }, 'the client secret is wrong'],
		['missing OAuth app', { useOAuthApp: false }, 'has only an organization token'],
	])('does so for a %s', async (_fault, change, message) => {
		await startPolling({ triggerOn: 'followup' });
		world.restartN8n();
		Object.assign(world.credential.data, change, { accessToken: '' });

		await expect(world.poll()).rejects.toThrow(message);
	});

	test('names what is wrong with Siro’s answer', async () => {
		const { siro } = await startPolling();
		siro.misbehave({ status: 200, body: { data: [{ id: 'rec-1' }], cursor: null } });

		await expect(world.poll()).rejects.toThrow(
			'expected recordings with id, createdAt and updatedAt, got one without',
		);
	});
});

describe('the memory', () => {
	test('may be lost after each poll that emits nothing: nothing is skipped, nothing comes twice', async () => {
		const { siro } = await startPolling();
		const emitted = world.addReady();
		expect(await world.poll()).toHaveLength(1);

		const pending = siro.addRecording({ processed: true });
		for (let hours = 0; hours < 30; hours++) {
			world.pass(HOUR);
			siro.updateRecording(emitted.id, {});
			siro.addRecording();
			expect(await world.poll()).toEqual([]);
			if (hours % 2 === 0) world.loseUnsavedMemory();
			else world.restartN8n();
		}
		siro.linkRecording(pending.id, LINK);
		expect(await world.pollIds()).toEqual([pending.id]);
		world.restartN8n();
		expect(await world.poll()).toEqual([]);
	});

	test('is shared by two polls at once, of which one does nothing', async () => {
		await startPolling();
		const { id } = world.addReady();

		const both = await Promise.all([world.pollIds(), world.pollIds()]);

		expect(both.sort()).toEqual([[], [id]]);
	});

	describe('survives that the trigger is renamed', () => {
		test('nothing that was emitted comes again, and what came meanwhile is not lost', async () => {
			await startPolling();
			const { id } = world.addReady();
			expect(await world.pollIds()).toEqual([id]);

			for (const name of ['Ready recordings', 'Siro Polling Trigger', 'Ready recordings']) {
				world.pass(10 * DAY);
				const missed = world.addReady();
				world.rename(name);
				expect(await world.pollIds()).toEqual([missed.id]);
			}
			expect(await world.poll()).toEqual([]);
		});

		test('whatever n8n has not stored of it', async () => {
			await startPolling();
			const { id } = world.addReady();
			expect(await world.pollIds()).toEqual([id]);
			world.pass(DAY);
			expect(await world.poll()).toEqual([]);

			const missed = world.addReady();
			world.loseUnsavedMemory();
			world.rename('Ready recordings');
			expect(await world.pollIds()).toEqual([missed.id]);
		});

		test('but a node’s own memory leads, however old the other one is', async () => {
			await startPolling();
			world.addReady();
			expect(await world.poll()).toHaveLength(1);
			const older = JSON.stringify(world.saved.staticData?.global);
			world.pass(MINUTE);
			world.addReady();
			expect(await world.poll()).toHaveLength(1);

			// As n8n's newer scheduler may leave it, which keeps a node's own memory elsewhere, by its ID.
			world.saved.staticData = { ...world.saved.staticData, global: JSON.parse(older) };
			world.rename('Ready recordings');
			world.saved.staticData[`node:Ready recordings`] =
				world.saved.staticData['node:Siro Polling Trigger'];
			expect(await world.poll()).toEqual([]);
		});

		test.each([
			['a copy of the node', () => (world.saved.node.id = 'id of a copy')],
			['a copy of the workflow', () => world.reconfigure({})],
		])('but not for %s', async (_whose, change) => {
			await startPolling({ startFrom: 'date', startDate: '2026-03-01T00:00' });
			const { id } = world.addReady();
			expect(await world.pollIds()).toEqual([id]);
			change();
			world.rename('Siro Polling Trigger1');
			expect(await world.pollIds()).toEqual([id]);
		});
	});

	test('of a workflow that was inactive makes up for the time since', async () => {
		await startPolling();
		world.addReady();
		await world.poll();
		world.pass(MINUTE);
		const missed = [world.addReady().id];
		world.pass(20 * DAY);
		missed.push(world.addReady().id);

		world.reconfigure({});
		expect(await world.pollIds()).toEqual(missed);
	});
});

describe('a test in the editor', () => {
	test('shows the recording that was updated last among those that are ready, and remembers nothing', async () => {
		const { siro } = await startPolling({ include: ['recording'] }, { isActive: false });
		world.addReady({ title: 'Older', createdAt: world.ago(6 * DAY) });
		world.addReady({ title: 'Latest', createdAt: world.ago(5 * DAY) });
		siro.deleteRecording(world.addReady().id);
		siro.addRecording({ processed: true });

		for (let tests = 0; tests < 2; tests++) {
			expect(await world.test()).toMatchObject([{ recording: { title: 'Latest' } }]);
		}
		expect(world.saved.staticData).toBeUndefined();
	});

	test('says so when there is none', async () => {
		await startPolling({}, { isActive: false });
		world.addReady({ createdAt: world.ago(31 * DAY) });

		await expect(world.test()).rejects.toMatchObject({
			message: 'No recording from the last 30 days is ready',
			description: expect.stringContaining('extractions, summary'),
		});
	});
});
