/* eslint-disable @n8n/community-nodes/no-restricted-imports -- test code runs in Node, never inside n8n */
/** n8n told to use a proxy, as companies have one: Siro is asked through it, and never past it. */
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { rowOfNodes, siroNode, START } from '../n8n/row-of-nodes';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import { packPackage } from '../support/package/pack';

jest.setTimeout(300_000);

describe.each(['2', '1'] as const)('n8n %s behind a proxy', (series) => {
	const asked = new Set<string>();
	/** Only the proxy knows where these hosts are. */
	const ports = new Map<string, string>();
	let proxy: Server;
	let world: SiroAndN8n;

	beforeAll(async () => {
		proxy = createServer((incoming, outgoing) => {
			const { hostname, port, pathname, search } = new URL(incoming.url ?? '');
			asked.add(hostname);
			const { method, headers } = incoming;
			const target = { host: '127.0.0.1', port: ports.get(hostname) ?? port };
			const sent = request({ ...target, path: pathname + search, method, headers }, (answer) => {
				outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
				answer.pipe(outgoing);
			});
			sent.on('error', () => outgoing.writeHead(502).end());
			incoming.pipe(sent);
		}).listen(0, '127.0.0.1');
		await once(proxy, 'listening');
		const { port } = proxy.address() as AddressInfo;
		world = await startSiroAndN8n({
			series,
			tarball: await packPackage(),
			environment: { HTTP_PROXY: `http://127.0.0.1:${port}` },
		});
	});

	afterAll(async () => {
		await world?.stop();
		proxy?.close();
	});

	test('the credential is tested, a token is fetched, records and audio arrive', async () => {
		const { siro, client, credential, credentialData } = world;
		const behind = (url: string, hostname: string) => {
			const address = new URL(url);
			ports.set(hostname, address.port);
			return Object.assign(address, { host: hostname }).href.replace(/\/$/, '');
		};
		const data = {
			...credentialData,
			externalApiUrl: behind(siro.externalApiUrl, 'external.siro.example'),
			platformApiUrl: behind(siro.platformApiUrl, 'platform.siro.example'),
		};
		await client.credentials.update(credential, data);
		expect(await client.credentials.test(credential)).toMatchObject({ status: 'OK' });

		const [recording] = siro.state.recordings.all();
		const audio = Buffer.from('what was said');
		Object.assign(recording, { audio });
		const workflow = await client.workflows.create(
			rowOfNodes(
				'Behind a proxy',
				START,
				siroNode(credential, { resource: 'engagement', operation: 'getAll' }, { name: 'List' }),
				siroNode(credential, {
					resource: 'recording',
					operation: 'download',
					recordingId: { __rl: true, mode: 'id', value: recording.id },
				}),
			),
		);
		const execution = await client.workflows.run(workflow);

		expect(execution.error).toBeUndefined();
		expect(execution.json('List')).toMatchObject([{ externalId: 'appt-456' }]);
		const [{ binary }] = execution.items('Siro');
		expect(binary && (await client.executions.binary(Object.values(binary)[0]))).toEqual(audio);
		// The last one is where Siro keeps audio.
		expect([...asked].sort()).toEqual([
			'127.0.0.1',
			'external.siro.example',
			'platform.siro.example',
		]);
	});
});
