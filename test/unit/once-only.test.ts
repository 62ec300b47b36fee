import type { IDataObject } from 'n8n-workflow';

import { describeLinks } from '../../nodes/Siro/webhook/describeLinks';
import { EmittedRecordings, type Delivery } from '../../nodes/Siro/webhook/emittedRecordings';
import { HeldMessages } from '../../nodes/Siro/webhook/heldMessages';
import { inFastTime, siroApi } from '../engine';
import { Random } from '../siro/random';
import {
	deliver,
	REPEATED,
	saveTrigger,
	started,
	TriggerInProcesses,
} from './webhook/delivered-trigger';

const DAY = 24 * 60 * 60 * 1000;
const START = Date.UTC(2026, 10, 21, 12);

describe('EmittedRecordings', () => {
	let now = START;
	beforeEach(() => {
		now = START;
	});

	const remember = (...deliveries: Delivery[]) => {
		const emitted = new EmittedRecordings(() => now);
		for (const delivery of deliveries) emitted.add(delivery);
		return emitted;
	};
	const learn = (...texts: unknown[]) => {
		const emitted = new EmittedRecordings(() => now);
		for (const text of texts) emitted.learn(text);
		return emitted;
	};
	const delivery = (recordingId: string, messageId = 'first', links?: string): Delivery => ({
		recordingId,
		messageId,
		links,
	});
	const fill = (emitted: EmittedRecordings, count: number, links?: string) => {
		for (let index = 0; index < count; index++) {
			emitted.add(delivery(`recording ${index}`, `message ${index}`, links));
		}
	};

	test('knows a recording by whatever message, and no other one', () => {
		const emitted = remember(delivery('a'));
		expect(emitted.has(delivery('a'))).toBe(true);
		expect(emitted.has(delivery('a', 'second'))).toBe(true);
		expect(emitted.has(delivery('b'))).toBe(false);
	});

	test('where links matter, knows a recording as long as it is linked to the same', () => {
		const emitted = remember(delivery('a', 'first', 'Smith'));
		expect(emitted.has(delivery('a', 'second', 'Smith'))).toBe(true);
		expect(emitted.has(delivery('a', 'third', 'Miller'))).toBe(false);
	});

	test('takes links that are as they were before for a change, but not in a message that is sent again', () => {
		const emitted = remember(delivery('a', 'first', 'Smith'));
		expect(emitted.addRepetition(delivery('a', 'second', 'Smith'))).toBe(true);
		expect(emitted.addRepetition(delivery('a', 'second', 'Smith'))).toBe(false);
		emitted.add(delivery('a', 'third', 'Miller'));

		expect(emitted.has(delivery('a', 'first', 'Smith'))).toBe(true);
		expect(emitted.has(delivery('a', 'second', 'Smith'))).toBe(true);
		expect(emitted.has(delivery('a', 'fourth', 'Smith'))).toBe(false);
	});

	test('does not know what a recording was linked to when that did not matter', () => {
		const emitted = remember(delivery('a'));
		expect(emitted.has(delivery('a', 'second', 'Smith'))).toBe(false);
		expect(emitted.addRepetition(delivery('a', 'second'))).toBe(false);
	});

	test('is the same after it was written and read', () => {
		const emitted = remember(delivery('a'), delivery('b', 'first', 'Smith'));
		emitted.addRepetition(delivery('b', 'second', 'Smith'));
		const read = learn(emitted.toText());

		expect(read.toText()).toBe(emitted.toText());
		expect(read.has(delivery('a'))).toBe(true);
		expect(read.has(delivery('b', 'third', 'Smith'))).toBe(true);
		expect(read.has(delivery('b', 'second', 'Miller'))).toBe(true);
		expect(read.has(delivery('b', 'third', 'Miller'))).toBe(false);
	});

	test('learns what is newer, and keeps what it knows better', () => {
		const older = remember(delivery('a', 'first', 'Smith'), delivery('b')).toText();
		now += 1000;
		const newer = remember(delivery('a', 'second', 'Miller'), delivery('c')).toText();

		for (const texts of [
			[older, newer],
			[newer, older],
		]) {
			const emitted = learn(...texts);
			expect(emitted.has(delivery('a', 'third', 'Miller'))).toBe(true);
			expect(emitted.has(delivery('a', 'third', 'Smith'))).toBe(false);
			expect(emitted.has(delivery('b'))).toBe(true);
			expect(emitted.has(delivery('c'))).toBe(true);
		}
	});

	test.each([
		[undefined],
		[null],
		[7],
		[{}],
		[[]],
		[''],
		[','],
		['   '],
		['[["a",1]]'],
		['recording'],
		['recording -1'],
		['12345678901234 now!'],
		['12345678901234 toupc0 links'],
	])('learns nothing from %j', (text) => {
		expect(learn(text).toText()).toBe('');
	});

	test('tells whether a text knows everything', () => {
		const emitted = remember(delivery('a'));
		const text = emitted.toText();
		expect(emitted.learn(text)).toBe(true);
		expect(emitted.learn(remember(delivery('a'), delivery('b')).toText())).toBe(true);
		expect(emitted.learn(text)).toBe(false);
		now += 1000;
		emitted.add(delivery('a'));
		expect(emitted.learn(remember(delivery('b')).toText())).toBe(false);
	});

	test('learns what is well-formed beside what is not', () => {
		const text = remember(delivery('a')).toText();
		expect(learn(`nonsense,${text},,b ?`).toText()).toBe(text);
	});

	test('takes a time that is yet to come for the present', () => {
		const present = remember(delivery('a')).toText();
		now += 365 * DAY;
		const future = remember(delivery('a')).toText();
		now = START;
		expect(learn(future).toText()).toBe(present);
	});

	test('forgets what is older than 90 days', () => {
		const emitted = remember(delivery('a'));
		now += 90 * DAY;
		emitted.add(delivery('b'));
		expect(emitted.has(delivery('a'))).toBe(true);
		now += 1000;
		expect(emitted.has(delivery('a'))).toBe(false);
		expect(emitted.has(delivery('b'))).toBe(true);
	});

	test('forgets the oldest of more than 10,000', () => {
		const emitted = remember();
		fill(emitted, 10_000);
		expect(emitted.toText().split(',')).toHaveLength(10_000);
		emitted.add(delivery('one more'));
		expect(emitted.toText().split(',')).toHaveLength(10_000);
		expect(emitted.has(delivery('recording 0'))).toBe(false);
		expect(emitted.has(delivery('recording 1'))).toBe(true);
		expect(emitted.has(delivery('one more'))).toBe(true);
		expect(learn(emitted.toText()).toText()).toBe(emitted.toText());
	});

	test('forgets the oldest of more than 4 messages about a recording', () => {
		const emitted = remember(delivery('a', 'message 0', 'Smith'));
		for (const index of [1, 2, 3, 4]) {
			emitted.addRepetition(delivery('a', `message ${index}`, 'Smith'));
		}
		emitted.add(delivery('a', 'message 4', 'Miller'));
		expect(emitted.has(delivery('a', 'message 0', 'Smith'))).toBe(false);
		expect(emitted.has(delivery('a', 'message 1', 'Smith'))).toBe(true);
	});

	test('writes the same, whether it wrote before or not', () => {
		for (let steps = 1; steps <= 100; steps++) {
			const random = new Random(steps);
			const below = (limit: number) => Math.floor(random.next() * limit);
			const silent = remember();
			const writing = remember();
			for (let step = 0; step < steps; step++) {
				writing.toText();
				now += below(2) * below(20) * DAY;
				const told = delivery(
					`recording ${below(30)}`,
					`message ${below(20)}`,
					[undefined, 'Smith', 'Miller'][below(3)],
				);
				const isRepetition = below(4) === 0;
				for (const emitted of [silent, writing]) {
					emitted.has(told);
					if (isRepetition) emitted.addRepetition(told);
					else emitted.add(told);
				}
			}
			expect(writing.toText()).toBe(silent.toText());
		}
	});

	test('takes 22 bytes per recording, or 52 where links matter, however long Siro’s IDs are', () => {
		const bytes = (links?: string) => {
			const emitted = remember();
			fill(emitted, 1000, links);
			emitted.add(delivery('x'.repeat(1000), 'y'.repeat(1000), links));
			return emitted.toText().length / 1001;
		};
		expect(bytes()).toBeCloseTo(22, 1);
		expect(bytes('z'.repeat(1000))).toBeCloseTo(52, 1);
	});
});

describe('HeldMessages', () => {
	const learn = (text: unknown) => {
		const held = new HeldMessages();
		held.learn(text);
		return held;
	};

	test('counts how often each was put off, and still does after it was written and read', () => {
		const held = new HeldMessages();
		for (const message of ['a', 'b', 'a']) held.putOff(message, 'recording');
		held.passOver('d', 'other recording');
		for (const read of [held, learn(held.toText())]) {
			expect(['a', 'b', 'c', 'd'].map((message) => read.timesOf(message))).toEqual([2, 1, 0, 0]);
			expect(read.timesOfOthers('a', 'recording')).toBe(1);
			expect(read.timesOfOthers('b', 'recording')).toBe(2);
			expect(read.timesOfOthers('b', 'third recording')).toBe(0);
			expect(read.hasPassedOver('recording')).toBe(false);
			expect(read.hasPassedOver('other recording')).toBe(true);
		}
	});

	test('learns the larger count, tells whether something was missing, and learns nothing from what is malformed', () => {
		const held = new HeldMessages();
		held.putOff('a', 'recording');
		const once = held.toText();
		expect(held.learn(once)).toBe(true);
		held.putOff('a', 'recording');
		expect(held.learn(`nonsense,${once},12345678901234 now! 2, ,${once} 7`)).toBe(false);
		expect(held.learn(undefined)).toBe(false);
		expect(held.learn(held.toText())).toBe(true);
		expect(held.toText().split(',')).toHaveLength(1);
		expect(held.timesOf('a')).toBe(2);
	});

	test('forgets the oldest of more than 1,000, and what is older than two days', () => {
		const held = new HeldMessages();
		for (let index = 0; index <= 1000; index++) held.putOff(`message ${index}`, `${index}`);
		expect([0, 1, 1000].map((index) => held.timesOf(`message ${index}`))).toEqual([0, 1, 1]);
		expect(held.toText().length).toBeLessThanOrEqual(40_000);

		jest.useFakeTimers({ now: Date.now() + 2 * DAY + 1000, doNotFake: ['nextTick'] });
		expect(learn(held.toText()).toText()).toBe('');
		jest.useRealTimers();
	});
});

describe('describeLinks', () => {
	const LINKS = {
		integrationConnectionId: 'connection',
		users: [{ id: '1', externalId: 'U1' }],
		opportunity: { id: '2', externalId: 'O1' },
		contacts: [
			{ id: '3', externalId: 'C1' },
			{ id: '4', externalId: 'C2' },
		],
	};

	test.each<[string, IDataObject]>([
		['in another order', { ...LINKS, contacts: [...LINKS.contacts].reverse() }],
		['with other names first', Object.fromEntries(Object.entries(LINKS).reverse())],
		['with a contact twice', { ...LINKS, contacts: [...LINKS.contacts, LINKS.contacts[0]] }],
		['with what is not linked as null', { ...LINKS, account: null, lead: null }],
		['with something new', { ...LINKS, opportunity: { ...LINKS.opportunity, name: 'Kitchen' } }],
	])('is the same for the same links %s', (_name, links) => {
		expect(describeLinks(links)).toBe(describeLinks(LINKS));
	});

	test.each<[string, IDataObject | null]>([
		['another opportunity', { ...LINKS, opportunity: { id: '2', externalId: 'O2' } }],
		['an account as well', { ...LINKS, account: { id: '5', externalId: 'A1' } }],
		['a contact fewer', { ...LINKS, contacts: LINKS.contacts.slice(1) }],
		['the opportunity’s IDs as a lead', { ...LINKS, opportunity: null, lead: LINKS.opportunity }],
		['another connection', { ...LINKS, integrationConnectionId: 'other' }],
		['no links', null],
	])('is another one for %s', (_name, links) => {
		expect(describeLinks(links)).not.toBe(describeLinks(LINKS));
	});
});

describe('the trigger', () => {
	const toLink = (...externalIds: string[]) => ({
		integrationConnectionId: 'connection',
		users: [],
		contacts: externalIds.map((externalId) => ({ id: externalId, externalId })),
	});

	test('starts the workflow once per recording, and answers further deliveries 200 with the reason', async () => {
		const trigger = saveTrigger();
		expect(await deliver(trigger)).toMatchObject({
			status: 200,
			body: { started: true, recordingId: 'recording-1' },
		});
		const again = await deliver(trigger, { crm: toLink('C1') });
		expect(again).toMatchObject({ status: 200, body: REPEATED });
		expect(again.workflowData).toBeUndefined();
		expect(started([await deliver(trigger, { recordingId: 'recording-2' })])).toBe(1);
	});

	test('starts it again when the CRM links changed, if so chosen, but not for a message that is sent again', async () => {
		const trigger = saveTrigger({ options: { deduplicate: 'recordingAndCrm' } });
		const outcomes = [
			await deliver(trigger, { id: 'first', crm: toLink('C1', 'C2') }),
			await deliver(trigger, { id: 'second', crm: toLink('C2', 'C1') }),
			await deliver(trigger, { id: 'third', crm: toLink('C3') }),
			await deliver(trigger, { id: 'first', crm: toLink('C1', 'C2') }),
			await deliver(trigger, { id: 'second', crm: toLink('C2', 'C1') }),
			await deliver(trigger, { id: 'fourth', crm: toLink('C1', 'C2') }),
		];
		expect(outcomes.map(({ workflowData }) => workflowData !== undefined)).toEqual([
			true,
			false,
			true,
			false,
			false,
			true,
		]);
		expect(outcomes[1].body).toEqual(REPEATED);
	});

	test('starts it at every ready delivery when deduplication is off, and remembers nothing', async () => {
		const trigger = saveTrigger({ options: { deduplicate: 'off' } });
		const outcomes = [await deliver(trigger, { id: 'a' }), await deliver(trigger, { id: 'a' })];
		expect(started(outcomes)).toBe(2);
		expect(trigger.staticData).toBeUndefined();
	});

	test('starts it once when 16 deliveries come at the same moment, which then wait for the first', async () => {
		const trigger = saveTrigger();
		const outcomes = await Promise.all(
			Array.from({ length: 16 }, async () => await deliver(trigger, {}, { storingTakes: 200 })),
		);
		expect(started(outcomes)).toBe(1);
		expect(outcomes.map(({ status }) => status)).toEqual(Array(16).fill(200));
		expect(
			outcomes.filter(({ body }) => JSON.stringify(body) === JSON.stringify(REPEATED)),
		).toHaveLength(15);
	});

	test('does not start it again when Svix gave up while the execution was being stored', async () => {
		const trigger = saveTrigger();
		const first = deliver(trigger, { id: 'a' }, { storingTakes: 300, senderWaits: 100 });
		const [abandoned, again] = [await first, await deliver(trigger, { id: 'a' })];
		expect(abandoned.status).toBeUndefined();
		expect(again).toMatchObject({ status: 200, body: REPEATED });
		expect(started([abandoned, again])).toBe(1);
	});

	describe('after a delivery that failed', () => {
		const addRecording = (status: number) =>
			siroApi().get('/v1/core/recordings/recording-1').query(true).reply(status, {
				id: 'recording-1',
				summary: [],
			});

		test.each([
			['the same message', 'a'],
			['the other event’s message', 'b'],
		])('%s goes through', async (_name, id) => {
			const trigger = saveTrigger({ include: ['summary'] });
			addRecording(403);
			const failed = await deliver(trigger, { id: 'a' });
			expect(failed.status).toBe(503);

			addRecording(200);
			expect(started([await deliver(trigger, { id })])).toBe(1);
			expect(started([await deliver(trigger, { id: 'a' })])).toBe(0);
		});

		test('one that has waited for it goes through', async () => {
			const trigger = saveTrigger({ include: ['summary'] });
			siroApi().get('/v1/core/recordings/recording-1').query(true).delay(300).reply(403);
			addRecording(200);
			const outcomes = await Promise.all([
				deliver(trigger, { id: 'a' }),
				deliver(trigger, { id: 'b' }),
			]);
			expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 503]);
			expect(started(outcomes)).toBe(1);
		});
	});

	test('starts it at the next delivery when n8n could not store the execution', async () => {
		const trigger = saveTrigger();
		expect(await deliver(trigger, {}, { storingFails: true })).toMatchObject({ status: 500 });
		expect(started([await deliver(trigger)])).toBe(1);
		expect(started([await deliver(trigger)])).toBe(0);
	});

	test('asks for the delivery again when another one about the recording does not come to an end', async () => {
		const trigger = saveTrigger();
		const { result } = await inFastTime(
			async () =>
				await Promise.all([
					deliver(trigger, {}, { storingTakes: 30_000 }),
					deliver(trigger, {}, { storingTakes: 30_000 }),
				]),
		);
		expect(started(result)).toBe(1);
		expect(result.find(({ workflowData }) => workflowData === undefined)).toMatchObject({
			status: 503,
			body: { error: expect.stringContaining('already working on this recording') as string },
		});
	});

	test('saves what it remembers with every delivery, although n8n 2.41 loses static data', async () => {
		const trigger = saveTrigger();
		const remembered = () => {
			const [memory] = Object.values(trigger.staticData?.global ?? {}) as IDataObject[];
			return String(memory.recordings).split(',').length;
		};
		for (const count of [1, 2, 3]) {
			await deliver(trigger, { recordingId: `recording-${count}` });
			expect(remembered()).toBe(count);
		}
	});

	test.each<[string, unknown]>([
		['a text', 'recordings'],
		['a list', [1, 2]],
		['another shape', { owner: 7, process: {}, recordings: [{}] }],
	])('ignores %s in the place of its memory', async (_name, memory) => {
		const { node } = saveTrigger();
		const staticData = { global: { [`siroTrigger ${node.id}`]: memory } } as IDataObject;
		const trigger = saveTrigger({}, { staticData });
		expect(started([await deliver(trigger), await deliver(trigger)])).toBe(1);
	});

	test('does not take the memory of another workflow for its own, as in a copy', async () => {
		const original = saveTrigger();
		await deliver(original);
		const copy = saveTrigger({}, { staticData: original.staticData });
		expect(started([await deliver(copy), await deliver(copy), await deliver(original)])).toBe(1);
	});

	describe('keeps its memory over a restart', () => {
		const restartable = () => {
			const nodeType = new TriggerInProcesses();
			return { nodeType, trigger: saveTrigger({}, { nodeType }) };
		};

		test('as it was', async () => {
			const { nodeType, trigger } = restartable();
			await deliver(trigger);
			nodeType.restart();
			expect(await deliver(trigger)).toMatchObject({ status: 200, body: REPEATED });
		});

		test.each([['before'], ['after']])('when it was renamed %s it', async (when) => {
			const { nodeType, trigger } = restartable();
			await deliver(trigger);
			const rename = () => (trigger.node.name = 'When a recording is ready');
			if (when === 'before') rename();
			nodeType.restart();
			if (when === 'after') rename();
			expect(await deliver(trigger)).toMatchObject({ status: 200, body: REPEATED });
			expect(started([await deliver(trigger, { recordingId: 'recording-2' })])).toBe(1);

			nodeType.restart();
			trigger.node.name = 'Siro Trigger';
			const again = [
				await deliver(trigger),
				await deliver(trigger, { recordingId: 'recording-2' }),
			];
			expect(started(again)).toBe(0);
		});

		test('not with that of another node of the same workflow', async () => {
			const { nodeType, trigger } = restartable();
			await deliver(trigger);
			nodeType.restart();
			trigger.node.id = 'id of a copy';
			trigger.node.name = 'Siro Trigger1';
			expect(started([await deliver(trigger)])).toBe(1);
		});
	});

	test('neither consults nor changes its memory at the test URL', async () => {
		const trigger = saveTrigger();
		const test = async () => await deliver(trigger, {}, { url: 'test' });
		expect(started([await test(), await test(), await deliver(trigger), await test()])).toBe(4);
	});
});
