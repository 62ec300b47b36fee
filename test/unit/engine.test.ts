import {
	NodeApiError,
	NodeConnectionTypes,
	NodeOperationError,
	sleep,
	type IAuthenticate,
	type ICredentialDataDecryptedObject,
	type ICredentialType,
	type IDataObject,
	type IExecuteFunctions,
	type IHookFunctions,
	type IHttpRequestHelper,
	type ILoadOptionsFunctions,
	type INodeExecutionData,
	type INodeProperties,
	type INodeType,
	type IPollFunctions,
	type IWebhookFunctions,
	type JsonObject,
} from 'n8n-workflow';

import {
	activateTrigger,
	deactivateTrigger,
	deliverWebhook,
	inFastTime,
	pollNode,
	readFile,
	recordedLogs,
	recordedRequests,
	restart,
	runNode,
	saveWorkflow,
	searchList,
	siroApi,
	storeCredential,
	storeFile,
	testCredential,
	useBinaryDataMode,
} from '../engine';

const EXTERNAL = 'https://functions.siro.ai/api-externalApi';

class PassApi implements ICredentialType {
	name = 'passApi';

	displayName = 'Pass API';

	documentationUrl = 'https://docs.siro.ai';

	properties: INodeProperties[] = [
		{ displayName: 'Greeting', name: 'greeting', type: 'string', default: '' },
		{ displayName: 'Base URL', name: 'baseUrl', type: 'string', default: EXTERNAL },
		{
			displayName: 'Ticket',
			name: 'ticket',
			type: 'hidden',
			typeOptions: { expirable: true },
			default: '',
		},
	];

	authenticate: IAuthenticate = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.ticket}}' } },
	};

	test = {
		request: { baseURL: '={{$credentials.baseUrl}}', url: '/who' },
		rules: [
			{
				type: 'responseCode' as const,
				properties: { value: 403, message: 'Not allowed in' },
			},
		],
	};

	async preAuthentication(
		this: IHttpRequestHelper,
		{ greeting, baseUrl }: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const answer: { ticket: string } = await this.helpers.httpRequest({
			method: 'POST',
			url: `${String(baseUrl)}/tickets`,
			body: { greeting },
		});
		return { ticket: answer.ticket };
	}
}

/** Fetches one record per item. */
const fetchType: INodeType = {
	description: {
		displayName: 'Fetch',
		name: 'fetch',
		group: ['transform'],
		version: 1,
		description: 'Fetches records',
		defaults: { name: 'Fetch' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'passApi', required: true }],
		properties: [
			{ displayName: 'Record ID', name: 'recordId', type: 'string', default: '', required: true },
			{ displayName: 'Page Size', name: 'pageSize', type: 'number', default: 25 },
			{ displayName: 'Note', name: 'note', type: 'string', default: '' },
		],
	},
	methods: {
		listSearch: {
			async searchRecords(this: ILoadOptionsFunctions, filter?: string, cursor?: string) {
				const page = await this.helpers.httpRequestWithAuthentication.call(this, 'passApi', {
					url: `${EXTERNAL}/records`,
					qs: { filter, cursor, pageSize: this.getCurrentNodeParameter('pageSize') },
				});
				return { results: page.results, paginationToken: page.cursor };
			},
		},
	},
	async execute(this: IExecuteFunctions) {
		const output: INodeExecutionData[] = [];
		for (const item of this.getInputData().keys()) {
			try {
				const record: IDataObject = await this.helpers.httpRequestWithAuthentication.call(
					this,
					'passApi',
					{
						url: `${EXTERNAL}/records/${String(this.getNodeParameter('recordId', item))}`,
						qs: { pageSize: this.getNodeParameter('pageSize', item) },
					},
				);
				const note = String(this.getNodeParameter('note', item));
				output.push({ json: { ...record, note }, pairedItem: { item } });
			} catch (error) {
				const failure = new NodeApiError(this.getNode(), error as JsonObject);
				failure.context.itemIndex = item;
				if (!this.continueOnFail()) throw failure;
				output.push({ json: {}, error: failure, pairedItem: { item } });
			}
		}
		this.logger.info('Fetched', { count: output.length });
		this.addExecutionHints({ message: `${output.length} fetched` });
		return [output];
	},
};

/** Hands on the file of each item, in upper case. */
const fileType: INodeType = {
	description: {
		...fetchType.description,
		name: 'file',
		defaults: { name: 'File' },
		credentials: [],
		properties: [],
	},
	async execute(this: IExecuteFunctions) {
		const content = await this.helpers.getBinaryDataBuffer(0, 'data');
		const upperCase = Buffer.from(content.toString().toUpperCase());
		const data = await this.helpers.prepareBinaryData(upperCase, 'upper.txt', 'text/plain');
		return [[{ json: {}, binary: { data }, pairedItem: { item: 0 } }]];
	},
};

/** Starts the workflow when the header says so; what it does otherwise is in the body. */
const triggerType: INodeType = {
	description: {
		...fetchType.description,
		name: 'trigger',
		defaults: { name: 'Trigger' },
		group: ['trigger'],
		inputs: [],
		properties: [],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', path: 'webhook', responseMode: 'onReceived' },
		],
	},
	webhookMethods: {
		default: {
			async checkExists(this: IHookFunctions) {
				return this.getWorkflowStaticData('node').url !== undefined;
			},
			async create(this: IHookFunctions) {
				const data = this.getWorkflowStaticData('node');
				data.url = this.getNodeWebhookUrl('default');
				data.activation = `${this.getMode()} ${this.getActivationMode()}`;
				return true;
			},
			async delete(this: IHookFunctions) {
				return delete this.getWorkflowStaticData('node').url;
			},
		},
	},
	async webhook(this: IWebhookFunctions) {
		const data = this.getWorkflowStaticData('node');
		const { do: action } = this.getBodyData();
		switch (action) {
			case 'start':
				data.last = this.getRequestObject().rawBody.toString();
				return { workflowData: [[{ json: { mode: this.getMode(), ...this.getHeaderData() } }]] };
			case 'refuse':
				this.getResponseObject().status(401).json({ refused: true });
				return { noWebhookResponse: true };
			case 'remember':
				data.last = 'remembered';
				return { webhookResponse: { remembered: true } };
			case 'hang':
				return { noWebhookResponse: true };
			default:
				throw new NodeOperationError(this.getNode(), 'Not understood');
		}
	},
};

/** Counts its polls, and emits on every second. */
const pollType: INodeType = {
	description: {
		...triggerType.description,
		name: 'poller',
		defaults: { name: 'Poller' },
		polling: true,
		webhooks: undefined,
	},
	async poll(this: IPollFunctions) {
		const data = this.getWorkflowStaticData('node');
		const count = Number(data.count ?? 0) + 1;
		data.count = count;
		return count % 2 === 0 ? [[{ json: { count, mode: this.getMode() } }]] : null;
	},
};

const validTicket = () => storeCredential(new PassApi(), { greeting: 'hello', ticket: 'valid' });

const records = (...ids: string[]) => ids.map((id) => ({ json: { id } }));

describe('runNode', () => {
	it('hands items in and out, resolves expressions per item, and fills in defaults', async () => {
		siroApi().get('/records/a').query(true).reply(200, { name: 'A' });
		siroApi().get('/records/b').query(true).reply(200, { name: 'B' });

		const { output, status, hints, error } = await runNode({
			nodeType: fetchType,
			parameters: { recordId: '={{ $json.id }}' },
			input: records('a', 'b'),
			credential: validTicket(),
		});

		expect(status).toBe('success');
		expect(error).toBeUndefined();
		expect(output).toEqual([
			[
				{ json: { name: 'A', note: '' }, pairedItem: { item: 0 } },
				{ json: { name: 'B', note: '' }, pairedItem: { item: 1 } },
			],
		]);
		expect(hints).toEqual([{ message: '2 fetched' }]);
		expect(recordedLogs()).toContainEqual({
			level: 'info',
			message: 'Fetched',
			metadata: { count: 2 },
		});
		expect(recordedRequests()[1]).toMatchObject({
			method: 'GET',
			url: `${EXTERNAL}/records/b`,
			query: { pageSize: '25' },
			headers: { authorization: 'Bearer valid' },
			body: undefined,
		});
	});

	it('lets later nodes trace an item back to where it came from', async () => {
		siroApi().get('/records/a').query(true).reply(404, { message: 'No such record' });
		siroApi().get('/records/b').query(true).reply(200, {});

		const { readAfterwards } = await runNode({
			nodeType: fetchType,
			parameters: { recordId: '={{ $json.id }}' },
			input: records('a', 'b'),
			credential: validTicket(),
			continueOnFail: 'continueErrorOutput',
			readAfterwards: { cameFrom: '={{ $("Start").item.json.id }}' },
		});

		expect(readAfterwards).toEqual([[{ cameFrom: 'b' }], [{ cameFrom: 'a' }]]);
	});

	it('sends items with an error to the error output', async () => {
		siroApi().get('/records/a').query(true).reply(404, { message: 'No such record' });
		siroApi().get('/records/b').query(true).reply(200, { name: 'B' });

		const { output, status } = await runNode({
			nodeType: fetchType,
			parameters: { recordId: '={{ $json.id }}' },
			input: records('a', 'b'),
			credential: validTicket(),
			continueOnFail: 'continueErrorOutput',
		});

		expect(status).toBe('success');
		expect(output[0].map(({ json }) => json)).toEqual([{ name: 'B', note: '' }]);
		expect(output[1]).toMatchObject([{ error: { httpCode: '404' }, pairedItem: { item: 0 } }]);
	});

	it('keeps items with an error on the only output otherwise', async () => {
		siroApi().get('/records/a').query(true).reply(404);

		const { output } = await runNode({
			nodeType: fetchType,
			parameters: { recordId: 'a' },
			credential: validTicket(),
			continueOnFail: 'continueRegularOutput',
		});

		expect(output).toHaveLength(1);
		expect(output[0]).toMatchObject([{ error: { httpCode: '404' } }]);
	});

	it('gives the error that stopped the node, as n8n stores it', async () => {
		siroApi().get('/records/a').query(true).reply(500);

		const { output, status, error, stored } = await runNode({
			nodeType: fetchType,
			parameters: { recordId: 'a' },
			credential: validTicket(),
		});

		expect(status).toBe('error');
		expect(output).toEqual([]);
		expect(error).toMatchObject({
			name: 'NodeApiError',
			httpCode: '500',
			context: { itemIndex: 0 },
		});
		expect(stored).toContain('"NodeApiError"');
		expect(stored).not.toContain('valid');
	});

	it('rejects a node whose required parameters are empty, as n8n does', async () => {
		await expect(runNode({ nodeType: fetchType, credential: validTicket() })).rejects.toThrow(
			'Parameter "Record ID" is required',
		);
	});

	it('resolves dates in the time zone of the workflow', async () => {
		siroApi().get('/records/a').query(true).times(2).reply(200, {});
		const run = async (timezone?: string) =>
			await runNode({
				nodeType: fetchType,
				parameters: { recordId: 'a', note: '={{ $now.zoneName }}' },
				credential: validTicket(),
				timezone,
			});

		expect((await run('Asia/Tokyo')).output[0][0].json).toEqual({ note: 'Asia/Tokyo' });
		expect((await run()).output[0][0].json).toEqual({ note: 'America/New_York' });
	});

	it('cancels', async () => {
		siroApi().get('/records/a').query(true).delay(500).reply(200, {});
		const cancellation = new AbortController();
		const running = runNode({
			nodeType: fetchType,
			parameters: { recordId: 'a' },
			credential: validTicket(),
			signal: cancellation.signal,
		});
		await sleep(50);
		cancellation.abort();

		expect((await running).status).toBe('canceled');
	});

	it('waits without taking time', async () => {
		siroApi().get('/records/a').query(true).reply(429);
		siroApi().get('/records/a').query(true).reply(200, { name: 'A' });

		const { result, elapsed } = await inFastTime(
			async () =>
				await runNode({
					nodeType: fetchType,
					parameters: { recordId: 'a' },
					credential: validTicket(),
					settings: { retryOnFail: true, maxTries: 2, waitBetweenTries: 5000 },
				}),
		);

		expect(result.output[0]).toMatchObject([{ json: { name: 'A' } }]);
		expect(elapsed).toBeGreaterThanOrEqual(5000);
	});

	it.each(['default', 'filesystem'] as const)('carries files (%s)', async (mode) => {
		await useBinaryDataMode(mode);
		const data = await storeFile('quiet', { fileName: 'quiet.txt', mimeType: 'text/plain' });

		const { output } = await runNode({
			nodeType: fileType,
			input: [{ json: {}, binary: { data } }],
		});

		const file = output[0][0].binary?.data ?? data;
		expect(file).toMatchObject({ fileName: 'upper.txt', mimeType: 'text/plain', bytes: 5 });
		expect(file.id?.startsWith('filesystem-v2:')).toBe(mode === 'filesystem' ? true : undefined);
		expect(await readFile(file)).toEqual(Buffer.from('QUIET'));
		await useBinaryDataMode('default');
	});
});

describe('credentials', () => {
	it('are completed before the first request, and the result is stored', async () => {
		siroApi().post('/tickets', { greeting: 'hello' }).reply(201, { ticket: 'first' });
		siroApi().get('/records/a').query(true).reply(200, {});
		const credential = storeCredential(new PassApi(), { greeting: 'hello' });

		await runNode({ nodeType: fetchType, parameters: { recordId: 'a' }, credential });

		expect(recordedRequests()[1].headers.authorization).toBe('Bearer first');
		expect(credential.updates).toEqual([{ greeting: 'hello', ticket: 'first' }]);
	});

	it('are renewed after a 401, and the request is repeated', async () => {
		siroApi().get('/records/a').query(true).reply(401);
		siroApi().post('/tickets').reply(201, { ticket: 'second' });
		siroApi().get('/records/a').query(true).reply(200, { name: 'A' });
		const credential = storeCredential(new PassApi(), { greeting: 'hello', ticket: 'expired' });

		const { output } = await runNode({
			nodeType: fetchType,
			parameters: { recordId: 'a' },
			credential,
		});

		expect(output[0]).toMatchObject([{ json: { name: 'A' } }]);
		expect(recordedRequests().map(({ headers }) => headers.authorization)).toEqual([
			'Bearer expired',
			undefined,
			'Bearer second',
		]);
		expect(credential.data.ticket).toBe('second');
	});

	it.each([
		[200, { status: 'OK', message: 'Connection successful!' }],
		[403, { status: 'Error', message: 'Not allowed in' }],
	])('are tested by their own request (%i)', async (status, verdict) => {
		siroApi().get('/who').reply(status, {});

		expect(await testCredential(validTicket())).toEqual(verdict);
		expect(recordedRequests()[0].headers.authorization).toBe('Bearer valid');
	});
});

describe('deliverWebhook', () => {
	const trigger = () => saveWorkflow({ nodeType: triggerType });

	it('starts the workflow and answers 200', async () => {
		const outcome = await deliverWebhook(trigger(), {
			body: '{ "do": "start" }',
			headers: { 'x-sent-by': 'test' },
		});

		// The body is n8n's own doing when the node's description has no `responseData`.
		expect(outcome).toMatchObject({ status: 200, body: 'firstEntryJson', error: undefined });
		expect(outcome.workflowData).toMatchObject([
			[{ json: { mode: 'webhook', 'x-sent-by': 'test' } }],
		]);
	});

	it('lets the node answer by itself', async () => {
		const outcome = await deliverWebhook(trigger(), { body: '{"do":"refuse"}' });

		expect(outcome).toMatchObject({
			status: 401,
			body: { refused: true },
			workflowData: undefined,
			noWebhookResponse: true,
		});
	});

	it('leaves the sender waiting if the node does not', async () => {
		const outcome = await deliverWebhook(trigger(), { body: '{"do":"hang"}', senderWaits: 50 });

		expect(outcome).toMatchObject({ status: undefined, noWebhookResponse: true });
	});

	it('answers what the node returned without starting anything', async () => {
		const saved = trigger();
		const outcome = await deliverWebhook(saved, { body: '{"do":"remember"}' });

		expect(outcome).toMatchObject({ status: 200, body: { remembered: true } });
		expect(outcome.workflowData).toBeUndefined();
		expect(saved.nodeStaticData).toEqual({ last: 'remembered' });
	});

	it('answers 500 when the node throws', async () => {
		const outcome = await deliverWebhook(trigger(), { body: '{"do":"?"}' });

		expect(outcome).toMatchObject({
			status: 500,
			body: { code: 0, message: 'Workflow Webhook Error: Workflow could not be started!' },
			error: { message: 'Not understood' },
		});
	});

	it('answers 422 when the body is not the JSON that it says it is', async () => {
		expect(await deliverWebhook(trigger(), { body: '{' })).toMatchObject({ status: 422 });
	});

	it('loses static data, as n8n 2.41 does, once some is stored', async () => {
		const saved = trigger();

		await deliverWebhook(saved, { body: '{"do":"start"}' });
		expect(saved.nodeStaticData).toEqual({ last: '{"do":"start"}' });

		await deliverWebhook(saved, { body: '{ "do": "start", "again": true }' });
		expect(saved.nodeStaticData).toEqual({ last: '{"do":"start"}' });
	});
});

describe('activateTrigger and deactivateTrigger', () => {
	it('create once and delete', async () => {
		const saved = saveWorkflow({ nodeType: triggerType });

		expect(await activateTrigger(saved)).toBe(true);
		expect(await activateTrigger(saved)).toBe(false);
		expect(saved.nodeStaticData).toEqual({
			url: 'https://n8n.example.com/webhook/webhook-of-trigger/webhook',
			activation: 'trigger activate',
		});

		await deactivateTrigger(saved);
		expect(saved.nodeStaticData).not.toHaveProperty('url');
	});

	it('keep apart what is set up for a test event', async () => {
		const saved = saveWorkflow({ nodeType: triggerType });

		expect(await activateTrigger(saved, 'test')).toBe(true);
		const outcome = await deliverWebhook(saved, { body: '{"do":"start"}', url: 'test' });
		await deactivateTrigger(saved, 'test');

		expect(outcome.workflowData).toMatchObject([[{ json: { mode: 'manual' } }]]);
		expect(saved.staticData).toBeUndefined();
	});
});

describe('pollNode', () => {
	it('keeps static data between polls, and stores it when the node emits', async () => {
		const saved = saveWorkflow({ nodeType: pollType });

		expect(await pollNode(saved)).toBeNull();
		expect(saved.nodeStaticData).toEqual({});
		expect(await pollNode(saved)).toEqual([[{ json: { count: 2, mode: 'trigger' } }]]);
		expect(saved.nodeStaticData).toEqual({ count: 2 });
	});

	it('forgets what was not stored when n8n restarts', async () => {
		const saved = saveWorkflow({ nodeType: pollType });
		await pollNode(saved);
		restart(saved);

		expect(await pollNode(saved)).toBeNull();
	});
});

describe('searchList', () => {
	it('calls the method with its filter and the page to fetch', async () => {
		siroApi().get('/records').query(true).reply(200, { results: [], cursor: 'page 3' });

		const result = await searchList({
			nodeType: fetchType,
			method: 'searchRecords',
			parameters: { pageSize: 10 },
			filter: 'Miller & Sons',
			paginationToken: 'page 2',
			credential: validTicket(),
		});

		expect(result).toEqual({ results: [], paginationToken: 'page 3' });
		expect(recordedRequests()[0].query).toEqual({
			filter: 'Miller & Sons',
			cursor: 'page 2',
			pageSize: '10',
		});
	});
});
