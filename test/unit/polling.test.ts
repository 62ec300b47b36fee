import { DAY, HOUR, MINUTE, PolledSiro } from '../support/polling/polled-siro';
import { generateMonth } from '../support/polling/month';
import { Random } from '../support/simulator/random';
import type { Recording } from '../support/simulator';

jest.setTimeout(300_000);

let world: PolledSiro;

afterEach(async () => await world?.stop());

function isReady(recording: Recording): boolean {
	const { deletedAt, isProcessingDone, isSummaryDone, isEntityExtractionDone, link } = recording;
	return (
		deletedAt === null &&
		isProcessingDone &&
		isSummaryDone &&
		isEntityExtractionDone &&
		link !== null
	);
}

describe('a month of recordings', () => {
	test.each([[1], [2], [3]])('starts the workflow once for each due recording (seed %i)', async (seed) => {
		world = await PolledSiro.start({ include: ['summary', 'crmUpdates'] });
		const { siro } = world;
		const random = new Random(seed * 1000);
		const activation = world.now;
		const changes = generateMonth(activation, seed);
		const figures = { polls: 0, failed: 0, restarts: 0, lost: 0, emitting: 0, readyBefore: 0, emitted: 0, due: 0, bytes: 0, requests: 0 };

		const applyUpTo = (time: number) => {
			while (changes.length > 0 && changes[0].at <= time) {
				const change = changes.shift();
				world.now = change?.at ?? time;
				change?.apply(siro);
			}
			world.now = time;
		};
		applyUpTo(activation);

		const readyBefore = new Set(siro.recordings.filter(isReady).map(({ id }) => id));
		const readySince = new Map<string, number>();
		const due = new Set<string>();
		const emitted = new Map<string, number>();
		world.skew = -26 * HOUR;

		const poll = async () => {
			figures.polls++;
			const ready = new Set(siro.recordings.filter(isReady).map(({ id }) => id));
			for (const id of readySince.keys()) if (!ready.has(id)) readySince.delete(id);
			for (const id of ready) {
				if (readyBefore.has(id)) continue;
				const since = readySince.get(id) ?? world.now;
				readySince.set(id, since);
				const created = Date.parse(siro.recording(id)?.createdAt ?? '');
				if (world.now - since >= 4 * HOUR && since - created < 29 * DAY && created > activation - 28 * DAY) due.add(id);
			}
			const ids = await world.pollIds().catch((e) => {
				if (!String(e.message).includes('Siro does not permit')) throw e;
				figures.failed++;
				return [];
			});
			if (ids.length > 0) figures.emitting++;
			for (const id of ids) {
				expect(ready).toContain(id);
				expect(readyBefore).not.toContain(id);
				expect(emitted).not.toContain(id);
				emitted.set(String(id), world.now);
			}
			return ids.length;
		};

		await poll();
		expect(emitted.size).toBe(0);
		const end = activation + 31 * DAY;
		while (world.now < end) {
			const wait = random.next() < 0.02 ? 6 * HOUR : (10 + random.next() * 30) * MINUTE;
			applyUpTo(world.now + wait);
			if (world.now > activation + 10 * DAY) world.skew = 0;
			if (world.now > activation + 20 * DAY) world.skew = 7 * HOUR;
			const chance = random.next();
			if (chance < 0.05) siro.misbehave({ status: 403, probability: 0.4 });
			const count = await poll();
			siro.behave();
			if (chance > 0.97 || wait === 6 * HOUR) { world.restartN8n(); figures.restarts++; }
			else if (chance > 0.7 && count === 0) { world.loseUnsavedMemory(); figures.lost++; }
		}
		applyUpTo(end);
		changes.length = 0;
		for (let i = 0; i < 40; i++) { world.pass(10 * MINUTE); await poll(); }

		figures.readyBefore = readyBefore.size; figures.emitted = emitted.size; figures.due = due.size;
		figures.bytes = JSON.stringify(world.saved.staticData).length;
		figures.requests = siro.requests.length;
		process.stderr.write(JSON.stringify(figures) + '\n');
		expect([...due].filter((id) => !emitted.has(id))).toEqual([]);
	});
});
