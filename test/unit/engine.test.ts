/** What no real n8n can tell about the engine of these tests; the rest is in e2e/engine.test.ts. */
import {
	NodeConnectionTypes,
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type INodeType,
	type IPollFunctions,
	type IWebhookFunctions,
} from 'n8n-workflow';

import { SiroApi } from '../../credentials/SiroApi.credentials';
import {
	deliverWebhook,
	inFastTime,
	pollNode,
	readFile,
	recordedLogs,
	recordedRequests,
	restart,
	runNode,
	saveWorkflow,
	siroApi,
	storeCredential,
	storeFile,
	strayRequests,
	useBinaryDataMode,
} from '../engine';

const description = {
	displayName: 'Probe',
	name: 'probe',
	group: ['transform' as const],
	version: 2,
	description: 'Tries something out',
	defaults: { name: 'Probe' },
	inputs: [NodeConnectionTypes.Main],
	outputs: [NodeConnectionTypes.Main],
	credentials: [{ name: 'siroApi' }],
	properties: [],
};

/** A node that does this. */
const nodeThat = (
	act: (context: IExecuteFunctions) => Promise<IDataObject | undefined>,
): INodeType => ({
	description,
	async execute() {
		return [[{ json: (await act(this)) ?? {} }]];
	},
});

test('requests and logs are recorded, and tokens are put in', async () => {
	siroApi().post('/v1/things').query(true).reply(200, { id: 1 });
	const { output } = await runNode({
		nodeType: nodeThat(async (context) => {
			context.logger.info('Sending', { count: 1 });
			return await context.helpers.httpRequestWithAuthentication.call(context, 'siroApi', {
				method: 'POST',
				url: 'https://functions.siro.ai/api-externalApi/v1/things',
				qs: { name: 'a b' },
				body: { name: 'thing' },
			});
		}),
		credential: storeCredential(new SiroApi(), { organizationToken: 'token' }),
	});
	expect(output).toEqual([[{ json: { id: 1 }, pairedItem: { item: 0 } }]]);
	expect(recordedRequests()).toMatchObject([
		{
			method: 'POST',
			url: 'https://functions.siro.ai/api-externalApi/v1/things',
			query: { name: 'a b' },
			headers: { authorization: 'Bearer token' },
			body: { name: 'thing' },
		},
	]);
	expect(recordedLogs()).toContainEqual({
		level: 'info',
		message: 'Sending',
		metadata: { count: 1 },
	});
});

test('a request too many or too few is found, even if the node says nothing', async () => {
	siroApi().get('/v1/prepared').reply(200);
	await runNode({
		nodeType: nodeThat(async (context) => {
			await context.helpers.httpRequest({ url: 'http://127.0.0.2/' }).catch(() => undefined);
			return undefined;
		}),
	});
	expect(strayRequests()).toEqual({
		unexpected: ['GET http://127.0.0.2/'],
		unsent: ['GET https://functions.siro.ai:443/api-externalApi/v1/prepared'],
	});
});

test('an execution can be cancelled', async () => {
	const cancellation = new AbortController();
	const running = runNode({
		nodeType: nodeThat(async () => {
			cancellation.abort();
			await sleep(20);
			return undefined;
		}),
		signal: cancellation.signal,
	});
	expect((await running).status).toBe('canceled');
});

test('time can run ahead', async () => {
	const nodeType = nodeThat(async () => {
		await sleep(60_000);
		return { done: true };
	});
	const { result, elapsed } = await inFastTime(async () => await runNode({ nodeType }));
	expect(result.output[0]).toMatchObject([{ json: { done: true } }]);
	expect(elapsed).toBeGreaterThanOrEqual(60_000);
	expect(elapsed).toBeLessThan(61_000);
});

test.each(['default', 'filesystem'] as const)(
	'files are kept as n8n keeps them: %s',
	async (mode) => {
		await useBinaryDataMode(mode);
		try {
			const data = await storeFile('quiet', { fileName: 'quiet.txt', mimeType: 'text/plain' });
			expect(data.id?.startsWith('filesystem-v2:') ?? false).toBe(mode === 'filesystem');
			expect((await readFile(data)).toString()).toBe('quiet');
		} finally {
			await useBinaryDataMode('default');
		}
	},
);

describe('a delivery to a trigger', () => {
	/** Does what the body says. */
	const triggerType: INodeType = {
		description: {
			...description,
			name: 'trigger',
			inputs: [],
			group: ['trigger'],
			webhooks: [
				{
					name: 'default',
					httpMethod: 'POST',
					path: 'webhook',
					responseMode: 'onReceived',
					responseData: '',
				},
			],
		},
		async webhook(this: IWebhookFunctions) {
			const { what } = this.getBodyData();
			const data = this.getWorkflowStaticData('node');
			const { last: before } = data;
			data.last = what;
			if (what === 'fail') throw new TypeError('Not understood');
			if (what === 'hang') return { noWebhookResponse: true };
			return {
				workflowData: [[{ json: { mode: this.getMode(), what, before } }]],
				get webhookResponse() {
					if (what === 'remember') data.remembered = true;
					return { what };
				},
			};
		},
	};
	const newTrigger = () => saveWorkflow({ nodeType: triggerType });
	const deliver = async (trigger: ReturnType<typeof newTrigger>, what: string, more = {}) =>
		await deliverWebhook(trigger, { body: JSON.stringify({ what }), ...more });

	test('loses static data, as n8n 2.41 does, once some is stored', async () => {
		const trigger = newTrigger();
		expect(await deliver(trigger, 'first')).toMatchObject({
			...{ status: 200, body: { what: 'first' } },
			workflowData: [[{ json: { mode: 'webhook', what: 'first', before: undefined } }]],
		});
		await deliver(trigger, 'second');
		expect(trigger.nodeStaticData).toEqual({ last: 'first' });
	});

	test('keeps what is set when n8n reads the answer', async () => {
		const trigger = newTrigger();
		await deliver(trigger, 'first');
		await deliver(trigger, 'remember');
		expect(trigger.nodeStaticData).toMatchObject({ remembered: true });
	});

	test.each([{ storingFails: true }, { url: 'test' }])(
		'saves no static data with %j',
		async (how) => {
			const trigger = newTrigger();
			await deliver(trigger, 'remember', how);
			expect(trigger.staticData).toBeUndefined();
		},
	);

	test('to the test URL sees no static data', async () => {
		const trigger = newTrigger();
		await deliver(trigger, 'first');
		expect(await deliver(trigger, 'test', { url: 'test' })).toMatchObject({
			workflowData: [[{ json: { mode: 'manual', before: undefined } }]],
		});
	});

	test('that fails is answered 500, and nothing is stored', async () => {
		const trigger = newTrigger();
		expect(await deliver(trigger, 'fail')).toMatchObject({
			...{ status: 500, error: { message: 'Not understood' } },
			body: { code: 0, message: 'Workflow Webhook Error: Workflow could not be started!' },
		});
		expect(trigger.staticData).toBeUndefined();
	});

	test('that is not answered leaves the sender waiting', async () => {
		expect(await deliver(newTrigger(), 'hang', { senderWaits: 50 })).toMatchObject({
			status: undefined,
			noWebhookResponse: true,
		});
	});
});

test('a poll keeps static data in memory until it emits, and a restart forgets it', async () => {
	const saved = saveWorkflow({
		nodeType: {
			description: { ...description, name: 'poller', inputs: [], polling: true },
			async poll(this: IPollFunctions) {
				const data = this.getWorkflowStaticData('node');
				data.count = Number(data.count ?? 0) + 1;
				return data.count === 2 ? [[{ json: { count: 2, mode: this.getMode() } }]] : null;
			},
		},
	});
	expect(await pollNode(saved)).toBeNull();
	restart(saved);
	expect(await pollNode(saved)).toBeNull();
	expect(saved.nodeStaticData).toEqual({});
	expect(await pollNode(saved, 'manual')).toBeNull();
	expect(await pollNode(saved)).toEqual([[{ json: { count: 2, mode: 'trigger' } }]]);
	expect(saved.nodeStaticData).toEqual({ count: 2 });
});
