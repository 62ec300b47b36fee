import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { toSiroCredential } from '../../nodes/Siro/api/credential';
import { tokenLimit } from '../../nodes/Siro/api/rateLimit';
import { fetchRep } from '../../nodes/Siro/recordings/rep';
import { recordedLogs, recordedRequests, siroApi, type DeliveryOutcome } from '../engine';
import {
	deliver,
	LINKED,
	REPEATED,
	saveTrigger,
	started,
	TriggerInProcesses,
} from './webhook/delivered-trigger';

const EVERYTHING = ['recording', 'summary', 'extractions', 'crmUpdates'];
const REP = { id: 'user-1', name: 'Alex Rep', email: 'alex@example.com', externalId: 'rep-1' };

const RECORDING = {
	id: 'recording-1',
	title: 'Kitchen',
	isProcessingDone: true,
	isSummaryDone: true,
	isEntityExtractionDone: true,
	summary: [{ id: '1', name: 'Next Steps', content: 'Send the offer' }],
	entityExtractions: [
		{
			name: 'Budget',
			value: '$40,000' as string | string[],
			mappings: [{ crmModelName: 'Opportunity', crmFieldName: 'Amount' }],
		},
	],
	crm: null as IDataObject | null,
	userId: 'user-1',
	evaluationScore: 82 as number | null,
	followups: [
		{ followupId: 'follow-up-1', score: 4, context: [{ header: 'SCOPE', value: 'Oak' }] },
	],
};

/** Siro's answer to the next request for a user. */
function answersUser(id: string, status = 200) {
	const user = { id, firstName: 'Alex', lastName: 'Rep', email: REP.email, externalId: 'rep-1' };
	siroApi()
		.get(`/v1/core/users/${id}`)
		.reply(status, status === 200 ? user : { error: 'Not now' });
}

const LINKS = {
	integrationConnectionId: 'connection-1',
	users: [],
	contacts: [],
	opportunity: { id: 'siro-1', externalId: 'opp-1' },
};

/** Siro's answers to the next requests for the recording, one each. */
function answers(...recordings: Array<Partial<typeof RECORDING>>) {
	for (const recording of recordings) {
		siroApi()
			.get('/v1/core/recordings/recording-1')
			.query(true)
			.reply(200, { ...RECORDING, ...recording });
	}
}

const emitted = ({ workflowData }: DeliveryOutcome) => workflowData?.[0][0].json;

test('takes the links from the delivery while Siro does not show them with the recording yet', async () => {
	answers({ crm: null }, { crm: { ...LINKS, integrationConnectionId: 'connection-2' } });
	const trigger = saveTrigger({ include: EVERYTHING, options: { deduplicate: 'off' } });
	const link = async () => emitted(await deliver(trigger, { crm: LINKS }));

	for (const connection of ['connection-1', 'connection-2']) {
		expect(await link()).toMatchObject({
			recording: {
				crm: { integrationConnectionId: connection, opportunity: { externalId: 'opp-1' } },
			},
			crmUpdates: [{ integrationConnectionId: connection, externalId: 'opp-1' }],
		});
	}
});

test('brings the rep, the score and the follow-ups along', async () => {
	answers({});
	answersUser('user-1');
	const include = ['rep', 'evaluationScore', 'followups', 'recording'];

	const json = emitted(await deliver(saveTrigger({ include }), {}));

	const { evaluationScore, followups } = RECORDING;
	expect(json).toMatchObject({
		rep: REP,
		evaluationScore,
		followups,
		recording: { id: 'recording-1' },
	});
	for (const name of include) expect(json?.recording).not.toHaveProperty(name);
});

describe('the rep', () => {
	afterEach(() => jest.restoreAllMocks());

	/** A Siro that knows every user, and the paths that it was asked for. */
	function knowingSiro(caller: string) {
		const asked: string[] = [];
		const record = async ({ path }: { path: string }) => {
			asked.push(path);
			return {};
		};
		return { caller, asked, record, warn: () => {} };
	}

	/** The rep of what a delivery starts, when the recording is this user's. */
	async function repOf(userId?: string) {
		answers({ userId });
		const trigger = saveTrigger({ include: ['rep'], options: { deduplicate: 'off' } });
		return emitted(await deliver(trigger, {}))?.rep;
	}

	test('is asked for once by many deliveries at once', async () => {
		answersUser('user-2');
		const reps = await Promise.all(Array.from({ length: 5 }, async () => await repOf('user-2')));
		expect(reps).toEqual(Array.from({ length: 5 }, () => ({ ...REP, id: 'user-2' })));
	});

	test('is kept for ten minutes, for one caller', async () => {
		const [siro, other] = [knowingSiro('one'), knowingSiro('other')];
		const begun = Date.now();
		const clock = jest.spyOn(Date, 'now');
		for (const minutes of [0, 9.9, 10.1]) {
			clock.mockReturnValue(begun + minutes * 60_000);
			await fetchRep(siro, 'user-1');
		}
		await fetchRep(other, 'user-1');
		expect([siro.asked, other.asked]).toMatchObject([{ length: 2 }, { length: 1 }]);
	});

	test('is kept among the thousand that were asked for last', async () => {
		const siro = knowingSiro('one');
		for (let user = 0; user <= 1_000; user++) await fetchRep(siro, `one-${user}`);
		for (const user of ['one-1', 'one-0']) await fetchRep(siro, user);
		expect(siro.asked.slice(1_001)).toEqual(['/v1/core/users/one-0']);
	});

	test.each([400, 403, 404])(
		'whom Siro does not have or show (%i) does not hold up the recording, and the log says why',
		async (status) => {
			answersUser(`gone-${status}`, status);
			expect(await repOf(`gone-${status}`)).toBeNull();
			expect(recordedLogs()).toContainEqual(
				expect.objectContaining({
					level: 'warn',
					message: expect.stringContaining(
						`without the rep (Siro user "gone-${status}")`,
					) as string,
				}),
			);
		},
	);

	test('is null when the recording names no user', async () => {
		expect(await repOf(undefined)).toBeNull();
	});

	test('who cannot be asked for now has the delivery come again, and is not remembered as such', async () => {
		answersUser('user-3', 401);
		expect(await repOf('user-3')).toBeUndefined();
		answersUser('user-3');
		expect(await repOf('user-3')).toEqual({ ...REP, id: 'user-3' });
	});

	test('is asked for by each delivery itself when the request that they share fails', async () => {
		for (const status of [401, 200, 200]) answersUser('user-4', status);
		const reps = await Promise.all(Array.from({ length: 3 }, async () => await repOf('user-4')));
		expect(reps.filter((rep) => rep !== undefined)).toHaveLength(2);
	});
});

test('makes a note for the CRM, and one text of a list where the CRM wants one', async () => {
	const [{ mappings }] = RECORDING.entityExtractions;
	answers({ entityExtractions: [{ name: 'Wishes', value: ['Oak', 'Steel'], mappings }] });
	const trigger = saveTrigger({
		include: ['note', 'crmUpdates'],
		options: { listFormat: 'semicolons' },
	});

	expect(emitted(await deliver(trigger, { crm: LINKS }))).toMatchObject({
		note: {
			title: 'Kitchen',
			text: 'Kitchen\n\nNext Steps:\nSend the offer\n\nFound in the conversation:\nWishes: Oak, Steel',
		},
		crmUpdates: [{ fields: { Amount: 'Oak;Steel' } }],
	});
});

describe('what Siro says is not done yet', () => {
	const NOT_YET = {
		status: 503,
		workflowData: undefined,
		body: { error: expect.stringContaining('Please deliver this message again') as string },
	};

	const restartable = (parameters: INodeParameters) => {
		const nodeType = new TriggerInProcesses();
		return { nodeType, trigger: saveTrigger(parameters, { nodeType }) };
	};

	test.each<[string, string[], Partial<typeof RECORDING>, string[]]>([
		['a summary', ['summary'], { isSummaryDone: false, summary: [] }, ['summary']],
		['extractions', ['extractions'], { isEntityExtractionDone: false }, ['extractions']],
		[
			'the extractions that CRM updates are made of',
			['crmUpdates'],
			{ isEntityExtractionDone: false },
			['crmUpdates'],
		],
		['a score', ['evaluationScore'], { evaluationScore: null }, ['evaluationScore']],
		[
			'several of them',
			EVERYTHING,
			{ isEntityExtractionDone: false, isSummaryDone: false },
			['summary', 'extractions', 'crmUpdates'],
		],
	])(
		'%s: is waited for twice; the third delivery of the message starts the workflow without, over restarts',
		async (_what, include, recording, notReady) => {
			const { nodeType, trigger } = restartable({ include });
			answers(recording, recording, recording);
			for (let delivery = 1; delivery <= 2; delivery++) {
				expect(await deliver(trigger, { id: 'a' })).toMatchObject(NOT_YET);
				nodeType.restart();
			}
			const third = await deliver(trigger, { id: 'a' });
			expect(third.status).toBe(200);
			expect(emitted(third)).toMatchObject({ recordingId: 'recording-1', notReady });
			expect(Object.keys(emitted(third) ?? {})).toEqual(expect.arrayContaining(include));
			expect(await deliver(trigger, { id: 'b' })).toMatchObject({ status: 200, body: REPEATED });
		},
	);

	test('comes as soon as it is done', async () => {
		const trigger = saveTrigger({ include: ['summary'] });
		answers({ isSummaryDone: false }, {});
		expect(await deliver(trigger, { id: 'a' })).toMatchObject(NOT_YET);
		const second = emitted(await deliver(trigger, { id: 'a' }));
		expect(second).toMatchObject({ summary: { text: 'Next Steps:\nSend the offer' } });
		expect(second).not.toHaveProperty('notReady');
	});

	test('is waited for by each of the two messages: whichever comes third starts the workflow, once', async () => {
		const trigger = saveTrigger({ include: ['summary'] });
		const notDone = { isSummaryDone: false };
		answers(notDone, notDone, notDone, notDone, notDone);
		const both = async () =>
			await Promise.all([
				deliver(trigger, { id: 'a' }),
				deliver(trigger, { id: 'b', eventType: LINKED }),
			]);
		expect(started([...(await both()), ...(await both())])).toBe(0);
		const third = await both();
		expect(started(third)).toBe(1);
		expect(third.map(({ status }) => status)).toEqual([200, 200]);
	});

	test('is waited for also where each delivery starts the workflow', async () => {
		const trigger = saveTrigger({ include: ['summary'], options: { deduplicate: 'off' } });
		const notDone = { isSummaryDone: false };
		answers(notDone, notDone, notDone);
		const again = async () => await deliver(trigger, { id: 'a' });
		expect(started([await again(), await again()])).toBe(0);
		expect(emitted(await again())).toMatchObject({ notReady: ['summary'] });
	});

	test('is not waited for at the test URL', async () => {
		const trigger = saveTrigger({ include: ['summary', 'extractions'] });
		answers({ isSummaryDone: false });
		const outcome = await deliver(trigger, {}, { url: 'test' });
		expect(emitted(outcome)).toMatchObject({ notReady: ['summary'], extractions: [{}] });
	});

	test.each<[string, string[], object]>([
		['not included', ['recording'], { isSummaryDone: false, isEntityExtractionDone: false }],
		['not told of', EVERYTHING, { isSummaryDone: undefined, isEntityExtractionDone: undefined }],
		['empty for good', EVERYTHING, { summary: [], entityExtractions: [] }],
	])('is not waited for when it is %s', async (_how, include, recording) => {
		answers(recording);
		const outcome = emitted(await deliver(saveTrigger({ include })));
		expect(outcome).toMatchObject({ recordingId: 'recording-1' });
		expect(outcome).not.toHaveProperty('notReady');
	});
});

describe('a recording that Siro does not have', () => {
	const isGone = () =>
		siroApi()
			.get('/v1/core/recordings/recording-1')
			.query(true)
			.reply(404, { error: 'Recording not found' });
	const isDeleted = () => answers({ deleted: true } as object);

	test.each([
		['any more, nor ever had', isGone, 'Siro has no recording with the ID "recording-1"'],
		['but as a deleted one', isDeleted, 'This recording was deleted in Siro'],
	])('%s: is told so, and does not come again', async (_how, reply, reason) => {
		const trigger = saveTrigger({ include: ['summary'] });
		reply();
		const outcome = await deliver(trigger);
		expect(outcome).toMatchObject({
			status: 200,
			workflowData: undefined,
			body: { ignored: true, reason: expect.stringContaining(reason) as string },
		});
		expect(recordedLogs()).toContainEqual(
			expect.objectContaining({
				level: 'warn',
				message: expect.stringContaining('recording-1') as string,
			}),
		);
		answers({});
		expect(started([await deliver(trigger)])).toBe(1);
	});

	test('is shown in the editor with what the delivery says', async () => {
		const trigger = saveTrigger({ include: EVERYTHING });
		isGone();
		const outcome = await deliver(trigger, {}, { url: 'test' });
		expect(emitted(outcome)).toMatchObject({ recordingId: 'recording-1', notReady: EVERYTHING });
	});

	test('starts the workflow all the same when nothing is included', async () => {
		expect(started([await deliver(saveTrigger())])).toBe(1);
	});
});

describe('a token whose limit is used up', () => {
	afterEach(() => jest.restoreAllMocks());

	/** As if the token had been used up so many milliseconds ago; 61 seconds later it is free. */
	const useUp = (ago: number) => {
		jest.spyOn(Date, 'now').mockReturnValue(Date.now() - ago);
		const limit = tokenLimit(toSiroCredential({ organizationToken: 'token' }), 'external');
		for (let count = 0; count < 990; count++) limit.count();
		jest.restoreAllMocks();
	};

	test.each([
		['after the ten seconds that there are for an answer', 0],
		['so late in them that Siro has no time to answer', 51_500],
	])('%s: is not waited for, and the recording is free again', async (_when, ago) => {
		const trigger = saveTrigger({ include: ['summary'] });
		useUp(ago);
		const begun = Date.now();

		expect(await deliver(trigger)).toMatchObject({ status: 503, workflowData: undefined });
		expect(Date.now() - begun).toBeLessThan(5_000);
		expect(recordedRequests()).toEqual([]);

		const minuteLater = Date.now() + 70_000;
		jest.spyOn(Date, 'now').mockReturnValue(minuteLater);
		answers({});
		expect(started([await deliver(trigger)])).toBe(1);
	});
});

describe('parameters from expressions', () => {
	test('say nothing when they are blank: all events count, and nothing is fetched', async () => {
		const trigger = saveTrigger({
			events: '={{ null }}',
			include: '={{ "" }}',
			options: { deduplicate: '={{ undefined }}' },
		} as INodeParameters);

		const outcomes = [await deliver(trigger, { id: '1' }), await deliver(trigger, { id: '2' })];

		expect(started(outcomes)).toBe(1);
		expect(outcomes[1].body).toEqual(REPEATED);
	});

	test('are found whatever their case', async () => {
		answers({});
		const trigger = saveTrigger({ include: '={{ ["summary", "CRM Updates", null] }}' } as never);

		expect(emitted(await deliver(trigger, {}))).toMatchObject({
			summary: { text: 'Next Steps:\nSend the offer' },
			crmUpdates: [{ fields: { Amount: '$40,000' } }],
		});
	});

	test('are named when they cannot be meant, and the delivery comes again', async () => {
		const trigger = saveTrigger({ include: '={{ ["the summary"] }}' } as never);

		const { status, body } = await deliver(trigger, {});

		expect(status).toBe(503);
		expect(body).toEqual({
			error: expect.stringMatching(
				/^Include: "the summary" is not one of .* deliver this message again/,
			),
		});
	});
});
