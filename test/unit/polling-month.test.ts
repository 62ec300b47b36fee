/* eslint-disable @n8n/community-nodes/require-node-api-error -- test code runs in Node, never inside n8n */
import type { Recording, Simulator } from '../siro';
import { Random } from '../siro/random';
import { DAY, HOUR, MINUTE, PolledSiro } from './polling/polled-siro';

jest.setTimeout(300_000);

/** What is told about the recordings of a month after it was polled, by their IDs. */
interface Replay {
	/** What started the workflow, as often as it did. */
	emitted: string[];
	/** What must have: it was ready for so long that the trigger cannot have missed it. */
	due: string[];
	/** What must not have: it was not ready at that moment. */
	notReady: string[];
	/** What must not have, either: it was ready before the workflow was activated. */
	readyBefore: Set<string>;
	/** What went on meanwhile. */
	figures: Record<'polls' | 'failedPolls' | 'restarts' | 'lostMemories' | 'requests', number>;
}

/** A recording that is ready for so long must have been found, however its readiness came about. */
const LONG_ENOUGH = 8 * HOUR;

/**
 * Polls a generated month in accelerated time: in bursts and with gaps, with n8n's clock 26 hours
 * behind Siro's at first and 7 hours ahead at last, with polls that fail in the middle, with
 * restarts, and with memory lost wherever n8n may lose it.
 */
async function replayMonth(world: PolledSiro, seed: number): Promise<Replay> {
	const { siro } = world;
	const random = new Random(seed + 1000);
	const activation = world.now;
	const changes = generateMonth(activation, seed);
	const readySince = new Map<string, number>();
	const replay: Replay = {
		emitted: [],
		due: [],
		notReady: [],
		readyBefore: new Set(),
		figures: { polls: 0, failedPolls: 0, restarts: 0, lostMemories: 0, requests: 0 },
	};

	const passUntil = (time: number) => {
		const happening = changes.splice(
			0,
			changes.findIndex(({ at }) => at > time),
		);
		for (const change of happening) {
			world.now = change.at;
			change.apply(siro);
		}
		world.now = time;
	};

	/** Polls, and gives whether the workflow was started. */
	const poll = async (): Promise<boolean> => {
		const ready = new Set(
			siro.state.recordings
				.all()
				.filter(isReady)
				.map(({ id }) => id),
		);
		const { emitted, notReady, figures } = replay;
		figures.polls += 1;
		try {
			const ids = (await world.pollIds()).map(String);
			emitted.push(...ids);
			notReady.push(...ids.filter((id) => !ready.has(id)));
			return ids.length > 0;
		} catch (error) {
			if (!String(error).includes(FAILURE)) throw error;
			figures.failedPolls += 1;
			return false;
		} finally {
			noteDue(ready);
		}
	};

	const noteDue = (ready: Set<string>) => {
		for (const id of readySince.keys()) if (!ready.has(id)) readySince.delete(id);
		for (const id of ready) {
			if (replay.readyBefore.has(id) || replay.due.includes(id)) continue;
			const since = readySince.get(id) ?? world.now;
			readySince.set(id, since);
			const created = Date.parse(siro.state.recordings.get(id)?.createdAt ?? '');
			const isOfInterest = since - created < 29 * DAY && activation - created < 28 * DAY;
			if (isOfInterest && world.now - since >= LONG_ENOUGH) replay.due.push(id);
		}
	};

	// The last change is never reached, so that there is always one to come.
	changes.push({ at: Infinity, apply: () => {} });
	passUntil(activation);
	replay.readyBefore = new Set(
		siro.state.recordings
			.all()
			.filter(isReady)
			.map(({ id }) => id),
	);
	world.skew = -26 * HOUR;
	await poll();

	const end = activation + 31 * DAY;
	while (world.now < end) {
		const chance = random.next();
		const isInBurst = Math.floor((world.now - activation) / DAY) % 10 === 3;
		const wait = chance < 0.04 ? 7 * HOUR : (isInBurst ? 5 : 90) * MINUTE * (0.5 + random.next());
		passUntil(world.now + Math.floor(wait));
		if (world.now > activation + 10 * DAY) world.skew = 0;
		if (world.now > activation + 20 * DAY) world.skew = 7 * HOUR;

		if (random.next() < 0.08) siro.misbehave({ status: 403, probability: 0.3 });
		const hasStarted = await poll();
		siro.behave();
		if (chance < 0.08) {
			world.restartN8n();
			replay.figures.restarts += 1;
		} else if (chance < 0.4 && !hasStarted) {
			world.loseUnsavedMemory();
			replay.figures.lostMemories += 1;
		}
	}
	for (let rest = 0; rest < 20; rest++) {
		world.pass(30 * MINUTE);
		await poll();
	}
	replay.figures.requests = siro.requests.length;
	return replay;
}

/** What the trigger says of the answer 403. */
const FAILURE = 'Siro does not allow this';

function isReady(recording: Recording): boolean {
	const { deletedAt, isProcessingDone, isSummaryDone, isEntityExtractionDone, link } = recording;
	const isDone = isProcessingDone && isSummaryDone && isEntityExtractionDone;
	return isDone && deletedAt === null && link !== null;
}

test('a month of recordings starts the workflow once for each that is due, and for no other', async () => {
	const world = await PolledSiro.start({ include: ['summary'] }, { randomSeed: 2001 });
	try {
		const { emitted, due, notReady, readyBefore, figures } = await replayMonth(world, 1);

		expect(due.filter((id) => !emitted.includes(id))).toEqual([]);
		expect(emitted.filter((id, index) => emitted.indexOf(id) !== index)).toEqual([]);
		expect(emitted.filter((id) => readyBefore.has(id))).toEqual([]);
		expect(notReady).toEqual([]);
		expect(due.length).toBeGreaterThan(500);
		expect(figures.failedPolls).toBeGreaterThan(20);
		expect(figures.restarts).toBeGreaterThan(20);
		expect(JSON.stringify(world.saved.staticData).length).toBeLessThan(100_000);
	} finally {
		await world.stop();
	}
});

/** Something that happens in Siro, at a moment by Siro's clock. */
interface Change {
	at: number;
	apply: (siro: Simulator) => void;
}

/** How a change shows in `updatedAt`: usually as its own time. */
type Trace = 'now' | 'unmoved' | 'late' | 'tie';

const LINK = { engagementExternalId: 'appt-1', createMissing: true };

/**
 * Two and a half months of a sales team, the last of which is polled: recordings that are linked
 * weeks later or never, summaries that come late and leave no trace, deletions, links taken off and
 * put back, edits long afterwards, an import of hundreds at one moment.
 */
function generateMonth(begin: number, seed: number): Change[] {
	const random = new Random(seed);
	const changes: Change[] = [];
	let lastUpdate = '';

	const between = (from: number, to: number) => Math.floor(from + random.next() * (to - from));
	const happens = (probability: number) => random.next() < probability;

	/** A fifth of all times are full minutes, so that there are ties. */
	const at = (time: number, apply: Change['apply']) => {
		changes.push({ at: happens(0.2) ? Math.floor(time / MINUTE) * MINUTE : time, apply });
	};

	const leaveTrace = (recording: Recording, before: string, trace: Trace) => {
		if (trace === 'unmoved') recording.updatedAt = before;
		// Seen only some time after the moment that it says it happened at.
		if (trace === 'late') {
			recording.updatedAt = new Date(
				Date.parse(recording.updatedAt) - between(MINUTE, HOUR),
			).toISOString();
		}
		const isRecent = Date.parse(recording.updatedAt) - Date.parse(lastUpdate) < HOUR;
		if (trace === 'tie' && isRecent) recording.updatedAt = lastUpdate;
		lastUpdate = recording.updatedAt;
	};

	const addRecording = (number: number, created: number) => {
		const id = random.uuid();
		const change = (time: number, apply: (siro: Simulator) => void, trace?: Trace) => {
			const usual = happens(0.05) ? 'late' : happens(0.1) ? 'tie' : 'now';
			at(time, (siro) => {
				const recording = siro.state.recordings.get(id);
				if (!recording) return;
				const before = recording.updatedAt;
				apply(siro);
				leaveTrace(recording, before, trace ?? usual);
			});
		};
		const set = (part: Partial<Recording>) => (siro: Simulator) =>
			void siro.updateRecording(id, part);

		changes.push({
			at: created,
			apply: (siro) => void siro.addRecording({ id, title: `${number}` }),
		});

		const processed = created + between(10 * MINUTE, HOUR);
		const isSummaryLate = happens(0.3);
		change(
			processed,
			set({
				isProcessingDone: true,
				isSummaryDone: !isSummaryLate,
				isEntityExtractionDone: true,
				summary: [{ id: 's', name: 'Overview', content: `Summary ${number}` }],
			}),
		);
		if (isSummaryLate) {
			const wait = happens(0.1) ? between(2 * DAY, 5 * DAY) : between(3 * MINUTE, 8 * HOUR);
			const trace = happens(0.6) ? 'unmoved' : undefined;
			change(processed + wait, set({ isSummaryDone: true }), trace);
		}

		const chance = random.next();
		const isEverLinked = chance < 0.85;
		const linked =
			created +
			(chance < 0.5
				? between(0, 2 * HOUR)
				: chance < 0.75
					? between(2 * HOUR, 2 * DAY)
					: between(2 * DAY, 14 * DAY));
		const link = (siro: Simulator) => void siro.linkRecording(id, LINK);
		if (isEverLinked) {
			change(linked, link, happens(0.05) ? 'unmoved' : undefined);
			if (happens(0.05)) {
				const unlinked = linked + between(HOUR, 3 * DAY);
				change(unlinked, (siro) => siro.unlinkRecording(id));
				if (happens(0.5)) change(unlinked + between(HOUR, DAY), link);
			}
		}

		if (happens(0.08)) {
			change(created + between(0, 10 * DAY), (siro) => siro.deleteRecording(id));
		}
		for (let edits = happens(0.4) ? between(1, 5) : 0; edits > 0; edits--) {
			change(created + between(0, 28 * DAY), set({ title: `${number}, edited` }));
		}
	};

	for (let number = 1; number <= 120; number++) {
		addRecording(number, between(begin - 45 * DAY, begin));
	}
	for (let number = 1001; number <= 1400; number++) {
		addRecording(number, between(begin, begin + 30 * DAY));
	}
	const imported = begin + between(10 * DAY, 15 * DAY);
	changes.push({
		at: imported,
		apply: (siro) => {
			for (let number = 2001; number <= 2250; number++) {
				siro.addRecording({ title: `${number}`, processed: true, link: LINK });
			}
		},
	});
	return changes.sort((one, other) => one.at - other.at);
}
