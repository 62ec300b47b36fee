import { sleep, type IDataObject, type INodeParameters } from 'n8n-workflow';

import { activateTrigger, type DeliveryOutcome, type SavedWorkflow } from '../engine';
import { Random } from '../siro/random';
import {
	deliver,
	LINKED,
	PROCESSED,
	REPEATED,
	saveTrigger,
	started,
	TriggerInProcesses,
	type Message,
} from './webhook/delivered-trigger';

const SEVERAL = { severalProcesses: true };

let nodeType: TriggerInProcesses;
let trigger: SavedWorkflow;

function startTrigger(options: INodeParameters = {}) {
	nodeType = new TriggerInProcesses();
	trigger = saveTrigger({ options }, { nodeType });
}

const linked = (recordingId: string, more: Message = {}): Message => ({
	id: `linked-${recordingId}`,
	recordingId,
	eventType: LINKED,
	...more,
});
const processed = (recordingId: string, more: Message = {}): Message => ({
	...linked(recordingId, more),
	id: `processed-${recordingId}`,
	eventType: PROCESSED,
});

const to = async (process: string, message: Message, storingTakes = 10) =>
	await deliver(trigger, message, { process, storingTakes });

const PUT_OFF = {
	status: 503,
	workflowData: undefined,
	body: { error: expect.stringContaining('other event of this recording') as string },
};
const STARTED = { status: 200, body: { started: true } };
const AGAIN = { status: 200, body: REPEATED };

/** How many recordings the saved memory knows. */
function countSaved(): number {
	const saved = Object.values(trigger.staticData?.global ?? {}) as IDataObject[];
	const [{ recordings }] = saved.filter((memory) => 'recordings' in memory);
	return String(recordings).split(',').length;
}

describe('the two events of a recording at two processes', () => {
	beforeEach(() => startTrigger(SEVERAL));

	test('at the same moment: "linked" starts the workflow, and "processed" is put off and finds that out', async () => {
		const [one, other] = await Promise.all([to('1', linked('a'), 200), to('2', processed('a'))]);
		expect([one, other]).toMatchObject([STARTED, PUT_OFF]);
		expect(await to('2', processed('a'))).toMatchObject(AGAIN);
	});

	test('"processed" starts the workflow at once if "linked" came before and was not ready', async () => {
		expect(await to('1', linked('a', { recordingProcessed: false }))).toMatchObject({
			status: 200,
		});
		expect(await to('2', processed('a'))).toMatchObject(STARTED);
	});

	test('"linked" does so if "processed" came before and was not ready', async () => {
		expect(await to('1', processed('a', { recordingLinked: false }))).toMatchObject({
			status: 200,
		});
		expect(await to('2', linked('a'))).toMatchObject(STARTED);
	});

	test('"processed" alone starts it at its third delivery, whichever process gets which, over restarts', async () => {
		expect(await to('1', processed('a'))).toMatchObject(PUT_OFF);
		nodeType.restart();
		expect(await to('2', processed('a'))).toMatchObject(PUT_OFF);
		nodeType.restart();
		expect(await to('3', processed('a'))).toMatchObject(STARTED);
		expect(await to('1', linked('a'))).toMatchObject(AGAIN);
	});

	test('"processed" alone starts it at once if no other event is selected', async () => {
		trigger.node.parameters.events = [PROCESSED];
		expect(await to('1', processed('a'))).toMatchObject(STARTED);
	});

	test('"linked" leaves it to "processed" when that one is about to start it', async () => {
		await to('1', processed('a'));
		await to('2', processed('a'));
		const [one, other] = await Promise.all([to('1', linked('a')), to('2', processed('a'), 200)]);
		expect([one, other]).toMatchObject([PUT_OFF, STARTED]);
		expect(await to('1', linked('a'))).toMatchObject(AGAIN);
	});

	test('"linked" waits for a "processed" that does not come any more until its seventh delivery', async () => {
		await to('1', processed('a'));
		await to('2', processed('a'));
		for (let delivery = 1; delivery <= 6; delivery++) {
			expect(await to(String(1 + (delivery % 2)), linked('a'))).toMatchObject(PUT_OFF);
		}
		expect(await to('1', linked('a'))).toMatchObject(STARTED);
	});

	test('about other CRM links are about something else, if so chosen', async () => {
		startTrigger({ ...SEVERAL, deduplicate: 'recordingAndCrm' });
		const crm = { users: [], contacts: [], engagement: { id: '1', externalId: 'E1' } };
		await to('1', processed('a'));
		await to('2', processed('a'));
		expect(await to('1', linked('a', { crm }))).toMatchObject(STARTED);
		expect(await to('2', processed('a'))).toMatchObject(STARTED);
	});
});

describe('what one process saves while another one undoes it', () => {
	beforeEach(() => startTrigger(SEVERAL));

	test('is saved again with the next delivery that reaches its process', async () => {
		const slow = to('2', linked('b'), 200);
		await to('1', linked('a'));
		await slow;
		expect(countSaved()).toBe(1);
		expect(await to('1', linked('b'))).toMatchObject(AGAIN);
		expect(countSaved()).toBe(2);
		nodeType.restart();
		for (const recordingId of ['a', 'b']) {
			expect(await to('3', linked(recordingId))).toMatchObject(AGAIN);
		}
	});

	test.each([1, 2, 3, 4, 5])(
		'starts nothing twice and loses nothing, with deliveries in turn that take their time (%i)',
		async (seed) => {
			const random = new Random(seed);
			const below = (limit: number) => Math.floor(random.next() * limit);
			const times = new Map<string, number>();
			let turn = 0;
			const announce = async (message: Message): Promise<Message | undefined> => {
				turn += 1;
				const outcome = await to(String(1 + (turn % 3)), message, below(60));
				const { recordingId = '' } = message;
				if (started([outcome]) === 1) times.set(recordingId, (times.get(recordingId) ?? 0) + 1);
				return outcome.status === 200 ? undefined : message;
			};
			const recordings = Array.from({ length: 24 }, (_, index) => `recording-${index}`);
			let due = recordings.flatMap((id) =>
				[linked(id), processed(id)].slice(below(5) === 0 ? 1 : 0),
			);
			for (let delivery = 1; delivery <= 4; delivery++) {
				const again: Message[] = [];
				while (due.length > 0) {
					const wave = await Promise.all(due.splice(0, 8).map(announce));
					again.push(...wave.filter((message) => message !== undefined));
				}
				due = again;
			}
			expect(due).toEqual([]);
			expect(times).toEqual(new Map(recordings.map((id) => [id, 1])));
		},
	);
});

describe('that there are several processes', () => {
	const isFoundOut = async () => {
		const outcome = await to('1', processed('probe'));
		return outcome.status === 503;
	};
	const answers = (outcomes: DeliveryOutcome[]) => outcomes.map(({ status }) => status);

	test('shows when one saves after the other, and stays known over restarts', async () => {
		startTrigger();
		for (const process of ['1', '2', '1']) await to(process, linked(`by-${process}`));
		expect(await isFoundOut()).toBe(true);
		nodeType.restart();
		expect(await isFoundOut()).toBe(true);
	});

	test('shows at once when another process activates the workflow', async () => {
		startTrigger();
		for (const name of ['1', 'main']) nodeType.start(name);
		nodeType.activatedBy = 'main';
		await sleep(5);
		await activateTrigger(trigger);
		expect(await isFoundOut()).toBe(true);
	});

	test('does not show where there is one, however often it is restarted: both events are answered at once', async () => {
		startTrigger();
		await activateTrigger(trigger);
		for (let restarts = 0; restarts < 3; restarts++) {
			for (const recordingId of [`a${restarts}`, `b${restarts}`]) {
				const both = [processed(recordingId), linked(recordingId)];
				const outcomes = await Promise.all(both.map(async (message) => await to('1', message)));
				expect(answers(outcomes)).toEqual([200, 200]);
				expect(started(outcomes)).toBe(1);
			}
			nodeType.restart();
			if (restarts === 1) await activateTrigger(trigger);
		}
		expect(await isFoundOut()).toBe(false);
	});

	test('does not count when the user says that there is one', async () => {
		startTrigger({ severalProcesses: false });
		for (const process of ['1', '2', '1']) await to(process, linked(`by-${process}`));
		expect(await isFoundOut()).toBe(false);
	});
});
