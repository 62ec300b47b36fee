/* eslint-disable @n8n/community-nodes/no-restricted-imports -- the demo runs in Node, never inside n8n */
import path from 'node:path';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { SiroAndN8n } from '../n8n/siro-and-n8n';
import type { Workflow, WorkflowDefinition } from '../n8n/workflows';
import type { Recording } from '../siro';
import { repositoryFolder } from '../support/package/repository';
import type { Mailbox } from './mail-server';
import { expectThat, printMail, printRow, step, tell } from './steps';

export const HOUR_MS = 3_600_000;

/** What starts by asking Siro, or by the clock: follow-ups, unlinked recordings, scores. */
export async function showMoreFlows(
	{ siro, client, credential }: SiroAndN8n,
	mails: Mailbox,
	recording: Recording,
): Promise<void> {
	const createCredential = async (
		name: string,
		type: string,
		data: ICredentialDataDecryptedObject,
	) => await client.credentials.create({ name, type, data });
	const importExample = async (
		file: string,
		edit?: (workflow: WorkflowDefinition) => void,
	): Promise<Workflow> =>
		await client.workflows.importFile(path.join(repositoryFolder, 'examples', file), {
			credentials,
			edit,
		});
	const credentials = [
		credential,
		await createCredential('SMTP account', 'smtp', {
			host: '127.0.0.1',
			port: mails.port,
			secure: false,
			disableStartTls: true,
		}),
		await createCredential('Basic Auth account', 'httpBasicAuth', {
			user: 'office',
			password: 'office',
		}),
	];

	await step('A follow-up: Siro finds that a customer is worth another call', async () => {
		const workflow = await importExample('follow-ups-worth-a-call.json');
		await pollAfter(workflow, () => {
			siro.addFollowup(recording.id, {
				score: 5,
				followupAction: 'Call the Smiths about paying the kitchen in instalments.',
				thinking: 'They like it, and asked twice what it costs a month.',
			});
		});
		printMails();
		const [row] = await client.dataTables.rows('Follow-ups');
		printRow('Follow-ups', row);
		expectThat(row.rep === 'John Sales', 'the follow-up is in the table');
	});

	await step('A recording that nobody has linked a day after it was made', async () => {
		const workflow = await importExample('unlinked-recordings.json', ({ nodes }) => {
			// There is no Slack here; the email says the same.
			for (const node of nodes) node.disabled = node.type === 'n8n-nodes-base.slack';
		});
		await pollAfter(workflow, () => {
			const createdAt = new Date(Date.now() - 25 * HOUR_MS).toISOString();
			siro.addRecording({ title: 'Walk-in at the showroom', processed: true, createdAt });
		});
		printMails();
	});

	await step('The scores: the digest of yesterday’s recordings', async () => {
		const { error } = await client.workflows.run(await importExample('morning-digest.json'));
		if (error) throw new Error(error);
		printMails(`score ${recording.evaluationScore}`);
	});

	await step('For you to look at: Siro as the tool of an AI agent', async () => {
		await importExample('ask-about-last-week.json');
		tell('It needs an AI model of yours, so it is not run here.');
	});

	/** n8n polls when a workflow is published, and then on schedule, for which nobody wants to wait. */
	async function pollAfter(workflow: Workflow, happen: () => void): Promise<void> {
		await client.workflows.activate(workflow);
		happen();
		await client.workflows.deactivate(workflow);
		await client.workflows.activate(workflow);
		const [{ error }] = await client.executions.waitForCount(1, { workflowId: workflow.id });
		if (error) throw new Error(error);
	}

	function printMails(expected = ''): void {
		const arrived = mails.take();
		for (const mail of arrived) printMail(mail);
		expectThat(arrived.length === 1, 'one email was sent');
		expectThat(arrived[0].text.includes(expected), `it says “${expected}”`);
	}
}
