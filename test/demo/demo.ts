/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals -- the demo runs in Node, never inside n8n */

/*
 * `npm run demo`: the main job, visibly. A real n8n with this package and the example workflows, and
 * a simulated Siro: an appointment goes from the CRM to Siro, and what Siro hears in the recording
 * comes back into the CRM; then follow-ups, unlinked recordings and scores. `-- --once` ends after the
 * last step.
 */
import '../support/loopback-without-proxy.cjs';

import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

import type { DataTableRow } from '../n8n/data-tables';
import { Session } from '../n8n/session';
import type { Workflow } from '../n8n/workflows';
import type { Recording } from '../siro';
import { packPackage } from '../support/package/pack';
import { repositoryFolder } from '../support/package/repository';
import { newSigningSecret, startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import { APPOINTMENTS, DEALS, bringNextRecording } from './business';
import { type Mailbox, startMailServer } from './mail-server';
import { HOUR_MS, showMoreFlows } from './more-flows';
import { expectThat, printRow, say, step, tell } from './steps';

const NOTHING_MORE_MS = 2_000;

let world: SiroAndN8n | undefined;
let mails: Mailbox | undefined;
let isDone = false;
const stopping = new AbortController();

main().catch(async (error: unknown) => {
	if (stopping.signal.aborted) return;
	say(`\n✗ ${error instanceof Error ? error.message : String(error)}`);
	await end(1);
});

async function main(): Promise<void> {
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		// A terminal's Ctrl-C may come twice, from the terminal and by way of npm.
		process.on(signal, () => {
			if (stopping.signal.aborted) return;
			stopping.abort();
			say('\nStopping');
			void end(isDone ? 0 : 130);
		});
	}

	say('n8n-nodes-siro: from the CRM to Siro and back, in a real n8n\n');
	const tarball = await step('Build and pack the package', packPackage);
	const title =
		'Start a simulated Siro and a real n8n (the first run installs n8n, in some minutes)';
	world = await step(title, async () => {
		const simulator = { seeded: false };
		return await startSiroAndN8n({ tarball, editor: true, report: tell, simulator });
	});
	mails = await startMailServer();
	const recording = await showMainJob(world);
	await showMoreFlows(world, mails, recording);

	isDone = true;
	say('\nEverything happened as it should.');
	if (process.argv.includes('--once')) return await end(0);

	say(`
The editor is open at ${world.n8n.url}
  email     ${Session.login.email}
  password  ${Session.login.password}

Look at the workflows, their executions and the data tables. Press Ctrl-C to end.`);
	if (process.stdin.isTTY) bringRecordings(world);
	await wait(2 ** 31 - 1, undefined, { signal: stopping.signal }).catch(() => {});
}

/** One for each line that is entered. */
function bringRecordings({ siro }: SiroAndN8n): void {
	say('Press Enter, and Siro has another recording: “Siro recording to CRM” starts.');
	createInterface(process.stdin).on('line', () => {
		const { title } = bringNextRecording(siro);
		void siro.webhooks.idle().then(() => {
			const { status, body } = siro.webhooks.attempts.at(-1) ?? {};
			say(`“${title}” is processed and linked. n8n answered ${status} ${body}`);
		});
	});
}

async function showMainJob({
	siro,
	client,
	credential,
	signingSecret,
}: SiroAndN8n): Promise<Recording> {
	const importExample = async (file: string): Promise<Workflow> =>
		await client.workflows.importFile(path.join(repositoryFolder, 'examples', file), {
			credentials: [credential],
		});
	const executions = async (workflow: Workflow) =>
		await client.executions.list({ workflowId: workflow.id });

	await step('Make the tables that stand in for a CRM', async () => {
		const { error } = await client.workflows.run(await importExample('set-up-example-tables.json'));
		if (error) throw new Error(error);
		for (const table of await client.dataTables.list()) {
			const rows = table.name === 'Deals' ? DEALS : APPOINTMENTS;
			for (const row of rows) await client.dataTables.addRow(table, row);
		}
	});

	await step('Sync the appointments from the CRM to Siro', async () => {
		const { error } = await client.workflows.run(await importExample('appointments-to-siro.json'));
		if (error) throw new Error(error);
		const engagements = siro.state.engagements.living();
		for (const { subject, startTime } of engagements) {
			tell(`Siro now knows "${subject}" (${startTime})`);
		}
		expectThat(engagements.length === 1 + APPOINTMENTS.length, 'each appointment arrived in Siro');
	});

	const workflow = await step('Activate the workflow that brings recordings back', async () => {
		const imported = await importExample('siro-recording-to-crm.json');
		await client.workflows.activate(imported);
		const url = await client.workflows.webhookUrl(imported);
		siro.webhooks.addEndpoint({ url, secret: signingSecret });
		tell(`Siro’s endpoint: ${url}`);
		return imported;
	});

	const recording = siro.addRecording({
		title: 'Smith Kitchen Remodel Consultation',
		createdAt: new Date(Date.now() - 24 * HOUR_MS).toISOString(),
	});
	await step('Siro has processed the recording, but not linked it yet', async () => {
		siro.processRecording(recording.id, {
			summary: [
				{ name: 'Overview', content: 'The Smiths want an oak kitchen by June.' },
				{ name: 'Next Steps', content: 'Send a written proposal by Friday.' },
			],
			extractions: [
				{
					name: 'Budget',
					value: '$40,000 - $50,000',
					mappings: [{ crmModelName: 'Opportunity', crmFieldName: 'Budget__c' }],
				},
			],
			evaluationScore: 87,
		});
		await siro.webhooks.idle();
		tellAnswer();
		expectThat((await executions(workflow)).length === 0, 'nothing started');
	});

	await step('Siro has linked it as well: the workflow starts', async () => {
		siro.linkRecording(recording.id, { engagementExternalId: 'appt-456' });
		await siro.webhooks.idle();
		tellAnswer();
		const [execution] = await client.executions.waitForCount(1, { workflowId: workflow.id });
		expectThat(execution.status === 'success', `the execution succeeded (${execution.error})`);
	});

	await step('Somebody else forges a delivery: it is refused', async () => {
		const payload = siro.webhookPayload(recording, 'integrations.recordingLinked');
		const [{ url }] = siro.webhooks.endpoints;
		const { status, body } = await siro.webhooks.deliver(payload, {
			url,
			secret: newSigningSecret(),
		});
		tell(`n8n answered ${status} ${body}`);
		expectThat(status === 401, 'the answer was 401');
		await wait(NOTHING_MORE_MS);
		expectThat((await executions(workflow)).length === 1, 'no second execution started');
	});

	await step('What is in the CRM now', async () => {
		const appointment = await rowOf('Appointments');
		const deal = await rowOf('Deals');
		printRow('Appointments', appointment);
		printRow('Deals', deal);
		expectThat(
			String(appointment.note).includes('Send a written proposal by Friday.'),
			'the note is on the appointment',
		);
		expectThat(deal.budget === '$40,000 - $50,000', 'the budget is on the deal');
	});
	return recording;

	/** The one that the example has put into the table. */
	async function rowOf(name: string): Promise<DataTableRow> {
		const [row] = await client.dataTables.rows(name);
		return row;
	}

	function tellAnswer(): void {
		const { status, body } = siro.webhooks.attempts.at(-1) ?? {};
		tell(`n8n answered ${status} ${body}`);
		expectThat(status === 200, 'the answer was 200');
	}
}

async function end(exitCode: number): Promise<void> {
	await world?.stop();
	await mails?.stop();
	process.exit(exitCode);
}
