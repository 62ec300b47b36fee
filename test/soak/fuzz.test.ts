import { report } from '../e2e/report';
import { attack, type AttackReport } from '../security/fuzz/attack';
import { startAttackedTrigger, type AttackedTrigger } from '../security/fuzz/attacked-trigger';
import type { MemoryUse } from '../n8n/n8n-process';

jest.setTimeout(3_600_000);

const WARM_UP = 1_000;
const ROUNDS = 5;
const DELIVERIES_PER_ROUND = 1_000;
const SIDE_BY_SIDE = 16;
const MOST_GROWTH_MEGABYTES = 15;

let trigger: AttackedTrigger;

beforeAll(async () => {
	trigger = await startAttackedTrigger();
});

afterAll(async () => await trigger?.stop());

const round = async (seed: number, deliveries: number): Promise<AttackReport> =>
	await attack({
		url: trigger.url,
		secrets: trigger.secrets,
		seed,
		deliveries,
		sideBySide: SIDE_BY_SIDE,
	});

test('of 5,000 hostile deliveries none is accepted or left unanswered, and n8n does not grow', async () => {
	const begin = Date.now();
	await round(0, WARM_UP);
	const uses: MemoryUse[] = [await trigger.memory()];
	const reports: AttackReport[] = [];
	for (let seed = 1; seed <= ROUNDS; seed++) {
		reports.push(await round(seed, DELIVERIES_PER_ROUND));
		uses.push(await trigger.memory());
	}
	const troubles = trigger.troubles();

	report(expect.getState().currentTestName, {
		statuses: sumOfStatuses(reports),
		'hung up before the end': reports.reduce((sum, { hungUp }) => sum + hungUp, 0),
		'longest answer in seconds': Math.max(...reports.map(({ longestSeconds }) => longestSeconds)),
		'megabytes held after each round': uses.map(({ held }) => held),
		'megabytes resident after each round': uses.map(({ resident }) => resident),
		seconds: Math.round((Date.now() - begin) / 1000),
	});
	expect(reports.flatMap(({ accepted }) => accepted)).toEqual([]);
	expect(reports.flatMap(({ unanswered }) => unanswered)).toEqual([]);
	expect(reports.flatMap(({ failed }) => failed)).toEqual([]);
	expect(troubles).toEqual([]);
	expect(await trigger.executionCount()).toBe(0);
	expect(uses[ROUNDS].held - uses[0].held).toBeLessThan(MOST_GROWTH_MEGABYTES);

	// And it still does its work.
	expect((await trigger.deliver()).status).toBe(200);
	expect(await trigger.executionCount()).toBe(1);
});

function sumOfStatuses(reports: AttackReport[]): Record<string, number> {
	const sums: Record<string, number> = {};
	for (const [status, count] of reports.flatMap(({ statuses }) => Object.entries(statuses))) {
		sums[status] = (sums[status] ?? 0) + count;
	}
	return sums;
}
