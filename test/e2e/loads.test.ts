import type { N8nClient } from '../n8n/client';
import { type N8nInstance, startN8n } from '../n8n/instance';
import { packPackage } from '../support/package/pack';

jest.setTimeout(300_000);

describe('The packed package in a real n8n', () => {
	let n8n: N8nInstance;
	let client: N8nClient;

	beforeAll(async () => {
		n8n = await startN8n({ tarball: await packPackage() });
		client = await n8n.signIn();
	});

	afterAll(async () => await n8n?.stop());

	test('brings the action node', async () => {
		const node = await client.nodeTypes.read('n8n-nodes-siro.siro');
		expect(node).toMatchObject({ displayName: 'Siro', group: ['transform'] });
	});

	test('brings the trigger node', async () => {
		const node = await client.nodeTypes.read('n8n-nodes-siro.siroTrigger');
		expect(node).toMatchObject({ displayName: 'Siro Trigger', group: ['trigger'] });
	});

	test('brings the polling trigger node', async () => {
		const node = await client.nodeTypes.read('n8n-nodes-siro.siroPollingTrigger');
		expect(node).toMatchObject({ displayName: 'Siro Polling Trigger', polling: true });
	});

	test('brings the credential that all nodes use', async () => {
		const data = { organizationToken: 'token', webhookSigningSecret: '' };
		const credential = await client.credentials.create({ name: 'Siro', type: 'siroApi', data });
		expect(await client.credentials.read(credential)).toHaveProperty('organizationToken');
	});
});
