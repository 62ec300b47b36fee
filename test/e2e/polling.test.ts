import type { INode } from 'n8n-workflow';

import { rowOfNodes } from '../n8n/row-of-nodes';
import { waitUntil } from '../n8n/wait-until';
import type { Workflow } from '../n8n/workflows';
import { packPackage } from '../support/package/pack';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';

jest.setTimeout(300_000);

const TRIGGER = 'Siro Polling Trigger';

let world: SiroAndN8n;

beforeAll(async () => {
	world = await startSiroAndN8n({ tarball: await packPackage() });
});

afterAll(async () => await world?.stop());

async function createWorkflow(parameters: INode['parameters'] = {}): Promise<Workflow> {
	return await world.client.workflows.create(
		rowOfNodes('Polling trigger under test', {
			name: TRIGGER,
			type: 'n8n-nodes-siro.siroPollingTrigger',
			parameters: { pollTimes: { item: [{ mode: 'everyMinute' }] }, ...parameters },
			credentials: { siroApi: world.credential },
		}),
	);
}

function addReadyRecording(title: string): string {
	const { id } = world.siro.addRecording({ title });
	world.siro.processRecording(id);
	world.siro.linkRecording(id, { engagementExternalId: 'appt-456' });
	return id;
}

/** The recordings that have started the workflow, one list per execution. */
async function startedWith(workflow: Workflow, count: number, patienceMs?: number) {
	const executions = await world.client.executions.waitForCount(
		count,
		{ workflowId: workflow.id, mode: 'trigger' },
		patienceMs,
	);
	return executions.map((execution) => execution.json(TRIGGER).map((json) => json.recordingId));
}

test('a recording starts the workflow once, through outages, restarts and pauses', async () => {
	const { client, n8n, siro } = world;
	const workflow = await createWorkflow();

	// Activation: what is ready already does not count, and n8n stores that this was found.
	await client.workflows.activate(workflow);
	const { staticData } = await client.workflows.read(workflow.id);
	expect(staticData).toMatchObject({ [`node:${TRIGGER}`]: { startFrom: 'now', emitted: {} } });

	// Siro cannot be reached while n8n starts; the next poll on schedule makes up for it.
	const first = addReadyRecording('First');
	siro.misbehave({ html: true, status: 200 });
	await n8n.restart();
	await waitUntil('the poll that fails', 30_000, () =>
		n8n.logs.includes('will try again at its next poll'),
	);
	siro.behave();
	expect(await startedWith(workflow, 1, 120_000)).toEqual([[first]]);
	const [execution] = await client.executions.waitForCount(1, { workflowId: workflow.id });
	expect(execution.json(TRIGGER)).toMatchObject([
		{
			recordingProcessed: true,
			recordingLinked: true,
			crm: { engagement: { externalId: 'appt-456' } },
			summary: { text: expect.stringContaining('Next Steps') as string },
			crmUpdates: expect.arrayContaining([
				expect.objectContaining({ crmModelName: 'Opportunity', externalId: 'opp-101' }),
			]) as unknown[],
		},
	]);

	// A pause is made up for, too; a change of what has come already is none of its business.
	await client.workflows.deactivate(workflow);
	const second = addReadyRecording('Second');
	siro.updateRecording(first, { title: 'First, edited' });
	await client.workflows.activate(await client.workflows.read(workflow.id));
	expect(await startedWith(workflow, 2)).toEqual([[first], [second]]);

	// And once more from what n8n has stored.
	siro.updateRecording(second, { title: 'Second, edited' });
	const third = addReadyRecording('Third');
	await n8n.restart();
	expect(await startedWith(workflow, 3)).toEqual([[first], [second], [third]]);
});

test('a trigger that is renamed goes on where it was, and so does one that gets its old name back', async () => {
	const { workflows, executions } = world.client;
	const workflow = await createWorkflow({ include: ['rep', 'evaluationScore', 'followups'] });
	await workflows.activate(workflow);
	const names = ['Ready recordings', TRIGGER, 'Ready recordings'];
	for (const [index, name] of names.entries()) {
		const id = addReadyRecording(name);
		await workflows.deactivate(workflow);
		await workflows.activate(await workflows.rename(workflow, name));
		const filter = { workflowId: workflow.id, mode: 'trigger' as const };
		const started = await executions.waitForCount(index + 1, filter);
		expect(started).toHaveLength(index + 1);
		expect(started[index].json(name)).toMatchObject([
			{
				recordingId: id,
				rep: { name: 'John Sales', email: 'rep-123@kitchenremodel.example', externalId: 'rep-123' },
				evaluationScore: 82,
				followups: [],
			},
		]);
	}
});

test('a recording whose details Siro cannot give does not hold up the others, and comes when it can', async () => {
	const { client, n8n, siro } = world;
	const workflow = await createWorkflow();
	await client.workflows.activate(workflow);
	const [broken, other] = [addReadyRecording('Broken'), addReadyRecording('Other')];
	const trouble = siro.misbehave({ path: new RegExp(broken), status: 500 });

	expect(await startedWith(workflow, 1, 120_000)).toEqual([[other]]);
	expect(n8n.logs).toContain(`skipped recording ${broken}`);
	await n8n.restart();
	trouble.stop();
	expect(await startedWith(workflow, 2, 120_000)).toEqual([[other], [broken]]);
});

test('follow-ups and unlinked recordings start the workflow, each change once, across restarts', async () => {
	const { client, n8n, siro } = world;
	const recording = siro.addRecording({ processed: true, title: 'Walk-in' });
	const followup = siro.addFollowup(recording.id, { score: 3 });
	const followups = await createWorkflow({ triggerOn: 'followup', filters: { minimumScore: 3 } });
	const unlinked = await createWorkflow({ triggerOn: 'recordingUnlinked', hours: 2 });
	for (const workflow of [followups, unlinked]) await client.workflows.activate(workflow);

	// What happens while n8n is down is told when it is up again, all of it.
	siro.changeFollowup(followup.id, { status: 'IN_PROGRESS' });
	siro.changeFollowup(followup.id, { status: 'TO_DO' });
	const createdAt = new Date(Date.now() - 3 * 3_600_000).toISOString();
	const forgotten = siro.addRecording({ processed: true, title: 'Forgotten', createdAt });
	await n8n.restart();

	expect(await startedWith(unlinked, 1)).toEqual([[forgotten.id]]);
	const changes = async (count: number) => {
		const filter = { workflowId: followups.id, mode: 'trigger' as const };
		const executions = await client.executions.waitForCount(count, filter);
		return executions.map((execution) =>
			execution.json(TRIGGER).map((item) => [item.change, item.previousStatus, item.newStatus]),
		);
	};
	const twice = [
		['status', 'TO_DO', 'IN_PROGRESS'],
		['status', 'IN_PROGRESS', 'TO_DO'],
	];
	expect(await changes(1)).toEqual([twice]);

	siro.addFollowup(recording.id, { score: 5 });
	siro.addFollowup(recording.id, { score: 2 });
	await n8n.restart();
	expect(await changes(2)).toEqual([twice, [['new', null, 'TO_DO']]]);
	expect(await startedWith(unlinked, 1)).toEqual([[forgotten.id]]);
});

test('a test in the editor shows the recording that was updated last, and says so if there is none', async () => {
	const latest = addReadyRecording('Latest');
	const { client, siro } = world;

	const execution = await client.workflows.run(await createWorkflow());
	expect(execution.error).toBeUndefined();
	expect(execution.json(TRIGGER)).toMatchObject([{ recordingId: latest }]);

	for (const { id } of siro.state.recordings.all()) siro.deleteRecording(id);
	const failed = await client.workflows.run(await createWorkflow());
	expect(failed.error).toMatch(/No recording from the last 30 days is ready\nA recording is ready/);
});
