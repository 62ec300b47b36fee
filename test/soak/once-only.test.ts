import { sleep } from 'n8n-workflow';

import { activateTrigger, LINKED, PROCESSED, TRIGGER } from '../n8n/deliveries';
import { AT_A_TIME, deliverAll, newTwins, shuffle, type Message } from '../e2e/messages';
import { report } from '../e2e/report';
import type { Execution } from '../n8n/executions';
import { startReadinessGate, type ReverseProxy } from '../n8n/reverse-proxy';
import { waitUntil } from '../n8n/wait-until';
import type { Workflow } from '../n8n/workflows';
import { packPackage } from '../support/package/pack';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import type { Recording } from '../siro';
import { Random } from '../siro/random';

jest.setTimeout(3_600_000);

const MINUTES = 60_000;

/** As docs/scaling.md recommends for many deliveries at a time. */
const N8N = { environment: { N8N_EXPRESSION_ENGINE_LAZY_ACQUIRE: 'true' } };

describe('1,000 recordings, 2 ready events each, up to 3 redeliveries, shuffled, 16 at a time', () => {
	const RECORDINGS = 1_000;
	const MOST_REDELIVERIES = 3;
	let world: SiroAndN8n;

	beforeAll(async () => {
		world = await startSiroAndN8n({ tarball: await packPackage(), ...N8N });
	});

	afterAll(async () => await world?.stop());

	test.each([
		['start the workflow exactly 1,000 times', false],
		['do so when n8n is restarted in the middle', true],
	])('%s', async (_name, restarts) => {
		const { n8n, signingSecret } = world;
		const { url, executions } = await activateTrigger(world, {});
		const recordingIds = Array.from({ length: RECORDINGS }, () => crypto.randomUUID());
		const deliveries = shuffle(redelivered(recordingIds.flatMap((id) => newTwins(id))));
		const middle = Math.floor(deliveries.length / 2);
		const begin = Date.now();

		await deliverAll(url, signingSecret, deliveries.slice(0, middle));
		if (restarts) await n8n.restart();
		await deliverAll(url, signingSecret, deliveries.slice(middle));

		const ended = await readAll(world, await executions());
		report(expect.getState().currentTestName, {
			deliveries: deliveries.length,
			executions: ended.length,
			seconds: secondsSince(begin),
		});
		expect(ended.map(recordingIdOf).sort()).toEqual([...recordingIds].sort());
	});

	/** Each message once, and up to three times more. */
	function redelivered(messages: Message[]): Message[] {
		const random = new Random(4);
		return messages.flatMap((message) => {
			const times = 1 + Math.floor(random.next() * (MOST_REDELIVERIES + 1));
			return Array.from({ length: times }, () => message);
		});
	}
});

/** When n8n could not answer, from the moment in which it was told to end until it had ended. */
interface Outage {
	from: number;
	to: number;
}

describe('300 recordings, 2 ready events each, which Siro delivers as Svix does, while n8n', () => {
	const RECORDINGS = 300;
	const OUTAGES = 10;
	let world: SiroAndN8n;
	let gate: ReverseProxy;

	beforeEach(async () => {
		world = await startSiroAndN8n({
			tarball: await packPackage(),
			// Svix's waits of 5 s, 5 min, 30 min, 2 h … become 50 ms, 3 s, 18 s, 72 s …
			simulator: { seeded: false, timeScale: 0.01 },
			...N8N,
		});
		gate = await startReadinessGate(world.n8n.url);
	});

	afterEach(async () => {
		await gate?.stop();
		await world?.stop();
	});

	test.each([
		['is killed', async () => await world.n8n.kill()],
		['is stopped in an orderly way', async () => await world.n8n.end()],
	])(
		'%s ten times: every recording starts the workflow, and more than once only what was in flight',
		async (_name, end) => {
			const { siro, client } = world;
			const trigger = await activateTrigger(world, {});
			siro.webhooks.addEndpoint({
				url: trigger.url.replace(world.n8n.url, gate.url),
				secret: world.signingSecret,
			});
			const recordings = siro.addRecordings(RECORDINGS, (index) => ({
				processed: true,
				link: { engagementExternalId: `appointment-${index}`, createMissing: true },
			}));
			const begin = Date.now();

			const outages = await announceThroughOutages(recordings, trigger.workflow, end);

			const ended = await readAll(world, await trigger.executions());
			const starts = groupByRecording(ended);
			const timesInFlight = countTimesInFlight(outages);
			const onlyInterrupted = [...starts.values()].filter((ofOne) => ofOne.every(wasInterrupted));
			report(expect.getState().currentTestName, {
				deliveries: siro.webhooks.attempts.length,
				executions: ended.length,
				duplicates: ended.length - starts.size,
				'recordings in flight at an end of n8n': timesInFlight.size,
				'interrupted executions': ended.filter(wasInterrupted).length,
				'recordings with interrupted executions only': onlyInterrupted.length,
				seconds: secondsSince(begin),
			});
			expect([...starts.keys()].sort()).toEqual(recordings.map(({ id }) => id).sort());
			const tooOften = [...starts].filter(
				([id, ofOne]) => ofOne.length > 1 + (timesInFlight.get(id) ?? 0),
			);
			expect(tooOften).toEqual([]);
			// What n8n has known before it ended, it knows still.
			for (const { id } of siro.webhooks.messages) await siro.webhooks.replay(id);
			expect(await trigger.executions()).toHaveLength(ended.length);
			// n8n does not repeat an execution that it was killed in; its "Retry" does.
			for (const [{ id }] of onlyInterrupted) {
				expect((await client.executions.retry(id)).status).toBe('success');
			}
		},
	);

	/** Ends n8n and starts it again, ten times, amid the deliveries; comes back after the last one. */
	async function announceThroughOutages(
		recordings: Recording[],
		workflow: Workflow,
		end: () => Promise<void>,
	): Promise<Outage[]> {
		const { siro, n8n, client } = world;
		const outages: Outage[] = [];
		while (outages.length < OUTAGES) {
			const next = outages.length * (RECORDINGS / OUTAGES);
			await announce(recordings.slice(next, next + RECORDINGS / OUTAGES));
			const from = Date.now();
			await end();
			outages.push({ from, to: Date.now() });
			await n8n.start();
			await client.workflows.waitUntilActive(workflow);
		}
		await waitUntil('the last redelivery', 20 * MINUTES, async () => {
			await siro.webhooks.idle();
			return siro.webhooks.pendingRedeliveries === 0;
		});
		return outages;
	}

	/** Has Siro send both events about each recording, as fast as n8n takes them. */
	async function announce(recordings: Recording[]): Promise<void> {
		const { siro } = world;
		const underWay = () =>
			siro.webhooks.messages.length -
			siro.webhooks.attempts.filter(({ cause }) => cause === 'event').length;
		for (const recording of recordings) {
			while (underWay() > AT_A_TIME - 2) await sleep(5);
			siro.announce(recording, PROCESSED);
			siro.announce(recording, LINKED);
		}
	}

	/**
	 * In how many outages a delivery about a recording was in flight: handed to n8n, and never
	 * answered. Nothing else may have caused an execution beyond the first.
	 */
	function countTimesInFlight(outages: Outage[]): Map<string, number> {
		const { siro } = world;
		const recordingOf = new Map(
			siro.webhooks.messages.map(({ id, payload }) => [id, recordingIdIn(payload)]),
		);
		const times = new Map<string, number>();
		for (const { from, to } of outages) {
			const cutOff = siro.webhooks.attempts.filter(
				({ at, durationMs, status }) =>
					status === null && at.getTime() <= to && at.getTime() + durationMs >= from,
			);
			for (const id of new Set(cutOff.map(({ messageId }) => recordingOf.get(messageId) ?? ''))) {
				times.set(id, (times.get(id) ?? 0) + 1);
			}
		}
		return times;
	}
});

async function readAll(
	{ client }: SiroAndN8n,
	executions: Array<{ id: string }>,
): Promise<Execution[]> {
	const read: Execution[] = [];
	for (const { id } of executions) read.push(await client.executions.waitFor(id));
	return read;
}

function groupByRecording(executions: Execution[]): Map<string, Execution[]> {
	const groups = new Map<string, Execution[]>();
	for (const execution of executions) {
		const id = recordingIdOf(execution);
		groups.set(id, [...(groups.get(id) ?? []), execution]);
	}
	return groups;
}

function recordingIdOf(execution: Execution): string {
	// An execution that was killed early has not got further than what it was to begin with.
	const [begun] = execution.data.executionData?.nodeExecutionStack ?? [];
	return recordingIdIn(execution.json(TRIGGER)[0] ?? begun?.data.main[0]?.[0].json);
}

function recordingIdIn(payload: unknown): string {
	const isNamed = typeof payload === 'object' && payload !== null && 'recordingId' in payload;
	return isNamed ? String(payload.recordingId) : 'unknown';
}

const wasInterrupted = ({ status }: Execution): boolean => status === 'crashed';

const secondsSince = (begin: number): number => Math.round((Date.now() - begin) / 1000);
