import type { INodeParameters } from 'n8n-workflow';

import { DAY, HOUR, MINUTE, PolledSiro } from './polling/polled-siro';

jest.setTimeout(60_000);

const LINK = { engagementExternalId: 'appt-1', createMissing: true };

let world: PolledSiro;

afterEach(async () => await world?.stop());

let seed = 0;

async function startPolling(
	parameters: INodeParameters = {},
	{ isActive = true } = {},
): Promise<PolledSiro> {
	seed += 1;
	const triggerOn = 'recordingUnlinked';
	world = await PolledSiro.start({ triggerOn, ...parameters }, { randomSeed: 500 + seed });
	if (isActive) expect(await world.poll()).toEqual([]);
	return world;
}

const addUnlinked = () => world.siro.addRecording({ processed: true, title: 'Kitchen' });

/** Polls every five minutes. */
async function pollFor(hours: number): Promise<unknown[]> {
	const ids: unknown[] = [];
	for (let minute = 0; minute < hours * 60; minute += 5) {
		world.pass(5 * MINUTE);
		ids.push(...(await world.pollIds()));
	}
	return ids;
}

test.each([[1], [24], [100]])(
	'a recording that is not linked after %i hours comes at the next poll, once',
	async (hours) => {
		await startPolling({ hours });
		const other = addUnlinked();
		world.pass(hours * HOUR + 1);
		expect(await world.pollIds()).toEqual([other.id]);
		const { id, userId, createdAt } = addUnlinked();
		world.pass(hours * HOUR);
		// So that the latest update that is known of is one of now.
		world.siro.updateRecording(other.id, { title: 'Edited' });
		expect(await world.poll()).toEqual([]);
		world.pass(1);

		expect(await world.poll()).toMatchObject([
			{
				recordingId: id,
				siroUserId: userId,
				recordingProcessed: true,
				recordingLinked: false,
				eventType: 'polling',
				recording: {
					id,
					title: 'Kitchen',
					createdAt,
					durationInMinutes: 30,
					webLink: expect.stringContaining(id) as string,
				},
				rep: { id: userId, name: 'John Sales', email: 'rep-123@kitchenremodel.example' },
			},
		]);
		world.siro.updateRecording(id, { title: 'Edited' });
		world.restartN8n();
		expect(await pollFor(2)).toEqual([]);
		world.siro.linkRecording(id, LINK);
		world.siro.unlinkRecording(id);
		expect(await pollFor(2)).toEqual([]);
	},
);

test('what is linked, deleted or not processed by then does not come', async () => {
	await startPolling();
	const [linked, deleted] = [addUnlinked(), addUnlinked()];
	const unprocessed = world.siro.addRecording();
	world.pass(23 * HOUR);
	world.siro.linkRecording(linked.id, LINK);
	world.siro.deleteRecording(deleted.id);
	expect(await pollFor(3)).toEqual([]);

	world.siro.processRecording(unprocessed.id);
	expect(await pollFor(0.1)).toEqual([unprocessed.id]);
	world.siro.unlinkRecording(linked.id);
	expect(await pollFor(0.1)).toEqual([linked.id]);
});

test('what was due before the activation does not come, and what becomes due after it does', async () => {
	await startPolling({}, { isActive: false });
	addUnlinked();
	world.pass(20 * HOUR);
	const made = addUnlinked();
	world.pass(5 * HOUR);
	expect(await world.poll()).toEqual([]);
	expect(await pollFor(20)).toEqual([made.id]);
});

test('a pause and a restart are made up for; one that shows late comes within an hour', async () => {
	await startPolling({ hours: 2 });
	const { id } = addUnlinked();
	world.pass(3 * DAY);
	world.restartN8n();
	expect(await world.pollIds()).toEqual([id]);

	const createdAt = world.ago(2 * DAY);
	const late = world.siro.addRecording({ createdAt, processed: true, title: 'From a phone' });
	expect(await pollFor(1)).toEqual([late.id]);
});

test('details are included; what cannot be fetched comes later, if it is not linked by then', async () => {
	await startPolling({ hours: 1, include: ['summary'] });
	const [linked, other, later] = [addUnlinked(), addUnlinked(), addUnlinked()];
	const trouble = world.siro.misbehave({
		path: new RegExp(`${linked.id}|${later.id}`),
		status: 400,
	});
	world.pass(HOUR + 1);
	expect(await world.poll()).toMatchObject([
		{ recordingId: other.id, summary: { text: expect.stringContaining('Next Steps') as string } },
	]);

	trouble.stop();
	world.siro.linkRecording(linked.id, LINK);
	expect(await world.pollIds()).toEqual([later.id]);
	expect(await world.poll()).toEqual([]);
});

test('hours that are longer than the trigger looks back are refused', async () => {
	await startPolling({ hours: 48, options: { lookBack: 2 } }, { isActive: false });
	await expect(world.poll()).rejects.toMatchObject({
		message: 'Unlinked For is longer than this trigger looks back',
		description: expect.stringContaining('2 days'),
	});
});

test('a test in the editor shows the latest, or says that there is none', async () => {
	await startPolling({ hours: 1 }, { isActive: false });
	addUnlinked();
	await expect(world.test()).rejects.toMatchObject({
		message: 'No recording from the last 30 days is still unlinked after 1 hour',
		description: expect.stringContaining('not linked to a record of your CRM'),
	});
	world.pass(2 * HOUR);
	expect(await world.test()).toMatchObject([{ recording: { title: 'Kitchen' } }]);
});
