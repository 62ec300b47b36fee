import {
	EmissionMemory,
	type ReadyDelivery,
	type Verdict,
} from '../../nodes/Siro/webhook/emissions';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const DAY_MS = 86_400_000;

const delivery = (change: Partial<ReadyDelivery> = {}): ReadyDelivery => ({
	recordingId: 'rec-1',
	messageId: 'msg-1',
	links: '',
	...change,
});

function start(memory: EmissionMemory, ready: ReadyDelivery, now = NOW) {
	const verdict = memory.reserve(ready, now);
	expect(verdict.kind).toBe('start');
	return (verdict as Extract<Verdict, { kind: 'start' }>).emission;
}

/** As a restart of n8n does: what was stored is JSON. */
function restart(memory: EmissionMemory, emission?: ReturnType<typeof start>): EmissionMemory {
	return new EmissionMemory(JSON.parse(JSON.stringify(memory.toStored(emission))), NOW);
}

const kindOf = (memory: EmissionMemory, ready: ReadyDelivery, now = NOW) =>
	memory.reserve(ready, now).kind;

test('the first message that finds a recording ready starts the workflow, its twin is held back', () => {
	const memory = new EmissionMemory(undefined, NOW);
	const emission = start(memory, delivery());
	expect(kindOf(memory, delivery({ messageId: 'msg-2' }))).toBe('held');
	memory.complete(emission);
	expect(kindOf(memory, delivery({ messageId: 'msg-2' }))).toBe('held');
	expect(kindOf(memory, delivery())).toBe('held');
	expect(kindOf(memory, delivery({ recordingId: 'rec-2' }))).toBe('start');
});

test('a second attempt of a message is asked to wait while the first is under way', () => {
	const memory = new EmissionMemory(undefined, NOW);
	start(memory, delivery());
	expect(kindOf(memory, delivery())).toBe('busy');
});

test('when nothing was started, either message may start the workflow', () => {
	const memory = new EmissionMemory(undefined, NOW);
	memory.release(start(memory, delivery()));
	memory.release(start(memory, delivery({ messageId: 'msg-2' })));
	expect(kindOf(memory, delivery())).toBe('start');
});

test('when it is not known how it ended, the message itself passes again and its twin does not', () => {
	const memory = new EmissionMemory(undefined, NOW);
	memory.leaveOpen(start(memory, delivery()));
	expect(kindOf(memory, delivery({ messageId: 'msg-2' }))).toBe('held');
	expect(kindOf(memory, delivery())).toBe('start');
});

test('after a crash, a message whose execution was not stored passes again, one that was stored does not', () => {
	const memory = new EmissionMemory(undefined, NOW);
	start(memory, delivery());
	const stored = start(memory, delivery({ recordingId: 'rec-2', messageId: 'msg-3' }));

	const restarted = restart(memory, stored);

	expect(kindOf(restarted, delivery({ messageId: 'msg-2' }))).toBe('held');
	expect(kindOf(restarted, delivery())).toBe('start');
	expect(kindOf(restarted, delivery({ recordingId: 'rec-2', messageId: 'msg-3' }))).toBe('held');
	expect(kindOf(restarted, delivery({ recordingId: 'rec-2', messageId: 'msg-4' }))).toBe('held');
});

test('when links count, other links start the workflow again, and a replay of an older message does not', () => {
	const memory = new EmissionMemory(undefined, NOW);
	memory.complete(start(memory, delivery({ links: 'deal 1' })));
	expect(kindOf(memory, delivery({ messageId: 'msg-2', links: 'deal 1' }))).toBe('held');

	memory.complete(start(memory, delivery({ messageId: 'msg-3', links: 'deal 2' })));

	const restarted = restart(memory);
	expect(kindOf(restarted, delivery({ messageId: 'msg-4', links: 'deal 2' }))).toBe('held');
	expect(kindOf(restarted, delivery({ links: 'deal 1' }))).toBe('held');
	expect(kindOf(restarted, delivery({ messageId: 'msg-5', links: 'deal 3' }))).toBe('start');
});

test('it is bounded in number: the oldest recordings are forgotten', () => {
	const memory = new EmissionMemory(undefined, NOW);
	for (let index = 0; index < 6_000; index++) {
		memory.complete(start(memory, delivery({ recordingId: `rec-${index}` })));
	}
	expect(memory.toStored()).toHaveLength(5_000);
	expect(JSON.stringify(memory.toStored()).length).toBeLessThan(5_000 * 45);
	expect(kindOf(memory, delivery({ recordingId: 'rec-5999', messageId: 'twin' }))).toBe('held');
	expect(kindOf(memory, delivery({ recordingId: 'rec-0', messageId: 'twin' }))).toBe('start');
});

test('it is bounded in age: after 30 days a recording is forgotten', () => {
	const memory = new EmissionMemory(undefined, NOW);
	memory.complete(start(memory, delivery()));
	expect(kindOf(memory, delivery(), NOW + 29 * DAY_MS)).toBe('held');
	start(memory, delivery({ recordingId: 'rec-2' }), NOW + 31 * DAY_MS);
	expect(kindOf(memory, delivery(), NOW + 31 * DAY_MS)).toBe('start');
});

test('what another process has stored is taken up, and what is known better stays', () => {
	const other = new EmissionMemory(undefined, NOW);
	other.complete(start(other, delivery()));
	start(other, delivery({ recordingId: 'rec-2' }));
	const memory = new EmissionMemory(undefined, NOW);
	memory.complete(start(memory, delivery({ recordingId: 'rec-2', messageId: 'msg-2' })));

	memory.takeUp(JSON.parse(JSON.stringify(other.toStored())));

	expect(kindOf(memory, delivery({ messageId: 'twin' }))).toBe('held');
	expect(kindOf(memory, delivery({ recordingId: 'rec-2', messageId: 'msg-2' }))).toBe('held');
});

test.each([
	['nothing', undefined],
	['text', 'recordings'],
	['an object', { a: 1 }],
	['a list of nonsense', [1, null, {}, [], ['too short'], ['elevenchars', 1, 2, 3]]],
])('stored memory that is %s is no obstacle', (_name, stored) => {
	expect(kindOf(new EmissionMemory(stored, NOW), delivery())).toBe('start');
});
