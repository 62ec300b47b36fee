/**
 * n8n's next engine, which n8n 2.41 has behind a setting: what docs/administration.md says of it. A test
 * that fails here may be good news.
 */
import { post, newPayload, sign, triggerNode, LINKED, PROCESSED } from '../n8n/deliveries';
import { freePort } from '../n8n/free-port';
import { rowOfNodes, siroNode, START, type NodeSettings } from '../n8n/row-of-nodes';
import { describePostgres, startPostgres, type PostgresServer } from '../n8n/services/postgres';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import type { Workflow } from '../n8n/workflows';
import { packPackage } from '../support/package/pack';

jest.setTimeout(300_000);

describePostgres('n8n’s engine 2.0', () => {
	let world: SiroAndN8n;
	let database: PostgresServer;

	beforeAll(async () => {
		database = await startPostgres();
		world = await startSiroAndN8n({
			tarball: await packPackage(),
			environment: {
				N8N_ENABLED_MODULES: 'engine-v2',
				N8N_ENGINE_DATABASE_URL: database.url,
				N8N_ENGINE_HOST: '127.0.0.1',
				N8N_ENGINE_PORT: String(await freePort()),
				N8N_ENGINE_CONTROL_PLANE_PORT: String(await freePort()),
			},
		});
	});

	afterAll(async () => {
		await world?.stop();
		await database?.stop();
	});

	async function create(...nodes: NodeSettings[]): Promise<Workflow> {
		const workflow = rowOfNodes('On engine 2.0', ...nodes);
		return await world.client.workflows.create({
			...workflow,
			settings: { ...workflow.settings, engineType: 'v2' },
		});
	}

	test('the trigger starts the workflow once, with what is included', async () => {
		const { client, siro, credential, signingSecret } = world;
		const parameters = { include: ['recording', 'summary', 'crmUpdates'] };
		const workflow = await create(triggerNode(parameters, credential));
		await client.workflows.activate(workflow);
		const url = await client.workflows.webhookUrl(workflow);
		const { id } = siro.addRecording({ title: 'Kitchen', processed: true });

		for (const eventType of [PROCESSED, LINKED]) {
			const body = JSON.stringify(newPayload({ recordingId: id, eventType }));
			expect((await post(url, body, sign(body, signingSecret))).status).toBe(200);
		}

		const executions = await client.executions.waitForCount(1, { workflowId: workflow.id });
		expect(executions.map((execution) => execution.json('Siro Trigger'))).toMatchObject([
			[{ recordingId: id, recording: { title: 'Kitchen' } }],
		]);
	});

	test('the Siro node says at once that n8n does not send its requests', async () => {
		const node = siroNode(world.credential, { resource: 'engagement', operation: 'getAll' });
		const { error } = await world.client.workflows.run(await create(START, node));

		expect(error).toMatch(/n8n did not send the request: .*expirable/);
		expect(world.siro.requestsTo('GET', /engagements/)).toEqual([]);
	});
});
