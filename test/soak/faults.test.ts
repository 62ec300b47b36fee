import { busiestMinute, describeFaults, MOST_REQUESTS_PER_MINUTE } from '../e2e/describe-faults';
import { report } from '../e2e/report';
import { itemsWithIds, rowOfNodes, siroNode, START } from '../n8n/row-of-nodes';
import { packPackage } from '../support/package/pack';
import { startSiroAndN8n } from '../n8n/siro-and-n8n';

jest.setTimeout(1_200_000);

describe('while 30 % of all answers of Siro are faulty', () => {
	// Fetched one by one they need some 2,900 requests, so the limit makes it last 3 minutes.
	describeFaults({ appointments: 2_000, recordings: 2_000, singles: 2_000 });
});

test('1,500 recordings fetched one by one stay below Siro’s limit, so that Siro refuses none', async () => {
	const { siro, client, credential, stop } = await startSiroAndN8n({
		tarball: await packPackage(),
		simulator: { seeded: false, rateLimit: MOST_REQUESTS_PER_MINUTE },
	});
	try {
		const ids = siro.addRecordings(1_500, () => ({ processed: true })).map(({ id }) => id);
		const workflow = await client.workflows.create(
			rowOfNodes(
				'Limit',
				START,
				...itemsWithIds(ids),
				siroNode(credential, {
					resource: 'recording',
					operation: 'get',
					recordingId: '={{ $json.id }}',
				}),
			),
		);
		const started = Date.now();
		const execution = await client.workflows.run(workflow, 600_000);

		report(expect.getState().currentTestName, {
			seconds: Math.round((Date.now() - started) / 1000),
			requests: siro.requests.length,
			'most requests in 60 s': busiestMinute(siro.requests),
		});
		expect(execution.error).toBeUndefined();
		expect(execution.json('Siro').map(({ id }) => id)).toEqual(ids);
		expect(siro.requests.map(({ status }) => status)).not.toContain(429);
		expect(siro.requests).toHaveLength(1_500);
		expect(busiestMinute(siro.requests)).toBeLessThanOrEqual(MOST_REQUESTS_PER_MINUTE);
	} finally {
		await stop();
	}
});
