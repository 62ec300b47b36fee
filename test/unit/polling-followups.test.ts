import fc from 'fast-check';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { recordedLogs } from '../engine';
import type { Followup, NewFollowup } from '../siro';
import { Random } from '../siro/random';
import { DAY, HOUR, MINUTE, PolledSiro } from './polling/polled-siro';

jest.setTimeout(300_000);

const LISTED = ['GET', '/v1/core/followups'] as const;

type Status = Followup['status'];
const STATUSES: Status[] = ['TO_DO', 'IN_PROGRESS', 'COMPLETE'];

let world: PolledSiro;

afterEach(async () => await world?.stop());

let seed = 0;

async function startPolling(
	parameters: INodeParameters = {},
	{ isActive = true } = {},
): Promise<PolledSiro> {
	seed += 1;
	world = await PolledSiro.start({ triggerOn: 'followup', ...parameters }, { randomSeed: seed });
	if (isActive) expect(await world.poll()).toEqual([]);
	return world;
}

function add(followup: NewFollowup = {}): Followup {
	return world.siro.addFollowup(world.siro.addRecording().id, followup);
}

function setStatus({ id }: Followup, ...statuses: Status[]): void {
	for (const status of statuses) {
		world.pass(1_000);
		world.siro.changeFollowup(id, { status });
	}
}

/** An item in a few words: "new", or "TO_DO → COMPLETE". */
function inWords({ change, previousStatus, newStatus }: IDataObject): string {
	return change === 'new' ? 'new' : `${String(previousStatus)} → ${String(newStatus)}`;
}

async function poll(): Promise<string[]> {
	world.pass(MINUTE);
	return (await world.poll()).map(inWords);
}

describe('a follow-up', () => {
	test('comes when it is new, in full and with whom it is about, and then no more', async () => {
		await startPolling();
		const { id, recordingId } = add({ score: 1, starred: true, createdAt: world.ago(MINUTE) });
		const { rep } = world.siro;

		expect(await world.poll()).toMatchObject([
			{
				change: 'new',
				previousStatus: null,
				newStatus: 'TO_DO',
				changedAt: world.ago(MINUTE),
				changedBy: null,
				followupId: id,
				recordingId,
				siroUserId: rep.id,
				repName: 'John Sales',
				score: 1,
				context: [{ header: 'MAIN_OBJECTION' }],
				status: 'TO_DO',
				history: [],
			},
		]);
		expect(await poll()).toEqual([]);
		world.restartN8n();
		expect(await poll()).toEqual([]);
	});

	test('comes at each change of its status, also of several between two polls, and back', async () => {
		await startPolling();
		const followup = add();
		expect(await poll()).toEqual(['new']);

		setStatus(followup, 'IN_PROGRESS');
		const changedAt = world.ago(0);
		expect(await world.poll()).toMatchObject([
			{
				change: 'status',
				previousStatus: 'TO_DO',
				newStatus: 'IN_PROGRESS',
				changedAt,
				changedBy: 'John Sales',
				status: 'IN_PROGRESS',
			},
		]);
		setStatus(followup, 'COMPLETE', 'TO_DO');
		expect(await poll()).toEqual(['IN_PROGRESS → COMPLETE', 'COMPLETE → TO_DO']);
		setStatus(followup, 'COMPLETE', 'TO_DO');
		world.restartN8n();
		expect(await poll()).toEqual(['TO_DO → COMPLETE', 'COMPLETE → TO_DO']);
		expect(await poll()).toEqual([]);
	});

	test('that is changed before it is seen for the first time comes for both', async () => {
		await startPolling();
		setStatus(add(), 'COMPLETE');
		expect(await poll()).toEqual(['new', 'TO_DO → COMPLETE']);
	});

	test('that was there before the activation comes only when its status changes', async () => {
		await startPolling({}, { isActive: false });
		const [old, changed] = [add(), add()];
		setStatus(changed, 'IN_PROGRESS');
		// At a moment at which two slices of time meet.
		add({ createdAt: new Date(Math.floor(world.now / (3 * DAY)) * 3 * DAY).toISOString() });
		expect(await poll()).toEqual([]);
		expect(await poll()).toEqual([]);

		world.siro.changeFollowup(old.id, { starred: true, note: 'Called.' });
		expect(await poll()).toEqual([]);
		setStatus(old, 'COMPLETE');
		expect(await poll()).toEqual(['TO_DO → COMPLETE']);
	});

	test('that was made since the Start Date comes, too', async () => {
		await startPolling(
			{ startFrom: 'date', startDate: '2026-03-01T11:00:00Z' },
			{ isActive: false },
		);
		add({ createdAt: world.ago(HOUR + 1) });
		const since = add({ createdAt: world.ago(HOUR) });
		expect(await world.poll()).toMatchObject([{ followupId: since.id }]);
		expect(await poll()).toEqual([]);
	});

	test('comes once when the start is changed, and what was there before comes with an earlier one', async () => {
		await startPolling({}, { isActive: false });
		const old = add();
		world.pass(DAY);
		expect(await world.poll()).toEqual([]);
		add();
		expect(await poll()).toEqual(['new']);

		world.reconfigure({ startFrom: 'date', startDate: world.ago(2 * DAY) });
		expect(await world.poll()).toMatchObject([{ change: 'new', followupId: old.id }]);
		expect(await poll()).toEqual([]);
	});

	test.each([
		['newest first', true],
		['oldest first', false],
	])(
		'has its changes told in order when its history is the %s, all at one moment',
		async (_, isReversed) => {
			await startPolling();
			const followup = add();
			for (const status of ['IN_PROGRESS', 'COMPLETE'] as const) {
				world.siro.changeFollowup(followup.id, { status });
			}
			if (isReversed) followup.history.reverse();
			expect(await poll()).toEqual(['new', 'TO_DO → IN_PROGRESS', 'IN_PROGRESS → COMPLETE']);
		},
	);

	test('whose history says nothing comes for what its status shows, once', async () => {
		await startPolling();
		const followup = add();
		expect(await poll()).toEqual(['new']);

		setStatus(followup, 'COMPLETE');
		const entries = followup.history.splice(0);
		expect(await world.poll()).toMatchObject([
			{ previousStatus: 'TO_DO', newStatus: 'COMPLETE', changedAt: null, changedBy: null },
		]);
		followup.history.push(...entries);
		expect(await poll()).toEqual([]);
		setStatus(followup, 'IN_PROGRESS', 'COMPLETE');
		expect(await poll()).toEqual(['COMPLETE → IN_PROGRESS', 'IN_PROGRESS → COMPLETE']);
		// Left out once, and there again.
		const all = followup.history.splice(0);
		expect(await poll()).toEqual([]);
		followup.history.push(...all);
		expect(await poll()).toEqual([]);
	});

	test('that is deleted before a poll does not come, and holds up no other', async () => {
		await startPolling();
		const [gone, there] = [add(), add()];
		world.siro.state.followups.remove(gone);
		expect(await world.poll()).toMatchObject([{ followupId: there.id }]);
	});

	test('is found within an hour of its change, however old, when there are thousands', async () => {
		await startPolling({}, { isActive: false });
		const old = add({ createdAt: world.ago(20 * DAY) });
		for (let index = 0; index < 1_200; index++) add({ createdAt: world.ago(index * 20 * MINUTE) });
		await world.poll();
		await world.poll();
		world.siro.clearRequests();
		expect(await poll()).toEqual([]);
		// The newest three days, and not all.
		expect(world.siro.requestsTo(...LISTED).length).toBeLessThan(10);

		setStatus(old, 'COMPLETE');
		const came: string[] = [];
		for (let minute = 0; minute <= 60; minute++) came.push(...(await poll()));
		expect(came).toEqual(['TO_DO → COMPLETE']);

		// What other filters have left out does not come later, either, wherever it is.
		world.reconfigure({ filters: { minimumScore: 3 } });
		expect(await poll()).toEqual([]);
		add({ createdAt: world.ago(14 * DAY), score: 2 });
		world.reconfigure({ filters: { minimumScore: 1 } });
		for (let minute = 0; minute <= 60; minute += 5) {
			world.pass(4 * MINUTE);
			expect(await poll()).toEqual([]);
		}
	});

	test('that Siro does not permit to see is an error that says so', async () => {
		await startPolling({}, { isActive: false });
		world.siro.misbehave({ path: /followups/, status: 403 });
		await expect(world.poll()).rejects.toThrow(
			'Could not look for follow-ups: Siro does not allow this',
		);
	});
});

test('all are asked for, with their history, in pages of 100', async () => {
	await startPolling();
	const count = 230;
	for (let index = 0; index < count; index++) add();
	world.siro.clearRequests();

	expect(await poll()).toEqual(Array.from({ length: count }, () => 'new'));
	const requests = world.siro.requestsTo(...LISTED);
	expect(requests.filter(({ query }) => query.starred === undefined)).toHaveLength(3);
	expect(requests[0].query).toEqual({
		createdAfter: expect.any(String),
		includeHistory: 'true',
		limit: '100',
		minimumScore: '1',
	});
	expect(await poll()).toEqual([]);
});

test('a poll that fails in the middle of the list changes nothing, and the next one tells all', async () => {
	await startPolling();
	for (let index = 0; index < 150; index++) add();
	let requests = 0;
	const fails = { test: (path: string) => path.includes('followups') && ++requests === 2 };
	world.siro.misbehave({ path: Object.assign(new RegExp(''), fails), status: 403 });

	await expect(world.poll()).rejects.toThrow('Could not look for follow-ups');
	expect(requests).toBe(2);
	world.restartN8n();
	expect(await poll()).toHaveLength(150);
	expect(await poll()).toEqual([]);
});

describe('what is included', () => {
	test('is of the recording; one that Siro cannot give holds up no other and comes later', async () => {
		await startPolling({ include: ['note', 'recording', 'summary'] });
		const [broken, other] = [add(), add()];
		const trouble = world.siro.misbehave({ path: new RegExp(broken.recordingId), status: 400 });

		const { id } = other;
		expect(await world.poll()).toMatchObject([
			{
				followupId: id,
				note: null,
				recording: { id: other.recordingId },
				recordingNote: { text: expect.any(String) as string },
				summary: { text: '' },
			},
		]);
		expect(recordedLogs()).toContainEqual(
			expect.objectContaining({
				message: expect.stringContaining(`skipped follow-up ${broken.id}`),
			}),
		);
		trouble.stop();
		world.restartN8n();
		expect(await world.poll()).toMatchObject([{ followupId: broken.id }]);
		expect(await poll()).toEqual([]);
	});

	test('is the rep unless told otherwise, asked for once', async () => {
		await startPolling();
		const { rep, siro } = { ...world.siro, siro: world.siro };
		for (let index = 0; index < 7; index++) add();
		siro.clearRequests();

		const items = await world.poll();
		expect(items).toHaveLength(7);
		for (const item of items) {
			expect(item.rep).toEqual({
				id: rep.id,
				name: 'John Sales',
				email: rep.email,
				externalId: rep.externalId,
			});
		}
		const asked = siro.requests.filter(({ path }) => path !== LISTED[1]).map(({ path }) => path);
		expect(asked).toEqual([`/v1/core/users/${rep.id}`]);
	});

	test('is the rep only when the recording is gone', async () => {
		await startPolling({ include: ['recording', 'rep'] });
		const { recordingId } = add();
		world.siro.misbehave({ path: new RegExp(recordingId), status: 404 });
		const [item] = await world.poll();
		expect(item).toMatchObject({ change: 'new', recordingId, rep: { name: 'John Sales' } });
		expect(item).not.toHaveProperty('recording');
	});
});

describe('filters', () => {
	test('let through a score and above, and what rises to it', async () => {
		await startPolling({ filters: { minimumScore: 3 } });
		const [low] = [add({ score: 2 }), add({ score: 3 })];
		expect(await poll()).toEqual(['new']);
		setStatus(low, 'IN_PROGRESS');
		expect(await poll()).toEqual([]);

		world.siro.changeFollowup(low.id, { score: 4 });
		expect(await world.poll()).toMatchObject([{ change: 'new', followupId: low.id, score: 4 }]);
		setStatus(low, 'COMPLETE');
		expect(await poll()).toEqual(['IN_PROGRESS → COMPLETE']);
	});

	test('let through changes to some statuses, of which To Do is what a new one has', async () => {
		await startPolling({ filters: { statuses: ['IN_PROGRESS'] } });
		const followup = add();
		expect(await poll()).toEqual([]);
		setStatus(followup, 'IN_PROGRESS', 'COMPLETE', 'TO_DO');
		expect(await poll()).toEqual(['TO_DO → IN_PROGRESS']);

		world.reconfigure({ filters: { statuses: ['TO_DO'] } });
		expect(await poll()).toEqual([]);
		add();
		expect(await poll()).toEqual(['new']);
	});

	test('that are changed bring back nothing, and lose nothing', async () => {
		await startPolling({ filters: { minimumScore: 4 } });
		const [low, high] = [add({ score: 2 }), add({ score: 5 })];
		expect(await poll()).toEqual(['new']);
		// None of these polls emits, so n8n stores nothing of what they see.
		add({ score: 2 });
		setStatus(low, 'COMPLETE');
		expect(await poll()).toEqual([]);
		setStatus(high, 'COMPLETE');

		world.reconfigure({ filters: { minimumScore: 1 } });
		expect(await poll()).toEqual(['TO_DO → COMPLETE']);
		expect(await poll()).toEqual([]);
		setStatus(low, 'TO_DO');
		add({ score: 2 });
		expect((await poll()).sort()).toEqual(['COMPLETE → TO_DO', 'new']);

		world.reconfigure({ filters: { minimumScore: 4 } });
		expect(await poll()).toEqual([]);
		setStatus(low, 'COMPLETE');
		setStatus(high, 'TO_DO');
		expect(await poll()).toEqual(['COMPLETE → TO_DO']);
	});
});

describe('Trigger On', () => {
	test('begins anew with what it is changed to, and goes on where it left off when changed back', async () => {
		await startPolling();
		const told = add();
		expect(await poll()).toEqual(['new']);

		world.addReady();
		world.reconfigure({ triggerOn: 'recordingReady', include: [] });
		expect(await world.poll()).toEqual([]);
		const ready = world.addReady();
		add();
		expect(await world.pollIds()).toEqual([ready.id]);

		world.reconfigure({ triggerOn: 'followup' });
		expect(await poll()).toEqual(['new']);
		world.reconfigure({ triggerOn: 'recordingReady' });
		world.rename('Another name');
		expect(await world.poll()).toEqual([]);
		const next = world.addReady();
		expect(await world.pollIds()).toEqual([next.id]);
		setStatus(told, 'COMPLETE');
		world.reconfigure({ triggerOn: 'followup' });
		expect(await poll()).toEqual(['TO_DO → COMPLETE']);
	});

	test('does so under another name, too', async () => {
		await startPolling();
		const followup = add();
		expect(await poll()).toEqual(['new']);
		world.rename('Worth a call');
		setStatus(followup, 'COMPLETE');
		expect(await poll()).toEqual(['TO_DO → COMPLETE']);
		world.rename('Siro Polling Trigger');
		expect(await poll()).toEqual([]);
	});
});

describe('a test in the editor', () => {
	test('shows the latest that passes the filters, as it would come, and remembers nothing', async () => {
		await startPolling({ filters: { minimumScore: 3 } }, { isActive: false });
		add({ createdAt: world.ago(2 * DAY) });
		const latest = add({ createdAt: world.ago(DAY) });
		setStatus(latest, 'IN_PROGRESS', 'COMPLETE');
		add({ score: 1 });

		expect(await world.test()).toMatchObject([
			{ followupId: latest.id, change: 'status', previousStatus: 'IN_PROGRESS' },
		]);
		expect(world.saved.staticData).toBeUndefined();
	});

	test('says so when there is none', async () => {
		await startPolling({}, { isActive: false });
		await expect(world.test()).rejects.toMatchObject({
			message: 'No follow-up from the last 30 days matches the filters',
			description: expect.stringContaining('coaches those of their teams'),
		});
	});
});

/** What can happen between and in polls; numbers choose which follow-up. */
type Event =
	| { does: 'add'; score: number }
	| { does: 'change'; which: number; status: Status }
	| { does: 'note' | 'delete'; which: number }
	| { does: 'pass'; minutes: number }
	| { does: 'poll' | 'fail' | 'restart' | 'forget' };

const which = fc.nat(9);
const EVENTS = fc.array(
	fc.oneof(
		{
			weight: 3,
			arbitrary: fc.record({
				does: fc.constant('add' as const),
				score: fc.integer({ min: 1, max: 5 }),
			}),
		},
		{
			weight: 6,
			arbitrary: fc.record({
				does: fc.constant('change' as const),
				which,
				status: fc.constantFrom(...STATUSES),
			}),
		},
		{
			weight: 2,
			arbitrary: fc.record({ does: fc.constantFrom('note' as const, 'delete' as const), which }),
		},
		{
			weight: 2,
			arbitrary: fc.record({ does: fc.constant('pass' as const), minutes: fc.nat(200) }),
		},
		{
			weight: 6,
			arbitrary: fc.record({ does: fc.constantFrom('poll', 'poll', 'fail', 'restart', 'forget') }),
		},
	) as fc.Arbitrary<Event>,
	{ maxLength: 40 },
);

interface Filters {
	minimumScore: number;
	statuses: Status[];
}

/** A Siro whose follow-ups change as told, and what a polling trigger tells of it. */
class Life {
	readonly told = new Map<string, string[]>();

	readonly happened = new Map<string, string[]>();

	private readonly living: Followup[] = [];

	private hasStarted = false;

	readonly figures = { changes: 0, failedPolls: 0, restarts: 0 };

	constructor(private readonly isNewestFirst = false) {}

	async let(event: Event): Promise<void> {
		switch (event.does) {
			case 'add': {
				const followup = add({ score: event.score });
				this.living.push(followup);
				this.happened.set(followup.id, ['new']);
				break;
			}
			case 'change': {
				const followup = this.choose(event.which);
				if (followup === undefined || followup.status === event.status) break;
				this.happened.get(followup.id)?.push(`${followup.status} → ${event.status}`);
				this.figures.changes += 1;
				this.inHistory(followup, { status: event.status });
				break;
			}
			case 'note': {
				const followup = this.choose(event.which);
				// A note may repeat the status.
				if (followup) this.inHistory(followup, { note: 'Called.', status: followup.status });
				break;
			}
			case 'delete': {
				const followup = this.choose(event.which);
				if (followup === undefined) break;
				world.siro.state.followups.remove(followup);
				this.living.splice(this.living.indexOf(followup), 1);
				break;
			}
			case 'pass':
				world.pass(event.minutes * MINUTE);
				break;
			case 'fail': {
				const trouble = world.siro.misbehave({
					path: /followups|recordings/,
					status: 403,
					probability: 0.5,
				});
				await this.poll();
				trouble.stop();
				break;
			}
			case 'restart':
				world.restartN8n();
				this.figures.restarts += 1;
				break;
			case 'forget':
				if (!this.hasStarted) world.loseUnsavedMemory();
				break;
			default:
				await this.poll();
		}
	}

	/** Once all is polled: what was not told though it happened, and what was told though it did not. */
	faults({ minimumScore, statuses }: Filters): string[] {
		const faults: string[] = [];
		for (const [id, happened] of this.happened) {
			const score = world.siro.state.followups.get(id)?.score ?? 0;
			const wanted = happened.filter((change) => {
				const newStatus = change === 'new' ? 'TO_DO' : change.split(' → ')[1];
				return (
					score >= minimumScore && (statuses.length === 0 || statuses.includes(newStatus as Status))
				);
			});
			const told = this.told.get(id) ?? [];
			// What was deleted may have been told in part, from the beginning.
			const isDeleted = !this.living.some((followup) => followup.id === id);
			const expected = isDeleted ? wanted.slice(0, told.length) : wanted;
			if (told.join() !== expected.join()) {
				faults.push(`${id}: told ${told.join()}, expected ${expected.join()}`);
			}
		}
		return faults;
	}

	private async poll(): Promise<void> {
		try {
			const items = await world.poll();
			this.hasStarted = items.length > 0;
			for (const item of items) {
				const id = String(item.followupId);
				this.told.set(id, [...(this.told.get(id) ?? []), inWords(item)]);
			}
		} catch (error) {
			expect(String(error)).toContain('Siro does not allow this');
			this.figures.failedPolls += 1;
			this.hasStarted = false;
		}
	}

	private choose(number: number): Followup | undefined {
		return this.living[this.living.length - 1 - (number % Math.max(this.living.length, 1))];
	}

	private inHistory(followup: Followup, change: NewFollowup): void {
		world.pass(1);
		world.siro.changeFollowup(followup.id, change);
		const last = followup.history.pop();
		if (last && this.isNewestFirst) followup.history.unshift(last);
		else if (last) followup.history.push(last);
	}
}

test('whatever happens, each change that is wanted is told once, in order', async () => {
	const filters = fc.record({
		minimumScore: fc.integer({ min: 1, max: 4 }),
		statuses: fc.subarray(STATUSES),
	});
	await fc.assert(
		fc.asyncProperty(EVENTS, filters, fc.boolean(), async (events, wanted, isNewestFirst) => {
			await world?.stop();
			await startPolling({ filters: { ...wanted } });
			const life = new Life(isNewestFirst);
			for (const event of events) await life.let(event);
			await life.let({ does: 'poll' });
			await life.let({ does: 'restart' });
			await life.let({ does: 'poll' });
			expect(life.faults(wanted)).toEqual([]);
		}),
		{ numRuns: 60, seed: 14 },
	);
});

test('a month of follow-ups is told, each change once, none lost', async () => {
	const wanted: Filters = { minimumScore: 2, statuses: [] };
	await startPolling({ filters: { minimumScore: 2 }, include: ['recording'] });
	const random = new Random(14);
	const life = new Life();
	const pick = (count: number) => Math.floor(random.next() * count);
	for (let hour = 0; hour < 30 * 24; hour += 2) {
		world.pass(2 * HOUR);
		const isImport = hour === 200;
		for (let count = isImport ? 250 : pick(3); count > 0; count--) {
			await life.let({ does: 'add', score: 1 + pick(5) });
		}
		for (let count = pick(4); count > 0; count--) {
			const which = pick(400);
			// Twice, or there and back, before the next poll.
			for (let times = 1 + pick(2); times > 0; times--) {
				await life.let({ does: 'change', which, status: STATUSES[pick(3)] });
			}
		}
		if (random.next() < 0.1) await life.let({ does: 'note', which: pick(400) });
		if (random.next() < 0.05) await life.let({ does: 'delete', which: pick(400) });
		const chance = random.next();
		if (chance < 0.1) await life.let({ does: 'fail' });
		else if (chance < 0.8) await life.let({ does: 'poll' });
		if (random.next() < 0.1) await life.let({ does: random.next() < 0.5 ? 'restart' : 'forget' });
	}
	await life.let({ does: 'poll' });
	await life.let({ does: 'poll' });

	expect(life.faults(wanted)).toEqual([]);
	expect(life.happened.size).toBeGreaterThan(500);
	expect(life.figures.changes).toBeGreaterThan(400);
	expect(life.figures.failedPolls).toBeGreaterThan(20);
	expect(life.figures.restarts).toBeGreaterThan(15);
	expect(JSON.stringify(world.saved.staticData).length).toBeLessThan(200_000);
});
