import { report } from '../e2e/report';
import { attack, DISGUISES, type AttackReport } from '../security/fuzz/attack';
import { startAttackedTrigger, type AttackedTrigger } from '../security/fuzz/attacked-trigger';
import type { MemoryUse } from '../n8n/n8n-process';

jest.setTimeout(3_600_000);

const WARM_UP = 1_000;
const ROUNDS = 5;
const DELIVERIES_PER_ROUND = 1_000;
const MOST_GROWTH_MEGABYTES = 15;

let trigger: AttackedTrigger;

beforeAll(async () => {
	trigger = await startAttackedTrigger();
});

afterAll(async () => await trigger?.stop());

test('of 5,000 hostile deliveries none is accepted or left unanswered, and n8n does not grow', async () => {
	const begin = Date.now();
	await attack(trigger, { deliveries: WARM_UP, seed: 0 });
	const uses: MemoryUse[] = [await trigger.memory()];
	const reports: AttackReport[] = [];
	for (let seed = 1; seed <= ROUNDS; seed++) {
		reports.push(await attack(trigger, { deliveries: DELIVERIES_PER_ROUND, seed }));
		uses.push(await trigger.memory());
	}
	const troubles = trigger.troubles();

	const disguises = sumOf(reports.map((one) => one.disguises));
	report(expect.getState().currentTestName, {
		statuses: sumOf(reports.map(({ statuses }) => statuses)),
		disguises,
		'longest answer in seconds': Math.max(...reports.map(({ longestSeconds }) => longestSeconds)),
		'megabytes held after each round': uses.map(({ held }) => held),
		'megabytes resident after each round': uses.map(({ resident }) => resident),
		seconds: Math.round((Date.now() - begin) / 1000),
	});
	for (const name of Object.keys(DISGUISES)) expect(disguises).toHaveProperty([name]);
	expect(troubles).toEqual([]);
	expect(await trigger.executionCount()).toBe(0);
	expect(uses[ROUNDS].held - uses[0].held).toBeLessThan(MOST_GROWTH_MEGABYTES);

	// And it still does its work.
	expect(await trigger.deliver()).toBe(200);
	expect(await trigger.executionCount()).toBe(1);
});

function sumOf(counts: Array<Record<string, number>>): Record<string, number> {
	const sums: Record<string, number> = {};
	for (const [name, count] of counts.flatMap((one) => Object.entries(one))) {
		sums[name] = (sums[name] ?? 0) + count;
	}
	return sums;
}
