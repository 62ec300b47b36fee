import { sleep } from 'n8n-workflow';

import type { Execution } from '../n8n/executions';
import { itemsWithIds, type NodeSettings, rowOfNodes, siroNode, START } from '../n8n/row-of-nodes';
import { packPackage } from '../support/package/pack';
import { startSiroAndN8n, type SiroAndN8n } from '../n8n/siro-and-n8n';
import { waitUntil } from '../n8n/wait-until';

jest.setTimeout(300_000);

let world: SiroAndN8n;

beforeAll(async () => {
	world = await startSiroAndN8n({ tarball: await packPackage() });
});

afterAll(async () => await world?.stop());

/** Runs nodes in a row, as a person who clicks "Execute workflow". */
async function runInARow(...nodes: NodeSettings[]): Promise<Execution> {
	const workflow = await world.client.workflows.create(rowOfNodes('Action under test', ...nodes));
	return await world.client.workflows.run(workflow, 120_000);
}

const THOUSAND_ITEMS = itemsWithIds(Array.from({ length: 1000 }, (_, index) => `appt-${index}`));

const SYNC = {
	resource: 'engagement',
	operation: 'sync',
	externalId: '={{ $json.id }}',
	subject: '=Visit {{ $json.id }}',
};

describe('a sync of 1,000 appointments of which 3 are bad', () => {
	const BAD = ['appt-7', 'appt-500', 'appt-999'];

	beforeEach(() => {
		world.siro.clearRequests();
		world.siro.rejectExternalIds(...BAD);
	});

	afterEach(() => world.siro.state.rejectedExternalIds.clear());

	function expectGoodOnesInSiro(): void {
		const inSiro = world.siro.state.engagements
			.living()
			.filter(({ subject }) => subject?.startsWith('Visit '));
		expect(inSiro).toHaveLength(997);
		expect(world.siro.requests.length).toBeLessThanOrEqual(60);
	}

	test('puts 997 in, sends each bad one to the error output, and needs at most 60 requests', async () => {
		const execution = await runInARow(
			START,
			...THOUSAND_ITEMS,
			siroNode(world.credential, SYNC, { onError: 'continueErrorOutput' }),
		);

		expect(execution.error).toBeUndefined();
		expect(execution.items('Siro')).toHaveLength(997);
		expect(execution.json('Siro', 1)).toMatchObject(
			BAD.map((id) => ({
				id,
				error: expect.stringMatching(/Could not sync an appointment: Siro rejected/) as string,
			})),
		);
		expectGoodOnesInSiro();
	});

	test('fails only after the good ones are safe, and names the bad ones', async () => {
		const execution = await runInARow(START, ...THOUSAND_ITEMS, siroNode(world.credential, SYNC));

		expect(execution.status).toBe('error');
		expect(execution.error).toMatch(/for 3 of 1000 items; the other 997 went through/);
		expect(execution.error).toMatch(/Item 7: .*\nItem 500: .*\nItem 999: /);
		expectGoodOnesInSiro();
	});
});

/** Items as a CRM's node gives them. */
const itemsOf = (...records: object[]): NodeSettings[] => [
	{
		name: 'All Records',
		type: 'n8n-nodes-base.set',
		typeVersion: 3.4,
		parameters: { mode: 'raw', jsonOutput: JSON.stringify({ records }) },
	},
	{
		name: 'One Each',
		type: 'n8n-nodes-base.splitOut',
		parameters: { fieldToSplitOut: 'records' },
	},
];

describe('what CRMs hand over', () => {
	const SYNC_FIELDS = {
		resource: 'engagement',
		operation: 'sync',
		externalId: '={{ $json.id }}',
		subject: '={{ $json.subject }}',
		startTime: '={{ $json.start }}',
		activityType: '={{ $json.type }}',
		reps: { rep: [{ externalId: '={{ $json.rep }}', shareOfSale: 0.5 }] },
		account: {
			externalId: '={{ $json.account }}',
			phoneNumbers: ['={{ $json.phone }}', '={{ $json.mobile }}'],
			addresses: { address: [{ zip: '={{ $json.zip }}', city: '={{ $json.city }}' }] },
		},
		opportunity: {
			externalId: '={{ $json.deal }}',
			amount: '={{ $json.amount }}',
			disposition: '={{ $json.stage }}',
			copyEngagementRelationships: '={{ $json.copy }}',
		},
	};

	test('goes in as it is meant, or is named', async () => {
		world.siro.clearRequests();
		const execution = await runInARow(
			START,
			...itemsOf(
				{
					id: ' A-1\u00a0',
					subject: 2026,
					start: '2026-02-15 14:00:00 UTC',
					type: 'meeting',
					rep: 7,
					account: 'acc-1',
					phone: null,
					mobile: ['555-1', 5552],
					zip: 37201,
					city: null,
					deal: 'D-1',
					amount: '$45,000.00',
					stage: 'won',
					copy: 'no',
				},
				{ id: 'A-2', start: '2026-02-15T14:00:00Z', type: null, rep: null },
				{ id: { value: 7, name: 'Acme' } },
			),
			siroNode(world.credential, SYNC_FIELDS, { onError: 'continueErrorOutput' }),
		);

		expect(execution.error).toBeUndefined();
		expect(world.siro.requests.map(({ body }) => body)).toEqual([
			[
				{
					externalId: 'A-1',
					subject: '2026',
					startTime: '2026-02-15T14:00:00.000Z',
					engagementType: { activityType: 'MEETING', name: 'meeting' },
					engagementUsers: [{ externalId: '7', shareOfSale: 0.5 }],
					account: {
						externalId: 'acc-1',
						phoneNumbers: ['555-1', '5552'],
						addresses: [{ street: '', city: '', state: '', zip: '37201', country: '' }],
					},
					opportunity: {
						externalId: 'D-1',
						amount: 45000,
						disposition: 'WON',
						copyEngagementRelationships: false,
					},
				},
				{ externalId: 'A-2', startTime: '2026-02-15T14:00:00.000Z' },
			],
		]);
		expect(execution.json('Siro', 1)).toMatchObject([
			{ error: 'Could not sync an appointment: External ID: an object is not text' },
		]);
	});
});

describe('a deletion of what is missing', () => {
	const WINDOW = { fromTime: '2031-01-01T00:00:00Z', toTime: '2031-01-02T00:00:00Z' };
	const held = () =>
		world.siro.state.engagements.living().filter(({ subject }) => subject === 'To be deleted');
	const appointments = (count: number) =>
		Array.from({ length: count }, (_, index) => ({
			externalId: `missing,${index}`,
			subject: 'To be deleted',
			startTime: WINDOW.fromTime,
		}));

	const deleteMissing = async (parameters: object, ...records: object[]) =>
		await runInARow(
			START,
			...itemsOf(...records),
			siroNode(world.credential, {
				resource: 'engagement',
				operation: 'deleteMissing',
				existingExternalIds: '={{ $json.id }}',
				...WINDOW,
				...parameters,
			}),
		);

	beforeEach(async () => {
		const execution = await runInARow(
			START,
			...itemsOf(...appointments(25)),
			siroNode(world.credential, {
				resource: 'engagement',
				operation: 'sync',
				inputMode: 'json',
				json: '={{ $json }}',
			}),
		);
		expect(execution.error).toBeUndefined();
		expect(held()).toHaveLength(25);
	});

	const ids = (count: number) =>
		appointments(count).map(({ externalId }) => ({ id: ` ${externalId} ` }));

	test.each<[string, object, object[], RegExp]>([
		['a first page', {}, ids(12), /delete 13 of the 25 appointments/],
		['other IDs', {}, [{ id: 'another' }], /none of them is on the list/],
		[
			'no ID at all, and a switch that says "false"',
			{ allowEmptyList: '={{ "false" }}' },
			[{}],
			/empty/,
		],
		[
			'a gap',
			{ allowLargeDeletion: true },
			[...ids(24), { id: null }],
			/an external ID is missing/,
		],
	])('is refused for %s', async (_title, parameters, records, reason) => {
		const execution = await deleteMissing(parameters, ...records);

		expect(execution.error).toMatch(reason);
		expect(held()).toHaveLength(25);
	});

	test('shows what it would delete, if Preview Only is blank', async () => {
		const execution = await deleteMissing({ previewOnly: '={{ $json.none }}' }, ...ids(24));

		expect(execution.json('Siro')).toMatchObject([{ preview: true, missingCount: 1 }]);
		expect(held()).toHaveLength(25);
	});

	test('deletes what is not on the list, and nothing else', async () => {
		const execution = await deleteMissing({}, ...ids(24));

		expect(execution.error).toBeUndefined();
		expect(held().map(({ externalId }) => externalId)).not.toContain('missing,24');
		expect(held()).toHaveLength(24);
	});
});

test.each(['stopWorkflow', 'continueErrorOutput'] as const)(
	'a sync that somebody stops sends nothing more, and is shown as canceled (on error: %s)',
	async (onError) => {
		const { client, siro } = world;
		siro.clearRequests();
		const slow = siro.misbehave({ method: 'PUT', delayMs: 500 });
		const sync = siroNode(world.credential, { ...SYNC, options: { batchSize: 10 } }, { onError });
		const running = runInARow(START, ...THOUSAND_ITEMS, sync);
		await waitUntil('the first requests', 30_000, async () => siro.requests.length > 0);

		const [{ id }] = await client.executions.list({ status: ['running'] });
		await client.executions.stop(id);

		expect((await running).status).toBe('canceled');
		const sent = siro.requests.length;
		await sleep(2_000);
		slow.stop();
		expect(siro.requests.length).toBe(sent);
		expect(sent).toBeLessThan(50);
	},
);

test('a user token is minted once, kept, and renewed after it has expired', async () => {
	const mints = () => world.siro.requestsTo('POST', /access-token/).length;
	const getFollowups = async () =>
		await runInARow(
			START,
			siroNode(world.credential, { resource: 'followup', operation: 'getAll' }),
		);
	world.siro.clearRequests();

	expect((await getFollowups()).error).toBeUndefined();
	expect((await getFollowups()).error).toBeUndefined();
	expect(mints()).toBe(1);

	world.siro.expireTokens();
	expect((await getFollowups()).error).toBeUndefined();
	expect((await getFollowups()).error).toBeUndefined();
	expect(mints()).toBe(2);
});

test('an audio file goes into Siro and comes back byte for byte', async () => {
	const audio = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000)));
	const upload = await runInARow(
		START,
		{
			name: 'Audio as Text',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput: JSON.stringify({ audio: audio.toString('base64') }) },
		},
		{
			name: 'Audio',
			type: 'n8n-nodes-base.convertToFile',
			typeVersion: 1.1,
			parameters: {
				operation: 'toBinary',
				sourceProperty: 'audio',
				options: { fileName: 'visit.mp3', mimeType: 'audio/mpeg' },
			},
		},
		siroNode(world.credential, {
			resource: 'recording',
			operation: 'upload',
			binaryPropertyName: 'data',
			title: 'Uploaded visit',
			userId: { __rl: true, mode: 'email', value: world.siro.rep.email },
		}),
	);
	expect(upload.error).toBeUndefined();
	const recording = world.siro.state.recordings
		.all()
		.find(({ title }) => title === 'Uploaded visit');
	expect(recording?.audio).toEqual(audio);

	const download = await runInARow(
		START,
		siroNode(world.credential, {
			resource: 'recording',
			operation: 'download',
			recordingId: recording?.id ?? '',
		}),
	);
	expect(download.error).toBeUndefined();
	const [{ binary }] = download.items('Siro');
	expect(binary?.data.mimeType).toBe('audio/mpeg');
	expect(binary && (await world.client.executions.binary(binary.data))).toEqual(audio);

	for (const { surface, headers } of world.siro.requests) {
		if (surface !== 'storage') continue;
		expect(Object.keys(headers)).not.toEqual(
			expect.arrayContaining([expect.stringMatching(/^(authorization|x-siro-auth-token)$/)]),
		);
	}
});

test('a recording is picked from the resource locator’s list', async () => {
	const recording = world.siro.addRecording({ title: 'Oak kitchen' });
	const found = await world.client.nodeTypes.searchList({
		nodeType: 'n8n-nodes-siro.siro',
		method: 'searchRecordings',
		parameter: 'recordingId',
		parameters: { resource: 'recording', operation: 'get' },
		credential: world.credential,
		filter: 'oak',
	});
	expect(found.results).toMatchObject([{ value: recording.id }]);
});
